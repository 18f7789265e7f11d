"""A share of satisfied visitors says by whom, at which stage, and how sure it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall_controller.domain.commands import IssueTicket, Rate, RateEarlierTicket, RateTicket
from hall_controller.domain.earlier import earlier_visit
from hall_controller.reports.satisfaction import (
    HEADLINE_STAGE,
    Stage,
    Visit,
    by_stage,
    counted,
    is_satisfied,
    released,
    wilson,
)
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, small_hall

STEADY = settings(derandomize=True, database=None, deadline=None)


def test_nobody_of_5251_is_not_nobody_at_all() -> None:
    """The reference hall's report printed 0 %; so many answers allow up to 0.073 %."""
    low, high = wilson(0, 5251)
    assert low == 0
    assert round(high * 100, 3) == 0.073
    assert wilson(5251, 5251).low == pytest.approx(1 - high)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(0, 10, 0, 0.27753), (5, 10, 0.23659, 0.76341), (81, 263, 0.25529, 0.36620), (1, 1, 0.20655, 1)],
)
def test_the_interval_is_the_one_of_the_textbooks(count: int, of: int, low: float, high: float) -> None:
    """81 of 263 stands in R. G. Newcombe, Statistics in Medicine 17 (1998), table I: 0.2553 to 0.3662."""
    assert wilson(count, of) == pytest.approx((low, high), abs=5e-5)


@STEADY
@given(st.integers(0, 6000), st.integers(1, 6000))
def test_the_interval_holds_the_share_and_stays_between_none_and_all(count: int, of: int) -> None:
    count = min(count, of)
    low, high = wilson(count, of)
    assert 0 <= low <= count / of <= high <= 1
    assert wilson(0, 0) == (0, 1)


@pytest.mark.parametrize(("levels", "satisfied"), [(2, {2}), (3, {3}), (4, {3, 4}), (5, {4, 5})], ids=str)
def test_any_scale_becomes_two_levels(levels: int, satisfied: set[int]) -> None:
    assert {score for score in range(1, levels + 1) if is_satisfied(score, levels)} == satisfied


def three_visits() -> HallInPlay:
    """One hands in, two collect; A001 changes a mind on the pad, A002 rates with the code, A003 stays silent."""
    play = HallInPlay(replace(small_hall(), rating_pads=frozenset({"1"})))
    play.open("1")
    for purpose in ("submit", "collect", "collect"):
        play.do(IssueTicket("land", purpose))
    play.serve("1", 300)
    for score in (1, 5):
        play.do(Rate("1", score, play.now.at))
    play.wait(minutes=1)
    play.serve("1", 300)
    play.do(RateTicket("A002", 2))
    play.serve("1", 300)
    play.wait(minutes=1)
    return play


def test_visits_asked_answered_and_satisfied_are_counted_by_stage() -> None:
    stages = by_stage(three_visits().facts)
    assert stages == {"submit": Stage(1, 1, 1, 1), "collect": Stage(2, 2, 1, 0)}
    assert stages[HEADLINE_STAGE].response == 0.5
    assert stages["collect"].not_satisfied_95 == wilson(1, 1)
    assert stages["submit"].satisfied_95 == wilson(1, 1)
    assert Stage().response is None


def test_a_changed_mind_counts_once_and_as_it_was_changed() -> None:
    ratings = counted(three_visits().facts)
    assert [(visit.ticket, rated.score) for visit, rated in ratings.items()] == [("A001", 5), ("A002", 2)]


def test_a_rating_that_comes_days_later_belongs_to_the_day_of_the_visit() -> None:
    play = three_visits()
    code = play.ticket("A003").code
    play.at(TUESDAY + timedelta(days=3), "08:00")
    visit = earlier_visit(TUESDAY, "A003", play.facts)
    assert visit is not None
    play.do(RateEarlierTicket(visit, code, 4))
    assert Visit(date(2022, 3, 1), "A003") in counted(play.facts)
    assert by_stage(play.facts)["collect"] == Stage(2, 2, 2, 1)


def test_an_officers_scores_are_released_in_whole_groups_of_five() -> None:
    assert released([1, 5, 5, 5]) == []
    assert released([1, 5, 5, 5, 4, 3, 2]) == [Counter({5: 3, 4: 1, 1: 1})]


@STEADY
@given(st.lists(st.integers(1, 5), max_size=40))
def test_one_score_more_never_tells_that_score(scores: list[int]) -> None:
    for before, after in pairwise(released(scores[:n]) for n in range(len(scores) + 1)):
        assert after[: len(before)] == before
        assert sum(map(Counter.total, after)) - sum(map(Counter.total, before)) in (0, 5)
