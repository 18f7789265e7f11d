"""When each person in the register was last there, and whose name goes because that was long ago.

A person is there when signing in, and when entered or given a new secret. Whoever was entered before this was noted
counts as there now. Only the name goes: secret, role and identifier stay, so that whoever comes back can sign in.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3

    from hall_controller.staff.register import Register

TABLE: Final = """CREATE TABLE IF NOT EXISTS presence (
    person TEXT PRIMARY KEY REFERENCES person ON DELETE CASCADE,
    at REAL NOT NULL
) WITHOUT ROWID"""
"""Made beside the others at each start: an older version of the program does without it."""
UNNOTED: Final = "SELECT id FROM person LEFT JOIN presence ON person = id WHERE at IS NULL"
UNSEEN: Final = "SELECT id FROM person JOIN presence ON person = id WHERE name <> '' AND at < ? ORDER BY id"


def prepare(file: sqlite3.Connection) -> None:
    """Make the table where it is missing, and begin to count for those of whom nothing is noted."""
    file.execute(TABLE)
    for (who,) in file.execute(UNNOTED).fetchall():
        seen(file, who, time.time())


def seen(file: sqlite3.Connection, who: str, at: float) -> None:
    """The person was there at that time, seconds since 1970; a clock that goes back makes nobody older."""
    file.execute(
        "INSERT INTO presence VALUES (?, ?) ON CONFLICT DO UPDATE SET at = max(at, excluded.at)", (who, at)
    )


def long_gone(register: Register, since: float) -> list[str]:
    """Who still has a name and was last there before that time."""
    with register.reading() as file:
        return [who for (who,) in file.execute(UNSEEN, (since,))]


def forget_names(register: Register, since: float) -> list[str]:
    """Take the names of those away, in the log beside the file too; whose they were."""
    with register.writing() as file:
        gone = [who for (who,) in file.execute(UNSEEN, (since,))]
        file.executemany("UPDATE person SET name = '' WHERE id = ?", [(who,) for who in gone])
    register.settle()
    return gone
