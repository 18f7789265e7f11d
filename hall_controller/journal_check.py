"""Check a journal from its first fact to its last, while the hall is open if need be.

Reads only. The damage is named by the first row that is wrong; repairing is backup's task.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from hall_controller import journal_cut, journal_file, journal_wal
from hall_controller.errors import JournalBroken, JournalBusy, JournalUnavailable
from hall_controller.journal_file import Lock
from hall_controller.journal_rows import ORIGIN, Flaw, Head, Row, follow


class Verdict(NamedTuple):
    """What a check found: how far the chain is right, and the first flaw."""

    head: Head
    flaw: Flaw | None
    cut: journal_cut.CutDay | None = None
    """The last day of which only the summary is left."""

    @property
    def good(self) -> bool:
        """Whether every fact is as it was written."""
        return self.flaw is None

    @property
    def sentence(self) -> str:
        """The verdict for a person."""
        if self.flaw is None:
            right = f"The journal is right: {self.head.seq} facts, chain {self.head.hash.hex()[:16]}"
            if self.cut is None:
                return f"{right}."
            seal = self.cut.seal.hex()[:16]
            return f"{right}; up to {self.cut.day} only summaries are kept (facts to {self.cut.last}, seal {seal})."
        return f"The journal is wrong from row {self.flaw.seq} on: {self.flaw.why}. Run `hall restore`."


def verify(path: Path) -> Verdict:
    """Follow the whole chain; raises JournalUnavailable when there is no such file or it cannot be read."""
    if not path.exists():
        raise JournalUnavailable(f"There is no journal at {path}: check the name.")
    marked, damaged_log = _beside(path)
    with closing(journal_file.connect_to_read(path)) as connection:
        try:
            journal_file.recognise(connection, path)
            cut = journal_cut.cut_days(connection)
        except JournalBroken as error:
            return Verdict(ORIGIN, Flaw(1, str(error)))
        except journal_file.UNREADABLE as error:
            return _unreadable(ORIGIN, error, path)
        verdict = _whole_chain(connection, path, cut)
    if verdict.good and damaged_log:
        return Verdict(verdict.head, Flaw(verdict.head.seq + 1, "the log beside the journal is damaged"))
    if verdict.good and verdict.head.seq < marked:
        return Verdict(
            verdict.head, Flaw(verdict.head.seq + 1, f"facts are missing: {marked} were once safe")
        )
    return verdict


def _beside(path: Path) -> tuple[int, bool]:
    """The mark of the lock file, and whether the log is damaged; while a controller writes, it has checked the log."""
    if not Path(f"{path}.lock").exists():
        return 0, journal_wal.is_damaged(path)
    try:
        with Lock(path) as lock:
            return lock.marked, journal_wal.is_damaged(path)
    except JournalBusy:
        return 0, False


def _whole_chain(connection: sqlite3.Connection, path: Path, cut: list[journal_cut.CutDay]) -> Verdict:
    damage: list[Exception] = []
    start, flaw = journal_cut.follow(cut)
    if flaw is not None:
        return Verdict(start, flaw)
    head, flaw = follow(_until_damage(journal_file.rows(connection, 0), damage), start)
    if flaw is not None:
        return Verdict(head, flaw)
    if damage:
        return _unreadable(head, damage[0], path)
    try:
        said = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except journal_file.UNREADABLE as error:
        return _unreadable(head, error, path)
    if said != "ok":
        return Verdict(head, Flaw(head.seq + 1, f"the facts are right but the file is damaged ({said})"))
    return Verdict(head, None, cut[-1] if cut else None)


def _until_damage(rows: Iterator[Row], damage: list[Exception]) -> Iterator[Row]:
    try:
        yield from rows
    except journal_file.UNREADABLE as error:
        damage.append(error)


def _unreadable(head: Head, error: Exception, path: Path) -> Verdict:
    return Verdict(head, Flaw(head.seq + 1, f"{path} cannot be read there ({error})"))
