"""The dot matrix: what people see at the far end of the chips, dot by dot, and who else is on the chain."""

from __future__ import annotations

import asyncio
import builtins
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from luma.core.device import dummy

from displays.panels import Face
from displays.panels.max7219 import Driver
from hall_controller.errors import LineError
from hall_controller.messages import CounterStateName, Text
from tests.displays.boards import MORNING, counter
from tests.displays.kept_panels import kept, tell, until_told
from tests.displays.led_matrix import LedMatrix, large

CALLING = Face("5", counter(1, "calling", "A012"))
A012 = """
....##....#####....##....####...
...####..##...##..###...##..##..
..##..##.##..###...##.......##..
..##..##.##.####...##.....###...
..######.####.##...##....##.....
..##..##.###..##...##...##..##..
..##..##..#####..######.######..
................................
"""


def panel(**settings: Any) -> Driver:  # noqa: ANN401 - any setting of the driver
    return Driver.model_validate(settings)


def seen(face: Face, **settings: Any) -> LedMatrix:  # noqa: ANN401 - any setting of the driver
    """The chips after a face was sent to them."""
    driver = panel(**settings)
    (step,) = driver.steps(face)
    chain = LedMatrix(step.latch_bytes // 2, turned=driver.orientation)
    chain.take(step.frame)
    return chain


def left_aligned(rows: list[str]) -> list[str]:
    """The dots without the dark columns at both sides."""
    first = min(row.index("#") for row in rows if "#" in row)
    last = max(row.rindex("#") for row in rows if "#" in row)
    return [row[first : last + 1] for row in rows]


def test_a_called_number_is_drawn_bold_with_a_barred_zero() -> None:
    assert seen(CALLING).rows() == A012.split()


def test_a_zero_is_no_o_and_no_two_characters_of_numbers_look_alike() -> None:
    looks: dict[tuple[str, ...], str] = {}
    for letter in "ABCDEGHKLMNPRSTUVXYO0123456789":
        face = Face("5", counter(1, "open", notice=Text(vi=f"{letter} {letter}", en="")))
        looks.setdefault(tuple(left_aligned(seen(face).rows())), letter)
    assert len(looks) == 30


@pytest.mark.parametrize("orientation", [0, 90, -90, 180])
def test_however_the_boards_are_turned_people_see_the_same(orientation: int) -> None:
    assert seen(CALLING, orientation=orientation).rows() == seen(CALLING).rows()


def test_a_row_that_hangs_upside_down_is_turned_back() -> None:
    upright, hanging = seen(CALLING).picture(), seen(CALLING, rotate=180).picture()
    assert hanging.rotate(180).tobytes() == upright.tobytes()


def test_the_data_wire_may_be_at_the_other_end() -> None:
    straight, backwards = seen(CALLING).rows(), seen(CALLING, backwards=True).rows()
    modules = [[row[at : at + 8] for row in backwards] for at in range(24, -8, -8)]
    assert ["".join(parts) for parts in zip(*modules, strict=True)] == straight


def test_lumas_own_dummy_shows_the_same_picture() -> None:
    device = dummy(width=32, height=8, mode="1")
    device.display(panel().picture(CALLING))
    assert device.image.tobytes() == seen(CALLING).picture().tobytes()


@pytest.mark.parametrize(("brightness", "value"), [(0, 0), (4, 4), (15, 15)])
def test_the_brightness_is_set_with_every_frame(brightness: int, value: int) -> None:
    assert [chip[0x0A] for chip in seen(CALLING, brightness=brightness).registers] == [value] * 4


def test_a_frame_never_darkens_a_number_that_stands_there() -> None:
    (step,) = panel().steps(CALLING)
    chain = LedMatrix(4)
    chain.take(step.frame)
    before = chain.rows()
    for at in range(0, len(step.frame), step.latch_bytes):
        chain.transfer(step.frame[at : at + step.latch_bytes])
        assert chain.rows() == before


def test_two_panels_on_one_chain_leave_each_other_alone() -> None:
    chain = LedMatrix(8)
    for first, number in ((0, "A012"), (4, "B047"), (0, "C103")):
        (step,) = panel(first=first, chain=8).steps(Face("5", counter(1, "calling", number)))
        assert step.latch_bytes == 16
        chain.take(step.frame)
    alone = [seen(Face("5", counter(1, "calling", number))).rows() for number in ("C103", "B047")]
    assert chain.rows() == [left + right for left, right in zip(*alone, strict=True)]


def test_an_old_number_has_a_dotted_line_under_it_also_in_the_dark() -> None:
    stale = replace(CALLING, stale_since=MORNING)
    assert seen(stale).rows()[:7] == seen(CALLING).rows()[:7]
    assert seen(stale).rows()[7] == "#." * 16
    assert seen(replace(stale, dark=True)).rows() == ["." * 32] * 7 + ["#." * 16]


def test_the_test_picture_lights_every_dot() -> None:
    assert seen(Face("5", wanted="test")).rows() == ["#" * 32] * 8


@pytest.mark.parametrize(
    ("state", "narrow", "wide"),
    [("open", "---", "---"), ("paused", "NGHI", "TAM DUNG"), ("closed", "DONG", "DA DONG")],
)
def test_a_counter_without_a_ticket_says_so_in_the_width_there_is(
    state: CounterStateName, narrow: str, wide: str
) -> None:
    face = Face("5", counter(1, state))
    assert [panel(cascaded=modules).text(face) for modules in (4, 8)] == [narrow, wide]


def test_a_counter_stands_beside_the_number_where_there_is_room() -> None:
    told = [panel(cascaded=modules, with_counter=True).text(CALLING) for modules in (4, 6, 8)]
    assert told == ["A012", "A012 Q5", "A012 QUAY 5"]


def test_a_technician_reads_the_counter_of_the_panel() -> None:
    face = Face("28", counter(1, "open", name="28"), wanted="identify")
    assert [panel(cascaded=modules).text(face) for modules in (3, 4)] == ["28", "ID 28"]


def test_the_picture_to_look_at_has_a_light_for_every_dot() -> None:
    dots = seen(CALLING).picture()
    shown = large(dots)
    assert shown.size == (32 * 12, 8 * 12)
    lit = sum(shown.getpixel((x * 12 + 6, y * 12 + 6)) == (255, 60, 30) for x in range(32) for y in range(8))
    assert lit == sum(row.count("#") for row in seen(CALLING).rows())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"cascaded": 2}, "cascaded"),
        ({"brightness": 16}, "brightness"),
        ({"orientation": 45}, "orientation"),
        ({"flash_hz": 4}, "flash_hz"),
        ({"first": 6, "chain": 8}, "4 modules from 6 on do not fit into a chain of 8"),
    ],
)
def test_a_panel_cannot_be_set_to_what_it_cannot_do(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        panel(**wrong)


def test_a_machine_without_the_library_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_luma(name: str, *others: Any) -> Any:  # noqa: ANN401 - as Python's own
        if name.startswith("luma"):
            raise ModuleNotFoundError(name)
        return real(name, *others)

    driver = panel()
    monkeypatch.setattr(builtins, "__import__", without_luma)
    with pytest.raises(LineError, match=r"pip install 'hall-controller\[led\]'"):
        driver.encode(CALLING)


@pytest.mark.alone
async def test_a_call_flashes_lit_and_dark_and_then_stands(tmp_path: Path) -> None:
    bus = tmp_path / "bus"
    table: dict[str, object] = {"id": "p5", "model": "max7219", "counter": "5", "line": f"file://{bus}"}
    async with kept({**table, "blink_s": 0.7, "flash_hz": 3}) as feed:
        tell(feed, "5", counter(2, "calling", "A012", since=datetime.now(UTC)))
        await asyncio.wait_for(until_told(feed, '"rev":2'), 15)
        await asyncio.sleep(1.0)  # the flashing lasts 0.7 s
    chain, looks = LedMatrix(4), []
    stream = bus.read_bytes()
    frame = len(panel().encode(CALLING))
    for at in range(0, len(stream), frame):
        chain.take(stream[at : at + frame])
        looks.append(sum(row.count("#") for row in chain.rows()))
    number = sum(row.count("#") for row in seen(CALLING).rows())
    flashes = looks[looks.index(number) :]
    assert flashes[:4] == [number, 0, number, 0]
    assert flashes[-1] == number
    assert len(flashes) <= 6
