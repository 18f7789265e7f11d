"""Brokers that die, cables that are pulled, last wills of old sessions, and a broker that is old-fashioned.

Belongs here: faults between the controller and its broker, as the fault matrix numbers them. Never here: nonsense that
devices send (test_mqtt_nonsense.py).
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import aiomqtt
import pytest

from hall_controller.domain.commands import CallNext, OpenCounter
from hall_controller.domain.facts import TicketCalled
from hall_controller.messages import Text
from tests.broker import Cable, RunningBroker, small_broker
from tests.debian import needs_debian
from tests.free_port import free_port
from tests.hall_controller.live_hall import TOPICS, LiveHall
from tests.mqtt_peers import Listener, Pad, Peer
from tests.running_hall import RunningHall

BACK_WITHIN_S = 2.0
MEND_IT = Text(vi="Hãy thay cuộn giấy.", en="Change the roll.")
pytestmark = needs_debian("mosquitto")


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    with RunningBroker(tmp_path) as running:
        yield running


@pytest.mark.alone
async def test_fault_7_a_killed_and_emptied_broker_has_every_board_again_within_two_seconds(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path, counters=28) as hall:
        await hall.connect(broker.port)
        await hall.take(3)
        for counter in ("1", "2"):
            await hall.do(OpenCounter(counter))
        await hall.do(CallNext("1"))
        broker.kill()
        await _noticed(hall)
        await hall.do(CallNext("2"))
        broker.start()
        began_s = time.monotonic()
        async with Listener(broker.port) as ears:
            for counter in hall.catalogue.counters:
                await ears.until(TOPICS.display(counter), bool)
            await ears.until(TOPICS.hall_board, bool)
            calls = await ears.until(TOPICS.calls, bool)
            assert time.monotonic() - began_s < BACK_WITHIN_S
            assert [call["ticket"] for call in calls.said["calls"]] == ["A002", "A001"]
            display = await ears.until(TOPICS.display("2"), bool)
            assert display.said["ticket"] == "A002", "what happened meanwhile is shown too"
            await ears.until(TOPICS.controller_state, lambda state: state["state"] == "ready")


async def test_fault_7_while_the_broker_is_away_an_alert_holds_and_ends_with_it(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path) as hall:
        await hall.connect(broker.port)
        broker.kill()
        await _noticed(hall)
        assert hall.health.alerts["broker-away"].severity == "critical"
        assert str(broker.port) in hall.health.alerts["broker-away"].text.vi
        broker.start()
        async with Listener(broker.port) as ears:
            alert = TOPICS.alert("broker-away")
            await ears.until(alert, lambda said: said is None)
            assert "broker-away" not in hall.health.alerts
        async with Listener(broker.port, "later") as later:
            await later.until(TOPICS.hall_board, bool)
            assert later.on(alert) == [], "an alert that is over is not kept"


async def test_fault_8_a_hall_without_a_broker_goes_on(tmp_path: Path) -> None:
    async with LiveHall(tmp_path) as hall:
        hall.speak(free_port())
        assert await hall.take(2) == ["A001", "A002"]
        await hall.do(OpenCounter("1"))
        await hall.do(CallNext("1"))
        await _noticed(hall)


@pytest.mark.alone
async def test_fault_13_the_last_will_of_an_old_session_is_contradicted_at_once(
    broker: RunningBroker, tmp_path: Path
) -> None:
    will = aiomqtt.Will(TOPICS.controller_state, b'{"state":"lost"}', 1, retain=True)
    old = Peer(broker.port, "controller", will=will)
    await old.client.__aenter__()
    async with Listener(broker.port) as ears, LiveHall(tmp_path) as hall:
        await hall.connect(
            broker.port
        )  # the same client id: the broker drops the old session and says its will
        lost = await ears.until(TOPICS.controller_state, lambda state: state["state"] == "lost")
        after = ears.heard.index(lost)
        ready = await ears.until(
            TOPICS.controller_state, lambda state: state["state"] == "ready", after=after
        )
        assert ready.at_s - lost.at_s < BACK_WITHIN_S
        with pytest.raises(aiomqtt.MqttError):
            await anext(aiter(old.client.messages))


@pytest.mark.parametrize("lie", [b'{"state":"lost"}', b"", b"\xff", b"{}", b'{"state":"sleeping"}'])
async def test_fault_13_whoever_calls_the_living_controller_lost_is_contradicted(
    lie: bytes, broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path) as hall, Listener(broker.port) as ears:
        await hall.connect(broker.port)
        await ears.until(TOPICS.controller_state, bool)
        after = len(ears.heard)
        async with Peer(broker.port, "liar") as liar:
            await liar.say(TOPICS.controller_state, lie, retain=True)
        ready = await ears.until(
            TOPICS.controller_state, lambda said: bool(said) and said.get("state") == "ready", after=after
        )
        assert ready.retain


async def test_a_controller_whose_line_breaks_is_told_as_lost_and_then_as_ready(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with Listener(broker.port) as ears, LiveHall(tmp_path) as hall, Cable(broker.port) as cable:
        await hall.connect(cable.port)
        await cable.pull()
        lost = await ears.until(TOPICS.controller_state, lambda state: state["state"] == "lost")
        assert (lost.qos, lost.retain) == (1, True)
        await cable.put_back()
        await ears.until(
            TOPICS.controller_state, lambda s: s["state"] == "ready", after=ears.heard.index(lost)
        )


async def test_a_killed_controller_is_told_as_lost(broker: RunningBroker, tmp_path: Path) -> None:
    running = RunningHall(tmp_path / "data", mqtt_port=broker.port)
    state = "qms/1/tuyen-quang/controller/state"
    async with Listener(broker.port, topics=state) as ears:
        await asyncio.to_thread(running.start)
        ready = await ears.until(state, lambda said: said["state"] == "ready")
        assert ready.said["training"], "its clock is set by hand"
        running.kill()
        lost = await ears.until(state, lambda said: said["state"] == "lost")
        assert (lost.qos, lost.retain) == (1, True)


async def test_a_controller_that_stops_says_goodbye_and_nothing_after_it(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with Listener(broker.port) as ears:
        for _ in range(10):
            async with LiveHall(tmp_path) as hall:
                await hall.connect(broker.port)
            async with Listener(broker.port, "later", TOPICS.controller_state) as later:
                kept = await later.until(TOPICS.controller_state, bool)
                assert kept.said["state"] == "disconnected"
        words = [heard.said["state"] for heard in ears.on(TOPICS.controller_state)]
        assert "lost" not in words


@pytest.mark.alone
async def test_a_controller_stops_although_its_broker_hangs(broker: RunningBroker, tmp_path: Path) -> None:
    async with LiveHall(tmp_path) as hall:
        await hall.connect(broker.port)
        broker.hang()
        began_s = time.monotonic()
    assert time.monotonic() - began_s < 5


async def test_a_controller_stops_although_its_line_breaks_at_that_moment(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with Cable(broker.port) as cable, LiveHall(tmp_path) as hall:
        await hall.connect(cable.port)
        await cable.pull()


async def test_an_alert_that_ended_while_the_line_was_broken_is_taken_back(
    broker: RunningBroker, tmp_path: Path
) -> None:
    alert = TOPICS.alert("paper-out")
    async with Listener(broker.port) as ears, LiveHall(tmp_path) as hall, Cable(broker.port) as cable:
        await hall.connect(cable.port)
        hall.health.raise_alert("paper-out", "critical", MEND_IT)
        await ears.until(alert, bool)
        await cable.pull()
        await _noticed(hall)
        hall.health.end_alert("paper-out")
        await cable.put_back()
        over = await ears.until(alert, lambda said: said is None)
        assert (over.qos, over.retain) == (1, True)


async def test_an_alert_of_an_earlier_life_of_the_controller_is_taken_back(
    broker: RunningBroker, tmp_path: Path
) -> None:
    alert = TOPICS.alert("paper-out")
    async with Listener(broker.port) as ears:
        async with LiveHall(tmp_path) as hall:
            await hall.connect(broker.port)
            hall.health.raise_alert("paper-out", "critical", MEND_IT)
            await ears.until(alert, bool)
        async with LiveHall(tmp_path) as again:
            again.health.raise_alert("disk-full", "critical", MEND_IT)
            await again.connect(broker.port)
            await ears.until(alert, lambda said: said is None)
        async with Listener(broker.port, "later", TOPICS.alert("+")) as later:
            await later.until(TOPICS.alert("disk-full"), bool)
            assert later.on(alert) == []


async def test_an_alert_is_told_retained_and_ended_by_an_empty_message(
    broker: RunningBroker, tmp_path: Path
) -> None:
    alert = TOPICS.alert("paper-out")
    async with LiveHall(tmp_path) as hall, Listener(broker.port) as ears:
        await hall.connect(broker.port)
        for _ in range(3):
            hall.health.raise_alert("paper-out", "critical", MEND_IT)
        raised = await ears.until(alert, bool)
        assert (raised.said["severity"], raised.said["text"]["vi"]) == ("critical", MEND_IT.vi)
        hall.health.end_alert("paper-out")
        await ears.until(alert, lambda said: said is None)
        assert [(h.qos, h.retain, bool(h.payload)) for h in ears.on(alert)] == [
            (1, True, True),
            (1, True, False),
        ]


async def test_a_broker_that_speaks_only_mqtt_3_is_served_all_the_same(tmp_path: Path) -> None:
    with small_broker() as port:
        await _a_visitor_is_called_over(port, tmp_path)


async def _a_visitor_is_called_over(port: int, folder: Path) -> None:
    async with LiveHall(folder) as hall:
        hall.speak(port)
        async with aiomqtt.Client("127.0.0.1", port, identifier="pad-1", timeout=5) as pad:
            await pad.subscribe([(TOPICS.controller_state, 1), (TOPICS.device("pad-1", "ack"), 1)])
            await pad.subscribe(TOPICS.display("1"), qos=1)
            said = aiter(pad.messages)
            async with asyncio.timeout(5):
                while b'"ready"' not in bytes((await anext(said)).payload):
                    pass
            await hall.take()
            await hall.do(OpenCounter("1"))
            await pad.publish(TOPICS.device("pad-1", "input"), b'{"boot":1,"seq":1,"key":"next"}', qos=1)
            async with asyncio.timeout(5):
                while b"A001" not in bytes((await anext(said)).payload):
                    pass
        assert len(hall.facts(TicketCalled)) == 1


async def test_a_port_where_nobody_answers_does_not_stop_the_hall(tmp_path: Path) -> None:
    """Something listens there and is silent, as a broker that hangs."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        async with LiveHall(tmp_path) as hall:
            mqtt = hall.speak(silent.getsockname()[1])
            assert await hall.take() == ["A001"]
            await _noticed(hall)
            assert not mqtt.connected


async def test_a_pad_that_presses_as_soon_as_the_controller_is_ready_is_heard(
    broker: RunningBroker, tmp_path: Path
) -> None:
    for _ in range(5):
        async with LiveHall(tmp_path) as hall, Pad(broker.port, "pad-1", TOPICS, boot=1) as pad:
            await hall.connect(broker.port)
            assert (await pad.press("ring"))["result"] in {"ok", "duplicate"}


async def _noticed(hall: LiveHall) -> None:
    """Wait until the controller knows that its broker is away."""
    noticed = asyncio.Event()
    if "broker-away" in hall.health.alerts:
        return
    hall.health.on_alert.append(
        lambda code, alert: noticed.set() if code == "broker-away" and alert else None
    )
    async with asyncio.timeout(5):
        await noticed.wait()
