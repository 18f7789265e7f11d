"""A dead pad is replaced by pressing a key on the new one: who is proposed, what a yes does, what stays refused."""

from __future__ import annotations

import asyncio
import doctest
import json
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from hall_controller import messages
from hall_controller.domain.facts import CounterOpened, DeviceAdopted
from hall_controller.domain.refusals import Refusal
from hall_controller.equipment import adopted_file
from hall_controller.equipment.adoption import WINDOW_S, Adopted, Adoption, Place
from hall_controller.equipment.places import Places
from hall_controller.equipment.roster import Roster
from hall_controller.equipment.seen import Equipment
from hall_controller.errors import HallError
from hall_controller.messages import KeyPress, ScorePress, adoption_code
from hall_controller.mqtt import Mqtt
from tests.broker import RunningBroker
from tests.debian import needs_debian
from tests.hall_controller.equipment.watched import PAD, Watched
from tests.hall_controller.live_hall import TOPICS, LiveHall
from tests.mqtt_peers import Listener, Pad

NEXT = KeyPress(boot=1, seq=1, key="next")
AT_1 = Place("call-pad", "1", "pad-1")


def window(*strangers: str) -> tuple[Watched, Adoption]:
    """A hall in which these devices have said that they are call pads, each with the code 1234."""
    hall = Watched(PAD)
    for stranger in strangers:
        hall.introduces(stranger, code="1234")
    return hall, Adoption(hall.roster.strangers, lambda: hall.now_s)


def proposed(adoption: Adoption) -> str | None:
    assert adoption.window is not None, "the window is closed"
    return adoption.window.proposed


def test_the_first_new_pad_on_which_a_key_is_pressed_is_proposed() -> None:
    hall, adoption = window("spare-1", "spare-2")
    adoption.heard("spare-2", NEXT)
    adoption.open(AT_1, hall.at)
    assert proposed(adoption) is None, "a key before the window does not count"
    adoption.heard("pad-1", NEXT)
    adoption.heard("spare-1", ScorePress(boot=1, seq=1, score=3))
    adoption.heard("spare-2", NEXT)
    assert proposed(adoption) == "spare-1"
    adoption.refuse("spare-1")
    adoption.heard("spare-2", NEXT)
    assert adoption.confirm("spare-2", "12-34") == Adopted("spare-2", "m", AT_1)
    assert adoption.window is None


@pytest.mark.parametrize(
    ("device", "code", "why"),
    [
        ("spare-1", "4321", "wrong_device_code"),
        ("spare-1", "", "wrong_device_code"),
        ("spare-2", "1234", "nothing_proposed"),
        ("nobody", "1234", "nothing_proposed"),
    ],
)
def test_nothing_else_than_the_proposed_device_with_its_code_is_adopted(
    device: str, code: str, why: str
) -> None:
    hall, adoption = window("spare-1", "spare-2")
    adoption.open(AT_1, hall.at)
    adoption.heard("spare-1", NEXT)
    refused = adoption.confirm(device, code)
    assert isinstance(refused, Refusal)
    assert refused.code == why
    assert adoption.window, "the technician may try again"


def test_after_two_minutes_nobody_is_proposed_any_more() -> None:
    hall, adoption = window("spare-1")
    adoption.open(AT_1, hall.at)
    hall.wait(WINDOW_S + 0.1)
    adoption.heard("spare-1", NEXT)
    assert adoption.window is None
    assert isinstance(adoption.confirm("spare-1", "1234"), Refusal)


def test_a_device_of_another_kind_is_not_proposed() -> None:
    hall, adoption = window("spare-1")
    adoption.open(Place("panel", "1"), hall.at)
    adoption.heard("spare-1", NEXT)
    assert adoption.window
    assert adoption.window.proposed is None
    hall.introduces("panel-9", "panel", code="77")
    info = hall.roster.strangers["panel-9"].info
    assert info
    adoption.heard("panel-9", info)
    assert adoption.window.proposed == "panel-9", "a panel has no key"


def test_the_code_proves_the_devices_own_secret() -> None:
    assert doctest.testmod(messages).failed == 0
    codes = {adoption_code(device, secret) for device in ("a", "b") for secret in ("x", "y", "")}
    assert len(codes) == 6
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    hall, adoption = window()
    hall.introduces("spare-9")
    assert adoption.code("spare-9") == adoption_code("spare-9", "")
    assert adoption.unproven("spare-9"), "whoever says no code proves nothing"


def test_the_file_is_whole_or_the_old_one_and_says_when_it_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / adopted_file.NAME
    assert adopted_file.read(path) == []
    entry = adopted_file.Entry(device="spare-1", type="call-pad", model="m", counter="1", replaces="pad-1")
    adopted_file.write(path, [entry])
    assert adopted_file.read(path) == [entry]
    assert [file.name for file in tmp_path.iterdir()] == [adopted_file.NAME]
    path.write_text("[{", "utf-8")
    with pytest.raises(HallError, match="adopt again"):
        adopted_file.read(path)


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    with RunningBroker(tmp_path) as running:
        yield running


