"""The journal's file: how it is connected to, made, recognised, and locked.

SQL and operating system only: what the rows mean stands in journal_rows, what is done with them in journal.
"""

from __future__ import annotations

import errno
import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Self

from hall_controller.errors import JournalBroken, JournalBusy, JournalError, JournalUnavailable
from hall_controller.journal_rows import ORIGIN, Head, Row

Connect = Callable[[Path], sqlite3.Connection]

NAME: Final = "journal.sqlite"
"""Of the journal in the folder of data."""
APPLICATION_ID: Final = 0x48414C4C  # "HALL"
PAGE_BYTES: Final = (
    1024  # one fact more costs the card one page: small ones spare it (5.6 KB a commit; 8.7 with 4096)
)
WAL_BYTES: Final = (
    4 * 1024 * 1024
)  # checkpointed from here on: seldom enough for p99, small enough for a card
WAIT_S: Final = 1.0  # for a technician's program in the middle of a transaction
CHUNK_ROWS: Final = 1_000  # a reader's snapshot lasts no longer than this, or the WAL could not start anew

# One entry per format; a journal's user_version is how many of them it has been through.
MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (
        """CREATE TABLE fact (
            seq INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            time_trusted INTEGER NOT NULL,
            type TEXT NOT NULL,
            data TEXT NOT NULL,
            cause TEXT,
            hash BLOB NOT NULL
        ) STRICT""",
        "CREATE INDEX day_opened ON fact (seq) WHERE type = 'day.opened'",
        "CREATE INDEX controller_started ON fact (seq) WHERE type = 'controller.started'",
        """CREATE TRIGGER fact_follows BEFORE INSERT ON fact
            WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM fact)
            BEGIN SELECT RAISE(ABORT, 'a fact is written at the end of the journal only'); END""",
        """CREATE TRIGGER fact_stays BEFORE UPDATE ON fact
            BEGIN SELECT RAISE(ABORT, 'a fact is never changed'); END""",
        """CREATE TRIGGER fact_remains BEFORE DELETE ON fact
            BEGIN SELECT RAISE(ABORT, 'a fact is never deleted'); END""",
    ),
    (
        """CREATE TABLE cut_day (
            first INTEGER PRIMARY KEY,
            last INTEGER NOT NULL,
            hash BLOB NOT NULL,
            day TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            training INTEGER NOT NULL,
            summary TEXT NOT NULL,
            seal BLOB NOT NULL
        ) STRICT""",
        "DROP TRIGGER fact_follows",
        """CREATE TRIGGER fact_follows BEFORE INSERT ON fact
            WHEN NEW.seq IS NOT
                (SELECT coalesce(max(seq), (SELECT max(last) FROM cut_day), 0) + 1 FROM fact)
            BEGIN SELECT RAISE(ABORT, 'a fact is written at the end of the journal only'); END""",
        """CREATE TRIGGER cut_day_stays BEFORE UPDATE ON cut_day
            BEGIN SELECT RAISE(ABORT, 'a cut day is never changed'); END""",
        """CREATE TRIGGER cut_day_remains BEFORE DELETE ON cut_day
            BEGIN SELECT RAISE(ABORT, 'a cut day is never deleted'); END""",
    ),
)
CUT_SINCE: Final = 2  # the format that knows days without rows
INSERT: Final = "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?)"
_LOCK_FIELDS: Final = 2  # the process that writes, and the mark
UNREADABLE: Final = (
    sqlite3.Error,
    UnicodeDecodeError,
)  # damage can hit a text, or a name in SQLite's own sentence
_ERRNO: Final = {errno.ENOSPC: sqlite3.SQLITE_FULL, errno.EROFS: sqlite3.SQLITE_READONLY}
_DAMAGE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class Lock:
    """One controller per journal: an flock beside the file, gone with the process that held it.

    The lock file also bears a mark: a number of facts that were once acknowledged. It is not synced, so it may lag, but
    it never leads. A journal with fewer facts lost its log, or is an old copy put in place by hand.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock; raises JournalBusy at once when another process has it, JournalUnavailable."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        except OSError as error:
            raise told(error, path) from error
        holder, self.marked = self._read()
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.release()
            raise JournalBusy(
                f"{path} is in use by another controller (process {holder}): stop that one first."
            ) from error

    def mark(self, facts: int) -> None:
        """Note that so many facts are safe."""
        self.marked = facts
        with suppress(OSError):  # facts are safe without it
            os.pwrite(self._descriptor, b"%20d %20d\n" % (os.getpid(), facts), 0)

    def release(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _read(self) -> tuple[int, int]:
        fields = os.pread(self._descriptor, 64, 0).split()
        if len(fields) == _LOCK_FIELDS and all(field.isdigit() for field in fields):
            return int(fields[0]), int(fields[1])
        return 0, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def connect(path: Path) -> sqlite3.Connection:
    """A connection for the one writer, usable from any one thread at a time."""
    return sqlite3.connect(path, timeout=WAIT_S, isolation_level=None, check_same_thread=False)


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that can only read, also while another process writes."""
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro",
        uri=True,
        timeout=5.0,
        isolation_level=None,
        check_same_thread=False,
    )


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Recognise the file, or make a journal of an empty one, and set it up for durable writing."""
    recognise(connection, path, may_be_empty=True)
    for pragma in (
        f"page_size = {PAGE_BYTES}",
        "journal_mode = WAL",
        "synchronous = FULL",
        f"wal_autocheckpoint = {WAL_BYTES // PAGE_BYTES}",
        f"journal_size_limit = {2 * WAL_BYTES}",
        "cell_size_check = ON",
        "trusted_schema = OFF",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    done = _number(connection, "user_version")
    if done == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for migration in MIGRATIONS[done:]:
        for statement in migration:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    connection.execute("COMMIT")


def recognise(connection: sqlite3.Connection, path: Path, *, may_be_empty: bool = False) -> None:
    """Raise JournalBroken unless the file is a journal that this version can read."""
    mark, version = _number(connection, "application_id"), _number(connection, "user_version")
    if mark == APPLICATION_ID and 1 <= version <= len(MIGRATIONS):
        return
    if is_newer(connection):
        raise JournalBroken(
            f"{path} was written by a newer version (format {version}, this one knows {len(MIGRATIONS)}): "
            "install that version."
        )
    empty = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if not (may_be_empty and empty and mark == 0):
        raise JournalBroken(
            f"{path} is a database but not a journal: name another file, or move this one away."
        )


def is_newer(connection: sqlite3.Connection) -> bool:
    """Whether the journal has a format that this version does not know."""
    return _number(connection, "application_id") == APPLICATION_ID and _number(
        connection, "user_version"
    ) > len(MIGRATIONS)


def _number(connection: sqlite3.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def rows(connection: sqlite3.Connection, after: int, *, caused_only: bool = False) -> Iterator[Row]:
    """The rows after a number, in order, read in chunks; rows written meanwhile are included.

    At damage the rows before it still come, then one of UNREADABLE is raised.
    """
    only = " AND cause IS NOT NULL" if caused_only else ""
    select = f"SELECT * FROM fact WHERE seq > ?{only} ORDER BY seq LIMIT {CHUNK_ROWS}"  # noqa: S608 - constants only
    chunk: list[Row]
    while True:
        try:
            chunk = connection.execute(select, (after,)).fetchall()
        except UNREADABLE:
            yield from connection.execute(select, (after,))
            raise
        yield from chunk
        if len(chunk) < CHUNK_ROWS:
            return
        after = chunk[-1][0]


def last_days(connection: sqlite3.Connection, days: int) -> int:
    """The number of the row before the last `days` days began; where the rows begin when there were fewer."""
    opened = connection.execute(
        "SELECT seq FROM fact WHERE type = 'day.opened' ORDER BY seq DESC LIMIT 1 OFFSET ?", (days - 1,)
    ).fetchone()
    return int(opened[0]) - 1 if opened else beginning(connection).seq


def beginning(connection: sqlite3.Connection) -> Head:
    """The chain's end before the first row that is there: ORIGIN, or where days were cut (journal_cut)."""
    if _number(connection, "user_version") < CUT_SINCE:
        return ORIGIN
    cut = connection.execute("SELECT last, hash FROM cut_day ORDER BY first DESC LIMIT 1").fetchone()
    return Head(*cut) if cut else ORIGIN


