"""The web on a real socket: where it listens, and how it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from hall_controller.errors import HallError
from hall_controller.web.serving import Server, listen
from tests.hall_controller.web.hall_on_the_web import LAND, Printer, WebHall, web_hall


@asynccontextmanager
async def served(hall: WebHall) -> AsyncIterator[tuple[Server, httpx.AsyncClient]]:
    """The hall on a free port of this machine."""
    with listen("127.0.0.1", 0) as listening:
        server = Server(hall.app, listening)
        running = asyncio.create_task(server.run())
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{server.port}", timeout=10) as http:
            yield server, http
        server.stop()
        await running


async def test_a_port_in_use_is_one_sentence() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(HallError, match=rf"http.port {port}: cannot listen there .*; stop the program"):
            listen("127.0.0.1", port)


async def test_an_address_of_another_machine_is_one_sentence() -> None:
    with pytest.raises(HallError, match=r"http\.host 203\.0\.113\.1"):
        listen("203.0.113.1", 0)


async def test_numbers_over_a_real_socket_are_all_different(hall: WebHall) -> None:
    async with served(hall) as (_, http):
        answers = await asyncio.gather(*(http.post("/api/tickets", json=LAND) for _ in range(40)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["number"] for answer in answers}) == 40


async def test_a_forwarded_address_is_not_believed(hall: WebHall) -> None:
    async with served(hall) as (_, http):
        answer = await http.get("/api/hall", headers={"x-forwarded-for": "203.0.113.9"})
    assert answer.status_code == 200


@pytest.mark.alone
async def test_stopping_ends_streams_at_once(hall: WebHall) -> None:
    async with served(hall) as (server, http), http.stream("GET", "/api/hall/stream") as stream:
        lines = stream.aiter_lines()
        while not (await anext(lines)).startswith("data:"):
            pass
        began_s = asyncio.get_running_loop().time()
        server.stop()
        async for _ in lines:
            pass
        assert asyncio.get_running_loop().time() - began_s < 1


class SlowPrinter(Printer):
    """A printer that is asked, and takes its time."""

    def __init__(self) -> None:
        super().__init__()
        self.busy = asyncio.Event()

    async def printed(self, ticket: str) -> bool | None:
        self.busy.set()
        await asyncio.sleep(0.5)
        return await super().printed(ticket)


async def test_a_number_under_way_is_still_told_when_the_web_stops(tmp_path: Path) -> None:
    printer = SlowPrinter()
    async with web_hall(tmp_path, printing=printer) as hall, served(hall) as (server, http):
        taking = asyncio.create_task(http.post("/api/tickets", json=LAND))
        await printer.busy.wait()
        server.stop()
        answer = await taking
    assert (answer.status_code, answer.json()["printed"]) == (201, True)
