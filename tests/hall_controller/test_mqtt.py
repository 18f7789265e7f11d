"""The way of one press over a real broker: press to display, acknowledged once it is written down.

Belongs here: what devices and displays see while all is well. Never here: broken brokers (test_mqtt_faults.py) and
nonsense (test_mqtt_nonsense.py).
"""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from hall_controller.domain.commands import CallNext, OpenCounter
from hall_controller.domain.facts import PressRefused, TicketCalled, TicketIssued
from hall_controller.messages import Announcement, CloudEvent, Health
from tests.broker import RunningBroker
from tests.debian import needs_debian, program
from tests.hall_controller.live_hall import TOPICS, LiveHall
from tests.mqtt_peers import Listener, Pad

pytestmark = needs_debian("mosquitto", "mosquitto-clients")

DISPLAY_1 = TOPICS.display("1")
A_HEALTH = Health(uptime_s=60, journal_ms=2.5, outbox=0, devices={}, disk_free_mb=100, temperature_c=None)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    with RunningBroker(tmp_path) as running:
        yield running


async def test_a_press_on_next_calls_the_visitor_to_the_counters_display(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path) as hall, Listener(broker.port) as display:
        await hall.connect(broker.port)
        await hall.take(2)
        async with Pad(broker.port, "pad-1", TOPICS) as pad:
            assert (await pad.press("open"))["result"] == "ok"
            answer = await pad.press("next")
        assert (answer["result"], answer["ticket"], answer["reason"]) == ("ok", "A001", None)
        shown = await display.until(DISPLAY_1, lambda board: board["state"] == "calling")
        assert shown.said["ticket"] == "A001"
        assert shown.said["call"] == 1
        assert shown.said["text"]["vi"] == "Mời số A001 đến Quầy 1"
        calls = await display.until(TOPICS.calls, lambda board: bool(board["calls"]))
        assert [(call["ticket"], call["counter"]) for call in calls.said["calls"]] == [("A001", "1")]
        queue = await display.until(TOPICS.queue("land"), lambda board: board["last_called"] == "A001")
        assert queue.said["waiting"] == 1


async def test_the_acknowledged_call_is_in_the_journal_already(broker: RunningBroker, tmp_path: Path) -> None:
    async with LiveHall(tmp_path) as hall:
        await hall.connect(broker.port)
        await hall.take()
        async with Pad(broker.port, "pad-1", TOPICS) as pad:
            await pad.press("open")
            await pad.press("next")
        (record,) = [r for r in hall.records() if isinstance(r.fact, TicketCalled)]
        assert record.cause == "pad-1/1/2"


async def test_the_same_press_again_is_a_duplicate_with_the_first_answer(
    broker: RunningBroker, tmp_path: Path
) -> None:
    press = {"boot": 41, "seq": 78, "key": "next"}
    async with LiveHall(tmp_path) as hall, Pad(broker.port, "pad-1", TOPICS) as pad:
        await hall.connect(broker.port)
        await hall.take(3)
        await pad.press("open")
        assert (await pad.resend(press))["result"] == "ok"
        again = await pad.resend(press)
        assert (again["result"], again["ticket"]) == ("duplicate", "A001")
    async with LiveHall(tmp_path) as restarted, Pad(broker.port, "pad-1", TOPICS) as pad:
        await restarted.connect(broker.port)
        again = await pad.resend(press)
        assert (again["result"], again["ticket"]) == ("duplicate", "A001")
        assert len(restarted.facts(TicketCalled)) == 1


async def test_a_refused_press_is_refused_again_and_not_decided_anew(
    broker: RunningBroker, tmp_path: Path
) -> None:
    press = {"boot": 41, "seq": 79, "key": "next"}
    async with LiveHall(tmp_path) as hall, Pad(broker.port, "pad-1", TOPICS) as pad:
        await hall.connect(broker.port)
        refused = await pad.resend(press)
        assert (refused["result"], refused["reason"]["code"]) == ("rejected", "counter_closed")
        await hall.take()
        await hall.do(OpenCounter("1"))
        again = await pad.resend(press)
        assert (again["result"], again["reason"]["code"]) == ("duplicate", "counter_closed")
        assert hall.facts(TicketCalled) == []
        (record,) = [r for r in hall.records() if isinstance(r.fact, PressRefused)]
        assert record.cause == "pad-1/41/79"


async def test_each_press_delivered_three_times_calls_one_visitor(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path) as hall, Pad(broker.port, "pad-1", TOPICS) as pad:
        await hall.connect(broker.port)
        await hall.take(5)
        await pad.press("open")
        for _ in range(5):
            await pad.send({"key": "next"}, times=3)
        acks = await pad.count(TOPICS.device("pad-1", "ack"), 1 + 5 * 3)
        called = [fact.ticket for fact in hall.facts(TicketCalled) if isinstance(fact, TicketCalled)]
        assert called == ["A001", "A002", "A003", "A004", "A005"]
        assert Counter(ack.said["result"] for ack in acks) == {"ok": 6, "duplicate": 10}
        assert all(ack.said["ticket"] == f"A00{ack.said['seq'] - 1}" for ack in acks[1:])


