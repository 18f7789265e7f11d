"""The whole hall in one answer, and as a stream."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from hall_controller.messages import CounterDisplay, HallBoard, QueueState
from hall_controller.web.whole import BEAT_S, Stream
from tests.hall_controller.web.hall_on_the_web import WebHall, refusal, web_hall


async def test_the_whole_hall_is_numbered_and_complete(hall: WebHall) -> None:
    await hall.take()
    await hall.press("1", "open")
    await hall.press("1", "next")
    state = await hall.state()
    assert (state["epoch"], state["rev"]) == (1, hall.controller.rev)
    assert set(state["counters"]) == {"1", "2", "3", "4"}
    assert set(state["queues"]) == {"land", "notary", "guidance"}
    assert [(call["ticket"], call["counter"]) for call in state["calls"]] == [("A001", "1")]
    assert state["local"].startswith("2022-03-01T08:30")
    assert state["time_trusted"] is True
    assert state["unavailable_since"] is None
    CounterDisplay.model_validate(state["counters"]["1"])
    QueueState.model_validate(state["queues"]["land"])
    assert HallBoard.model_validate(state["hall"]).training


async def test_before_a_day_is_open_there_is_no_state_rather_than_an_empty_one(tmp_path: Path) -> None:
    async with web_hall(tmp_path, open_for_business=False) as hall:
        assert refusal(await hall.http.get("/api/hall")) == (503, "not_ready")
        assert refusal(await hall.http.get("/readyz")) == (503, "not_ready")


async def test_a_full_disk_is_told_and_never_as_nobody_waiting(hall: WebHall) -> None:
    for _ in range(3):
        await hall.take()
    hall.disk.full = True
    await hall.http.post("/api/tickets", json={"service": "land", "purpose": "submit"})
    state = await hall.state()
    assert state["unavailable_since"] == state["time"][:10] + state["unavailable_since"][10:]
    assert state["queues"]["land"]["waiting"] == 3
    assert refusal(await hall.http.get("/readyz")) == (503, "journal_unavailable")
    hall.disk.full = False
    await hall.take()
    assert (await hall.state())["unavailable_since"] is None


async def states(stream: Stream) -> AsyncIterator[dict[str, Any]]:
    """The states that a stream tells."""
    async for event in stream.events():
        for line in event.decode().splitlines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


@pytest.mark.alone
async def test_the_stream_tells_the_state_at_once_and_every_change_soon(hall: WebHall) -> None:
    told = states(hall.app.state.stream)
    assert (await anext(told))["queues"]["land"]["waiting"] == 0
    await hall.take()
    began_s = asyncio.get_running_loop().time()
    assert (await anext(told))["queues"]["land"]["waiting"] == 1
    assert asyncio.get_running_loop().time() - began_s < BEAT_S / 2


@pytest.mark.alone
async def test_the_stream_beats_when_nothing_happens_so_that_silence_means_loss(hall: WebHall) -> None:
    told = states(hall.app.state.stream)
    first = await anext(told)
    second = await asyncio.wait_for(anext(told), 2 * BEAT_S)
    assert second["rev"] == first["rev"]
    assert second["time"] > first["time"]


async def test_a_burst_is_told_as_a_few_states_and_ends_with_the_newest(hall: WebHall) -> None:
    told = states(hall.app.state.stream)
    await anext(told)
    for _ in range(30):
        await hall.take()
    count, waiting = 0, 0
    while waiting < 30:
        waiting, count = (await anext(told))["queues"]["land"]["waiting"], count + 1
    assert count <= 3


async def test_a_page_that_does_not_listen_holds_nobody_up(hall: WebHall) -> None:
    deaf, told = states(hall.app.state.stream), states(hall.app.state.stream)
    await anext(deaf)
    await anext(told)
    await hall.take()
    assert (await anext(told))["queues"]["land"]["waiting"] == 1
    await hall.take()
    assert (await anext(deaf))["queues"]["land"]["waiting"] == 2


async def test_the_state_of_ten_listeners_is_written_once(hall: WebHall) -> None:
    listeners = [hall.app.state.stream.events() for _ in range(10)]
    for listener in listeners:
        await anext(listener)
    told = [await anext(listener) for listener in listeners]
    assert len({id(event) for event in told}) == 1


@pytest.mark.alone
async def test_a_stream_ends_when_the_hall_closes_it(hall: WebHall) -> None:
    told = states(hall.app.state.stream)
    await anext(told)
    waiting = asyncio.ensure_future(anext(told, None))
    await asyncio.sleep(0)
    hall.app.state.stream.close()
    assert await asyncio.wait_for(waiting, BEAT_S / 2) is None
