"""Two ways to the same number are held against each other, and where they do not meet the report says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hall_controller.reports.day_summary import DaySummary, Given
from hall_controller.reports.imports import Imported, Imports
from hall_controller.reports.table import Check, Report
from tests.hall_controller.domain.small_hall import TUESDAY, small_hall
from tests.hall_controller.reports.played_days import made, of_day


def line(
    figure: str, count: str, name: str = "", *, days: tuple[date, date] = (TUESDAY, TUESDAY)
) -> Imported:
    return Imported(7, *days, "", "", "", figure, Decimal(count), name)


def reported(*lines: Imported) -> Report:
    return made(of_day(TUESDAY), imports=Imports(lines, given=True))


def about(report: Report, words: str) -> Check:
    (found,) = (check for check in report.checks if words in check.about.en)
    return found


def test_a_hall_whose_sums_meet_has_no_contradictions() -> None:
    report = reported()
    assert report.contradictions == ()
    assert len(report.checks) == 2


@pytest.mark.parametrize(("printed", "right"), [("3", True), ("4", False), ("3.0", True)])
def test_a_printed_number_is_held_against_what_was_measured(printed: str, *, right: bool) -> None:
    check = about(reported(line("printed", printed, "in_person")), "In person (")
    assert check.right is right
    assert (check.told, check.found) == (float(printed), 3)
    assert check.why.en == "line 7 of the imports"


@pytest.mark.parametrize(
    ("printed", "right"),
    [("60", True), ("60.0", True), ("60.00", True), ("61", False), ("60.1", False)],
)
def test_a_share_is_compared_in_per_cent_as_exactly_as_it_was_printed(printed: str, *, right: bool) -> None:
    lines = (line("online", "6"), line("post", "1"), line("printed", printed, "share_online"))
    assert about(reported(*lines), "Share online").right is right


def test_half_a_digit_is_rounded_up_as_people_do() -> None:
    """1 of 8 is 12.5 %: printed as 13, not as 12."""
    lines = (line("online", "1"), line("post", "4"), line("printed", "13", "share_online"))
    assert about(reported(*lines), "Share online").right


def test_a_number_that_is_not_known_contradicts_nobody() -> None:
    report = reported(line("printed", "12", "online"))
    assert all("Online" not in check.about.en for check in report.checks)


def test_parts_that_do_not_make_their_sum_are_told_with_the_parts() -> None:
    """140 and 14 beside a printed 228: one of the slips of a report made by hand."""
    lines = (line("part", "140", "returns"), line("part", "14", "returns"), line("printed", "228", "returns"))
    (check,) = reported(*lines).contradictions
    assert (check.told, check.found) == (228, 154)
    assert check.why.en == "its parts: 140 + 14"


def test_parts_that_make_their_sum_hold() -> None:
    lines = (line("part", "140", "returns"), line("part", "14", "returns"), line("printed", "154", "returns"))
    assert about(reported(*lines), "returns").right


@pytest.mark.parametrize(
    ("due", "settled", "printed", "days"),
    [
        (date(2021, 12, 13), date(2022, 1, 21), "38", 39),
        (date(2022, 2, 28), date(2022, 3, 16), "18", 16),
        (date(2024, 2, 28), date(2024, 3, 1), "1", 2),
    ],
)
def test_days_late_are_counted_from_the_two_dates(due: date, settled: date, printed: str, days: int) -> None:
    report = reported(line("late_dossier", printed, "one", days=(due, settled)))
    check = about(report, "one: days late")
    assert (check.told, check.found, check.right) == (float(printed), days, False)
    assert f"due {due}" in check.why.en
    assert report.table("late_dossiers").column("days_late") == [days]


def test_late_dossiers_that_are_not_listed_one_by_one_are_missed() -> None:
    one = line("late_dossier", "2", "one", days=(date(2022, 2, 27), TUESDAY))
    lines = (line("early", "5"), line("on_time", "5"), line("late", "3"))
    check = about(reported(*lines, one), "listed one by one")
    assert (check.told, check.found, check.right) == (1, 3, False)


def test_a_journal_that_contradicts_itself_is_told() -> None:
    day = of_day(TUESDAY)
    day.given[Given("land", 8, "issued")] += 1
    (check,) = made(day).contradictions
    assert (check.told, check.found) == (4, 3)
    assert "by hour" in check.about.en


def test_days_on_which_the_hall_was_open_and_the_journal_is_silent_are_told() -> None:
    hall = replace(small_hall(), services={"land": small_hall().services["land"]})
    report = made(of_day(TUESDAY), last_day=date(2022, 3, 4), catalogue=hall)
    check = about(report, "in the journal")
    assert (check.told, check.found, check.right) == (1, 4, False)


def test_contradictions_come_first() -> None:
    lines = (line("printed", "3", "in_person"), line("printed", "9", "days_open"))
    checks = reported(*lines).checks
    assert [check.right for check in checks] == sorted(check.right for check in checks)
    assert not checks[0].right


def test_an_empty_journal_holds_no_contradiction() -> None:
    report = made(DaySummary(date(2021, 1, 1)))
    assert report.contradictions == ()
    assert "holds no day" in " ".join(warning.en for warning in report.warnings)
