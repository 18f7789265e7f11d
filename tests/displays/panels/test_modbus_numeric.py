"""The numeric display behind Modbus: its registers in every encoding, its answers through noise, pymodbus's server."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from displays.lines import Line
from displays.panels import Face
from displays.panels.modbus_numeric import Driver
from hall_controller.errors import LineError, LineTimeout
from hall_controller.messages import CounterStateName
from tests.displays.boards import MORNING, counter
from tests.displays.kept_panels import kept, tell, until_told
from tests.displays.modbus_slaves import Slaves, slaves

CALLING = Face("5", counter(1, "calling", "A012"), blink=True)


def panel(**settings: object) -> Driver:
    return Driver.model_validate({"unit": 3, **settings})


def registers(face: Face, **settings: object) -> str:
    """What is written to the digits, in hexadecimal."""
    return panel(**settings).encode(face)[7:-2].hex()


@pytest.mark.parametrize(
    ("settings", "written"),
    [
        ({}, "41303132"),
        ({"digits": 5}, "204130313220"),
        ({"digits": 6}, "202041303132"),
        ({"encoding": "characters"}, "0041003000310032"),
        ({"encoding": "bcd"}, "f012"),
        ({"encoding": "bcd", "digits": 6}, "fffff012"),
    ],
)
def test_a_number_becomes_registers_as_the_display_wants_them(
    settings: dict[str, object], written: str
) -> None:
    assert registers(CALLING, **settings) == written


@pytest.mark.parametrize(
    ("state", "ascii_text", "bcd"),
    [("open", "   -", "fffa"), ("paused", "NGHI", "affa"), ("closed", "DONG", "ffff")],
)
def test_a_counter_without_a_ticket_says_so_as_the_display_can(
    state: CounterStateName, ascii_text: str, bcd: str
) -> None:
    face = Face("5", counter(1, state))
    assert bytes.fromhex(registers(face)).decode() == ascii_text
    assert registers(face, encoding="bcd") == bcd


@pytest.mark.parametrize("encoding", ["ascii", "characters", "bcd"])
def test_a_number_that_is_too_long_is_not_cut(encoding: str) -> None:
    shown = panel(encoding=encoding, digits=3).text(Face("5", counter(1, "calling", "B1047")))
    assert shown == ("" if encoding == "bcd" else "XEM")


def test_without_a_register_for_it_an_old_number_gives_way_to_dashes() -> None:
    stale = Face("5", counter(1, "serving", "A012"), stale_since=MORNING)
    assert panel().text(stale) == "----"
    assert panel(flags_register=9).text(stale) == "A012"


def test_blinking_and_the_point_are_bits_of_their_register() -> None:
    driver = panel(flags_register=9, blink_s=5)
    flags = [step.frame[7:-2].hex() for step in driver.steps(CALLING)[1:]]
    assert flags == ["0001"]
    stale = Face("5", counter(1, "serving", "A012"), stale_since=MORNING)
    assert driver.steps(stale)[1].frame[2:9].hex() == "00090001020002"


def test_a_technician_sees_the_unit_or_every_segment() -> None:
    identify, test = Face("5", wanted="identify"), Face("5", wanted="test")
    assert [panel().text(face) for face in (identify, test)] == ["ID03", "8888"]
    assert [panel(digits=digits, encoding="bcd").text(identify) for digits in (2, 4)] == ["3", "-03-"]


@given(before=some.binary(max_size=20), after=some.binary(max_size=20))
def test_an_answer_is_found_in_noise(before: bytes, after: bytes) -> None:
    taken = bytes.fromhex("03 10 00 00 00 02 40 2a")
    assert panel().judge(before + taken + after) == "taken"


def test_an_answer_counts_only_when_it_is_whole_its_own_and_no_refusal() -> None:
    taken, refused = bytes.fromhex("03 10 00 00 00 02 40 2a"), bytes.fromhex("03 90 02 6c 01")
    assert [panel().judge(taken[:size]) for size in range(8)] == ["more"] * 8
    assert panel(unit=4).judge(taken) == "more"
    assert panel().judge(refused) == "refused"


@given(position=some.integers(0, 7), bit=some.integers(0, 7))
def test_an_answer_with_one_wrong_bit_is_never_taken(position: int, bit: int) -> None:
    answer = bytearray.fromhex("03 10 00 00 00 02 40 2a")
    answer[position] ^= 1 << bit
    assert panel().judge(bytes(answer)) == "more"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"unit": 0}, "unit"),
        ({"digits": 9}, "digits"),
        ({"encoding": "hex"}, "encoding"),
        ({"function": 5}, "function"),
        ({"blink_s": 3}, "blink_s needs a flags_register"),
        ({"flash_hz": 2}, "flash_hz is not for this model"),
    ],
)
def test_a_display_cannot_be_set_to_what_it_cannot_do(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        panel(**wrong)


async def sent(far: Slaves, driver: Driver, face: Face = CALLING) -> None:
    line = Line(far.line)
    try:
        for step in driver.steps(face):
            await line.exchange(step, 1.0)
    finally:
        await line.close()


@pytest.mark.parametrize("function", [16, 6])
async def test_a_real_slave_holds_what_was_written(function: int) -> None:
    async with slaves(3) as far:
        await sent(far, panel(function=function, flags_register=9, blink_s=5, readback=True))
        assert far.text(3) == "A012"
        assert far.held[3][9] == 1


async def test_a_display_that_forgets_what_it_took_is_found_by_reading_it_back() -> None:
    async with slaves(3) as far:
        far.stuck.add(3)
        await sent(far, panel())
        with pytest.raises(LineError, match="did not accept"):
            await sent(far, panel(readback=True))


async def test_a_register_that_is_not_there_is_refused_at_once() -> None:
    async with slaves(3) as far:
        with pytest.raises(LineError, match="did not accept"):
            await sent(far, panel(first_register=500))


async def test_noise_before_an_answer_and_an_answer_that_is_lost() -> None:
    async with slaves(3) as far:
        far.cable.noise = b"\x00\x03\x10\xff"
        await sent(far, panel(readback=True))
        far.cable.lost_answers = 1
        line = Line(far.line)
        with pytest.raises(LineTimeout):
            await line.exchange(panel().steps(CALLING)[0], 0.1)
        await line.close()


def table(far: Slaves, unit: int, **own: object) -> dict[str, object]:
    place = {"id": f"p{unit}", "counter": str(unit), "line": far.line}
    return {"model": "modbus_numeric", "unit": unit, "baudrate": 19200, **place, **own}


@pytest.mark.alone
async def test_a_unit_that_does_not_answer_does_not_slow_the_others() -> None:
    async with slaves(3, 4) as far, kept(table(far, 3), table(far, 4)) as feed:
        far.cable.off.add(3)
        tell(feed, "3", counter(2, "serving", "A001"))
        await asyncio.wait_for(until_told(feed, "no answer within"), 5)
        tries = len(far.cable.asked)
        times_s = []
        for rev in range(3, 23):
            began_s = asyncio.get_running_loop().time()
            tell(feed, "4", counter(rev, "serving", f"A{rev:03}"))
            await far.shows(4, f"A{rev:03}")
            times_s.append(asyncio.get_running_loop().time() - began_s)
        dead = sum(frame[0] == 3 for frame in far.cable.asked[tries:])
    assert sorted(times_s)[-2] < 0.2, "20 calls, each at most behind one try at the dead unit"
    assert dead <= 8, "it is tried again and again, but less and less often"


@pytest.mark.alone
async def test_a_display_that_comes_back_is_right_within_two_seconds() -> None:
    async with slaves(3) as far, kept(table(far, 3)) as feed:
        far.cable.lost_answers = 4
        tell(feed, "3", counter(2, "calling", "A012", since=datetime.now(UTC)))
        await asyncio.wait_for(until_told(feed, '"p3":"ok"'), 5)
        assert far.text(3) == "A012"