@dataclass
class Adopting:
    """A hall at a real broker, and who takes whose place in it."""

    hall: LiveHall
    adoption: Adoption
    places: Places
    roster: Roster
    mqtt: Mqtt


@asynccontextmanager
async def adopting(folder: Path, port: int) -> AsyncIterator[Adopting]:
    async with LiveHall(folder) as hall:
        devices = [Equipment(id_, "call-pad", "mqtt", counter=at) for id_, at in hall.devices.items() if at]
        roster = Roster(devices, hall.health, time.monotonic)
        mqtt = hall.speak(port)
        places = Places(
            folder / "adopted.json", hall.controller, hall.health, roster, hall.devices, mqtt.devices
        )
        adoption = Adoption(roster.strangers, time.monotonic)
        mqtt.devices.on_said += [roster.heard, adoption.heard]
        mqtt.on_connected.append(places.tell_all)
        async with Listener(port, "ears", TOPICS.controller_state) as ears:
            await ears.until(TOPICS.controller_state, lambda state: state["state"] == "ready")
        yield Adopting(hall, adoption, places, roster, mqtt)


async def introduce(pad: Pad, code: str) -> None:
    info = {"type": "call-pad", "model": "esp32_call_pad", "firmware": "1", "capabilities": {"code": code}}
    await pad.say(TOPICS.device("spare-1", "info"), info, retain=True)
    await pad.say(TOPICS.device("spare-1", "state"), {"state": "ready", "boot": 1}, retain=True)


@needs_debian("mosquitto")
async def test_a_new_pad_takes_the_place_of_a_dead_one_and_keeps_it_after_a_restart(
    broker: RunningBroker, tmp_path: Path
) -> None:
    code, config = adoption_code("spare-1", "its own secret"), TOPICS.device("spare-1", "config")
    async with (
        adopting(tmp_path, broker.port) as now,
        Pad(broker.port, "spare-1", TOPICS) as spare,
        Pad(broker.port, "pad-1", TOPICS) as old,
        Listener(broker.port, "label", config) as label,
    ):
        await introduce(spare, code)
        assert (await spare.press("open"))["reason"]["code"] == "unknown_device"
        now.adoption.open(AT_1, now.hall.clock.now().at)
        assert (await spare.press("open"))["result"] == "rejected", "proposed, not yet adopted"
        adopted = now.adoption.confirm("spare-1", code)
        assert isinstance(adopted, Adopted)
        await now.places.take(adopted, "kim")
        assert (await label.until(config, bool)).said["counter"] == "1"
        assert (await spare.press("open"))["result"] == "ok"
        assert (await old.press("next"))["reason"]["code"] == "unknown_device"
        (fact,) = now.hall.facts(DeviceAdopted)
        assert isinstance(fact, DeviceAdopted)
        assert (fact.device, fact.counter, fact.replaces, fact.person) == ("spare-1", "1", "pad-1", "kim")
        (opened,) = now.hall.facts(CounterOpened)
        assert isinstance(opened, CounterOpened)
        assert opened.counter == "1"
        assert "pad-1" not in now.roster.look()
        assert now.roster.look()["spare-1"].verdict.state == "ready"
    broker.kill()
    broker.start()
    async with (
        adopting(tmp_path, broker.port) as later,
        Pad(broker.port, "spare-1", TOPICS, boot=2) as spare,
        Listener(broker.port, "label", config) as label,
    ):
        assert (await label.until(config, bool)).said["counter"] == "1", "told again to an empty broker"
        assert (await spare.press("close"))["result"] == "ok"
        assert later.places.adopted == {"spare-1"}


@needs_debian("mosquitto")
async def test_a_second_replacement_leaves_one_pad_at_the_counter(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with adopting(tmp_path, broker.port) as hall, Pad(broker.port, "spare-1", TOPICS) as spare:
        await introduce(spare, "1")
        await spare.press("open")
        await hall.places.take(Adopted("spare-1", "m", AT_1), "kim")
        await hall.places.take(Adopted("spare-2", "m", Place("call-pad", "1", "spare-1")), "kim")
        assert [entry.device for entry in hall.places.entries] == ["spare-2"]
        assert (await spare.press("next"))["reason"]["code"] == "unknown_device"
        kept = json.loads(await asyncio.to_thread((tmp_path / "adopted.json").read_text))
        assert [(entry["device"], entry["retired"]) for entry in kept] == [("spare-2", ["pad-1"])]
    async with adopting(tmp_path, broker.port) as later:
        assert "pad-1" not in later.roster.devices, "hall.toml names it still"
        assert "spare-2" in later.roster.devices
