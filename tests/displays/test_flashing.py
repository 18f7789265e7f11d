"""A call blinks while it is news, at most 3 Hz and 5 s, and may be told not to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from displays.flashing import Flashing
from tests.displays.boards import MORNING, counter

OPEN, CALL = counter(1, "open"), counter(2, "calling", "A012")


def test_a_call_blinks_for_its_time() -> None:
    flashing = Flashing(3, 0)
    assert not flashing.look(OPEN, MORNING, 10)
    assert flashing.look(CALL, MORNING, 11)
    assert flashing.changes_in_s(11) == 3
    assert not flashing.look(CALL, MORNING, 14)
    assert flashing.changes_in_s(14) is None


def test_a_second_call_of_the_same_number_blinks_again_and_another_board_does_not() -> None:
    flashing = Flashing(3, 0)
    flashing.look(CALL, MORNING, 11)
    assert not flashing.look(counter(3, "calling", "A012"), MORNING, 15)
    assert flashing.look(counter(4, "calling", "A012", call=2), MORNING, 16)


def test_a_call_from_before_the_start_blinks_only_while_it_is_news() -> None:
    assert Flashing(3, 0).look(CALL, MORNING + timedelta(seconds=2), 50)
    assert not Flashing(3, 0).look(CALL, MORNING + timedelta(minutes=2), 50)


def test_blinking_ends_when_the_visitor_has_come() -> None:
    flashing = Flashing(5, 2)
    flashing.look(CALL, MORNING, 0)
    assert not flashing.look(counter(3, "serving", "A012"), MORNING, 0.3)
    assert not flashing.is_dark(0.3)
    assert flashing.changes_in_s(0.3) is None


def test_blinking_can_be_switched_off() -> None:
    flashing = Flashing(0, 2)
    assert not flashing.look(CALL, MORNING, 11)
    assert not flashing.is_dark(11.3)


@pytest.mark.parametrize("flash_hz", [1, 2, 3])
def test_it_is_lit_and_dark_in_turn_never_more_often_than_set_and_ends_lit(flash_hz: float) -> None:
    flashing = Flashing(3, flash_hz)
    flashing.look(CALL, MORNING, 100)
    at_s, seen = 100.0, [flashing.is_dark(100)]
    while (wait_s := flashing.changes_in_s(at_s)) is not None:
        assert 0 < wait_s <= 1 / (2 * flash_hz) + 1e-9
        at_s += wait_s + 1e-6
        seen.append(flashing.is_dark(at_s))
    assert seen[0] is False
    assert seen[-1] is False
    assert sum(seen) == 3 * flash_hz
    assert at_s == pytest.approx(103, abs=0.01)
