"""The whole program with a pad wired to it: pressed over a real pseudo terminal, killed, started again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall_controller.devices.pads import Heard
from hall_controller.devices.pads.ascii_serial import Driver
from hall_controller.messages import Key, KeyPress
from tests.hall_controller.wired_pad import Cable
from tests.running_hall import RunningHall

PAD = Driver(address=1)
ANSWER_BYTES = 10
SWITCHED_ON = Heard(None, 0, repeated=True)


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    cable = Cable(tmp_path / "desk")
    cable.plug()
    yield cable
    cable.close()


@pytest.fixture
def hall(tmp_path: Path, cable: Cable) -> Iterator[RunningHall]:
    """The reference hall, whose counter 1 has its pad on a cable instead of MQTT."""
    pad = ("model=ascii_serial", f"line={cable.line}", "settings.address=1")
    settings = (*(f"device.pad-1.{setting}" for setting in pad), "calls.double_press_ms=0")
    hall = RunningHall(tmp_path / "data", settings=settings)
    hall.start()
    yield hall
    hall.kill()


async def say(cable: Cable, heard: Heard) -> str:
    """Say it until it is answered, as the pad's data sheet has it; returns the colour of the light, + is green."""
    while cable.dark():
        cable.send(PAD.sent(heard))
        await asyncio.sleep(0.1)
    return await light(cable, heard)


async def press(cable: Cable, key: Key, seq: int) -> str:
    """Press once, on a line that is heard."""
    heard = Heard(KeyPress(boot=0, seq=0, key=key), seq)
    cable.send(PAD.sent(heard))
    return await light(cable, heard)


async def light(cable: Cable, heard: Heard) -> str:
    """The colour of the answer to this; late answers to what was said before it are passed over."""
    code = seq = ""
    while seq != str(heard.seq):
        frame = (await cable.light(ANSWER_BYTES)).decode("ascii")
        code, seq = frame[3], frame[4]
    return code


def counter_1(hall: RunningHall) -> str:
    """What its display shows."""
    status, whole = hall.get("/api/hall")
    assert status == 200
    shown = whole["counters"]["1"]
    return f"{shown['state']} {shown['ticket']}"


async def test_an_officer_with_a_wired_pad_opens_and_calls(hall: RunningHall, cable: Cable) -> None:
    assert await say(cable, SWITCHED_ON) == "+"
    assert await press(cable, "open", 1) == "+"
    assert await press(cable, "next", 2) == "-"
    hall.post("/api/tickets", {"service": "dat-dai", "purpose": "submit", "print": False})
    assert await press(cable, "next", 3) == "+"
    assert counter_1(hall) == "calling A001"


async def test_a_press_whose_answer_was_lost_with_the_controller_is_not_done_twice(
    hall: RunningHall, cable: Cable
) -> None:
    assert await say(cable, SWITCHED_ON) == "+"
    for _ in range(2):
        hall.post("/api/tickets", {"service": "dat-dai", "purpose": "submit", "print": False})
    assert await press(cable, "open", 1) == "+"
    assert await press(cable, "next", 2) == "+"
    hall.kill()
    hall.start()
    assert await say(cable, Heard(KeyPress(boot=0, seq=0, key="next"), 2, repeated=True)) == "-"
    assert counter_1(hall) == "calling A001"
    assert await press(cable, "next", 3) == "+"
    assert counter_1(hall) == "calling A002"
