"""Days added up: which count, on which the hall was open, and what is kept of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from hall_controller.domain.catalogue import Valid
from hall_controller.domain.opening import OpeningRule, Session
from hall_controller.reports.day_summary import DaySummary, Happening, Score, Ticket
from hall_controller.reports.period import OfAgency, OfMonth, Period, added_up
from tests.hall_controller.domain.small_hall import TUESDAY, WORKING_HOURS, small_hall
from tests.hall_controller.reports.played_days import of_day, period
from tests.hall_controller.settings_files import reference_hall

DAY = timedelta(days=1)
SATURDAY = date(2022, 3, 5)
SUNDAY = date(2022, 3, 6)


def test_days_outside_of_the_period_do_not_count() -> None:
    found = period(of_day(TUESDAY - DAY), of_day(TUESDAY), of_day(TUESDAY + DAY))
    assert found.by_day == {TUESDAY: 3}
    assert found.whole.visits == 3


def test_a_day_that_comes_in_parts_is_one_day() -> None:
    found = period(of_day(TUESDAY), of_day(TUESDAY))
    assert found.by_day == {TUESDAY: 6}
    assert len(found.opened) == 1


def test_visitors_are_told_apart_by_saturday() -> None:
    found = period(of_day(TUESDAY), of_day(SATURDAY), last_day=SUNDAY)
    assert found.visits == {OfAgency("tnmt", saturday=False): 3, OfAgency("tnmt", saturday=True): 3}
    assert found.days_with_visitors == {"tnmt": 2}


def test_a_day_that_runs_as_a_saturday_is_one() -> None:
    hall = replace(small_hall(), extra_days={TUESDAY: 5, SATURDAY: 0})
    found = Period(TUESDAY, SUNDAY, hall)
    assert found.saturday(TUESDAY)
    assert not found.saturday(SATURDAY)
    assert not Period(TUESDAY, SUNDAY).saturday(TUESDAY)


def test_without_settings_the_facts_show_which_days_were_open() -> None:
    idle = DaySummary(TUESDAY + DAY)
    idle.happenings[Happening("queue_opened", "land")] = 1
    closed = DaySummary(TUESDAY + 2 * DAY)
    found = period(of_day(TUESDAY), idle, closed, last_day=SUNDAY)
    assert found.open_days() == [TUESDAY, TUESDAY + DAY]
    assert found.listed_days() is None
    assert list(found.by_day) == [TUESDAY, TUESDAY + DAY, TUESDAY + 2 * DAY], "all are in the journal"


def test_with_settings_the_rules_of_opening_say_so() -> None:
    weekdays = small_hall(WORKING_HOURS)
    services = {id_: weekdays.services[id_] for id_ in ("land", "notary")}
    hall = replace(weekdays, services=services, closed_days=frozenset({date(2022, 3, 3)}))
    found = period(first_day=TUESDAY, last_day=SUNDAY, catalogue=hall)
    assert found.open_days() == [date(2022, 3, day) for day in (1, 2, 4)]
    assert found.listed_days() == [date(2022, 3, day) for day in (1, 2, 4, 5)], (
        "Saturday is listed, and closed"
    )
    assert set(found.open_agencies(TUESDAY)) == {"tnmt", "tp"}
    assert list(found.open_agencies(SATURDAY)) == []


def test_a_day_counts_for_an_agency_only_if_one_of_its_services_was_open() -> None:
    hall = small_hall()
    saturday = OpeningRule(frozenset({5}), (Session(time(8), time(11)),), Valid(first_day=SATURDAY))
    services = {
        "land": hall.services["land"],
        "notary": replace(hall.services["notary"], opening=(*WORKING_HOURS, saturday)),
    }
    found = Period(TUESDAY, SUNDAY, replace(hall, services=services))
    assert list(found.open_agencies(SATURDAY)) == ["tp"]
    assert set(found.open_agencies(TUESDAY)) == {"tp", "tnmt"}
    assert SATURDAY in found.open_days()
    assert (
        SATURDAY - 7 * DAY
        not in Period(date(2022, 2, 1), SUNDAY, replace(hall, services=services)).open_days()
    )


def test_a_service_that_is_online_only_opens_no_hall() -> None:
    hall = small_hall()
    online = {"business": hall.services["business"]}
    assert Period(TUESDAY, SUNDAY, replace(hall, services=online)).open_days() == []


def test_the_reference_period_has_134_18_and_131_days() -> None:
    found = Period(date(2021, 11, 1), date(2022, 4, 15), reference_hall())
    listed, opened = found.listed_days(), found.open_days()
    assert listed is not None
    assert len(listed) == 134
    assert len(opened) == 131
    assert sum(found.saturday(day) for day in opened) == 18


def test_tickets_of_an_old_version_get_the_agency_of_their_service() -> None:
    old = DaySummary(TUESDAY)
    old.tickets[Ticket("", "notary", "submit", "issued")] = 4
    assert period(old, catalogue=small_hall()).visits == {OfAgency("tp", saturday=False): 4}
    assert period(old).visits == {OfAgency("", saturday=False): 4}


def test_scores_are_kept_by_officer_and_calendar_month() -> None:
    march, april = DaySummary(date(2022, 3, 31)), DaySummary(date(2022, 4, 1))
    score = Score("submit", "lan", 5, 4)
    march.scores[score], april.scores[score] = 2, 3
    found = added_up(TUESDAY, date(2022, 4, 30), None, [march, april])
    assert {of: scores.total() for of, scores in found.months.items()} == {
        OfMonth("lan", 2022, 3): 2,
        OfMonth("lan", 2022, 4): 3,
    }


def test_training_days_are_counted() -> None:
    found = period(DaySummary(TUESDAY, training=True), of_day(TUESDAY + DAY), last_day=SUNDAY)
    assert found.training_days == 1
