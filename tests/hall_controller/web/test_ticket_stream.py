"""A visitor's telephone is told when something about the ticket changes, and of nothing else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx

from hall_controller.web.serving import Server, listen
from tests.hall_controller.web.hall_on_the_web import OUTSIDE, WebHall


class Phone:
    """Reads a stream of events over a real connection."""

    def __init__(self, answer: httpx.Response) -> None:
        self._lines = answer.aiter_lines()

    async def told(self) -> dict[str, Any]:
        """The next ticket that is told."""
        async with asyncio.timeout(3):
            async for line in self._lines:
                if line.startswith("data: {"):
                    ticket: dict[str, Any] = json.loads(line[6:])
                    return ticket
        raise AssertionError("the stream ended")


async def served(hall: WebHall) -> AsyncIterator[str]:
    with listen("127.0.0.1", 0) as listening:
        server = Server(hall.app, listening)
        serving = asyncio.create_task(server.run())
        yield f"http://127.0.0.1:{server.port}"
        server.stop()
        await serving


async def test_a_call_reaches_the_telephone_that_holds_the_number(hall: WebHall) -> None:
    mine, other = await hall.take(), await hall.take("notary", kiosk="kiosk-1")
    await hall.press("1", "open")
    async for url in served(hall):
        async with httpx.AsyncClient(base_url=url) as web:
            async with web.stream("GET", f"/api/tickets/{mine['code']}/stream") as answer:
                phone = Phone(answer)
                assert (await phone.told())["state"] == "waiting"
                await hall.press("1", "next")
                called = await phone.told()
                assert (called["state"], called["counter_name"]) == ("calling", "1")
            async with web.stream("GET", f"/api/tickets/{other['code']}/stream") as answer:
                assert (await Phone(answer).told())["number"] == other["number"]


async def test_who_is_ahead_is_told_as_it_falls(hall: WebHall) -> None:
    await hall.take()
    mine = await hall.take(kiosk="kiosk-1")
    await hall.press("1", "open")
    async for url in served(hall):
        async with (
            httpx.AsyncClient(base_url=url) as web,
            web.stream("GET", f"/api/tickets/{mine['code']}/stream") as answer,
        ):
            phone = Phone(answer)
            assert (await phone.told())["ahead"] == 1
            await hall.press("1", "next")
            assert (await phone.told())["ahead"] == 0


async def test_a_wrong_code_gets_no_stream_and_is_not_to_ask_again(hall: WebHall) -> None:
    await hall.take()
    answer = await hall.http.get("/api/tickets/A001XXXXXXXX/stream")
    assert answer.status_code == 204


async def test_the_stream_is_for_telephones_outside_too(hall: WebHall) -> None:
    async with hall.client(OUTSIDE) as outside:
        assert (await outside.get("/api/tickets/A001XXXXXXXX/stream")).status_code == 204
