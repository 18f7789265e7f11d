"""Daily summaries kept beside the journal, so that a report of ten years reads days and not tickets.

A kept day is believed only if the journal's chain still ends the day with the same row and hash, the same program
counted it, and its own sum is right; else it is as if it were not there. The file may be deleted at any time. Never
here: what is counted, or how the journal is read.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Self

from hall_controller import reports
from hall_controller.reports.kept_day import SHAPE, keys_of_days, packed, unpacked

if TYPE_CHECKING:
    from datetime import tzinfo
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from hall_controller.journal_days import Span
    from hall_controller.reports.day_summary import DaySummary

AT_A_TIME: Final = 5
"""So many days are written in one transaction: a report that is ended early loses no more."""
WAIT_S: Final = 2.0
TABLE: Final = """CREATE TABLE IF NOT EXISTS summary (
    first INTEGER PRIMARY KEY,
    last INTEGER NOT NULL,
    hash BLOB NOT NULL,
    counting BLOB NOT NULL,
    content BLOB NOT NULL,
    sum BLOB NOT NULL
) STRICT"""
COUNTING: Final = ("counting", "day_summary.py", "summing.py", "touts.py")
"""The files that decide what a day comes to: when one of them changes, days are counted anew."""


def beside(journal: Path) -> Path:
    """Where the summaries of a journal are kept."""
    return journal.with_name(f"{journal.stem}.summaries.sqlite")


def forget(path: Path, through: int) -> None:
    """Leave nothing of the days up to that row, of which another summary is kept; raises OSError."""
    if not path.exists():
        return
    try:
        with closing(sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON").fetchall()
            if connection.execute("DELETE FROM summary WHERE first <= ?", (through,)).rowcount:
                connection.execute("VACUUM")
    except sqlite3.Error:  # in use, damaged, or no room: the next report counts all days again
        path.unlink()


class SummaryFile:
    """The kept days of one journal; where nothing can be written, nothing is kept."""

    def __init__(self, path: Path, zone: tzinfo) -> None:
        """Open it, and make it anew when it is damaged."""
        self._path = path
        self._counting = sha256(f"{SHAPE}; {zone}".encode() + _program()).digest()
        self._waiting: list[tuple[int, int, bytes, bytes, bytes, bytes]] = []
        self._keys = keys_of_days()
        self._connection = _opened(path)

    def get(self, span: Span) -> DaySummary | None:
        """The day, if it was kept and can be believed."""
        row = self._read(span.first)
        if row is None:
            return None
        last, hash_, counting, content, sum_ = row
        believed = (last, hash_, counting) == (span.last, span.hash, self._counting)
        if not believed or not isinstance(content, bytes):
            return None
        if _sum(span, self._counting, content) != sum_:
            return None
        return unpacked(content, self._keys)

    def keep(self, span: Span, summary: DaySummary) -> None:
        """Keep the day for the next report."""
        content = packed(summary)
        sum_ = _sum(span, self._counting, content)
        self._waiting.append((span.first, span.last, span.hash, self._counting, content, sum_))
        if len(self._waiting) >= AT_A_TIME:
            self._write()

    def close(self) -> None:
        if self._waiting:
            self._write()
        if self._connection is not None:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _read(self, first: int) -> tuple[object, ...] | None:
        """The row as it stands there; damage can make any column anything."""
        if self._connection is None:
            return None
        select = "SELECT last, hash, counting, content, sum FROM summary WHERE first = ?"
        try:
            found: tuple[object, ...] | None = self._connection.execute(select, (first,)).fetchone()
        except sqlite3.OperationalError:
            return None
        except sqlite3.DatabaseError:
            self._connection.close()
            self._connection = _anew(self._path)
            return None
        return found

    def _write(self) -> None:
        rows, self._waiting = self._waiting, []
        if self._connection is None:
            return
        with suppress(sqlite3.Error), self._connection:  # the next report counts them again
            self._connection.executemany("INSERT OR REPLACE INTO summary VALUES (?, ?, ?, ?, ?, ?)", rows)


def _opened(path: Path) -> sqlite3.Connection | None:
    try:
        connection = sqlite3.connect(path, timeout=WAIT_S)
    except sqlite3.Error:
        return None
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(TABLE)
    except sqlite3.OperationalError:  # a folder or a file that cannot be written
        return connection
    except sqlite3.DatabaseError:
        connection.close()
        return _anew(path)
    return connection


def _anew(path: Path) -> sqlite3.Connection | None:
    """The file is no database any more: another one in its place."""
    try:
        path.unlink()
    except OSError:
        return None
    return _opened(path)


def _sum(span: Span, counting: bytes, content: bytes) -> bytes:
    return sha256(b"%d %d " % (span.first, span.last) + span.hash + counting + content).digest()


def _program() -> bytes:
    """What the files of the counting come to."""
    found = sha256()
    for name in COUNTING:
        for file in _python(files(reports).joinpath(name)):
            found.update(file.read_bytes())
    return found.digest()


def _python(place: Traversable) -> list[Traversable]:
    """The file, or the files of the folder by their names."""
    if place.is_file():
        return [place]
    return sorted((file for file in place.iterdir() if file.name.endswith(".py")), key=lambda file: file.name)
