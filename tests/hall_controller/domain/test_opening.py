"""When a service is open, and when it opens next: weekdays, sessions, days of validity, closed and swapped days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall_controller.domain.catalogue import VIETNAM, Catalogue, Service, Valid
from hall_controller.domain.opening import (
    LOOK_AHEAD_DAYS,
    OpeningRule,
    Session,
    closed_all_through,
    is_open,
    next_opening,
    queue_is_open,
    queue_next_opening,
    sessions,
)
from tests.hall_controller.domain.small_hall import (
    AFTERNOON,
    MORNING,
    TUESDAY,
    WORKING_HOURS,
    local,
    small_hall,
)

SATURDAY = date(2022, 3, 5)
SUNDAY = date(2022, 3, 6)
MONDAY = date(2022, 3, 7)
SATURDAYS = OpeningRule(frozenset({5}), (MORNING,), Valid(first_day=date(2021, 11, 27)))
HALL = small_hall()


def land(hall: Catalogue = HALL, **changes: object) -> Service:
    return replace(hall.services["land"], **changes)  # type: ignore[arg-type]  # replace checks the names


@pytest.mark.parametrize(
    ("clock", "open_"),
    [
        ("07:29:59", False),
        ("07:30", True),
        ("11:29:59", True),
        ("11:30", False),
        ("12:59", False),
        ("13:00", True),
        ("16:59:59", True),
        ("17:00", False),
    ],
)
def test_a_session_includes_its_beginning_and_not_its_end(clock: str, *, open_: bool) -> None:
    assert is_open(HALL, land(), local(TUESDAY, clock)) is open_


def test_the_hour_is_that_of_the_hall_whatever_zone_the_clock_tells() -> None:
    assert is_open(HALL, land(), datetime(2022, 3, 1, 1, 0, tzinfo=UTC))
    assert not is_open(HALL, land(), datetime(2022, 3, 1, 8, 0, tzinfo=UTC) + timedelta(hours=3))


def test_rules_add_up_and_their_sessions_are_told_in_order() -> None:
    evening = OpeningRule(frozenset({1}), (Session(time(18), time(19)),))
    service = land(opening=(evening, *WORKING_HOURS, *WORKING_HOURS))
    assert sessions(HALL, service, TUESDAY) == (MORNING, AFTERNOON, Session(time(18), time(19)))


def test_a_rule_holds_only_between_its_days() -> None:
    service = land(opening=(SATURDAYS,))
    assert sessions(HALL, service, date(2021, 11, 20)) == ()
    assert sessions(HALL, service, date(2021, 11, 27)) == (MORNING,)


def test_a_service_that_is_no_longer_offered_is_closed() -> None:
    service = land(valid=Valid(last_day=TUESDAY))
    assert is_open(HALL, service, local(TUESDAY, "08:00"))
    assert not is_open(HALL, service, local(TUESDAY + timedelta(1), "08:00"))
    assert next_opening(HALL, service, local(TUESDAY, "17:00")) is None


def test_a_closed_day_is_closed_even_when_it_is_a_swapped_one() -> None:
    hall = replace(HALL, closed_days=frozenset({TUESDAY}), extra_days={TUESDAY: 0})
    assert sessions(hall, land(hall), TUESDAY) == ()


def test_a_swapped_day_has_the_hours_of_the_other_weekday() -> None:
    hall = replace(HALL, extra_days={SATURDAY: MONDAY.weekday(), MONDAY: SUNDAY.weekday()})
    assert sessions(hall, land(hall), SATURDAY) == (MORNING, AFTERNOON)
    assert sessions(hall, land(hall), MONDAY) == ()


@pytest.mark.parametrize(
    ("day", "clock", "opens"),
    [
        (TUESDAY, "06:00", (TUESDAY, "07:30")),
        (TUESDAY, "07:30", (TUESDAY, "13:00")),
        (TUESDAY, "12:00", (TUESDAY, "13:00")),
        (TUESDAY, "23:59", (TUESDAY + timedelta(1), "07:30")),
        (date(2022, 3, 4), "17:00", (MONDAY, "07:30")),
        (SUNDAY, "12:00", (MONDAY, "07:30")),
    ],
)
def test_the_next_opening_is_the_next_beginning_of_a_session(
    day: date, clock: str, opens: tuple[date, str]
) -> None:
    assert next_opening(HALL, land(), local(day, clock)) == local(*opens)


def test_the_next_opening_passes_over_closed_days() -> None:
    tet = frozenset(date(2022, 1, 31) + timedelta(days) for days in range(6))
    hall = replace(HALL, closed_days=tet)
    assert next_opening(hall, land(hall), local(date(2022, 1, 28), "17:30")) == local(
        date(2022, 2, 7), "07:30"
    )


def test_nobody_is_promised_an_opening_that_is_too_far_away() -> None:
    def from_day(days: int) -> Service:
        rule = OpeningRule(frozenset(range(7)), (MORNING,), Valid(first_day=TUESDAY + timedelta(days)))
        return land(opening=(rule,))

    now = local(TUESDAY, "08:00")
    assert next_opening(HALL, from_day(LOOK_AHEAD_DAYS), now) == local(
        TUESDAY + timedelta(LOOK_AHEAD_DAYS), "07:30"
    )
    assert next_opening(HALL, from_day(LOOK_AHEAD_DAYS + 1), now) is None


def test_a_queue_is_open_while_one_of_its_services_is() -> None:
    always = OpeningRule(frozenset(range(7)), (Session(time(6), time(20)),))
    hall = replace(HALL, services={**HALL.services, "mortgage": land(opening=(always,))})
    assert queue_is_open(hall, "land", local(SUNDAY, "08:00"))
    assert queue_next_opening(hall, "land", local(SUNDAY, "21:00")) == local(MONDAY, "06:00")


def test_a_field_that_is_online_only_opens_no_queue() -> None:
    hall = replace(HALL, services={"business": HALL.services["business"]})
    assert not queue_is_open(hall, "guidance", local(TUESDAY, "08:00"))
    assert queue_next_opening(hall, "guidance", local(TUESDAY, "08:00")) is None


CLOSES = replace(HALL, services={id_: of for id_, of in HALL.services.items() if id_ != "guidance"})
"""Without the service that is open day and night; what is online only is left."""


@pytest.mark.parametrize(
    ("begin", "end", "closed"),
    [
        ("00:10", "04:10", True),
        ("04:00", "07:29", True),
        ("04:00", "07:30", False),
        ("16:59", "20:00", False),
        ("17:00", "20:00", True),
        ("11:30", "12:30", True),
        ("11:30", "14:30", False),
    ],
)
def test_work_that_needs_a_closed_hall_finds_a_time_for_it(begin: str, end: str, *, closed: bool) -> None:
    assert closed_all_through(CLOSES, local(TUESDAY, begin), local(TUESDAY, end)) is closed


def test_on_a_sunday_the_hall_is_closed_all_day() -> None:
    assert not closed_all_through(HALL, local(SUNDAY, "00:00"), local(MONDAY, "07:00")), "guidance is given"
    assert closed_all_through(CLOSES, local(SUNDAY, "00:00"), local(MONDAY, "07:00"))


weekdays = st.frozensets(st.integers(0, 6))
hours = (
    st.tuples(st.times(), st.times()).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Session(*pair))
)
rules = st.builds(OpeningRule, weekdays, st.lists(hours, min_size=1, max_size=3).map(tuple))
moments = st.datetimes(datetime(2022, 1, 1), datetime(2030, 1, 1), timezones=st.just(VIETNAM))  # noqa: DTZ001 - bounds


@given(rule=rules, moment=moments, closed=st.frozensets(st.integers(0, 20)))
def test_whatever_the_rules_a_promised_opening_is_after_now_open_and_the_first(
    rule: OpeningRule, moment: datetime, closed: frozenset[int]
) -> None:
    hall = replace(HALL, closed_days=frozenset(moment.date() + timedelta(days) for days in closed))
    service = land(opening=(rule,))
    opens = next_opening(hall, service, moment)
    if opens is None:
        days = (moment.date() + timedelta(ahead) for ahead in range(1, LOOK_AHEAD_DAYS + 1))
        assert not any(sessions(hall, service, day) for day in days)
        return
    assert opens > moment
    assert is_open(hall, service, opens)
    beginnings = (
        datetime.combine(moment.date() + timedelta(ahead), session.start, VIETNAM)
        for ahead in range((opens.date() - moment.date()).days + 1)
        for session in sessions(hall, service, moment.date() + timedelta(ahead))
    )
    assert not any(moment < beginning < opens for beginning in beginnings)
