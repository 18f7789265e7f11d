"""Devices of a simulated hall: now and then one is away, no ticket is printed meanwhile, and nobody else notices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hall_controller.domain.facts import (
    DeviceStateChanged,
    DevicesWatched,
    Fact,
    PrinterStateChanged,
    PrintFailed,
    TicketIssued,
    TicketPrinted,
)
from hall_controller.simulation.equipment import Away, devices, outages
from hall_controller.simulation.habits import Devices, Habits
from hall_controller.simulation.season import Period, Tally, season
from hall_controller.simulation.shifts import shifts
from tests.hall_controller.domain.small_hall import TUESDAY, small_hall

HALL = small_hall()


def played(away: float, *, length_min: float = 60) -> list[Fact]:
    habits = Habits(devices=Devices(away=away, away_min=(length_min, length_min)))
    return [fact for facts in season(HALL, habits, Period(TUESDAY, TUESDAY), Tally()) for fact in facts]


@pytest.fixture(scope="module")
def bad_day() -> list[Fact]:
    """A day on which every device is away once."""
    return played(1.0)


def test_every_day_all_devices_are_told_first(bad_day: list[Fact]) -> None:
    (told,) = [fact for fact in bad_day if isinstance(fact, DevicesWatched)]
    assert told.ready == tuple(devices(HALL))
    assert {"kiosk-1", "printer-1", "pad-4", "panel-4"} <= set(told.ready)


def test_an_outage_is_told_as_a_controller_tells_it(bad_day: list[Fact]) -> None:
    changes = [fact for fact in bad_day if isinstance(fact, DeviceStateChanged)]
    assert [fact.state for fact in changes if fact.device == "pad-1"] == ["lost", "ready"]
    lost, ready = (fact for fact in changes if fact.device == "pad-1")
    assert lost.at - lost.since == timedelta(seconds=30)
    assert ready.at - ready.since == timedelta(seconds=60)
    assert ready.since - lost.since == timedelta(minutes=61)


def test_while_the_printer_is_away_no_ticket_is_printed(bad_day: list[Fact]) -> None:
    stopped, goes_on = (fact for fact in bad_day if isinstance(fact, PrinterStateChanged))
    papers = [fact for fact in bad_day if isinstance(fact, TicketPrinted | PrintFailed)]
    meanwhile = {type(fact) for fact in papers if stopped.at <= fact.at < goes_on.at}
    assert meanwhile <= {PrintFailed}
    assert {type(fact) for fact in papers if fact.at < stopped.at or fact.at >= goes_on.at} == {TicketPrinted}


def test_the_same_visitors_come_whatever_the_devices_do(bad_day: list[Fact]) -> None:
    issued = [fact for fact in bad_day if isinstance(fact, TicketIssued)]
    assert issued == [fact for fact in played(0.0) if isinstance(fact, TicketIssued)]


def test_a_share_of_the_devices_is_away_while_counters_work() -> None:
    days = [TUESDAY + timedelta(n) for n in range(200)]
    away = [one for day in days for one in _outages(day, Devices(away=0.1))]
    working = sum(bool(shifts(HALL, Habits(), day, 1)) for day in days)
    assert len(away) / (working * len(devices(HALL))) == pytest.approx(0.1, abs=0.03)


def _outages(day: date, habits: Devices) -> list[Away]:
    return [*outages(HALL, habits, day, shifts(HALL, Habits(), day, 1), 1)]
