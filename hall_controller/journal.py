"""The journal: what happened in the hall, written down so that a power cut cannot undo it.

Append and read; nothing here decides anything or knows what a fact means. One process writes (a lock beside the file
says so at once), any number of others may read meanwhile. `open` may run in one thread and `append` in another, but
only one thread at a time may use a Journal; `read` and `backup` have connections of their own and may run beside it.

When an append fails, nothing that it was given has been acknowledged, and no file is synced a second time: the next
call opens the journal anew. The failed facts are gone then, unless the process died in between and the disk had taken
them after all. So whoever appends rebuilds its state from `replay()` after every failure: what is there has happened,
and what is not there has not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import Final, Self

from hall_controller import journal_file, journal_wal
from hall_controller.errors import JournalBroken, JournalUnavailable
from hall_controller.journal_copy import copy
from hall_controller.journal_file import Connect, Lock
from hall_controller.journal_rows import ORIGIN, Entry, Head, Record, chained, follow, records

__all__ = ["Entry", "Journal", "Record"]

_MARK_EVERY: Final = 256  # facts
_REBUILD: Final = (
    "Facts that were thought lost were found on the disk: the state is built anew, then the hall goes on."
)


class Journal:
    """The hall's journal, open for writing."""

    def __init__(self, path: Path, lock: Lock, connect: Connect) -> None:
        """Use `Journal.open`."""
        self.path = path
        self._lock = lock
        self._connect = connect
        self._connection: sqlite3.Connection | None = None
        self._witness: sqlite3.Connection | None = None
        self._head = ORIGIN

    @classmethod
    def open(cls, path: Path, *, connect: Connect = journal_file.connect) -> Journal:
        """Open the journal, or begin one; raises JournalBroken, JournalBusy or JournalUnavailable."""
        journal = cls(path, Lock(path), connect)
        try:
            if not path.exists():
                journal._lock.mark(0)
            journal._connection = journal._opened()
            journal._lock.mark(journal.last_seq)
        except BaseException:  # whatever it is, the lock must not outlive a journal that nobody has
            journal.close()
            raise
        return journal

    @property
    def last_seq(self) -> int:
        """The number of the last fact; 0 when there is none."""
        return self._head.seq

    def append(self, entries: Sequence[Entry]) -> int:
        """Write all entries or none; the last number, once a power cut can no longer undo it.

        Raises JournalUnavailable (nothing was written as far as anybody was told; see above) or JournalBroken.
        """
        connection = self._ready_to_append()
        if not entries:
            return self.last_seq
        rows = chained(entries, self._head)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(journal_file.INSERT, rows)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._abandon(connection, error)
            raise journal_file.told(error, self.path) from error
        except BaseException:  # also Ctrl-C: what is on its way must not be committed with the next batch
            self._abandon(connection, None)
            raise
        self._head = Head(rows[-1][0], rows[-1][6])
        if self._head.seq - self._lock.marked >= _MARK_EVERY:
            self._lock.mark(self._head.seq)
        return self.last_seq

    def replay(self) -> Iterator[Record]:
        """From the last DayOpened on, it included; from the beginning when there is none."""
        return self._records(days=1)

    def answered(self) -> Iterator[Record]:
        """The records with a cause since the last but one DayOpened: presses that may be sent again."""
        return self._records(days=2, caused_only=True)

    def read(self, after: int = 0, *, limit: int | None = None) -> Iterator[Record]:
        """The records after a number, with a connection of its own."""
        with journal_file.telling(self.path), closing(journal_file.connect_to_read(self.path)) as connection:
            yield from records(islice(journal_file.rows(connection, after), limit))

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
            self._lock.mark(self.last_seq)
        self._dismiss_witness()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def backup(self, target: Path) -> None:
        """Copy the journal as it is now, while it is being written; `target` appears whole and verified, or not at all.

        Raises JournalUnavailable (the target cannot be written) or JournalBroken (the journal is damaged).
        """
        copy(self.path, target)

    def _opened(self) -> sqlite3.Connection:
        with journal_file.telling(self.path):
            if journal_wal.is_damaged(self.path):
                raise JournalBroken(f"The log beside {self.path} is damaged: run `hall restore`.")
            journal_wal.settle(self.path)
            connection = self._connect(self.path)
            try:
                journal_file.prepare(connection, self.path)
                self._head = self._checked_head(connection)
            except BaseException:  # whatever it is, a file that is not believed stays open nowhere
                connection.close()
                raise
        return connection

    def _checked_head(self, connection: sqlite3.Connection) -> Head:
        """The end of the chain, after the last day was checked and everything acknowledged was found."""
        if journal_file.head_at(connection, self._head.seq) != self._head:
            raise JournalBroken(f"{self.path} lost facts that were written down: run `hall restore`.")
        before = journal_file.last_days(connection, 1)
        start = journal_file.head_at(connection, before)
        if start is None:
            raise JournalBroken(f"{self.path} is damaged (row {before} is missing): run `hall restore`.")
        head, flaw = follow(journal_file.rows(connection, before), start)
        if flaw is not None:
            raise JournalBroken(f"{self.path} is damaged (row {flaw.seq}: {flaw.why}): run `hall restore`.")
        if head.seq < self._lock.marked:
            raise JournalBroken(
                f"{self.path} holds {head.seq} facts, but {self._lock.marked} were once safe: "
                "run `hall restore` with the newest backup."
            )
        return head

    def _ready(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self._opened()
            self._dismiss_witness()
        return self._connection

    def _ready_to_append(self) -> sqlite3.Connection:
        believed = self._head
        connection = self._ready()
        if self._head != believed:
            raise JournalUnavailable(_REBUILD)
        return connection

    def _abandon(self, connection: sqlite3.Connection, error: sqlite3.Error | None) -> None:
        """Undo the batch; after anything but a full or busy disk the connection is not trusted again.

        A reader opened before it closes is a witness of where the log ended: the next connection goes on from there,
        instead of finding the failed batch in the log and believing it.
        """
        with suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if error is not None and journal_file.is_transient(error):
                return
        if self._witness is None:
            with suppress(sqlite3.Error):
                self._witness = journal_file.connect_to_read(self.path)
                self._witness.execute("SELECT 1 FROM fact LIMIT 1").fetchall()
        self._connection = None
        connection.close()

    def _dismiss_witness(self) -> None:
        if self._witness is not None:
            self._witness.close()
            self._witness = None

    def _records(self, *, days: int, caused_only: bool = False) -> Iterator[Record]:
        with journal_file.telling(self.path):
            connection = self._ready()
            after = journal_file.last_days(connection, days)
            yield from records(journal_file.rows(connection, after, caused_only=caused_only))
