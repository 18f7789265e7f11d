"""Tells the technician that tickets are still there which the settings want gone, and takes it back when they are.

Looks at the start and after each change of day, which is enough: `hall retain` stops the controller.
Never here: removing anything.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hall_controller import journal_days
from hall_controller.domain.facts import DayOpened
from hall_controller.errors import JournalError
from hall_controller.messages import Text

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from hall_controller.controller import Controller, Told
    from hall_controller.health import Health

CODE: Final = "retention"
PATIENCE: Final = timedelta(days=15)
"""The timer goes off every Sunday: after this, two of them did not do their work."""


def overdue(oldest: date | None, newest: date | None, ticket_days: int | None) -> Text | None:
    """What is told of a journal whose single tickets begin with that day; None when none is long past the limit."""
    if ticket_days is None or oldest is None or newest is None:
        return None
    if newest - oldest <= timedelta(ticket_days) + PATIENCE:
        return None
    return Text(
        vi=f"Vẫn còn từng phiếu từ ngày {oldest:%d/%m/%Y}, đã quá hạn lưu giữ.",
        en=f"Single tickets of {oldest} are still there, past retention.ticket_days.",
    )


class RetentionOverdue:
    """Looks at one journal, as long as the hall runs."""

    def __init__(
        self, controller: Controller, health: Health, journal: Path, ticket_days: int | None
    ) -> None:
        self._controller = controller
        self._health = health
        self._journal = journal
        self._ticket_days = ticket_days
        self._due = asyncio.Event()
        self._due.set()
        controller.on_commit.append(self._committed)

    async def run(self) -> None:
        """Raise and end the alert; ends only when it is cancelled."""
        while self._ticket_days is not None:
            await self._due.wait()
            self._due.clear()
            await self.look()

    async def look(self) -> None:
        """Once; the journal's first day is read beside the hall's work."""
        try:
            oldest = await asyncio.to_thread(journal_days.first_day, self._journal)
        except JournalError:
            return  # whoever writes it tells that
        told = overdue(oldest, self._controller.hall.day, self._ticket_days)
        if told is None:
            self._health.end_alert(CODE)
        else:
            self._health.raise_alert(CODE, "warning", told)

    def _committed(self, told: Told) -> None:
        if any(isinstance(record.fact, DayOpened) for record in told.records):
            self._due.set()
