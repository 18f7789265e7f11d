"""What a page of the staff hears: whole at once, whole again when it changes, and otherwise a beat each second."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest
from starlette.responses import StreamingResponse

from hall_controller.web.counter_routes import CounterRoutes
from hall_controller.web.whole import BEAT_S
from tests.hall_controller.web.hall_on_the_web import WebHall, refusal, web_hall


async def heard(hall: WebHall, counter: str = "1") -> AsyncIterator[dict[str, Any]]:
    """What a page of the counter is told."""
    routes = CounterRoutes(hall.controller, hall.app.state.stream)
    response = cast("StreamingResponse", await routes.listen(counter))
    async for event in response.body_iterator:
        for line in cast("bytes", event).decode().splitlines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


@pytest.mark.alone
async def test_the_counter_is_told_whole_at_once_and_soon_after_each_change(hall: WebHall) -> None:
    told = heard(hall)
    first = await anext(told)
    assert (first["display"]["state"], first["next"]) == ("closed", None)
    await hall.take()
    began_s = asyncio.get_running_loop().time()
    assert (await anext(told))["next"] == "A001"
    assert asyncio.get_running_loop().time() - began_s < BEAT_S / 2
    await hall.press("1", "open")
    await hall.press("1", "next")
    assert (await anext(told))["visitor"]["number"] == "A001"


async def test_what_concerns_another_counter_alone_is_a_beat(hall: WebHall) -> None:
    told = heard(hall)
    await anext(told)
    await hall.press("3", "open")
    beat = await asyncio.wait_for(anext(told), 10 * BEAT_S)
    assert set(beat) == {"time", "local", "unavailable_since"}


async def test_a_full_disk_is_told_and_when_it_is_over(hall: WebHall) -> None:
    told = heard(hall)
    await anext(told)
    hall.disk.full = True
    await hall.http.post("/api/counters/1/open")
    outage = await anext(told)
    assert outage["unavailable_since"]
    assert outage["display"]["state"] == "closed"
    hall.disk.full = False
    await hall.press("1", "open")
    assert (await anext(told))["unavailable_since"] is None


async def test_before_a_day_is_open_the_page_hears_that_there_is_none(tmp_path: Path) -> None:
    async with web_hall(tmp_path, open_for_business=False) as hall:
        assert refusal(await hall.http.get("/api/counters/1")) == (503, "not_ready")


async def test_the_same_is_answered_once_without_a_stream(hall: WebHall) -> None:
    await hall.take()
    seen = (await hall.http.get("/api/counters/1")).json()
    assert (seen["next"], seen["lines"][0]["waiting"]) == ("A001", 1)
    assert refusal(await hall.http.get("/api/counters/99")) == (404, "unknown_counter")
    assert refusal(await hall.http.get("/api/counters/99/stream")) == (404, "unknown_counter")
