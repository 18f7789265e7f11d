"""Whether what the settings want removed goes by itself, and has gone; pure.

When that is overdue says `retention_overdue`. Never here: reading a journal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from hall_controller.doctor.finding import Finding
from hall_controller.equipment.advice import what_to_do
from hall_controller.retention_overdue import CODE, overdue

TIMER: Final = "hall-retain.timer"


def retention_findings(journal: str, days: Sequence[date], ticket_days: int | None) -> Iterator[Finding]:
    """The journal still holds tickets of days long past the limit; `days` are those with rows, oldest first."""
    told = overdue(days[0], days[-1], ticket_days) if days else None
    if told is not None:
        yield Finding("files", journal, told, what_to_do(CODE))
