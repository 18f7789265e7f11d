"""Reads single business days out of a journal, also while a controller is writing to it.

Belongs here: which rows a day is. Never here: what the facts in them mean.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Final

from hall_controller import journal_file
from hall_controller.domain.facts import DayOpened
from hall_controller.errors import JournalUnavailable
from hall_controller.journal_rows import Record, Row, records

NAMING: Final = """SELECT * FROM fact WHERE seq >= ?
    AND (type IN ('day.opened', 'day.corrected') OR instr(data, ?)) ORDER BY seq"""


def days(path: Path) -> list[date]:
    """The business days that were opened, oldest first; raises JournalError."""
    return [day for day, _, _ in _spans(path)]


def day_records(path: Path, day: date) -> list[Record]:
    """What happened from the day's DayOpened on, it included, until the next one; raises JournalError."""
    found: list[Record] = []
    for opened, first, last in _spans(path):
        if opened == day:
            with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
                rows = journal_file.rows(connection, first - 1)
                found += records(takewhile(lambda row, last=last: last is None or row[0] < last, rows))  # type: ignore[misc]
    return found


def naming(path: Path, day: date, number: str) -> list[Record]:
    """What was written since that day about a number, and which days began since; raises JournalError.

    The number may be another visitor's on the days after; empty when the day is not in the journal.
    """
    first = next((seq for opened, seq, _ in reversed(_spans(path)) if opened <= day), None)
    if first is None:
        return []
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        return list(records(connection.execute(NAMING, (first, f'"{number}"'))))


def _spans(path: Path) -> list[tuple[date, int, int | None]]:
    """Each day with its first row and the first row of the next one."""
    if not path.exists():
        raise JournalUnavailable(f"There is no journal at {path}: check the name.")
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        journal_file.recognise(connection, path)
        rows: list[Row] = connection.execute(
            "SELECT * FROM fact WHERE type = 'day.opened' ORDER BY seq"
        ).fetchall()
    opened = [(record.fact.day, record.seq) for record in records(rows) if isinstance(record.fact, DayOpened)]
    following = [*(seq for _, seq in opened), None][1:]
    return [(day, seq, end) for (day, seq), end in zip(opened, following, strict=True)]
