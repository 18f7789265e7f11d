"""The code on a ticket: signed by this hall for this day, and easy to type."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall_controller.domain.codes import SIGNS, read_code, ticket_code
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay

KEY = b"a key of this hall"


def test_a_code_is_the_number_and_eight_signs_and_never_changes() -> None:
    code = ticket_code(KEY, "small", TUESDAY, "A012")
    assert code.startswith("A012")
    assert len(code) == 12
    assert set(code[4:]) <= set(SIGNS)
    assert code == "A012BWYJZZ9G", "codes on paper of an older version must stay good"


@pytest.mark.parametrize(
    "other",
    [
        (b"another key", "small", TUESDAY, "A012"),
        (KEY, "large", TUESDAY, "A012"),
        (KEY, "small", TUESDAY + timedelta(days=1), "A012"),
        (KEY, "small", TUESDAY, "A013"),
    ],
)
def test_another_key_hall_day_or_number_signs_differently(other: tuple[bytes, str, date, str]) -> None:
    assert ticket_code(*other)[4:] != ticket_code(KEY, "small", TUESDAY, "A012")[4:]


def test_the_ticket_carries_the_code_of_its_day() -> None:
    play = HallInPlay()
    assert play.issue().code == ticket_code(KEY, "small", TUESDAY, "A001")
    play.at(TUESDAY + timedelta(days=1), "08:00")
    assert play.issue().code == ticket_code(KEY, "small", TUESDAY + timedelta(days=1), "A001")


def test_a_day_of_numbers_has_no_code_twice() -> None:
    signatures = {ticket_code(KEY, "small", TUESDAY, f"A{n:03}")[4:] for n in range(1, 1000)}
    assert len(signatures) == 999


def _sloppy(code: str, zero: str, one: str, gap: str) -> str:
    rest = code[1:].replace("0", zero).replace("1", one)
    return gap.join((code[:1], rest[:3], rest[3:7], rest[7:])).lower()


@settings(derandomize=True, database=None, deadline=None, max_examples=200)
@given(
    letter=st.sampled_from("ABCIOLZ"),
    number=st.integers(1, 999),
    zero=st.sampled_from("0Oo"),
    one=st.sampled_from("1IiLl"),
    gap=st.sampled_from(["", " ", "-", " - "]),
)
def test_a_code_typed_with_look_alike_letters_and_gaps_is_read(
    letter: str, number: int, zero: str, one: str, gap: str
) -> None:
    ticket = f"{letter}{number:03}"
    code = ticket_code(KEY, "small", TUESDAY, ticket)
    assert read_code(_sloppy(code, zero, one, gap)) == (ticket, code)


@pytest.mark.parametrize("typed", ["", "A", "A0127W3", "ß", "số một", "💥" * 30])
def test_what_is_no_code_is_read_without_harm(typed: str) -> None:
    number, code = read_code(typed)
    assert code.startswith(number)