async def test_a_press_from_before_the_last_restart_of_the_pad_is_another_press(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path) as hall, Pad(broker.port, "pad-1", TOPICS) as pad:
        await hall.connect(broker.port)
        await hall.take(2)
        await pad.resend({"boot": 1, "seq": 1, "key": "open"})
        await pad.resend({"boot": 1, "seq": 2, "key": "next"})
        assert (await pad.resend({"boot": 2, "seq": 2, "key": "next"}))["ticket"] == "A002"


@pytest.mark.parametrize(("age_ms", "result"), [(9_900, "ok"), (10_001, "rejected"), (2**53, "rejected")])
async def test_a_press_older_than_ten_seconds_calls_nobody(
    age_ms: int, result: str, broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path) as hall, Pad(broker.port, "pad-1", TOPICS) as pad:
        await hall.connect(broker.port)
        await hall.take()
        await hall.do(OpenCounter("1"))
        answer = await pad.press("next", age_ms=age_ms)
        assert answer["result"] == result
        assert len(hall.facts(TicketCalled)) == (1 if result == "ok" else 0)


async def test_a_device_that_hall_toml_does_not_know_is_told_so(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path) as hall, Pad(broker.port, "stranger", TOPICS) as stranger:
        await hall.connect(broker.port)
        before = hall.controller.rev
        answer = await stranger.press("open")
        assert (answer["result"], answer["reason"]["code"]) == ("rejected", "unknown_device")
        assert hall.controller.rev == before


async def test_a_kiosk_box_gives_out_numbers(broker: RunningBroker, tmp_path: Path) -> None:
    async with LiveHall(tmp_path) as hall, Pad(broker.port, "kiosk", TOPICS) as kiosk:
        await hall.connect(broker.port)
        answer = await kiosk.send({"service": "land", "purpose": "submit", "language": "en"})
        assert (answer["result"], answer["ticket"]) == ("ok", "A001")
        (issued,) = hall.facts(TicketIssued)
        assert isinstance(issued, TicketIssued)
        assert (issued.source, issued.language) == ("kiosk", "en")
        assert (await kiosk.press("next"))["reason"]["code"] == "unknown_device", "a kiosk has no counter"


async def test_mosquittos_own_programs_can_play_a_call_pad(broker: RunningBroker, tmp_path: Path) -> None:
    publish = [program("mosquitto_pub", package="mosquitto-clients"), "-p", str(broker.port), "-q", "1"]
    listen = [
        program("mosquitto_sub", package="mosquitto-clients"),
        "-p",
        str(broker.port),
        "-q",
        "1",
        "-W",
        "5",
    ]

    async def said(topic: str, number: int) -> list[dict[str, object]]:
        arguments = [*listen, "-t", topic, "-C", str(number)]
        listening = await asyncio.create_subprocess_exec(*arguments, stdout=subprocess.PIPE)
        output, _ = await listening.communicate()
        return [json.loads(line) for line in output.splitlines()]

    async with LiveHall(tmp_path) as hall, Listener(broker.port) as ears:
        await hall.connect(broker.port)
        await hall.take()
        for seq, key in enumerate(["open", "next", "next"], start=1):
            press = json.dumps({"boot": 1, "seq": min(seq, 2), "key": key})
            pressing = await asyncio.create_subprocess_exec(
                *publish, "-t", TOPICS.device("pad-1", "input"), "-m", press
            )
            assert await pressing.wait() == 0
        acks = await ears.count(TOPICS.device("pad-1", "ack"), 3)
        assert [ack.said["result"] for ack in acks] == ["ok", "ok", "duplicate"]
        (shown,) = await said(DISPLAY_1, 1)
        assert (shown["state"], shown["ticket"]) == ("calling", "A001")


async def test_every_topic_has_the_qos_and_the_retain_flag_of_the_contract(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path) as hall, Listener(broker.port) as ears:
        mqtt = await hall.connect(broker.port)
        await hall.take()
        async with Pad(broker.port, "pad-1", TOPICS) as pad:
            await pad.press("open")
            await pad.press("next")
            await pad.say(TOPICS.device("pad-1", "input"), b"nonsense")
        mqtt.tell_health(A_HEALTH)
        await ears.until(TOPICS.controller_health, bool)
        await ears.until(TOPICS.alert("malformed-pad-1"), bool)
        flags = {heard.topic: (heard.qos, heard.retain) for heard in ears.heard}
    del flags[TOPICS.device("pad-1", "input")]
    assert flags.pop(TOPICS.controller_health) == (0, False)
    unretained = {topic for topic, flag in flags.items() if flag == (1, False)}
    retained = {topic for topic, flag in flags.items() if flag == (1, True)}
    assert unretained == {
        TOPICS.announcement,
        TOPICS.device("pad-1", "ack"),
        *(TOPICS.event(fact) for fact in ("ticket.issued", "counter.opened", "ticket.called")),
    } | {topic for topic in flags if topic.startswith(TOPICS.event(""))}
    assert retained == {
        TOPICS.controller_state,
        TOPICS.alert("malformed-pad-1"),
        DISPLAY_1,
        TOPICS.display("2"),
        TOPICS.queue("land"),
        TOPICS.calls,
        TOPICS.hall_board,
    }


