"""Who was entered, got a new secret or was forgotten by `hall officer`, until the journal knows of it.

    hall officer -> the register, and a note in the same transaction -> the controller -> a fact -> the note is gone

The journal has one writer, the controller; when it does not run, the notes wait for its next start. Identifiers only.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    import sqlite3

    from hall_controller.staff.register import Register

Kind = Literal["added", "secret", "removed"]
TABLE: Final = """CREATE TABLE IF NOT EXISTS change (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at REAL NOT NULL,
    person TEXT NOT NULL,
    role TEXT NOT NULL,
    change TEXT NOT NULL
)"""
"""Made beside the others at each start: an older version of the program does without it."""


class Change(NamedTuple):
    """A note; `at` is the machine's time of it, seconds since 1970."""

    number: int
    at: float
    person: str
    role: str
    change: Kind

    @property
    def cause(self) -> str:
        """The same for the same note, so that it becomes one fact however often it is told."""
        return f"register:{self.at:.3f}:{self.number}"


def note(file: sqlite3.Connection, person: str, role: str, change: Kind) -> None:
    """Inside the transaction that makes the change."""
    row = (time.time(), person, role, change)
    file.execute("INSERT INTO change (at, person, role, change) VALUES (?, ?, ?, ?)", row)


def untold(register: Register) -> list[Change]:
    """What the journal does not know yet, in order."""
    with register.reading() as file:
        rows = file.execute("SELECT number, at, person, role, change FROM change ORDER BY number")
        return [Change(*row) for row in rows]


def told(register: Register, change: Change) -> None:
    """The journal knows it."""
    with register.writing() as file:
        file.execute("DELETE FROM change WHERE number = ?", (change.number,))
