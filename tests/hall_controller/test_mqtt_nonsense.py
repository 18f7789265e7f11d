"""Nonsense that devices and strangers send: dropped, counted, told, and never the end of anything.

Belongs here: malformed, oversize, retained and ambiguous messages (faults 14 and 16). Never here: presses that mean
something (test_mqtt.py).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall_controller.messages import LARGEST_PAYLOAD_BYTES
from tests.broker import RunningBroker
from tests.debian import needs_debian
from tests.hall_controller.live_hall import TOPICS, LiveHall
from tests.mqtt_peers import Listener, Pad

INPUT = TOPICS.device("pad-1", "input")
pytestmark = needs_debian("mosquitto")

PRESS = {"boot": 1, "seq": 1, "key": "next"}
NONSENSE: dict[str, bytes] = {
    "empty": b"",
    "not json": b"next",
    "not utf-8": b'{"boot":1,"seq":1,"key":"n\xffxt"}',
    "half": b'{"boot":1,"seq":1,"ke',
    "utf-16": json.dumps(PRESS).encode("utf-16"),
    "nul bytes": bytes(100),
    "a list": b"[]",
    "a list of presses": json.dumps([PRESS]).encode(),
    "a number": b"1",
    "null": b"null",
    "nothing in it": b"{}",
    "no number": b'{"key":"next"}',
    "no key": b'{"boot":1,"seq":1}',
    "unknown key": json.dumps({**PRESS, "key": "destroy"}).encode(),
    "key in capitals": json.dumps({**PRESS, "key": "NEXT"}).encode(),
    "key of another type": json.dumps({**PRESS, "key": 7}).encode(),
    "many keys": json.dumps({**PRESS, "key": ["next"]}).encode(),
    "negative number": json.dumps({**PRESS, "seq": -1}).encode(),
    "half a number": json.dumps({**PRESS, "seq": 1.5}).encode(),
    "no number at all": json.dumps({**PRESS, "seq": None}).encode(),
    "infinite": b'{"boot":1,"seq":1e999,"key":"next"}',
    "not a number": b'{"boot":1,"seq":NaN,"key":"next"}',
    "too great a number": json.dumps({**PRESS, "seq": 2**53 + 1}).encode(),
    "enormous number": b'{"boot":1,"seq":' + b"9" * 5000 + b',"key":"next"}',
    "age before birth": json.dumps({**PRESS, "age_ms": -5}).encode(),
    "bad destination": json.dumps({**PRESS, "key": "transfer", "to": "Quầy 5"}).encode(),
    "bad ticket": json.dumps({**PRESS, "key": "resume", "ticket": "A1; DROP TABLE fact"}).encode(),
    "long reason": json.dumps({**PRESS, "key": "pause", "reason": "x" * 201}).encode(),
    "score too high": b'{"boot":1,"seq":1,"score":6}',
    "a number in quotes": json.dumps({**PRESS, "seq": "1"}).encode(),
    "a truth for a number": json.dumps({**PRESS, "boot": True}).encode(),
    "an age in quotes": json.dumps({**PRESS, "age_ms": "5"}).encode(),
    "a truth for a score": b'{"boot":1,"seq":1,"score":true}',
    "a score in quotes": b'{"boot":1,"seq":1,"score":"4"}',
    "score too low": b'{"boot":1,"seq":1,"score":0}',
    "unknown key beside a score": b'{"boot":1,"seq":1,"key":"destroy","score":4}',
    "impossible score beside a key": b'{"boot":1,"seq":1,"key":"next","score":99}',
    "deep": b"[" * 8000,
    "deep object": b'{"a":' * 2000 + b"1" + b"}" * 2000,
    "oversize": json.dumps({**PRESS, "x": "x" * LARGEST_PAYLOAD_BYTES}).encode(),
    "a megabyte": b"x" * 1_000_000,
}


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    with RunningBroker(tmp_path) as running:
        yield running


async def test_fault_16_nonsense_changes_nothing_is_counted_and_told(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path) as hall, Pad(broker.port, "pad-1", TOPICS) as pad:
        await hall.connect(broker.port)
        await pad.press("open")
        for name, payload in NONSENSE.items():
            before, counted = hall.controller.rev, hall.health.malformed
            await pad.say(INPUT, payload)
            assert (await pad.press("next"))["reason"]["code"] == "none_waiting", name
            assert hall.health.malformed == counted + 1, name
            assert hall.controller.rev == before + 1, f"{name}: only the refusal after it is written down"
        assert hall.health.malformed == len(NONSENSE)


async def test_fault_16_the_alert_names_the_device_and_ends_with_its_next_right_press(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with (
        LiveHall(tmp_path) as hall,
        Pad(broker.port, "pad-1", TOPICS) as pad,
        Listener(broker.port) as ears,
    ):
        await hall.connect(broker.port)
        alert = TOPICS.alert("malformed-pad-1")
        await pad.say(INPUT, b"next")
        raised = await ears.until(alert, bool)
        assert raised.said["severity"] == "warning"
        assert "pad-1" in raised.said["text"]["vi"]
        await pad.press("open")
        await ears.until(alert, lambda said: said is None, after=ears.heard.index(raised))


async def test_a_strangers_nonsense_is_counted_but_raises_no_alert(
    broker: RunningBroker, tmp_path: Path
) -> None:
    strangers = ["stranger", "Pad 1", "người lạ", "x" * 200, "$SYS"]
    async with LiveHall(tmp_path) as hall, Pad(broker.port, "pad-1", TOPICS) as pad:
        await hall.connect(broker.port)
        for stranger in strangers:
            await pad.say(TOPICS.device(stranger, "input"), b"\x00")
            await pad.say(TOPICS.device(stranger, "state"), b"\x00")
            await pad.say(TOPICS.device(stranger, "input"), PRESS)
        await pad.press("open")
        assert hall.health.malformed == 2 * len(strangers)
        assert hall.health.alerts == {}
        assert set(hall.health.devices) == set(hall.devices)


async def test_unknown_fields_of_a_newer_device_are_ignored(broker: RunningBroker, tmp_path: Path) -> None:
    async with LiveHall(tmp_path) as hall, Pad(broker.port, "pad-1", TOPICS) as pad:
        await hall.connect(broker.port)
        answer = await pad.press("open", battery=0.7, firmware={"version": [2, 0]}, sequence="new")
        assert answer["result"] == "ok"
        assert hall.health.malformed == 0


async def test_a_retained_press_is_ignored(broker: RunningBroker, tmp_path: Path) -> None:
    async with Pad(broker.port, "pad-1", TOPICS) as pad:
        await pad.say(INPUT, {**PRESS, "seq": 1000, "key": "open"}, retain=True)
        async with LiveHall(tmp_path) as hall:
            await hall.connect(broker.port)
            assert (await pad.press("next"))["reason"]["code"] == "counter_closed"
            assert [ack.said["seq"] for ack in pad.heard] == [1]


async def test_fault_14_a_retained_command_is_cleared_and_told(broker: RunningBroker, tmp_path: Path) -> None:
    command = TOPICS.device("pad-1", "command")
    alert = TOPICS.alert("retained-pad-1")
    async with Listener(broker.port) as ears, Pad(broker.port, "pad-1", TOPICS) as pad:
        await pad.say(
            command, {"id": "1", "command": "reboot", "expires": "2030-01-01T00:00:00Z"}, retain=True
        )
        async with LiveHall(tmp_path) as hall:
            await hall.connect(broker.port)
            cleared = await ears.until(command, lambda said: said is None)
            assert (cleared.payload, cleared.retain) == (b"", True)
            assert (await ears.until(alert, bool)).said["severity"] == "warning"
            await pad.say(command, {"id": "2", "command": "test", "expires": "2030-01-01T00:00:00Z"})
            await pad.press("open")
        async with Listener(broker.port, "late", command) as late, Pad(broker.port, "pad-2", TOPICS) as other:
            await other.say(command, b"now")
            await late.until(command, lambda _: True)
            assert [heard.payload for heard in late.heard] == [b"now"], "nothing was kept"


async def test_fault_14_a_command_retained_while_the_hall_works_is_cleared_too(
    broker: RunningBroker, tmp_path: Path
) -> None:
    command = TOPICS.device("pad-1", "command")
    async with LiveHall(tmp_path) as hall, Pad(broker.port, "pad-1", TOPICS) as pad:
        await hall.connect(broker.port)
        async with Listener(broker.port) as ears:
            await pad.say(command, {"id": "1", "command": "reboot"}, retain=True)
            await ears.until(command, lambda said: said is None)


@pytest.mark.parametrize("device", ["PAD-1", "người lạ", "x" * 100, "-"])
async def test_a_command_retained_for_a_name_that_no_device_has_does_not_cut_the_hall_off(
    broker: RunningBroker, tmp_path: Path, device: str
) -> None:
    command = TOPICS.device(device, "command")
    async with (
        LiveHall(tmp_path) as hall,
        Pad(broker.port, "pad-1", TOPICS) as pad,
        Listener(broker.port) as ears,
    ):
        await hall.connect(broker.port)
        await pad.say(command, {"id": "1", "command": "reboot"}, retain=True)
        await ears.until(command, lambda said: said is None)
        assert (await pad.press("open"))["result"] == "ok"
        assert list(hall.health.alerts) == ["retained-stranger"], "and not that the broker is away"


async def test_a_device_tells_its_state_and_nonsense_leaves_it_as_it_was(
    broker: RunningBroker, tmp_path: Path
) -> None:
    state = TOPICS.device("pad-1", "state")
    async with LiveHall(tmp_path) as hall, Pad(broker.port, "pad-1", TOPICS) as pad:
        await hall.connect(broker.port)
        assert hall.health.counts() == {"init": 3}
        await pad.say(state, {"state": "ready", "boot": 4}, retain=True)
        await pad.press("open")
        assert hall.health.counts() == {"init": 2, "ready": 1}
        for nonsense in ({"state": "on fire"}, b"ready", {"state": None}):
            await pad.say(state, nonsense)
        await pad.say(state, b"", retain=True)
        await pad.press("ring")
        assert hall.health.devices["pad-1"] == "ready"
        assert hall.health.malformed == 3
        await pad.say(state, {"state": "lost"}, retain=True)
        await pad.press("ring")
        assert hall.health.devices["pad-1"] == "lost"


@pytest.mark.timeout(120)
def test_fault_16_whatever_bytes_are_sent_the_hall_stays_as_it_was(
    broker: RunningBroker, tmp_path: Path
) -> None:
    """Bytes, and JSON that is nearly a press, through the real broker; a right press behind them is the fence."""
    words = st.sampled_from(["boot", "seq", "key", "score", "service", "purpose", "to", "ticket", "age_ms"])
    values = (
        st.none() | st.booleans() | st.floats() | st.text(max_size=5) | st.lists(st.integers(), max_size=2)
    )
    nearly = st.dictionaries(words, values, max_size=5).map(lambda press: json.dumps(press).encode())
    payloads = st.lists(st.binary(max_size=64) | nearly, min_size=1, max_size=30)

    with asyncio.Runner() as runner:

        async def start() -> tuple[LiveHall, Pad]:
            hall = await LiveHall(tmp_path).__aenter__()
            await hall.connect(broker.port)
            return hall, await Pad(broker.port, "pad-1", TOPICS).__aenter__()

        async def end() -> None:
            await pad.__aexit__()
            await hall.__aexit__()

        async def send(nonsense: list[bytes]) -> None:
            before, counted = hall.controller.rev, hall.health.malformed
            for payload in nonsense:
                await pad.say(INPUT, payload)
            assert (await pad.press("next"))["reason"]["code"] == "counter_closed"
            assert hall.controller.rev == before + 1
            assert hall.health.malformed == counted + len(nonsense)

        @settings(max_examples=60, deadline=None, database=None)
        @given(payloads)
        def tried(nonsense: list[bytes]) -> None:
            runner.run(send(nonsense))

        hall, pad = runner.run(start())
        try:
            tried()
        finally:
            runner.run(end())
