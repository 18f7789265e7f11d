"""The holidays that are written down are those of the `holidays` package, and Tết is where it is."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from hall_controller.holidays_of_vietnam import FIRST_YEAR, LAST_YEAR, closed_days, worked_days

NEW_YEARS = {
    2022: date(2022, 2, 1),
    2023: date(2023, 1, 22),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
    2029: date(2029, 2, 13),
    2030: date(2030, 2, 2),
    2031: date(2031, 1, 23),
    2032: date(2032, 2, 11),
}
"""First day of the lunar year by Viet Nam's own calendar (UTC+7)."""


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_each_year_is_as_the_package_has_it(year: int) -> None:
    official = holidays.country_holidays("VN", years=year)
    ours = {day for day in closed_days() if day.year == year}
    days = " ".join(f"{day:%m-%d}" for day in sorted(official))
    assert ours == set(official), f'the package has changed its mind; it now says {year}: "{days}"'


def test_days_of_rest_that_are_worked_are_as_the_package_has_them() -> None:
    official = holidays.country_holidays("VN", years=range(FIRST_YEAR, LAST_YEAR + 1))
    assert set(worked_days()) == {day for day in official.weekend_workdays if day.year >= FIRST_YEAR}


def test_a_worked_saturday_has_the_hours_of_the_day_that_is_free_in_its_place() -> None:
    assert worked_days()[date(2024, 5, 4)] == date(2024, 4, 29).weekday() == 0
    assert date(2024, 4, 29) in closed_days()


@pytest.mark.parametrize("new_year", NEW_YEARS.values(), ids=str)
def test_tet_is_closed_from_its_eve_to_the_third_day(new_year: date) -> None:
    assert {new_year + timedelta(days) for days in (-1, 0, 1, 2)} <= closed_days()
    assert new_year - timedelta(3) not in closed_days()
    assert new_year + timedelta(7) not in closed_days()
