"""Shares of satisfied visitors with their stage, response and interval; scores of officers in groups, by the month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall_controller.reports.day_summary import DaySummary, Score, Stage
from hall_controller.reports.satisfaction import wilson
from hall_controller.reports.table import Cell, Report
from hall_controller.reports.tables.satisfied import too_good
from tests.hall_controller.reports.played_days import made

MARCH, END_OF_MARCH = date(2022, 3, 1), date(2022, 3, 31)
STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=40)


def rated(
    good: int,
    bad: int,
    *,
    day: date = MARCH,
    stage: str = "collect",
    officer: str = "lan",
    visits: int = 100,
    levels: int = 5,
) -> DaySummary:
    found = DaySummary(day)
    found.scores[Score(stage, officer, levels, levels)] += good
    found.scores[Score(stage, officer, levels, 1)] += bad
    found.stages[Stage(stage, "visits")] += visits
    found.stages[Stage(stage, "invited")] += visits
    return found


def month(*days: DaySummary, last: date = END_OF_MARCH) -> Report:
    return made(*days, DaySummary(END_OF_MARCH), first_day=MARCH, last_day=last)


def stage(report: Report, name: str) -> dict[str, Cell]:
    table = report.table("ratings")
    (row,) = (row for row in table.rows if row[0] == name)
    return dict(zip((column.id for column in table.columns), row, strict=True))


def test_no_share_without_response_and_interval() -> None:
    row = stage(month(rated(30, 10)), "collect")
    assert (row["visits"], row["invited"], row["answered"], row["response"]) == (100, 100, 40, 0.4)
    low, high = wilson(30, 40)
    assert (row["share"], row["satisfied_low"], row["satisfied_high"]) == (0.75, low, high)
    assert row["not_satisfied_high"] == pytest.approx(1 - low)


def test_the_headline_stage_stands_first_even_when_nobody_answered() -> None:
    report = month(rated(30, 10, stage="submit"))
    assert report.table("ratings").column("stage") == ["collect", "submit", "guidance", "all"]
    collect = stage(report, "collect")
    assert collect["share"] is collect["satisfied_low"] is collect["not_satisfied_high"] is None
    assert any("collect-result" in warning.en for warning in report.warnings)


def test_all_stages_add_up() -> None:
    report = month(rated(30, 10), rated(5, 5, stage="submit"), rated(1, 0, stage="other"))
    assert stage(report, "all")["answered"] == 51
    assert stage(report, "all")["satisfied"] == 36
    assert stage(report, "other")["answered"] == 1


@pytest.mark.parametrize(
    ("satisfied", "answered", "flagged"),
    [(5251, 5251, True), (459, 459, True), (458, 458, False), (5250, 5251, False), (0, 0, False)],
)
def test_all_satisfied_is_flagged_where_one_in_a_hundred_would_have_shown(
    satisfied: int, answered: int, *, flagged: bool
) -> None:
    assert too_good(satisfied, answered) is flagged


def test_a_flagged_share_is_a_warning_at_the_head() -> None:
    assert any("no evidence" in warning.en for warning in month(rated(500, 0)).warnings)
    assert not any("no evidence" in warning.en for warning in month(rated(499, 1)).warnings)


@pytest.mark.parametrize(("levels", "good"), [(2, 3), (3, 3), (4, 3), (5, 3)])
def test_the_ministrys_table_is_made_from_any_scale(levels: int, good: int) -> None:
    table = month(rated(good, 2, levels=levels)).table("two_levels")
    (row,) = table.rows
    assert row[2:6] == (good + 2, good, 2, good / (good + 2))


def test_the_middle_of_an_odd_scale_is_not_satisfied() -> None:
    day = DaySummary(MARCH)
    for score in range(1, 6):
        day.scores[Score("submit", "lan", 5, score)] += 1
    (row,) = month(day).table("two_levels").rows
    assert row[2:5] == (5, 2, 3)


def released(report: Report) -> dict[tuple[Cell, Cell], tuple[Cell, ...]]:
    return {(row[0], row[1]): row[2:4] for row in report.table("officer_scores").rows}


def test_an_officers_month_is_told_from_five_answers_on() -> None:
    report = month(rated(3, 1, officer="minh"), rated(4, 1, officer="lan"))
    assert released(report) == {("lan", "2022-03"): (5, 4)}


def test_a_month_that_is_not_over_is_not_told() -> None:
    days = [rated(9, 1, day=MARCH + timedelta(n)) for n in range(10)]
    report = made(*days, first_day=MARCH, last_day=END_OF_MARCH)
    assert released(report) == {}, "the newest day of the journal is the 10th"


def test_a_month_that_the_report_holds_only_in_part_is_not_told() -> None:
    day = rated(9, 1, day=MARCH + timedelta(5))
    for first, last in ((MARCH + timedelta(1), END_OF_MARCH), (MARCH, END_OF_MARCH - timedelta(1))):
        assert released(made(day, DaySummary(END_OF_MARCH), first_day=first, last_day=last)) == {}


@STEADY
@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=12), st.integers(0, 29))
def test_asking_for_one_day_more_tells_nobodys_score(ratings: list[tuple[int, bool]], days: int) -> None:
    """What two reports of different days tell of an officer is the same, or one of them tells nothing."""
    summaries = [rated(int(good), int(not good), day=MARCH + timedelta(after)) for after, good in ratings]
    summaries.append(DaySummary(END_OF_MARCH))
    found = [
        released(made(*summaries, first_day=MARCH, last_day=MARCH + timedelta(length)))
        for length in (days, days + 1)
    ]
    assert not found[0] or found[0] == found[1]


def test_ratings_without_an_officer_are_nobodys() -> None:
    assert released(month(rated(9, 1, officer=""))) == {}


def test_an_officer_whom_chance_cannot_explain_is_asked_about() -> None:
    report = month(rated(200, 0), rated(700, 300, officer="minh"), rated(710, 290, officer="hoa"))
    table = report.table("odd_scores")
    assert table.column("officer") == ["lan"]
    assert table.column("answered") == [200]


def test_months_of_different_years_are_different_months() -> None:
    days = (rated(5, 0, day=date(2021, 3, 9)), rated(6, 0, day=MARCH), DaySummary(END_OF_MARCH))
    report = made(*days, first_day=date(2021, 1, 1), last_day=END_OF_MARCH)
    assert set(released(report)) == {("lan", "2021-03"), ("lan", "2022-03")}


def test_a_december_is_over_in_january() -> None:
    december = rated(5, 0, day=date(2021, 12, 9))
    days = (december, DaySummary(date(2021, 12, 31)))
    report = made(*days, first_day=date(2021, 12, 1), last_day=date(2021, 12, 31))
    assert set(released(report)) == {("lan", "2021-12")}
