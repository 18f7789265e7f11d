"""Has each finished day counted for the reports of later, so that none of them waits for months of tickets.

Some time after the start and after each change of day, at once when a report could not wait for them; in another
process, never beside a report. What fails is a line in the log and is tried again the next day. Never here: what a day
comes to, or where that is kept.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Final

import structlog

from hall_controller import own_process
from hall_controller.domain.facts import DayOpened
from hall_controller.errors import HallError

if TYPE_CHECKING:
    from pathlib import Path

    from hall_controller.controller import Controller, Told
    from hall_controller.report_process import DaysLeft

log = structlog.get_logger()

PROCESS: Final = "counting_process"
LATER_S: Final = 60.0
"""A day opens while the hall starts or the first visitors come: counting is not what they wait for."""
AT_ONCE: Final = 60
"""So many days are counted before a report gets its turn: about two seconds on a Raspberry Pi."""


class FinishedDays:
    """The days of one journal, counted one after the other."""

    def __init__(
        self,
        controller: Controller,
        left: DaysLeft,
        journal: Path,
        zone: str,
        *,
        later_s: float = LATER_S,
    ) -> None:
        """`zone` is the name of the hall's timezone."""
        self._left = left
        self._journal = journal
        self._zone = zone
        self._later_s = later_s
        left.due.set()
        controller.on_commit.append(self._committed)

    async def run(self) -> None:
        """Count what is finished, now and after each change of day; ends only when it is cancelled."""
        while True:
            await self._when_due()
            try:
                days = await self.count()
            except (HallError, OSError, ValueError) as error:
                log.warning("Finished days could not be counted; tried again tomorrow.", why=str(error))
            else:
                self._left.some = self._left.due.is_set()
                log.info("Finished days are counted.", days=days)

    async def count(self) -> int:
        """Count the days that are not counted yet, and say how many; raises HallError or OSError."""
        days, before = 0, None
        while True:
            question = {
                "journal": str(self._journal),
                "zone": self._zone,
                "before": before,
                "most": AT_ONCE,
            }
            async with self._left.alone:
                told = await own_process.ask(PROCESS, question)
            days += len(told["counted"])
            before = told["before"]
            if before is None:
                return days

    async def _when_due(self) -> None:
        """Some time after the start or a change of day, or when a report wants it."""
        await self._left.due.wait()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._later_s):
                await self._left.wanted.wait()
        self._left.due.clear()
        self._left.wanted.clear()

    def _committed(self, told: Told) -> None:
        if any(isinstance(record.fact, DayOpened) for record in told.records):
            self._left.some = True
            self._left.due.set()
