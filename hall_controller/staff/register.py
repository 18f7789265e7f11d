"""The register of the people who work in the hall: a small SQLite file beside the journal, readable by nobody else.

    person    id, role, hash of the secret, and what facts never hold: a name
    session   hash of the browser's token, whose it is, for which counter, until when
    guess     wrong secrets of late, by person and by address, forgotten after an hour
    presence  when a person was last there
    change    what `hall officer` changed, until the journal knows it

`hall officer` writes it while the controller runs: every question is answered from the file, so a change counts at
once. Journal and register are apart so that a person can be forgotten without touching the chain of facts.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from hall_controller.errors import HallError
from hall_controller.staff import changes, presence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hall_controller.staff.roles import Role

NAME: Final = "staff.sqlite"
FORMAT: Final = 1
WAIT_S: Final = 5.0
SCHEMA: Final = (
    """CREATE TABLE person (
        id TEXT PRIMARY KEY,
        role TEXT NOT NULL,
        hash TEXT NOT NULL,
        name TEXT NOT NULL,
        counters TEXT NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE session (
        hash BLOB PRIMARY KEY,
        person TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
        counter TEXT,
        ends REAL NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE guess (
        who TEXT PRIMARY KEY,
        wrong INTEGER NOT NULL,
        at REAL NOT NULL
    ) WITHOUT ROWID""",
)


PRAGMAS: Final = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "cache_size = -128",
    "secure_delete = ON",
)


class Entry(NamedTuple):
    """One person in the register; an officer may be bound to certain counters, and with none to any."""

    id: str
    role: Role
    hash: str
    name: str = ""
    counters: tuple[str, ...] = ()


class Register:
    """The open register, for any thread: reading never waits for somebody who writes."""

    def __init__(self, path: Path) -> None:
        """Open it, made if need be; raises HallError."""
        self._my_turn = {"read": threading.Lock(), "write": threading.Lock()}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.chmod(0o600)
            _give_to_the_owner_of_the_folder(path)
        except OSError as error:
            raise HallError(
                f"{path}: {error.strerror}; the data folder must be writable by the controller"
            ) from None
        with contextlib.ExitStack() as opened:
            try:
                self._writes = opened.enter_context(_connected(path))
                self._prepare()
                self._reads = opened.enter_context(_connected(path))
            except sqlite3.Error as error:
                raise HallError(
                    f"{path} cannot be used ({error}): move it away, start again and enter the staff anew"
                ) from None
            self._opened = opened.pop_all()

    def _prepare(self) -> None:
        (found,) = self._writes.execute("PRAGMA user_version").fetchone()
        if found > FORMAT:
            raise sqlite3.DatabaseError("a newer version wrote it; install that version")
        if found < FORMAT:
            with self.writing() as file:
                for table in SCHEMA:
                    file.execute(table)
                file.execute(f"PRAGMA user_version = {FORMAT}")
        self._writes.execute(changes.TABLE)
        presence.prepare(self._writes)

    def close(self) -> None:
        with self._my_turn["read"], self._my_turn["write"]:
            self._opened.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The file, for one question."""
        with self._my_turn["read"]:
            yield self._reads

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The file, for changes that happen together or not at all; durable when the block has ended."""
        with self._my_turn["write"]:
            self._writes.execute("BEGIN IMMEDIATE")
            try:
                yield self._writes
            except BaseException:  # whatever it is, the next change must not find this one half done
                self._writes.execute("ROLLBACK")
                raise
            self._writes.execute("COMMIT")

    def people(self) -> list[Entry]:
        """Everybody, by role and identifier."""
        with self.reading() as file:
            rows = file.execute("SELECT id, role, hash, name, counters FROM person ORDER BY role, id")
            return [_entry(*row) for row in rows]

    def person(self, who: str) -> Entry | None:
        with self.reading() as file:
            row = file.execute(
                "SELECT id, role, hash, name, counters FROM person WHERE id = ?", (who,)
            ).fetchone()
            return _entry(*row) if row else None

    def has_technician(self) -> bool:
        """Whether somebody can look after the hall; until then, the set-up page asks for one."""
        with self.reading() as file:
            return file.execute("SELECT 1 FROM person WHERE role = 'technician'").fetchone() is not None

    def put(self, entry: Entry, noted: changes.Kind | None = None) -> None:
        """Enter a person, or change one; then the person's sessions are over and wrong guesses forgotten.

        `noted`: as what the journal is to know it, for whoever cannot write there.
        """
        with self.writing() as file:
            file.execute("DELETE FROM person WHERE id = ?", (entry.id,))
            file.execute(
                "INSERT INTO person VALUES (?, ?, ?, ?, ?)",
                (entry.id, entry.role, entry.hash, entry.name, " ".join(entry.counters)),
            )
            presence.seen(file, entry.id, time.time())
            if noted:
                changes.note(file, entry.id, entry.role, noted)

    def remove(self, who: str, *, noted: bool = False) -> bool:
        """Forget a person with name, secret and sessions, in the log beside the file too; whether there was one."""
        with self.writing() as file:
            row = file.execute("DELETE FROM person WHERE id = ? RETURNING role", (who,)).fetchone()
            if row and noted:
                changes.note(file, who, row[0], "removed")
        self.settle()
        return row is not None

    def settle(self) -> None:
        """Leave nothing in the log beside the file."""
        with self._my_turn["write"]:
            self._writes.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _give_to_the_owner_of_the_folder(path: Path) -> None:
    """A technician runs `sudo hall officer`; the controller, which is not root, must read the file all the same."""
    if os.geteuid() == 0:
        folder = path.parent.stat()
        os.chown(path, folder.st_uid, folder.st_gid)


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(
        sqlite3.connect(path, timeout=WAIT_S, isolation_level=None, check_same_thread=False)
    ) as file:
        for pragma in PRAGMAS:
            file.execute(f"PRAGMA {pragma}").fetchall()
        yield file


def _entry(who: str, role: Role, hashed: str, name: str, counters: str) -> Entry:
    return Entry(who, role, hashed, name, tuple(counters.split()))
