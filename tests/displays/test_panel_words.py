"""What a panel of few letters says in every state, and what it leaves out when it is too short."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as some

from displays.panel_words import LOOK_UP, first, shortened
from displays.panels import Face
from displays.panels.rs485_ascii import Driver
from hall_controller.messages import CounterStateName, Text
from tests.displays.boards import counter

STAND_IN = Text(vi="Bưu điện tiếp nhận thay Sở Y tế", en="Post office for the Department of Health")


def words(face: Face, length: int = 8, own: Mapping[str, object] | None = None) -> str:
    return Driver.model_validate({"address": 7, "length": length, **(own or {})}).words(face)


@pytest.mark.parametrize("state", ["calling", "serving"])
def test_a_number_is_shown_whole_or_not_at_all(state: CounterStateName) -> None:
    face = Face("5", counter(1, state, "B1047"))
    assert [words(face, length) for length in (4, 5, 8)] == ["XEM", "B1047", "B1047"]


@given(number=some.from_regex(r"\A[A-HJ-NPR-Z][0-9]{3,4}\Z"), length=some.integers(4, 8))
def test_no_panel_ever_shows_another_number(number: str, length: int) -> None:
    shown = words(Face("5", counter(1, "calling", number)), length)
    assert shown == number or (shown in LOOK_UP and len(number) > length)


def test_a_stand_in_is_named_while_nobody_is_called_as_far_as_whole_words_fit() -> None:
    idle = Face("5", counter(1, "open", notice=STAND_IN))
    assert (words(idle, 8), words(idle, 7)) == ("BUU DIEN", "-------")
    assert words(idle, 8, {"stand_in": False}) == "--------"
    assert words(Face("5", counter(1, "calling", "A012", notice=STAND_IN))) == "A012"


@pytest.mark.parametrize(("state", "said"), [("open", "MOI VAO"), ("paused", "HOP"), ("closed", "NGHI TRUA")])
def test_a_hall_may_choose_its_own_texts_and_their_marks_are_left_out(
    state: CounterStateName, said: str
) -> None:
    own = {"idle": ["Mời quý khách", "MỜI VÀO"], "paused": ["HỌP"], "closed": ["NGHỈ TRƯA", "DONG"]}
    told = words(Face("5", counter(1, state)), own=own)
    assert told == (said if len(said) <= 8 else "DONG")


def test_a_text_that_fits_nowhere_leaves_the_panel_calm() -> None:
    own = {"idle": ["MOI QUY KHACH"], "paused": ["GIAI LAO NGAN"], "closed": ["HET GIO LAM VIEC"]}
    assert [words(Face("5", counter(1, state)), own=own) for state in ("open", "paused", "closed")] == [
        "--------",
        "-",
        "",
    ]


def test_before_the_first_board_and_after_a_long_silence_nothing_is_claimed() -> None:
    assert words(Face("5")) == "--------"


@given(text=some.text("ABC ", max_size=40), length=some.integers(1, 40))
def test_a_shortened_text_ends_between_words(text: str, length: int) -> None:
    short = shortened(text, lambda told: len(told) <= length)
    assert short.split() == text.split()[: len(short.split())]
    assert len(short) <= length
    assert not short or len(short.split()) >= 2


def test_the_first_text_that_fits_is_taken() -> None:
    assert first(lambda told: len(told) < 3, "long", "ok", "no") == "ok"
    assert first(lambda _: False, "long") == ""
