"""Reads single business days out of a journal, also while a controller is writing to it.

Belongs here: which rows a day is. Never here: what the facts in them mean.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator
from contextlib import closing
from datetime import date
from itertools import takewhile, zip_longest
from pathlib import Path
from typing import Final, NamedTuple

from hall_controller import journal_cut, journal_file, journal_rows
from hall_controller.domain.facts import ControllerStarted, DayOpened, Fact
from hall_controller.errors import JournalBroken, JournalUnavailable
from hall_controller.journal_cut import CutDay
from hall_controller.journal_rows import Record, Row, records

NAMING: Final = """SELECT * FROM fact WHERE seq >= ?
    AND (type IN ('day.opened', 'day.corrected') OR instr(data, ?)) ORDER BY seq"""
DAY: Final = "SELECT * FROM fact WHERE seq BETWEEN ? AND ? ORDER BY seq"
AT: Final = 1
TYPE: Final = 3
QUARTER_MS: Final = 900_000


class Span(NamedTuple):
    """The rows of one opened day, from `first` to `last`, both included, and the chain's hash after the last one.

    The first day of a journal begins with its first row. The hash stands for these rows and all before them.
    """

    day: date
    first: int
    last: int
    hash: bytes


class OpenedDay(NamedTuple):
    """All facts from one DayOpened until the next, and whether the controller ran for training when they began.

    The first day of a journal holds what came before it too.
    """

    facts: list[Fact]
    training: bool


def days(path: Path) -> list[date]:
    """The business days that were opened, oldest first; raises JournalError."""
    return [day for day, _ in _openings(path)]


def first_day(path: Path) -> date | None:
    """The oldest day with rows, found without reading the others; None when no day was opened. Raises JournalError."""
    return next((day for day, _ in _openings(path, 1)), None)


def cut_days(path: Path) -> list[CutDay]:
    """The days before these, of which only the summary is left; raises JournalError."""
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        return journal_cut.cut_days(connection)


def day_records(path: Path, day: date) -> list[Record]:
    """What happened from the day's DayOpened on, it included, until the next one; raises JournalError."""
    found: list[Record] = []
    openings = _openings(path)
    ends = [seq - 1 for _, seq in openings[1:]]
    for (opened, first), last in zip_longest(openings, ends):
        if opened == day:
            with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
                found += records(_rows(connection, first, last))
    return found


def latest(path: Path, after: int = 0) -> list[Record]:
    """What happened since the last business day was opened, its DayOpened included, and after that row.

    Raises JournalError.
    """
    openings = _openings(path)
    if not openings:
        return []
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        return list(records(journal_file.rows(connection, max(after, openings[-1][1] - 1))))


def naming(path: Path, day: date, number: str) -> list[Record]:
    """What was written since that day about a number, and which days began since; raises JournalError.

    The number may be another visitor's on the days after; empty when the day is not in the journal.
    """
    first = next((seq for opened, seq in reversed(_openings(path)) if opened <= day), None)
    if first is None:
        return []
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        return list(records(connection.execute(NAMING, (first, f'"{number}"'))))


def each_day(path: Path, first_day: date, last_day: date) -> Iterator[OpenedDay]:
    """The days of `spans`, one in memory at a time; raises JournalError."""
    for span in spans(path, first_day, last_day):
        yield opened_day(path, span)


def spans(path: Path, first_day: date, last_day: date) -> list[Span]:
    """The days opened from `first_day` to `last_day` and one on either side, oldest first.

    The one on either side, because a day that the clock told wrongly was opened under another date: whoever wants the
    true date asks the facts. Raises JournalError.
    """
    openings = _openings(path)
    inside = [place for place, (day, _) in enumerate(openings) if first_day <= day <= last_day]
    before = [place for place, (day, _) in enumerate(openings) if day < first_day]
    start = (inside[0] if inside else before[-1] if before else 0) - 1
    end = (inside[-1] if inside else start + 1) + 1
    wanted = range(max(0, start), min(end + 1, len(openings)))
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        (written,) = connection.execute("SELECT max(seq) FROM fact").fetchone()
        ends = [*(seq - 1 for _, seq in openings[1:]), written]
        found = []
        for place in wanted:
            head = journal_file.head_at(connection, ends[place])
            if head is None:
                raise JournalBroken(f"{path} is damaged (row {ends[place]} is missing): run `hall restore`.")
            day, first = openings[place]
            if place == 0:
                first = journal_file.beginning(connection).seq + 1
            found.append(Span(day, first, *head))
    return found


def opened_day(path: Path, span: Span, passed_over: Container[str] = ()) -> OpenedDay:
    """What happened on that day, but for the types of facts that are passed over. Raises JournalError.

    The last fact of the day, of each quarter of an hour, and before each start of the controller is always there.
    """
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        training = _runs_for_training(connection, span.first - 1)
        rows = connection.execute(DAY, (span.first, span.last)).fetchall()
    facts = journal_rows.facts(list(_left_by(rows, passed_over)))
    return OpenedDay(facts, training)


def _rows(connection: sqlite3.Connection, first: int, last: int | None) -> Iterator[Row]:
    return takewhile(lambda row: last is None or row[0] <= last, journal_file.rows(connection, first - 1))


def _left_by(rows: list[Row], passed_over: Container[str]) -> Iterator[Row]:
    """The rows without those that are passed over."""
    return (
        row
        for row, after in zip_longest(rows, rows[1:])
        if row[TYPE] not in passed_over or after is None or _breaks_off(row, after)
    )


def _breaks_off(row: Row, after: Row) -> bool:
    """Whether it is the last one before a start of the controller, or a quarter of an hour: midnight is on one."""
    return after[TYPE] == ControllerStarted.type or row[AT] // QUARTER_MS != after[AT] // QUARTER_MS


def _training_after(facts: list[Fact], *, before: bool) -> bool:
    started = [fact.training for fact in facts if isinstance(fact, ControllerStarted)]
    return started[-1] if started else before


def _runs_for_training(connection: sqlite3.Connection, until: int) -> bool:
    """Whether the last start of the controller up to that row was one for training."""
    rows: list[Row] = connection.execute(
        "SELECT * FROM fact WHERE type = 'controller.started' AND seq <= ? ORDER BY seq DESC LIMIT 1",
        (until,),
    ).fetchall()
    cut = journal_cut.cut_days(connection)
    return _training_after([record.fact for record in records(rows)], before=bool(cut and cut[-1].training))


def _openings(path: Path, most: int = -1) -> list[tuple[date, int]]:
    """Each day with its first row, oldest first; all of them, or so many."""
    if not path.exists():
        raise JournalUnavailable(f"There is no journal at {path}: check the name.")
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        journal_file.recognise(connection, path)
        rows: list[Row] = connection.execute(
            "SELECT * FROM fact WHERE type = 'day.opened' ORDER BY seq LIMIT ?", (most,)
        ).fetchall()
    return [(record.fact.day, record.seq) for record in records(rows) if isinstance(record.fact, DayOpened)]
