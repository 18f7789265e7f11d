"""Pads that are programs press as real ones do: again until the ack has come, and no longer than an officer would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hall_controller.demonstration import audience, pads
from hall_controller.demonstration.audience import Audience
from hall_controller.demonstration.pads import Pad, connected
from hall_controller.errors import HallError
from hall_controller.messages import CounterDisplay, Text, Topics
from tests.broker import RunningBroker
from tests.debian import needs_debian
from tests.free_port import free_port
from tests.mqtt_peers import Listener

TOPICS = Topics("small")
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
INPUT, ACK = TOPICS.device("pad-1", "input"), TOPICS.device("pad-1", "ack")
pytestmark = needs_debian("mosquitto")


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    with RunningBroker(tmp_path) as running:
        yield running


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pads, "AGAIN_AFTER_S", 0.05)
    monkeypatch.setattr(pads, "GIVES_UP_AFTER_S", 0.4)


@asynccontextmanager
async def a_pad(port: int) -> AsyncIterator[tuple[Pad, Listener]]:
    """A pad, and a controller that only listens."""
    async with (
        Listener(port, "controller", topics="qms/#") as controller,
        connected("call-pad", "pad-1", TOPICS, port) as pad,
    ):
        yield pad, controller


async def test_a_pad_says_what_it_is_and_that_it_is_ready(broker: RunningBroker) -> None:
    async with a_pad(broker.port) as (_, controller):
        state = await controller.until(TOPICS.device("pad-1", "state"), lambda said: said["state"] == "ready")
        info = await controller.until(TOPICS.device("pad-1", "info"), lambda said: said["type"] == "call-pad")
        assert state.retain
        assert info.retain


async def test_a_press_is_answered_by_the_ack_with_its_number(broker: RunningBroker) -> None:
    async with a_pad(broker.port) as (pad, controller):
        pressing = asyncio.create_task(pad.press("transfer", to="3"))
        press = (await controller.until(INPUT, lambda said: said["key"] == "transfer")).said
        assert press["to"] == "3"
        earlier = {"boot": press["boot"], "seq": press["seq"] + 1, "result": "rejected"}
        await controller.say(ACK, b"not an ack")
        await controller.say(ACK, {**earlier, "boot": 0})
        await controller.say(ACK, earlier)
        await controller.say(
            ACK, {"boot": press["boot"], "seq": press["seq"], "result": "ok", "ticket": "A001"}
        )
        assert (await pressing).ticket == "A001"


async def test_the_same_press_is_sent_again_until_its_ack_comes(
    broker: RunningBroker, impatient: None
) -> None:
    async with a_pad(broker.port) as (pad, controller):
        pressing = asyncio.create_task(pad.press("next"))
        first, second, *_ = await controller.count(INPUT, 2)
        assert first.payload == second.payload
        await controller.say(
            ACK, {"boot": first.said["boot"], "seq": first.said["seq"], "result": "duplicate"}
        )
        assert (await pressing).result == "duplicate"


async def test_each_press_has_a_number_of_its_own(broker: RunningBroker, impatient: None) -> None:
    async with a_pad(broker.port) as (pad, controller):
        pressing = asyncio.gather(pad.press("next"), pad.rate(4), return_exceptions=True)
        await controller.until(INPUT, lambda said: said.get("score") == 4)
        await controller.until(INPUT, lambda said: said.get("key") == "next")
        await pressing
        assert len({heard.said["seq"] for heard in controller.on(INPUT)}) == 2


async def test_a_press_without_an_answer_ends_in_one_line(broker: RunningBroker, impatient: None) -> None:
    async with a_pad(broker.port) as (pad, _):
        with pytest.raises(HallError, match="pad-1 got no answer"):
            await pad.press("next")


async def test_a_broker_that_is_not_there_is_told_in_one_line() -> None:
    port = free_port()
    with pytest.raises(HallError, match=f"pad-1 lost the demo's broker on port {port}"):
        async with connected("call-pad", "pad-1", TOPICS, port):
            pass


@pytest.mark.parametrize("after_s", [0.0, 0.001, 0.003, 0.01])
async def test_a_pad_ends_when_asked_to_whatever_it_is_doing(
    broker: RunningBroker, impatient: None, after_s: float
) -> None:
    async def work() -> None:
        async with connected("call-pad", "pad-1", TOPICS, broker.port) as pad:
            while True:
                await asyncio.gather(pad.press("open"), return_exceptions=True)

    tasks = [asyncio.create_task(work())]
    await asyncio.wait(tasks, timeout=after_s)
    for task in tasks:
        task.cancel()
    done, _ = await asyncio.wait(tasks, timeout=3)
    assert len(done) == 1


async def test_the_audience_hears_boards_and_waits_for_what_should_be(broker: RunningBroker) -> None:
    display = CounterDisplay(
        epoch=1, rev=7, state="calling", ticket="A001", since=NOON, text=Text(vi="Mời", en="Please")
    )
    async with audience.listening(TOPICS, broker.port) as heard, Listener(broker.port, "controller") as tells:
        await tells.say(TOPICS.display("1"), b"no board")
        await tells.say(TOPICS.display("1"), display.model_dump_json().encode())
        await tells.say(TOPICS.device("screen-1", "status"), {"shown": {"epoch": 1, "rev": 7}})
        await heard.until(lambda: "1" in heard.counters and heard.shows("screen-1", (1, 7)), 5, "The call")
        assert heard.counters["1"].ticket == "A001"
        assert not heard.shows("screen-1", (1, 8))
        assert not heard.shows("screen-2", (1, 1))


async def test_what_does_not_happen_in_time_is_named() -> None:
    with pytest.raises(HallError, match=r"^The call on the hall screen did not happen within 0\.01 s\.$"):
        await Audience(TOPICS).until(lambda: False, 0.01, "The call on the hall screen")
