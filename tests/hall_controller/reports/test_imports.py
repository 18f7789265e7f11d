"""Imported counts: which belong to a period, and what they add up to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hall_controller.reports.imports import LATE_DOSSIER, PRINTED, Imported, Imports, Which, within

FIRST, LAST = date(2022, 3, 1), date(2022, 3, 31)
SATURDAY, TUESDAY = date(2022, 3, 5), date(2022, 3, 1)


def line(  # noqa: PLR0913 - a line has so many cells
    first: date = FIRST,
    last: date | None = None,
    *,
    figure: str = "online",
    count: str = "10",
    on: Which = "",
    agency: str = "",
    service: str = "",
    name: str = "",
) -> Imported:
    return Imported(1, first, last or first, on, agency, service, figure, Decimal(count), name)


def test_what_lies_within_counts_and_what_lies_outside_does_not() -> None:
    found = within((line(), line(date(2022, 2, 28)), line(LAST), line(date(2022, 4, 1))), FIRST, LAST)
    assert found.total("online") == 20
    assert found.left_out == ()
    assert found.given


def test_what_reaches_beyond_is_left_out_and_told() -> None:
    across = line(date(2022, 2, 1), date(2022, 3, 2))
    found = within((line(), across, line(date(2022, 3, 30), date(2022, 4, 2))), FIRST, LAST)
    assert found.total("online") == 10
    assert len(found.left_out) == 2


def test_a_printed_number_counts_for_its_own_period_only() -> None:
    lines = (
        line(FIRST, LAST, figure=PRINTED, name="online"),
        line(FIRST, date(2022, 3, 15), figure=PRINTED, name="online"),
    )
    assert within(lines, FIRST, LAST).of(PRINTED) == [lines[0]]


@pytest.mark.parametrize(
    ("due", "settled", "counts"),
    [
        (date(2021, 12, 1), date(2022, 3, 1), True),
        (date(2022, 3, 1), date(2022, 3, 31), True),
        (date(2022, 3, 1), date(2022, 4, 1), False),
        (date(2022, 1, 1), date(2022, 2, 1), False),
    ],
)
def test_a_late_dossier_belongs_to_the_period_in_which_it_was_settled(
    due: date, settled: date, *, counts: bool
) -> None:
    found = within((line(due, settled, figure=LATE_DOSSIER, name="one"),), FIRST, LAST)
    assert bool(found.of(LATE_DOSSIER)) is counts
    assert found.left_out == ()


def test_what_nobody_told_is_unknown_and_not_zero() -> None:
    assert Imports().total("online") is None
    found = within((line(count="0"),), FIRST, LAST)
    assert found.total("online") == 0
    assert found.total("post") is None


def test_sums_by_agency_and_those_that_were_told_of_none() -> None:
    lines = (line(agency="sct", count="5"), line(agency="sct", count="6"), line(count="7"))
    found = Imports(lines)
    assert found.total("online") == 18
    assert found.total("online", agency="sct") == 11
    assert found.total("online", agency="") == 7
    assert found.total("online", agency="tc") == 0


def test_sums_by_service() -> None:
    lines = (
        line(agency="khdt", service="invest", count="5"),
        line(agency="khdt", service="invest", count="6"),
        line(agency="khdt", count="1"),
    )
    assert Imports(lines).by_service("online") == {("khdt", "invest"): 11, ("khdt", ""): 1}


def test_a_line_of_one_day_says_by_itself_whether_it_was_a_saturday() -> None:
    found = Imports((line(SATURDAY, count="3"), line(TUESDAY, count="4")))
    assert found.total("online", "saturdays") == 3
    assert found.total("online", "weekdays") == 4
    assert found.total("online") == 7


def test_a_line_of_many_days_says_so_itself_or_not_at_all() -> None:
    lines = (
        line(FIRST, LAST, count="100"),
        line(FIRST, LAST, count="7", on="saturdays"),
        line(FIRST, LAST, count="50", on="weekdays"),
    )
    found = Imports(lines)
    assert found.total("online") == 157
    assert found.total("online", "saturdays") == 7
    assert found.total("online", "weekdays") == 50
