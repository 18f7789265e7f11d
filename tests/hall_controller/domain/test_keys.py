"""Keys that are pressed twice, bounce or stick; pads of one button; and visitors called out of turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Calls
from hall_controller.domain.commands import CallNext, Complete, Miss, Now, Recall, Transfer
from hall_controller.domain.hall import evolve
from tests.hall_controller.domain.small_hall import HallInPlay, small_hall


def hall_that_calls(visitors: int = 6, **calls: object) -> HallInPlay:
    """Counter 3 has a pad of one button; counters 1, 2 and 3 are open; so many wait for land."""
    catalogue = small_hall()
    one_button = replace(catalogue.counters["3"], one_button=True)
    settings = replace(Calls(), **calls)  # type: ignore[arg-type]  # replace checks the names
    play = HallInPlay(replace(catalogue, counters={**catalogue.counters, "3": one_button}, calls=settings))
    play.open("1", "2", "3")
    for _ in range(visitors):
        play.take()
    return play


def later(play: HallInPlay, seconds: float) -> None:
    play.now = Now(play.now.at + timedelta(seconds=seconds), play.now.trusted)


def refused(play: HallInPlay, counter: str) -> str:
    """A press that is refused is written down, as the controller does it."""
    code = play.no(CallNext(counter))
    play.hall = evolve(play.hall, f.PressRefused(*play.now, "CallNext", code, counter))
    return code


def test_a_second_press_within_half_a_second_is_no_call() -> None:
    play = hall_that_calls(double_press_s=0.5)
    play.next("1")
    later(play, 0.2)
    assert refused(play, "1") == "double_press"
    assert play.hall.desk("1").ticket == "A001"
    assert play.next("3") == "A002", "another counter may press at the same moment"
    later(play, 0.5)
    assert play.next("1") == "A003"


def test_a_key_that_sticks_calls_nobody_but_once() -> None:
    play = hall_that_calls(double_press_s=0.5)
    play.next("1")
    for _ in range(100):
        later(play, 0.3)
        assert refused(play, "1") == "double_press"
    assert play.hall.desk("1").ticket == "A001"
    later(play, 0.6)
    assert play.next("1") == "A002", "as soon as it is let go it works again"


def test_a_clock_that_is_put_back_does_not_lock_the_key() -> None:
    play = hall_that_calls(double_press_s=0.5, recall_gap_s=5)
    play.next("1")
    later(play, -3600)
    play.do(Recall("1"))
    assert play.next("1") == "A002"


def test_where_the_hall_does_not_say_so_every_press_counts() -> None:
    play = hall_that_calls()
    assert [play.next("1") for _ in range(3)] == ["A001", "A002", "A003"]


def test_two_presses_within_three_seconds_on_one_button_say_that_the_first_visitor_did_not_come() -> None:
    play = hall_that_calls(double_press_s=0.5, calls_before_miss=2)
    play.next("3")
    later(play, 2.9)
    missed, called = play.do(CallNext("3"))
    assert missed == f.TicketMissed(*play.now, "A001", "3", "pressed_twice")
    assert isinstance(called, f.TicketCalled)
    assert (called.ticket, play.ticket("A001").state) == ("A002", "missed")
    later(play, 3)
    completed, _ = play.do(CallNext("3"))
    assert isinstance(completed, f.TicketCompleted)


def test_a_bounce_on_one_button_is_not_two_presses() -> None:
    play = hall_that_calls(double_press_s=0.5)
    play.next("3")
    later(play, 0.1)
    assert refused(play, "3") == "double_press"
    assert play.ticket("A001").state == "calling"


def test_two_presses_on_one_button_with_nobody_else_waiting_only_miss_the_first() -> None:
    play = hall_that_calls(1)
    play.next("3")
    later(play, 1)
    assert play.do(CallNext("3")) == (f.TicketMissed(*play.now, "A001", "3", "pressed_twice"),)


def test_on_a_pad_with_more_keys_two_presses_end_the_first_visit() -> None:
    play = hall_that_calls()
    play.next("1")
    later(play, 2)
    completed, _ = play.do(CallNext("1"))
    assert isinstance(completed, f.TicketCompleted)


def test_a_visitor_is_not_called_again_before_they_could_have_come() -> None:
    play = hall_that_calls(recall_gap_s=5)
    play.next("1")
    later(play, 4)
    assert play.no(Recall("1")) == "recall_too_soon"
    later(play, 1)
    play.do(Recall("1"))
    assert play.no(Recall("1")) == "recall_too_soon"


def test_a_visitor_is_missed_only_after_as_many_calls_as_the_hall_wants() -> None:
    play = hall_that_calls(calls_before_miss=3)
    play.next("1")
    for _ in range(2):
        assert play.no(Miss("1")) == "call_again_first"
        play.do(Recall("1"))
    assert play.do(Miss("1")) == (f.TicketMissed(*play.now, "A001", "1"),)
    play.next("1")
    assert play.no(Miss("1")) == "call_again_first", "each visitor has their own calls"


def test_an_officer_may_not_choose_a_visitor() -> None:
    play = hall_that_calls()
    assert play.no(CallNext("1", "A002")) == "not_next"
    play.do(CallNext("1", "A001"))
    assert play.hall.desk("1").ticket == "A001", "whose turn it is can be named"


def test_where_the_hall_allows_it_a_chosen_visitor_is_called_and_the_call_is_marked() -> None:
    play = hall_that_calls(cherry_pick=True)
    play.do(CallNext("1", "A001"))
    completed, called = play.do(CallNext("1", "A004"))
    assert isinstance(completed, f.TicketCompleted)
    assert isinstance(called, f.TicketCalled)
    assert (called.ticket, called.reason, called.out_of_order, called.instead_of) == (
        "A004",
        "chosen",
        True,
        "A002",
    )
    plain = play.do(CallNext("1"))[-1]
    assert isinstance(plain, f.TicketCalled)
    assert (plain.ticket, plain.out_of_order, plain.instead_of) == ("A002", False, None)


@pytest.mark.parametrize("allowed", [True, False])
def test_nobody_is_called_who_does_not_wait_for_the_counter(*, allowed: bool) -> None:
    play = hall_that_calls(cherry_pick=allowed)
    play.next("1")
    play.do(Complete("1"))
    assert play.no(CallNext("2", "A002")) == "not_waiting_here"
    assert play.no(CallNext("1", "A001")) == "not_waiting_here"
    assert play.no(CallNext("1", "A099")) == "unknown_ticket"


def test_whoever_was_sent_to_another_counter_is_not_called_away_from_it() -> None:
    play = hall_that_calls(cherry_pick=True)
    play.next("1")
    play.do(Transfer("1", "2"))
    assert play.no(CallNext("3", "A001")) == "not_waiting_here"
    assert play.no(CallNext("1", "A001")) == "not_waiting_here"
    play.do(CallNext("2", "A001"))
    assert play.hall.desk("2").ticket == "A001"
