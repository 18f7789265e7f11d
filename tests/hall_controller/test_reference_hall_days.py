"""When the reference hall is open: 134 working days, 18 Saturdays, 131 open days, and what a closed service says."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

import pytest

from hall_controller.domain.catalogue import VIETNAM, Catalogue
from hall_controller.domain.opening import is_open, next_opening, queue_is_open, sessions
from tests.hall_controller.settings_files import reference_hall

WHOLE_SATURDAY: Final = {
    "dat-dai",
    "dang-ky-giao-dich-bao-dam",
    "dang-ky-kinh-doanh",
    "dang-ky-kinh-doanh-truc-tuyen",
    "chinh-sach-nguoi-co-cong",
    "cong-chung",
}
SATURDAY_MORNING: Final = {"giao-duc-trung-hoc", "thi-tuyen-sinh", "ly-lich-tu-phap"}
FIRST_DAY: Final = date(2021, 11, 1)
LAST_DAY: Final = date(2022, 4, 15)
SATURDAY: Final = 5


@pytest.fixture(scope="module")
def hall() -> Catalogue:
    return reference_hall()


def days(first: date = FIRST_DAY, last: date = LAST_DAY) -> list[date]:
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def open_services(hall: Catalogue, day: date) -> set[str]:
    return {service.id for service in hall.services.values() if sessions(hall, service, day)}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def opens(hall: Catalogue, service: str, moment: str) -> str:
    """When the service opens next, seen from that moment, as the hall's own date and time."""
    found = next_opening(hall, hall.services[service], at(moment))
    return found.astimezone(VIETNAM).strftime("%Y-%m-%d %H:%M") if found else "never"


def test_the_golden_calendar_has_134_days_18_saturdays_and_131_open_days(hall: Catalogue) -> None:
    working = [day for day in days() if day.weekday() <= SATURDAY and day not in hall.closed_days]
    open_days = [day for day in days() if open_services(hall, day)]
    saturdays = [day for day in open_days if day.weekday() == SATURDAY]
    assert len(working) == 134
    assert len(saturdays) == 18
    assert min(saturdays) == date(2021, 11, 27)
    assert len(open_days) == 131
    assert len(open_days) - len(saturdays) == 113


def test_the_days_closed_between_monday_and_saturday_are_those_of_the_report(hall: Catalogue) -> None:
    closed = {f"{day:%-d/%-m}" for day in days() if day.weekday() <= SATURDAY and day in hall.closed_days}
    assert closed == {"1/1", "3/1", "31/1", "1/2", "2/2", "3/2", "4/2", "5/2", "11/4"}


def test_on_saturdays_the_fields_of_five_agencies_are_open_and_before_27_november_none(
    hall: Catalogue,
) -> None:
    assert open_services(hall, date(2021, 11, 20)) == set()
    assert open_services(hall, date(2021, 11, 27)) == WHOLE_SATURDAY | SATURDAY_MORNING
    agencies = {hall.services[service].agency for service in WHOLE_SATURDAY | SATURDAY_MORNING}
    assert agencies == {"tnmt", "khdt", "ldtbxh", "tp", "gddt"}
    afternoon = at("2021-11-27T14:00")
    assert {s.id for s in hall.services.values() if is_open(hall, s, afternoon)} == WHOLE_SATURDAY


def test_no_service_is_open_on_a_sunday(hall: Catalogue) -> None:
    assert not any(open_services(hall, day) for day in days() if day.weekday() == 6)


def test_every_service_is_open_on_an_ordinary_weekday(hall: Catalogue) -> None:
    assert open_services(hall, date(2022, 3, 1)) == set(hall.services)


@pytest.mark.parametrize("year", range(2022, 2033))
def test_the_hall_is_closed_at_tet(hall: Catalogue, year: int) -> None:
    closed = [
        day for day in hall.closed_days if day.year == year and day.month <= 2 and day > date(year, 1, 10)
    ]
    assert 5 <= len(closed) <= 8
    assert not any(open_services(hall, day) for day in closed)


@pytest.mark.parametrize(
    ("service", "moment", "opens_at"),
    [
        ("dau-tu", "2022-03-01T06:00", "2022-03-01 07:30"),
        ("dau-tu", "2022-03-01T12:00", "2022-03-01 13:30"),
        ("dau-tu", "2022-03-01T17:00", "2022-03-02 07:30"),
        ("dau-tu", "2022-03-04T18:00", "2022-03-07 07:30"),
        ("dat-dai", "2022-03-04T18:00", "2022-03-05 07:30"),
        ("dat-dai", "2022-03-05T12:00", "2022-03-05 13:30"),
        ("ly-lich-tu-phap", "2022-03-05T12:00", "2022-03-07 07:30"),
        ("dat-dai", "2021-11-19T18:00", "2021-11-22 07:30"),
        ("dat-dai", "2021-12-31T18:00", "2022-01-04 07:30"),
        ("dau-tu", "2022-01-28T17:30", "2022-02-07 07:30"),
        ("dat-dai", "2022-01-28T17:30", "2022-01-29 07:30"),
        ("dat-dai", "2022-01-29T17:30", "2022-02-07 07:30"),
    ],
)
def test_a_closed_service_says_when_it_opens_again(
    hall: Catalogue, service: str, moment: str, opens_at: str
) -> None:
    assert opens(hall, service, moment) == opens_at


def test_a_queue_is_open_as_long_as_one_of_its_services_is(hall: Catalogue) -> None:
    assert queue_is_open(hall, "tiep-nhan-chung", at("2022-03-05T08:00"))
    assert not is_open(hall, hall.services["thue"], at("2022-03-05T08:00"))
    assert not queue_is_open(hall, "dau-tu", at("2022-03-05T08:00"))