async def test_a_display_that_comes_late_sees_every_board_at_once(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path) as hall:
        await hall.connect(broker.port)
        await hall.take(2)
        await hall.do(OpenCounter("1"))
        await hall.do(CallNext("1"))
        async with Listener(broker.port, "early") as early:
            await early.until(DISPLAY_1, lambda board: board["ticket"] == "A001")
        async with Listener(broker.port, "late") as late:
            for (kind, name), board in hall.controller.boards.shown.items():
                topics = {"counter": TOPICS.display(name), "queue": TOPICS.queue(name)}
                heard = await late.until(topics.get(kind, f"{TOPICS.root}{kind}/{name}"), bool)
                assert type(board).model_validate_json(heard.payload) == board


async def test_an_announcement_expires_in_the_near_future(broker: RunningBroker, tmp_path: Path) -> None:
    async with LiveHall(tmp_path) as hall, Listener(broker.port) as speaker:
        await hall.connect(broker.port)
        await hall.take()
        await hall.do(OpenCounter("1"))
        await hall.do(CallNext("1"))
        spoken = Announcement.model_validate_json((await speaker.until(TOPICS.announcement, bool)).payload)
        left_s = (spoken.expires - hall.clock.now().at).total_seconds()
        assert 10 < left_s <= 20
        assert (spoken.ticket, spoken.counter, spoken.languages) == ("A001", "1", ["vi"])


async def test_events_are_cloudevents_numbered_as_the_journal_without_gaps(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path) as hall, Listener(broker.port) as province:
        await hall.connect(broker.port)
        before = hall.controller.rev
        await hall.take(20)
        await hall.do(OpenCounter("1"))
        for _ in range(5):
            await hall.do(CallNext("1"))
        last = str(hall.controller.rev)
        await province.until(TOPICS.event("ticket.called"), lambda event: event["sequence"] == last)
        heard = [h for h in province.heard if h.topic.startswith(TOPICS.event(""))]
        events = [CloudEvent.model_validate_json(h.payload) for h in heard]
        assert [int(event.sequence) for event in events] == list(range(before + 1, hall.controller.rev + 1))
        assert all(h.topic == TOPICS.event(e.type) for h, e in zip(heard, events, strict=True))
        assert len({event.id for event in events}) == len(events)
        written = {str(record.seq): record for record in hall.records()}
        for event in events:
            record = written[event.sequence]
            assert (event.specversion, event.source) == ("1.0", "/qms/1/small")
            assert (event.type, event.time) == (record.fact.type, record.fact.at)
            assert event.time.tzinfo is not None
            assert event.time.astimezone(UTC) < datetime.now(UTC)


async def test_the_number_of_a_board_only_ever_grows(broker: RunningBroker, tmp_path: Path) -> None:
    async with Listener(broker.port) as ears:
        for _ in range(2):
            async with LiveHall(tmp_path) as hall:
                await hall.connect(broker.port)
                await hall.take(10)
                await hall.controller.submit(OpenCounter("1"))
                for _ in range(5):
                    await hall.do(CallNext("1"))
                last = hall.controller.boards.shown["queue", "land"].rev
                await ears.until(TOPICS.queue("land"), partial(_has_rev, last))
        boards = [heard for heard in ears.heard if heard.payload and "rev" in heard.said]
        topics = {board.topic for board in boards}
        assert len(topics) == 5
        for topic in topics:
            numbers = [(b.said["epoch"], b.said["rev"], b.payload) for b in boards if b.topic == topic]
            assert numbers == sorted(numbers)
            assert len({number[:2] for number in numbers}) == len(set(numbers)), "a number names one content"


def _has_rev(rev: int, board: dict[str, int]) -> bool:
    return board["rev"] == rev


async def test_sixty_four_pads_at_once_get_one_visitor_each(broker: RunningBroker, tmp_path: Path) -> None:
    async with LiveHall(tmp_path, counters=64) as hall, Listener(broker.port) as ears:
        await hall.connect(broker.port)
        tickets = await hall.take(64)
        for counter in hall.catalogue.counters:
            await hall.do(OpenCounter(counter))
        for counter in hall.catalogue.counters:
            press = json.dumps({"boot": 1, "seq": 1, "key": "next"})
            ears.client._client.publish(TOPICS.device(f"pad-{counter}", "input"), press, 1)  # noqa: SLF001 - a burst, without waiting for each
        acks = [(await ears.until(TOPICS.device(f"pad-{n}", "ack"), bool)).said for n in range(1, 65)]
        assert sorted(ack["ticket"] for ack in acks) == sorted(tickets)
        shown = [
            await ears.until(TOPICS.display(str(n)), lambda b: b["state"] == "calling") for n in range(1, 65)
        ]
        assert sorted(board.said["ticket"] for board in shown) == sorted(tickets)
        assert [board.said["ticket"] for board in shown] == [ack["ticket"] for ack in acks]
