"""Tickets that should be gone are an alert while the hall runs, told once, and taken back."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from hall_controller import journal_days
from hall_controller.clock import Clock
from hall_controller.controller import Controller
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.health import Health
from hall_controller.journal import Journal
from hall_controller.messages import Alert
from hall_controller.retention_overdue import RetentionOverdue, overdue
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, small_hall
from tests.hall_controller.kept_days import Week, day

NEWEST = date(2027, 3, 1)
SOON_S = 10.0


@pytest.mark.parametrize(
    ("days", "limit", "told"), [(45, 30, False), (46, 30, True), (400, 400, False), (400, None, False)]
)
def test_days_are_overdue_when_two_sundays_have_passed_over_their_limit(
    days: int, limit: int | None, *, told: bool
) -> None:
    assert (overdue(NEWEST - timedelta(days), NEWEST, limit) is not None) == told


def test_the_alert_names_the_oldest_day() -> None:
    told = overdue(NEWEST - timedelta(50), NEWEST, 30)
    assert told is not None
    assert "10/01/2027" in told.vi
    assert told.vi == unicodedata.normalize("NFC", told.vi)
    assert "2027-01-10" in told.en


def test_a_hall_that_has_not_opened_yet_owes_nothing() -> None:
    assert overdue(None, NEWEST, 1) is None
    assert overdue(NEWEST, None, 1) is None


class Running:
    """The controller of that week's journal on the morning after its last day, and the alerts that it hears of."""

    def __init__(self, week: Week, journal: Journal, ticket_days: int | None) -> None:
        morning = datetime.combine(day(22), time(9), VIETNAM)
        self.controller = Controller(small_hall(DAY_AND_NIGHT), journal, Clock(morning))
        self.health = Health([], lambda: morning)
        self.changed = asyncio.Event()
        self.told: list[tuple[str, bool]] = []
        self.health.on_alert.append(self._hear)
        self.alerts = RetentionOverdue(self.controller, self.health, week.path, ticket_days)

    def _hear(self, code: str, alert: Alert | None) -> None:
        self.told.append((code, alert is not None))
        self.changed.set()


@asynccontextmanager
async def running(week: Week, ticket_days: int) -> AsyncIterator[Running]:
    with Journal.open(week.path) as journal:
        hall = Running(week, journal, ticket_days)
        await hall.controller.start("test", 1)
        working = asyncio.create_task(hall.controller.run())
        yield hall
        working.cancel()
        await asyncio.wait({working})
        await hall.controller.stop()


async def test_a_hall_at_work_is_told_without_being_asked_and_once(tmp_path: Path) -> None:
    async with running(Week(tmp_path, days=22), ticket_days=2) as hall:
        looking = asyncio.create_task(hall.alerts.run())
        await asyncio.wait_for(hall.changed.wait(), SOON_S)
        await hall.alerts.look()
        assert hall.told == [("retention", True)]
        assert "01/03/2022" in hall.health.alerts["retention"].text.vi
        looking.cancel()
        await asyncio.wait({looking})


async def test_a_hall_whose_settings_keep_tickets_for_longer_is_told_nothing(tmp_path: Path) -> None:
    async with running(Week(tmp_path, days=22), ticket_days=30) as hall:
        await hall.alerts.look()
        assert hall.told == []


async def test_the_alert_is_taken_back_when_the_tickets_are_gone(tmp_path: Path) -> None:
    week = Week(tmp_path, days=22)
    async with running(week, ticket_days=2) as hall:
        await hall.alerts.look()
    week.retain(2, day(22))
    await hall.alerts.look()
    assert hall.told == [("retention", True), ("retention", False)]
    assert journal_days.first_day(week.path) != day(0)


async def test_without_a_limit_nobody_looks(tmp_path: Path) -> None:
    week = Week(tmp_path, days=1)
    with Journal.open(week.path) as journal:
        await asyncio.wait_for(Running(week, journal, None).alerts.run(), SOON_S)


def test_the_oldest_day_is_found_if_there_is_one(tmp_path: Path) -> None:
    week = Week(tmp_path)
    assert journal_days.first_day(week.path) == day(0)
    Journal.open(tmp_path / "empty.sqlite").close()
    assert journal_days.first_day(tmp_path / "empty.sqlite") is None
