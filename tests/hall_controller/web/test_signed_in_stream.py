"""Whoever is signed out, or whose session is over, is told nothing more: open streams of the session end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from hall_controller.staff.roles import Role
from hall_controller.web import signed_in_stream
from hall_controller.web.auth import COOKIE
from tests.hall_controller.web.hall_on_the_web import IN_THE_HALL, WebHall

STREAMS = [
    ("technician", "/api/devices/stream"),
    ("technician", "/api/facts/stream"),
    ("guide", "/api/desk/stream"),
    ("manager", "/api/today/stream"),
    ("officer", "/api/counters/1/stream"),
]


class Listening:
    """A browser that listens to a stream, and never goes away by itself."""

    def __init__(self, hall: WebHall, path: str, token: str | None) -> None:
        self.said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        cookie = [(b"cookie", f"{COOKIE}={token}".encode())] if token else []
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(b"host", b"hall.test"), *cookie],
            "client": (IN_THE_HALL, 40_000),
            "server": ("hall.test", 80),
        }
        self.answer = asyncio.create_task(hall.app(scope, self._nothing_more, self.said.put))  # type: ignore[arg-type]  # coroutine functions

    async def _nothing_more(self) -> dict[str, Any]:
        await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def heard(self) -> dict[str, Any]:
        async with asyncio.timeout(10):
            return await self.said.get()

    async def to_the_end(self) -> dict[str, Any]:
        """The last message, when the answer is complete."""
        async with asyncio.timeout(10):
            await self.answer
        last: dict[str, Any] = {}
        while not self.said.empty():
            last = self.said.get_nowait()
        return last


@asynccontextmanager
async def listening(hall: WebHall, path: str, token: str | None) -> AsyncIterator[Listening]:
    browser = Listening(hall, path, token)
    assert (await browser.heard())["status"] == 200
    assert (await browser.heard())["more_body"]
    yield browser
    browser.answer.cancel()
    await asyncio.wait({browser.answer})


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed_in_stream, "LOOK_EVERY_S", 0.02)


@pytest.mark.parametrize(("role", "path"), STREAMS)
async def test_signing_out_ends_what_the_session_has_opened(hall: WebHall, role: Role, path: str) -> None:
    token = hall.token(role, counter="1" if role == "officer" else None)
    async with listening(hall, path, token) as browser:
        hall.auth.sessions.close(token)
        assert await browser.to_the_end() == {"type": "http.response.body", "body": b"", "more_body": False}


async def test_a_session_that_is_over_by_itself_is_no_other_case(hall: WebHall) -> None:
    token = hall.token("technician")
    async with listening(hall, "/api/facts/stream", token) as browser:
        began_s, sessions = hall.auth.sessions.monotonic(), hall.auth.sessions
        sessions.monotonic = lambda: began_s + sessions.lengths.office_idle_s + 1
        assert not (await browser.to_the_end())["more_body"]


async def test_a_stream_is_no_use_of_the_session_and_nobody_elses_ends_with_it(hall: WebHall) -> None:
    mine, other = hall.token("technician", "kim"), hall.token("technician", "lan")
    devices, whole = "/api/devices/stream", "/api/hall/stream"
    async with listening(hall, devices, other) as goes_on, listening(hall, whole, None) as board:
        async with listening(hall, devices, mine) as ends:
            hall.auth.sessions.close(mine)
            await ends.to_the_end()
        assert not goes_on.answer.done()
        assert not board.answer.done()
    assert hall.auth.sessions.holds(other)
    assert not hall.auth.sessions.holds(mine)


async def test_a_browser_that_goes_away_ends_its_stream_and_all_others_when_the_hall_stops(
    hall: WebHall,
) -> None:
    async with listening(hall, "/api/devices/stream", hall.token("technician")) as browser:
        hall.app.state.stream.close()
        assert not (await browser.to_the_end()).get("more_body", False)
