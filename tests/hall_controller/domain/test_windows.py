"""When a visitor may press: who is asked, who has answered, who has not, and whose press it is that comes late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Catalogue, Rating
from hall_controller.domain.commands import (
    CloseCounter,
    Command,
    Complete,
    Hold,
    Miss,
    PauseCounter,
    Rate,
    RateTicket,
    Resume,
    Transfer,
)
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, local, small_hall


def with_pads(**settings: float) -> Catalogue:
    """The small hall with rating pads at counters 1 and 3."""
    rating = Rating(**settings)  # type: ignore[arg-type]  # its fields are checked there
    return replace(small_hall(), rating_pads=frozenset({"1", "3"}), rating=rating)


def hall_with_pads(visitors: int = 3) -> HallInPlay:
    play = HallInPlay(with_pads())
    play.open("1", "2")
    for _ in range(visitors):
        play.take()
    return play


def press(play: HallInPlay, clock: str, score: int = 5) -> Rate:
    """A press on the pad of counter 1 at that time of the day."""
    return Rate("1", score, local(TUESDAY, clock), "pad-1")


def kinds(facts: tuple[f.Fact, ...]) -> list[str]:
    return [fact.type for fact in facts]


@pytest.mark.parametrize("key", [Complete, PauseCounter, CloseCounter])
def test_whatever_ends_a_visit_asks_the_visitor_to_rate_it(key: type[Complete]) -> None:
    play = hall_with_pads()
    play.next("1")
    invited = [fact for fact in play.do(key("1")) if isinstance(fact, f.RatingInvited)]
    assert invited == [f.RatingInvited(*play.now, "A001", "1", "submit")]


def test_the_next_call_asks_who_was_there_before() -> None:
    play = hall_with_pads()
    play.next("1")
    play.next("1")
    assert kinds(tuple(play.facts[-3:])) == ["ticket.completed", "rating.invited", "ticket.called"]


@pytest.mark.parametrize("key", [Miss("1"), Hold("1"), Transfer("1", "2")])
def test_who_did_not_come_or_is_not_done_is_not_asked(key: Command) -> None:
    play = hall_with_pads()
    play.next("1")
    assert "rating.invited" not in kinds(play.do(key))


def test_where_no_pad_stands_nobody_is_asked() -> None:
    play = HallInPlay(with_pads())
    play.open("2")
    play.take("notary")
    play.serve("2", 60)
    assert "rating.invited" not in {fact.type for fact in play.facts}


def test_silence_is_written_down_once_when_the_window_is_over() -> None:
    play = hall_with_pads()
    play.serve("1", 60)
    play.wait(seconds=30)
    assert "rating.expired" not in {fact.type for fact in play.facts}
    play.wait(seconds=1)
    assert play.facts[-1] == f.RatingExpired(*play.now, "A001", "1")
    play.wait(seconds=3600)
    assert sum(isinstance(fact, f.RatingExpired) for fact in play.facts) == 1


def test_who_has_answered_does_not_expire() -> None:
    for command in (press, lambda *_: RateTicket("A001", 4)):
        play = hall_with_pads()
        play.serve("1", 60)
        play.do(command(play, "08:01:10"))
        play.wait(hours=1)
        assert "rating.expired" not in {fact.type for fact in play.facts}


def test_two_visitors_may_be_asked_at_once_and_each_may_stay_silent() -> None:
    play = hall_with_pads()
    play.serve("1", 60)
    play.serve("1", 10)
    play.wait(seconds=25)
    play.wait(seconds=25)
    assert [fact.ticket for fact in play.facts if isinstance(fact, f.RatingExpired)] == ["A001", "A002"]


def test_at_the_end_of_the_day_whoever_was_silent_was_silent() -> None:
    play = hall_with_pads()
    play.serve("1", 60)
    facts = play.at(date(2022, 3, 2), "07:30")
    assert kinds(facts).count("rating.expired") == 1
    assert kinds(facts).index("rating.expired") < kinds(facts).index("day.opened")


def test_a_visit_that_goes_on_is_asked_about_when_it_really_ends() -> None:
    play = hall_with_pads()
    play.serve("1", 60)
    play.do(Resume("1", "A001"))
    assert play.no(press(play, "08:01:01")) == "nothing_to_rate"
    play.wait(minutes=2)
    assert "rating.expired" not in {fact.type for fact in play.facts}
    play.do(Complete("1"))
    assert sum(isinstance(fact, f.RatingInvited) for fact in play.facts) == 2
    (rated,) = play.do(press(play, "08:03:05"))
    assert isinstance(rated, f.TicketRated)
    assert rated.ticket == "A001"


@pytest.mark.parametrize("late", [timedelta(), timedelta(minutes=5), timedelta(hours=8)])
def test_a_press_that_arrives_late_is_about_the_visit_of_its_moment(late: timedelta) -> None:
    play = hall_with_pads()
    play.serve("1", 60)
    play.wait(seconds=40)
    play.serve("1", 60)
    play.wait(seconds=late.total_seconds())
    rated = [play.do(press(play, clock, 3))[0] for clock in ("08:01:10", "08:02:50")]
    assert [fact.ticket for fact in rated if isinstance(fact, f.TicketRated)] == ["A001", "A002"]
    assert play.no(press(play, "08:01:35", 3)) == "window_over"
    assert play.no(press(play, "08:00:59", 3)) == "nothing_to_rate"


def rate_at(play: HallInPlay, clock: str, score: int) -> f.TicketRated:
    (rated,) = play.do(press(play, clock, score))
    assert isinstance(rated, f.TicketRated)
    return rated


def test_a_visitor_may_think_better_of_it_for_three_seconds() -> None:
    play = hall_with_pads()
    play.serve("1", 60)
    assert not rate_at(play, "08:01:05", 1).replaces
    for clock in ("08:01:06", "08:01:08"):
        changed = rate_at(play, clock, 5)
        assert (changed.ticket, changed.replaces, changed.score) == ("A001", True, 5)
    assert play.no(press(play, "08:01:08.001")) == "already_rated"


def test_a_changed_mind_is_still_the_same_visitors_when_the_next_visit_has_just_ended() -> None:
    play = hall_with_pads()
    play.serve("1", 60)
    rate_at(play, "08:01:01", 1)
    play.serve("1", 2)
    assert rate_at(play, "08:01:03", 4).ticket == "A001"
    assert play.no(press(play, "08:01:08")) == "already_rated"
    assert rate_at(play, "08:01:09.5", 2).ticket == "A002"


def test_a_mind_may_be_changed_although_the_window_has_closed_meanwhile() -> None:
    play = hall_with_pads()
    play.serve("1", 60)
    rate_at(play, "08:01:29", 1)
    assert rate_at(play, "08:01:31", 2).replaces


def test_a_mind_cannot_be_changed_to_what_is_not_on_the_scale() -> None:
    play = hall_with_pads()
    play.serve("1", 60)
    rate_at(play, "08:01:05", 1)
    assert play.no(press(play, "08:01:06", 6)) == "score_out_of_range"


def test_the_times_of_a_pad_are_settings() -> None:
    play = HallInPlay(with_pads(window_s=60, change_s=0, dead_s=0))
    play.open("1")
    play.take()
    play.serve("1", 60)
    rate_at(play, "08:01:50", 1)
    assert play.no(press(play, "08:01:50.1")) == "already_rated"


def test_the_pad_does_not_count_where_the_code_was_used_before() -> None:
    play = hall_with_pads()
    play.serve("1", 60)
    play.do(RateTicket("A001", 2))
    assert play.no(press(play, "08:01:05")) == "already_rated"


def test_a_clock_that_was_put_back_leaves_the_newest_visit_the_one_to_rate() -> None:
    play = hall_with_pads()
    play.serve("1", 60)
    play.at(TUESDAY, "07:40")
    play.serve("1", 60)
    assert rate_at(play, "07:41:10", 3).ticket == "A002"


def test_the_time_of_a_press_is_kept() -> None:
    play = hall_with_pads()
    play.serve("1", 60)
    play.wait(hours=1)
    rated = rate_at(play, "08:01:10", 3)
    assert rated.pressed_at == local(TUESDAY, "08:01:10")
    assert rated.at == play.now.at
