"""Who was asked, who answered, which presses did not count and which were odd."""

from __future__ import annotations

from datetime import timedelta

from hall_controller.domain.commands import IssueTicket, Rate, RateEarlierTicket, RateTicket
from hall_controller.domain.earlier import earlier_visit
from hall_controller.domain.facts import PressRefused, TicketRated
from hall_controller.reports.counting.ratings import Ratings
from hall_controller.reports.day_summary import DaySummary, Happening, Refused, Score, Stage
from hall_controller.reports.satisfaction import by_stage
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay
from tests.hall_controller.reports.played_days import played, summary


def three_stages() -> HallInPlay:
    """One hands in and changes a mind, one collects and rates with the code, one is guided and stays silent."""
    play = played()
    for purpose in ("submit", "collect", "guidance"):
        play.do(IssueTicket("land", purpose))
    play.serve("1", 300)
    for score in (1, 5):
        play.do(Rate("1", score, play.now.at, "rating-1"))
    play.wait(minutes=1)
    play.serve("1", 300)
    play.do(RateTicket("A002", 2))
    play.serve("1", 300)
    play.wait(minutes=1)
    return play


def stage(day: DaySummary, name: str) -> tuple[int, int, int]:
    return tuple(day.stages[Stage(name, what)] for what in ("visits", "invited", "answered"))  # type: ignore[return-value]  # three


def test_visits_invited_and_answered_are_counted_by_stage() -> None:
    day = summary(three_stages().facts)
    assert stage(day, "submit") == (1, 1, 1)
    assert stage(day, "collect") == (1, 1, 1)
    assert stage(day, "guidance") == (1, 1, 0)


def test_the_day_says_the_same_as_the_figures_of_satisfaction() -> None:
    facts = three_stages().facts
    day = summary(facts)
    for name, figures in by_stage(facts).items():
        assert stage(day, name) == (figures.visits, figures.invited, figures.answered)


def test_a_changed_mind_counts_once_and_as_it_was_changed() -> None:
    assert summary(three_stages().facts).scores == {
        Score("submit", "lan", 5, 5): 1,
        Score("collect", "lan", 5, 2): 1,
    }


def test_ratings_by_code_are_told_apart() -> None:
    happened = summary(three_stages().facts).happenings
    assert happened[Happening("rated_by_code", "collect")] == 1
    assert Happening("rated_by_code", "submit") not in happened


def test_a_rating_that_comes_days_later_counts_on_the_day_on_which_it_comes() -> None:
    play = three_stages()
    code = play.ticket("A003").code
    tuesday = list(play.facts)
    play.at(TUESDAY + timedelta(days=3), "08:00")
    visit = earlier_visit(TUESDAY, "A003", play.facts)
    assert visit is not None
    play.do(RateEarlierTicket(visit, code, 4))
    friday = play.facts[len(tuesday) :]
    start = next(n for n, fact in enumerate(friday) if fact.type == "day.opened")
    assert summary(tuesday).scores.total() == 2, "a day that is over does not change"
    assert summary(friday[start:]).scores == {Score("guidance", "lan", 5, 4): 1}


def test_presses_that_did_not_count_are_kept_with_their_reason() -> None:
    ratings = Ratings()
    at = three_stages().now.at
    for code in ("nothing_to_rate", "window_over", "nothing_to_rate"):
        ratings.see(PressRefused(at, True, command="Rate", code=code, counter="1", score=5))  # noqa: FBT003 - of every fact
    assert ratings.refused == {Refused("Rate", "nothing_to_rate"): 2, Refused("Rate", "window_over"): 1}


def test_odd_presses_are_counted_whether_they_counted_or_not() -> None:
    ratings = Ratings()
    play = three_stages()
    rated = next(fact for fact in play.facts if isinstance(fact, TicketRated))
    at = play.now.at
    ratings.see(
        TicketRated(at, True, rated.ticket, 5, 5, "submit", flags=("streak", "near_officer_key"))  # noqa: FBT003 - of every fact
    )
    ratings.see(PressRefused(at, True, command="Rate", code="window_over", flags=("streak",)))  # noqa: FBT003 - of every fact
    assert ratings.happenings[Happening("flags", "streak")] == 2
    assert ratings.happenings[Happening("flags", "near_officer_key")] == 1
