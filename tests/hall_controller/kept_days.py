"""A hall's data folder with a week of days in its journal, and what can be asked of it after some were removed.

Belongs here: the week and its verbs, for the tests of retention. Never here: a check.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from hall_controller import backup, journal_days, report_commands, retention
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.domain.commands import SignIn
from hall_controller.domain.facts import TicketIssued
from hall_controller.journal import Entry, Journal
from hall_controller.reports.day_summary import DaySummary
from hall_controller.retention import Part, Removed
from hall_controller.retention_days import Limits
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, TUESDAY, HallInPlay, small_hall

DAYS: Final = 7
LAST: Final = TUESDAY + timedelta(DAYS - 1)


def day(place: int) -> date:
    """The day of the week, from 0."""
    return TUESDAY + timedelta(place)


class Week:
    """Seven days, of which day n had n + 1 visitors."""

    def __init__(self, folder: Path, *, days: int = DAYS) -> None:
        self.folder = folder
        self.path = folder / "journal.sqlite"
        self.backups = folder / "backups"
        self.play = HallInPlay(small_hall(DAY_AND_NIGHT), clock="09:00")
        self._written = 0
        for n in range(days):
            self.visitors(day(n), n + 1)

    def visitors(self, on: date, count: int, officer: str | None = None) -> None:
        """So many come on that day, and are served, by the officer who signs in or by the one assigned."""
        if on != TUESDAY:
            self.play.at(on, "09:00")
        if officer is not None:
            self.play.do(SignIn("1", officer))
        self.play.open("1")
        for _ in range(count):
            self.play.take()
            self.play.serve("1", 60)
        self.write()

    def write(self) -> None:
        """What has happened since goes to the journal."""
        with Journal.open(self.path) as journal:
            journal.append([Entry(fact) for fact in self.play.facts[self._written :]])
        self._written = len(self.play.facts)

    def backup(self) -> Path:
        self.backups.mkdir(exist_ok=True)
        return backup.backup(self.path, self.backups)

    def codes(self, *places: int) -> set[bytes]:
        """What stands on the tickets of these days."""
        return self.codes_of(*(day(place) for place in places))

    def codes_of(self, *days: date) -> set[bytes]:
        """The same by date."""
        return {
            fact.code.encode()
            for fact in self.play.facts
            if isinstance(fact, TicketIssued) and fact.at.astimezone(VIETNAM).date() in days
        }

    def bytes_of_all_files(self) -> bytes:
        """Everything in the data folder: journal, logs, backups, and whatever lies beside them."""
        return b"".join(file.read_bytes() for file in sorted(self.folder.rglob("*")) if file.is_file())

    def retain(
        self,
        ticket_days: int,
        today: date = LAST,
        *,
        names_days: int | None = None,
        only: Part | None = None,
    ) -> Removed:
        limits = Limits(ticket_days, names_days)
        given = (self.path, self.backups, limits, VIETNAM, today)
        return retention.retain(*given, only)

    def due(self, ticket_days: int, today: date = LAST, *, names_days: int | None = None) -> Removed:
        return retention.due(self.path, self.backups, Limits(ticket_days, names_days), VIETNAM, today)

    def reported(self, until: date = LAST) -> list[DaySummary]:
        return list(report_commands.summaries(self.path, TUESDAY, until, VIETNAM))

    def days_with_rows(self) -> list[date]:
        return journal_days.days(self.path)


def among(codes: Iterable[bytes], content: bytes) -> set[bytes]:
    """Which of the codes are found."""
    return {code for code in codes if code in content}
