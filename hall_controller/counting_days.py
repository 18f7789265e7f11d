"""Counts days of a journal from their tickets, on all processors when there are many of them.

Belongs here: who counts which day. Never here: what a day comes to, or where that is kept.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, Self

from hall_controller import journal_days
from hall_controller.processors import processes
from hall_controller.reports.summing import PASSED_OVER, summarise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from concurrent.futures import ProcessPoolExecutor
    from datetime import tzinfo
    from pathlib import Path

    from hall_controller.journal_days import Span
    from hall_controller.reports.day_summary import DaySummary

FEW: Final = 10
"""For so many days alone no second process is started."""


def counted(journal: Path, zone: tzinfo, span: Span) -> DaySummary | None:
    """The day from its tickets; None when nothing is to be counted. Raises JournalError."""
    opened = journal_days.opened_day(journal, span, PASSED_OVER)
    return summarise(opened.facts, zone, training=opened.training)


class Counting:
    """The days of one journal; its processes end with it."""

    def __init__(self, journal: Path, zone: tzinfo) -> None:
        self._count = partial(counted, journal, zone)
        self._pool: ProcessPoolExecutor | None = None

    def of(self, spans: Sequence[Span]) -> Iterable[DaySummary | None]:
        """What each of the days comes to, in their order; raises JournalError."""
        if len(spans) >= FEW and self._pool is None:
            self._pool = processes()
        if len(spans) < FEW or self._pool is None:
            return map(self._count, spans)
        return self._pool.map(self._count, spans, chunksize=2)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