def head_at(connection: sqlite3.Connection, seq: int) -> Head | None:
    """The chain's end as it was after row `seq`; None when there is no such row."""
    if seq == 0:
        return ORIGIN
    found = connection.execute("SELECT seq, hash FROM fact WHERE seq = ?", (seq,)).fetchone()
    if found:
        return Head(*found)
    cut = beginning(connection)
    return cut if cut.seq == seq else None


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn what SQLite and the operating system say into a JournalError."""
    try:
        yield
    except (*UNREADABLE, OSError) as error:
        raise told(error, path) from error


def told(error: sqlite3.Error | UnicodeDecodeError | OSError, path: Path) -> JournalError:
    """The error in one sentence that says what to do."""
    code = _code(error)
    if code == sqlite3.SQLITE_NOTADB:
        return JournalBroken(f"{path} is not a journal, or its beginning is destroyed: run `hall restore`.")
    if code in _DAMAGE:
        return JournalBroken(
            f"{path} is damaged ({error}): run `hall verify` to see where, then `hall restore`."
        )
    if code == sqlite3.SQLITE_FULL:
        return JournalUnavailable(
            f"The disk that holds {path} is full: make room, the hall goes on by itself."
        )
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return JournalUnavailable(f"Another program is writing to {path}: close it.")
    if code == sqlite3.SQLITE_READONLY:
        return JournalUnavailable(f"{path} cannot be written: make its disk and its folder writable.")
    said = error.strerror if isinstance(error, OSError) else error
    return JournalUnavailable(
        f"{path} cannot be used ({said}): check its disk, its folder and who owns them."
    )


def is_transient(error: sqlite3.Error) -> bool:
    """Whether the connection is as good as before: nothing reached the disk that it does not know of."""
    return _code(error) in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def _code(error: sqlite3.Error | UnicodeDecodeError | OSError) -> int:
    """Return SQLite's primary error code."""
    if isinstance(error, UnicodeDecodeError):
        return sqlite3.SQLITE_CORRUPT
    if isinstance(error, OSError):
        return _ERRNO.get(error.errno or 0, sqlite3.SQLITE_IOERR)
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
