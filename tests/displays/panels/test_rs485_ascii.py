"""The ASCII panel on RS-485: its frames letter by letter, its answers through noise."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from displays.panels import Face
from displays.panels.rs485_ascii import Driver
from hall_controller.messages import CounterStateName
from tests.displays.boards import MORNING, counter

ACK_OF_7 = b"\x0207\x0601\x03"
NAK_OF_7 = b"\x0207\x1512\x03"
PANEL = Driver(address=7)


def text(face: Face, **settings: Any) -> str:  # noqa: ANN401 - any setting of the driver
    frame = Driver(address=7, **settings).encode(face)
    return frame[5:-3].decode("ascii")


def test_a_call_blinks_then_stands_steady() -> None:
    calling = Face("5", counter(1, "calling", "A012"), blink=True)
    assert PANEL.encode(calling) == b"\x0207D1A01200\x03"
    assert PANEL.encode(replace(calling, blink=False)) == b"\x0207D0A01201\x03"


@pytest.mark.parametrize(
    ("state", "four", "eight"),
    [("open", "----", "--------"), ("paused", "NGHI", "TAM DUNG"), ("closed", "DONG", "DA DONG ")],
)
def test_a_counter_without_a_ticket_says_so_in_the_letters_there_are(
    state: CounterStateName, four: str, eight: str
) -> None:
    face = Face("5", counter(1, state))
    assert (text(face), text(face, length=8)) == (four, eight)


def test_a_short_number_stands_in_the_middle_of_a_long_panel() -> None:
    assert text(Face("5", counter(1, "serving", "A012")), length=8) == "  A012  "


def test_a_number_that_is_too_long_is_not_cut_and_the_frame_keeps_its_length() -> None:
    frame = PANEL.encode(Face("5", counter(1, "calling", "B1047")))
    assert frame[5:-3] == b"XEM "


def test_before_the_first_board_a_panel_shows_dashes() -> None:
    assert text(Face("5")) == "----"


def test_a_stale_board_keeps_its_number_and_lights_the_point() -> None:
    stale = PANEL.encode(Face("5", counter(1, "serving", "A012"), stale_since=MORNING))
    assert stale[4:5] == b"2"
    assert b"A012" in stale


def test_a_technician_sees_the_address_or_every_segment() -> None:
    assert text(Face("5", wanted="identify"), length=5) == "ID 07"
    assert text(Face("5", wanted="identify")) == "ID07"
    frame = PANEL.encode(Face("5", wanted="test"))
    assert frame[3:4] == b"T"
    assert b"8888" in frame


def test_the_panels_answers_are_understood() -> None:
    assert PANEL.judge(ACK_OF_7) == "taken"
    assert PANEL.judge(NAK_OF_7) == "refused"


def test_an_answer_counts_only_when_it_is_whole() -> None:
    assert [PANEL.judge(ACK_OF_7[:size]) for size in range(7)] == ["more"] * 7


def test_another_panels_answer_is_passed_over() -> None:
    other = b"\x0208\x060E\x03"
    assert Driver(address=8).judge(other) == "taken"
    assert PANEL.judge(other) == "more"
    assert PANEL.judge(other + ACK_OF_7) == "taken"


@given(before=some.binary(max_size=20), after=some.binary(max_size=20))
def test_an_answer_is_found_in_noise(before: bytes, after: bytes) -> None:
    assert PANEL.judge(before + ACK_OF_7 + after) in {"taken", "refused"}


@given(position=some.integers(0, 6), bit=some.integers(0, 7))
def test_an_answer_with_one_wrong_bit_is_never_taken(position: int, bit: int) -> None:
    answer = bytearray(ACK_OF_7)
    answer[position] ^= 1 << bit
    assert PANEL.judge(bytes(answer)) != "taken"


@pytest.mark.parametrize("wrong", [{"address": 100}, {"address": -1}, {"length": 9}, {"blink_s": 6}])
def test_a_panel_cannot_be_set_to_what_it_cannot_do(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Driver.model_validate({"address": 7, **wrong})
