"""Has each finished day counted for the reports of later, so that none of them waits for months of tickets.

Some time after the start and after each change of day, in another process, never beside a report. What fails is a line
in the log and is tried again the next day. Never here: what a day comes to, or where that is kept.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import structlog

from hall_controller import own_process
from hall_controller.domain.facts import DayOpened
from hall_controller.errors import HallError

if TYPE_CHECKING:
    from pathlib import Path

    from hall_controller.controller import Controller, Told

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
        alone: asyncio.Lock,
        journal: Path,
        zone: str,
        *,
        later_s: float = LATER_S,
    ) -> None:
        """`alone` is held by whatever counts; `zone` is the name of the hall's timezone."""
        self._alone = alone
        self._journal = journal
        self._zone = zone
        self._later_s = later_s
        self._due = asyncio.Event()
        self._due.set()
        controller.on_commit.append(self._committed)

    async def run(self) -> None:
        """Count what is finished, now and after each change of day; ends only when it is cancelled."""
        while True:
            await self._due.wait()
            await asyncio.sleep(self._later_s)
            self._due.clear()
            try:
                days = await self.count()
            except (HallError, OSError, ValueError) as error:
                log.warning("Finished days could not be counted; tried again tomorrow.", why=str(error))
            else:
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
            async with self._alone:
                told = await own_process.ask(PROCESS, question)
            days += len(told["counted"])
            before = told["before"]
            if before is None:
                return days

    def _committed(self, told: Told) -> None:
        if any(isinstance(record.fact, DayOpened) for record in told.records):
            self._due.set()
