"""Write a journal, or a backup of one, anew without the rows of its oldest days.

The new file takes the old one's place in one step, so whoever kills this finds the old one or the new one whole, and
no byte of the removed rows is left in it. Never here: which days are due.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from hall_controller import journal_cut, journal_file, journal_wal
from hall_controller.errors import JournalBroken, JournalUnavailable
from hall_controller.journal_check import verify
from hall_controller.journal_copy import name_durably
from hall_controller.journal_cut import CutDay
from hall_controller.journal_rows import Head


def cut_off(path: Path, days: Sequence[CutDay]) -> None:
    """Let the file begin behind the last of `days`, which are all that were ever cut, sealed.

    Nobody may be writing to it: the caller holds the journal's lock. Raises JournalBroken when the file is not right
    from its first fact to its last, or does not hold what the days say; JournalUnavailable when somebody reads it or
    there is no room. Then it is as it was.
    """
    arriving = _arriving(path)
    clear(path)
    try:
        with journal_file.telling(path):
            head = _one_whole_file(path, days[-1])
            _write(path, arriving, days)
        verdict = verify(arriving)
        if not verdict.good or verdict.head != head:
            raise JournalBroken(f"{path} was left as it is, as its copy is not right: {verdict.sentence}")
        with journal_file.telling(path):
            name_durably(arriving, path)
    finally:
        clear(path)


def clear(path: Path) -> None:
    """Remove what a killed cut left beside the file."""
    for end in ("", "-journal", "-wal", "-shm"):
        Path(f"{_arriving(path)}{end}").unlink(missing_ok=True)


def _arriving(path: Path) -> Path:
    return path.with_name(f"{path.name}.cutting")


def _one_whole_file(path: Path, last: CutDay) -> Head:
    """Take the log beside it in, and check everything that is about to be the only proof; the chain's end."""
    if journal_wal.is_damaged(path):
        raise JournalBroken(f"The log beside {path} is damaged: run `hall restore`.")
    journal_wal.settle(path)
    verdict = verify(path)
    if not verdict.good:
        raise JournalBroken(f"Nothing was cut off {path}: {verdict.sentence}")
    with closing(journal_file.connect(path)) as connection:
        if journal_file.head_at(connection, last.last) != Head(last.last, last.hash):
            raise JournalBroken(f"Nothing was cut off {path}: it does not hold the days to {last.day}.")
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "delete" or journal_wal.beside(path).exists():
        raise JournalUnavailable(f"Another program is reading {path}: close it.")
    return verdict.head


def _write(path: Path, arriving: Path, days: Sequence[CutDay]) -> None:
    with (
        closing(journal_file.connect_to_read(path)) as old,
        closing(journal_file.connect(arriving)) as new,
    ):
        journal_file.prepare(new, arriving)
        new.execute("PRAGMA journal_mode = DELETE").fetchall()
        new.execute("BEGIN IMMEDIATE")
        new.executemany(journal_cut.INSERT, days)
        new.executemany(journal_file.INSERT, journal_file.rows(old, days[-1].last))
        new.execute("COMMIT")
    was = path.stat()
    arriving.chmod(was.st_mode & 0o777)
    if os.geteuid() == 0:
        os.chown(arriving, was.st_uid, was.st_gid)
