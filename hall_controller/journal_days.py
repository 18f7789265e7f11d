"""Reads single business days out of a journal, also while a controller is writing to it.

Belongs here: which rows a day is. Never here: what the facts in them mean.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Final, NamedTuple

from hall_controller import journal_file
from hall_controller.domain.facts import ControllerStarted, DayOpened, Fact
from hall_controller.errors import JournalUnavailable
from hall_controller.journal_rows import Record, Row, records

NAMING: Final = """SELECT * FROM fact WHERE seq >= ?
    AND (type IN ('day.opened', 'day.corrected') OR instr(data, ?)) ORDER BY seq"""


class OpenedDay(NamedTuple):
    """All facts from one DayOpened until the next, and whether the controller ran for training when they began.

    The first day of a journal holds what came before it too.
    """

    facts: list[Fact]
    training: bool


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


def latest(path: Path, after: int = 0) -> list[Record]:
    """What happened since the last business day was opened, its DayOpened included, and after that row.

    Raises JournalError.
    """
    spans = _spans(path)
    if not spans:
        return []
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        return list(records(journal_file.rows(connection, max(after, spans[-1][1] - 1))))


def naming(path: Path, day: date, number: str) -> list[Record]:
    """What was written since that day about a number, and which days began since; raises JournalError.

    The number may be another visitor's on the days after; empty when the day is not in the journal.
    """
    first = next((seq for opened, seq, _ in reversed(_spans(path)) if opened <= day), None)
    if first is None:
        return []
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        return list(records(connection.execute(NAMING, (first, f'"{number}"'))))


def each_day(path: Path, first_day: date, last_day: date) -> Iterator[OpenedDay]:
    """The days opened from `first_day` to `last_day` and one on either side, in one pass, one in memory at a time.

    The one on either side, because a day that the clock told wrongly was opened under another date: whoever wants the
    true date asks the facts. Raises JournalError.
    """
    spans = _spans(path)
    inside = [place for place, (day, _, _) in enumerate(spans) if first_day <= day <= last_day]
    before = [place for place, (day, _, _) in enumerate(spans) if day < first_day]
    start = (inside[0] if inside else before[-1] if before else 0) - 1
    end = (inside[-1] if inside else start + 1) + 1
    wanted = spans[max(0, start) : end + 1]
    if not wanted:
        return
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        after = wanted[0][1] - 1 if wanted[0] != spans[0] else 0
        training = _runs_for_training(connection, after)
        rows = records(journal_file.rows(connection, after))
        facts: list[Fact] = []
        for record in rows:
            if wanted[-1][2] is not None and record.seq >= wanted[-1][2]:
                break
            if isinstance(record.fact, DayOpened) and any(isinstance(fact, DayOpened) for fact in facts):
                yield OpenedDay(facts, training)
                training = _training_after(facts, before=training)
                facts = []
            facts.append(record.fact)
        if facts:
            yield OpenedDay(facts, training)


def _training_after(facts: list[Fact], *, before: bool) -> bool:
    started = [fact.training for fact in facts if isinstance(fact, ControllerStarted)]
    return started[-1] if started else before


def _runs_for_training(connection: sqlite3.Connection, until: int) -> bool:
    """Whether the last start of the controller up to that row was one for training."""
    rows: list[Row] = connection.execute(
        "SELECT * FROM fact WHERE type = 'controller.started' AND seq <= ? ORDER BY seq DESC LIMIT 1",
        (until,),
    ).fetchall()
    return _training_after([record.fact for record in records(rows)], before=False)


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
