"""The firmware's own logic against the real controller over a real mosquitto: presses, acks, ratings, cut lines."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain.commands import OpenCounter
from tests.broker import Cable, RunningBroker
from tests.debian import needs_debian
from tests.firmware_config.desk_device import DeskDevice, DeskDeviceOnAir, Light
from tests.hall_controller.live_hall import TOPICS, LiveHall
from tests.mqtt_peers import Listener

pytestmark = needs_debian("mosquitto", "g++")


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    with RunningBroker(tmp_path) as running:
        yield running


async def test_an_officer_calls_and_a_visitor_rates_on_one_desk_unit(
    broker: RunningBroker, desk_program: Path, tmp_path: Path
) -> None:
    with DeskDevice(desk_program, boot=3) as desk:
        async with LiveHall(tmp_path) as hall, DeskDeviceOnAir(desk, broker.port) as unit:
            await hall.connect(broker.port)
            await unit.until(lambda turn: turn.light is Light.READY)
            (ticket,) = await hall.take()
            unit.press("open")
            await unit.until(lambda turn: turn.pending == 0)
            unit.press("next")
            called = await unit.until(lambda turn: turn.text == ticket)
            assert called.light in {Light.SENDING, Light.DONE}
            assert (await unit.until(lambda turn: turn.pending == 0)).light is Light.DONE
            unit.press("complete")
            await unit.until(lambda turn: turn.text == "----" and turn.pending == 0)
            unit.rate(4)
            await unit.until(lambda turn: turn.pending == 0)
            assert unit.turn.light is Light.DONE
            assert [fact.score for fact in hall.facts(f.TicketRated) if isinstance(fact, f.TicketRated)] == [
                4
            ]


async def test_a_press_that_is_answered_late_is_done_once_and_the_pad_is_content(
    broker: RunningBroker, desk_program: Path, tmp_path: Path
) -> None:
    """The controller is away for the first seconds: the pad resends, the hall calls once."""
    with DeskDevice(desk_program) as desk:
        async with LiveHall(tmp_path) as hall, DeskDeviceOnAir(desk, broker.port) as unit:
            await hall.do(OpenCounter("1"))
            first, _ = await hall.take(2)
            async with Listener(broker.port, "ear", TOPICS.device("pad-1", "input")) as ear:
                unit.press("next")
                await ear.count(TOPICS.device("pad-1", "input"), 2)  # sent twice before anybody listens
                await hall.connect(broker.port)
                answered = await unit.until(lambda turn: turn.pending == 0)
            assert answered.light is Light.DONE
            await unit.until(lambda turn: turn.text == first)
            assert len(hall.facts(f.TicketCalled)) == 1


async def test_a_press_sent_twice_is_called_once_and_acked_as_duplicate(
    broker: RunningBroker, desk_program: Path, tmp_path: Path
) -> None:
    with DeskDevice(desk_program) as desk:
        async with LiveHall(tmp_path) as hall, Listener(broker.port, "ear") as ear:
            await hall.connect(broker.port)
            await hall.do(OpenCounter("1"))
            await hall.take(2)
            desk.connected(0)
            sent = [*desk.press("next", 10).on("input"), *desk.tick(1_010).on("input")]
            for press in sent:
                await ear.say(TOPICS.device("pad-1", "input"), press)
            acks = await ear.count(TOPICS.device("pad-1", "ack"), 2)
            assert [ack.said["result"] for ack in acks] == ["ok", "duplicate"]
            assert [desk.hears(ack.topic, ack.payload, 1_100).pending for ack in acks] == [0, 0]
            assert len(hall.facts(f.TicketCalled)) == 1


async def test_after_a_start_the_same_number_is_another_press(
    broker: RunningBroker, desk_program: Path, tmp_path: Path
) -> None:
    """The boot counter in flash makes it so; each start begins with seq 1."""
    async with LiveHall(tmp_path) as hall, Listener(broker.port, "ear") as ear:
        await hall.connect(broker.port)
        await hall.do(OpenCounter("1"))
        await hall.take(2)
        for boot in (1, 2):
            with DeskDevice(desk_program, boot=boot) as desk:
                desk.connected(0)
                (press,) = desk.press("next", 10).on("input")
                await ear.say(TOPICS.device("pad-1", "input"), press)
        await ear.count(TOPICS.device("pad-1", "ack"), 2)
        assert len(hall.facts(f.TicketCalled)) == 2


async def test_a_cut_line_is_told_at_the_desk_and_at_the_hall_and_heals(
    broker: RunningBroker, desk_program: Path, tmp_path: Path
) -> None:
    with DeskDevice(desk_program, boot=5) as desk:
        async with (
            Cable(broker.port) as cable,
            LiveHall(tmp_path) as hall,
            DeskDeviceOnAir(desk, cable.port) as unit,
            Listener(broker.port, "ear", TOPICS.device("pad-1", "state")) as ear,
        ):
            await hall.connect(broker.port)
            await hall.do(OpenCounter("1"))
            await unit.until(lambda turn: turn.light is Light.READY)
            await cable.pull()
            await ear.until(TOPICS.device("pad-1", "state"), lambda state: state["state"] == "lost")
            assert (await unit.until(lambda turn: turn.stale)).light is Light.STALE
            (ticket,) = await hall.take()
            unit.press("next")
            assert unit.turn.published == []
            heard = len(ear.heard)
            await cable.put_back()
            back = await ear.until(
                TOPICS.device("pad-1", "state"), lambda s: s["state"] == "ready", after=heard
            )
            assert back.said["boot"] == 5
            await unit.until(lambda turn: turn.text == ticket and not turn.stale)
            assert hall.health.devices["pad-1"] == "ready"


async def test_the_desk_notices_when_the_controller_is_killed(
    broker: RunningBroker, desk_program: Path, tmp_path: Path
) -> None:
    with DeskDevice(desk_program) as desk:
        async with LiveHall(tmp_path) as hall, DeskDeviceOnAir(desk, broker.port) as unit:
            mqtt = await hall.connect(broker.port)
            await unit.until(lambda turn: turn.light is Light.READY)
            async with Listener(broker.port, "thief") as thief:
                lost = {
                    "state": "lost",
                    "epoch": 1,
                    "time": "2026-11-23T05:00:00Z",
                    "time_trusted": True,
                    "version": "1",
                }
                await thief.say(TOPICS.controller_state, lost, retain=True)
                await asyncio.sleep(0)
            await unit.until(
                lambda turn: turn.light is Light.READY
            )  # the controller lives and says so at once
            assert mqtt.connected
            for task in hall._tasks[1:]:  # noqa: SLF001 - end its connection as a stop would
                task.cancel()
            assert (await unit.until(lambda turn: turn.stale)).light is Light.STALE
