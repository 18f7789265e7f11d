"""USB number pads: the kernel's bytes through the real reader, and keyboards that cannot be had."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hall_controller.devices.lines import open_line
from hall_controller.devices.pads.keypad_evdev import (
    CAPS,
    EV_KEY,
    EV_SYN,
    EVENT,
    SYN_DROPPED,
    SYN_REPORT,
    Driver,
)
from hall_controller.domain import facts as f
from hall_controller.domain.commands import OpenCounter
from hall_controller.errors import LineError
from hall_controller.pad_settings import PadSettings
from tests.hall_controller.live_hall import LiveHall
from tests.hall_controller.wired_pad import until, wired

RELEASED, PRESSED, REPEATED = 0, 1, 2
EV_MSC, MSC_SCAN, EV_LED = 4, 4, 0x11


def event(kind: int, code: int, value: int) -> bytes:
    """As the kernel writes it, in this year."""
    now_us = time.time_ns() // 1000
    return EVENT.pack(now_us // 1_000_000, now_us % 1_000_000, kind, code, value)


def report(cap: str, value: int) -> bytes:
    """What a number pad's driver tells of one key: its scan code, the key, the end of the report."""
    scan, key = event(EV_MSC, MSC_SCAN, 0x70058), event(EV_KEY, CAPS[cap], value)
    return (b"" if value == REPEATED else scan) + key + event(EV_SYN, SYN_REPORT, 0)


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[LiveHall]:
    async with LiveHall(tmp_path) as hall:
        await hall.do(OpenCounter("1"))
        await hall.take(8)
        yield hall


def called(hall: LiveHall) -> int:
    return len(hall.facts(f.TicketCalled))


async def test_enter_calls_plus_recalls_and_a_held_key_repeats_nothing(
    hall: LiveHall, tmp_path: Path
) -> None:
    fifo = tmp_path / "keypad"
    os.mkfifo(fifo)
    keys = os.open(fifo, os.O_RDWR)
    async with wired(hall, PadSettings("pad-1", "keypad_evdev", f"file://{fifo}", "1", {})) as wiring:
        await until(lambda: wiring.is_("pad-1", "ready"))
        held = report("kpenter", PRESSED) + report("kpenter", REPEATED) * 30
        for portion in (held[:7], held[7:100], held[100:]):
            os.write(keys, portion)
        await until(lambda: called(hall) == 1)
        wiring.clock.now_s += 10.1
        await until(lambda: wiring.is_("pad-1", "faulty"))
        os.write(keys, report("kpenter", RELEASED))
        await until(lambda: wiring.is_("pad-1", "ready"))
        os.write(keys, report("kpplus", PRESSED) + report("kpplus", RELEASED))
        await until(lambda: bool(hall.facts(f.TicketRecalled)))
        os.write(keys, report("kpenter", PRESSED) + report("kpenter", RELEASED))
        await until(lambda: called(hall) == 2)
    os.close(keys)


def test_what_the_kernel_dropped_presses_nothing() -> None:
    pad = Driver()
    dropped = event(EV_KEY, CAPS["kpenter"], PRESSED) + event(EV_SYN, SYN_DROPPED, 0)
    assert pad.feed(dropped) == []
    assert pad.feed(event(EV_SYN, SYN_REPORT, 0)) == []
    (heard,) = pad.feed(report("kpenter", PRESSED))
    assert heard.down


def test_keys_without_a_meaning_and_other_events_are_passed_over() -> None:
    pad = Driver(keys={"kpenter": "next"})
    assert pad.feed(report("kp5", PRESSED) + report("numlock", PRESSED) + event(EV_LED, 0, 1)) == []
    assert len(pad.feed(report("kpenter", PRESSED))) == 1


def test_a_rating_pad_of_three_keys_lights_its_num_lock_to_invite() -> None:
    pad = Driver(keys={"kp1": "1", "kp2": "2", "kp3": "3"}, light=True)
    lit = pad.invite(on=True)
    assert lit is not None
    assert EVENT.unpack(lit[:24])[2:] == (EV_LED, 0, 1)
    assert EVENT.unpack(lit[24:])[2:] == (EV_SYN, SYN_REPORT, 0)
    assert Driver().invite(on=True) is None


def test_the_usual_keys_are_all_different_and_call_with_the_largest() -> None:
    pad = Driver()
    assert pad.keys["kpenter"] == "next"
    assert len(set(pad.keys.values())) == len(pad.keys) == len(pad.presses())


def test_every_key_cap_has_a_code_of_its_own() -> None:
    assert len(set(CAPS.values())) == len(CAPS)


@pytest.mark.parametrize(
    ("path", "advice"),
    [("{}/absent", "not plugged in"), ("/dev/null", "is no keyboard"), ("{}/fifo", "is no keyboard")],
)
def test_what_cannot_be_grabbed_is_told_with_what_to_do(tmp_path: Path, path: str, advice: str) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(LineError, match=advice):
        open_line(f"evdev://{path.format(tmp_path)}", 1.0)
