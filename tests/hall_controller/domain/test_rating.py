"""Which visit a press on the rating pad belongs to, and when it does not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hall_controller.domain import catalogue
from hall_controller.domain import facts as f
from hall_controller.domain.commands import Complete, Hold, IssueTicket, Miss, Rate, RateTicket, Transfer
from tests.hall_controller.domain.small_hall import HallInPlay, small_hall


def after_a_visit() -> HallInPlay:
    """A hall in which A001 came to collect a result and has just been served at counter 1; A002 waits."""
    play = HallInPlay()
    play.open("1")
    play.do(IssueTicket("land", "collect"))
    play.take()
    play.serve("1", 60)
    return play


def press(play: HallInPlay, score: int = 4, *, after_s: float = 5, counter: str = "1") -> Rate:
    """A press so many seconds after the last end of a visit at counter 1."""
    ended_at = play.ticket("A001").ended_at
    assert ended_at is not None
    return Rate(counter, score, ended_at + timedelta(seconds=after_s), "pad-1")


def test_a_press_is_about_the_visit_that_just_ended_at_this_counter() -> None:
    play = after_a_visit()
    pressed = press(play)
    (rated,) = play.do(pressed)
    assert rated == f.TicketRated(
        *play.now, "A001", 4, 5, "collect", "1", "lan", "pad-1", pressed_at=pressed.pressed_at
    )
    assert play.ticket("A001").rated


@pytest.mark.parametrize(
    ("after_s", "answer"),
    [(-0.1, "nothing_to_rate"), (0, ""), (30, ""), (30.1, "window_over"), (9e4, "window_over")],
)
def test_a_press_counts_within_half_a_minute_after_the_visit(after_s: float, answer: str) -> None:
    play = after_a_visit()
    if answer:
        assert play.no(press(play, after_s=after_s)) == answer
    else:
        assert len(play.do(press(play, after_s=after_s))) == 1


def test_a_press_that_arrives_late_counts_by_when_it_was_made() -> None:
    play = after_a_visit()
    play.wait(hours=2)
    assert len(play.do(press(play))) == 1


def test_a_visit_is_rated_once_on_the_pad_or_with_the_code() -> None:
    play = after_a_visit()
    play.do(press(play))
    assert play.no(press(play, after_s=9)) == "already_rated"
    assert play.no(press(play, after_s=20)) == "already_rated"
    assert play.no(RateTicket("A001", 5)) == "already_rated"


@pytest.mark.parametrize("score", [-1, 0, 6, 100])
def test_a_score_outside_the_scale_does_not_count(score: int) -> None:
    play = after_a_visit()
    assert play.no(press(play, score)) == "score_out_of_range"
    assert play.no(RateTicket("A001", score)) == "score_out_of_range"


def test_the_scale_is_the_halls_own() -> None:
    play = HallInPlay(replace(small_hall(), rating=catalogue.Rating(levels=2)))
    play.open("1")
    play.take()
    play.serve("1", 60)
    assert play.no(press(play, 3)) == "score_out_of_range"
    (rated,) = play.do(press(play, 2))
    assert isinstance(rated, f.TicketRated)
    assert (rated.score, rated.levels) == (2, 2)


def test_while_nobody_has_been_served_there_is_nothing_to_rate() -> None:
    play = HallInPlay()
    play.open("1", "3")
    for key in (Miss, Hold):
        play.take()
        play.next("1")
        play.do(key("1"))
        assert play.no(Rate("1", 5, play.now.at)) == "nothing_to_rate"
    play.take()
    play.next("1")
    assert play.no(Rate("1", 5, play.now.at)) == "nothing_to_rate"
    play.do(Complete("1"))
    assert play.no(Rate("3", 5, play.now.at)) == "nothing_to_rate"
    assert play.no(Rate("99", 5, play.now.at)) == "unknown_counter"


def test_the_next_visitor_at_the_counter_does_not_take_the_last_ones_rating_away() -> None:
    play = after_a_visit()
    play.next("1")
    (rated,) = play.do(press(play))
    assert isinstance(rated, f.TicketRated)
    assert rated.ticket == "A001"


def test_a_code_rates_a_visit_that_has_ended_and_no_other() -> None:
    play = after_a_visit()
    assert play.no(RateTicket("A099", 5)) == "unknown_ticket"
    assert play.no(RateTicket("A002", 5)) == "nothing_to_rate"
    (rated,) = play.do(RateTicket("A001", 2, ("waited", "unclear")))
    assert rated == f.TicketRated(*play.now, "A001", 2, 5, "collect", "1", "lan", None, ("waited", "unclear"))


def test_a_visitor_who_was_sent_on_rates_where_the_visit_ended() -> None:
    play = after_a_visit()
    play.open("3")
    play.next("1")
    play.do(Transfer("1", "3"))
    play.serve("3", 60)
    (rated,) = play.do(Rate("3", 5, play.now.at))
    assert isinstance(rated, f.TicketRated)
    assert (rated.ticket, rated.counter) == ("A002", "3")


def test_the_visit_of_yesterday_is_not_rated_on_the_pad_of_today() -> None:
    play = after_a_visit()
    late = press(play)
    play.at(date(2022, 3, 2), "07:30")
    assert play.no(late) == "nothing_to_rate"
