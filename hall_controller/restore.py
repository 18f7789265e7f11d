"""The way back from a damaged or wrong journal: set it aside, go back to a backup, carry over what can be trusted.

A restore never throws anything away, raises the epoch, and works out which numbers were given out. It runs while no
controller does (it takes the journal's lock); what the lost numbers mean for the day is the controller's to decide.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import count
from pathlib import Path
from typing import NamedTuple

from hall_controller import journal_cut, journal_file, journal_wal
from hall_controller.backup import backups
from hall_controller.errors import JournalBroken
from hall_controller.journal_copy import copy, name_durably
from hall_controller.journal_file import Lock
from hall_controller.journal_rows import Head, follow
from hall_controller.restored import Restored, epoch_to_use, journal_epoch, write_down

_DIGITS = re.compile(r"\d+$")


class _Day(NamedTuple):
    """The last business day that a file tells of, its highest number per queue, and whether all of it was read."""

    day: date | None
    highest: dict[str, int]
    whole: bool


def restore(backup: Path | None, path: Path, *, carry: bool = True) -> Restored:
    """Put a backup in the journal's place; the old journal is kept beside it.

    With `carry`, later facts of the old journal that continue the backup's chain are taken over, as far as the chain
    is right. Without a backup they are all that there is. Raises JournalBusy, JournalUnavailable, or JournalBroken when
    the backup does not verify: then nothing has changed.
    """
    with Lock(path) as lock, journal_file.telling(path):
        return _restore(backup, path, lock, carry=carry)


def recover(path: Path, folder: Path) -> Restored:
    """Restore the newest backup of the folder that verifies, or else what can be read of the journal itself.

    For the start of a controller whose journal turned out to be broken. Raises JournalBroken when the file was never
    this hall's journal, or belongs to a newer version: such a file is not touched.
    """
    candidates: list[Path | None] = [*backups(folder)]
    with Lock(path) as lock, journal_file.telling(path):
        _refuse_a_strangers_file(path, was_ours=bool(candidates) or lock.marked > 0)
        for backup in candidates:
            try:
                return _restore(backup, path, lock, carry=True)
            except JournalBroken:
                continue
        return _restore(None, path, lock, carry=True)


def set_aside(path: Path) -> Path:
    """Move the journal away, so that the next start begins a new one, of a greater epoch; the old file's new name."""
    with Lock(path) as lock, journal_file.telling(path):
        day = _last_day(path)
        aside = _free_name(path)
        restored = Restored(_next_epoch(path), day.day, day.highest, complete=False, set_aside=aside.name)
        write_down(restored, path)
        _move_log(path, aside)
        path.replace(aside)
        lock.mark(0)
    return aside


def _restore(backup: Path | None, path: Path, lock: Lock, *, carry: bool) -> Restored:
    arriving = path.with_name(f"{path.name}.arriving")
    arriving.unlink(missing_ok=True)
    try:
        head = copy(backup, arriving).head if backup else _begin(arriving, path)
        reached, whole = _carry_over(path, arriving, head) if carry else (head, False)
        lost = max(lock.marked, _last_seq(path)) > reached.seq
        known, old = _last_day(arriving), _last_day(path)
        complete = whole and not lost and not journal_wal.is_damaged(path)
        restored = Restored(
            epoch=max(_next_epoch(path), journal_epoch(arriving) + 1),
            day=known.day if complete else _later_day(known, old),
            highest=_merged(known, old),
            complete=complete,
            carried=reached.seq - head.seq,
            backup=str(backup) if backup else None,
            set_aside=_free_name(path).name if path.exists() else None,
        )
        write_down(restored, path)
        _put_in_place(arriving, path)
        lock.mark(reached.seq)
    finally:
        arriving.unlink(missing_ok=True)
    return restored


def _begin(arriving: Path, path: Path) -> Head:
    """An empty journal; where days of the old one were cut, it begins behind them, as that one did."""
    with closing(journal_file.connect(arriving)) as connection:
        journal_file.prepare(connection, arriving)
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.executemany(journal_cut.INSERT, _cut_of(path))
        return journal_file.beginning(connection)


def _cut_of(path: Path) -> list[journal_cut.CutDay]:
    """The cut days of the journal, when they can be trusted."""
    if not path.exists():
        return []
    with closing(journal_file.connect_to_read(path)) as connection:
        try:
            cut = journal_cut.cut_days(connection)
        except journal_file.UNREADABLE:
            return []
    return [] if journal_cut.follow(cut)[1] else cut


def _carry_over(path: Path, arriving: Path, head: Head) -> tuple[Head, bool]:
    """Add the rows that continue the chain; how far it then reaches, and whether that was to the old journal's end."""
    if not path.exists():
        return head, False
    with closing(journal_file.connect_to_read(path)) as old, closing(journal_file.connect(arriving)) as new:
        new.execute("BEGIN IMMEDIATE")
        whole = True
        try:
            journal_file.recognise(old, path)
            for row in journal_file.rows(old, head.seq):
                reached, flaw = follow((row,), head)
                if flaw is not None:
                    whole = False
                    break
                new.execute(journal_file.INSERT, row)
                head = reached
        except (*journal_file.UNREADABLE, JournalBroken):
            whole = False
        new.execute("COMMIT")
    return head, whole


def _last_day(path: Path) -> _Day:
    """Read a journal backwards to the beginning of its last day, or to the first damage."""
    day, highest = None, dict[str, int]()
    if not path.exists():
        return _Day(None, {}, whole=False)
    with closing(journal_file.connect_to_read(path)) as connection:
        try:
            for kind, data in _backwards(connection):
                fields = json.loads(data)
                if kind == "ticket.issued" and (digits := _DIGITS.search(fields["ticket"])):
                    queue = fields["queue"]
                    highest[queue] = max(highest.get(queue, 0), int(digits[0]))
                elif kind == "day.corrected":
                    day = day or date.fromisoformat(fields["day"])
                elif kind == "day.opened":
                    day = day or date.fromisoformat(fields["day"])
                    break
        except (sqlite3.Error, ValueError, TypeError, KeyError):  # damaged text is a ValueError
            return _Day(None, highest, whole=False)
    return _Day(day, highest, whole=True)


def _backwards(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    return iter(connection.execute("SELECT type, data FROM fact ORDER BY seq DESC"))


def _merged(restored: _Day, old: _Day) -> dict[str, int]:
    """The highest numbers of the last day of both; one that belongs to an earlier day does not count."""
    if restored.day and old.day and restored.day != old.day:
        return (restored if restored.day > old.day else old).highest
    queues = restored.highest.keys() | old.highest.keys()
    return {queue: max(restored.highest.get(queue, 0), old.highest.get(queue, 0)) for queue in sorted(queues)}


def _later_day(restored: _Day, old: _Day) -> date | None:
    """The old journal's last day where it is surely the newest: the day after it may have been lost too."""
    if old.day and (restored.day is None or old.day > restored.day):
        return old.day
    return None


def _last_seq(path: Path) -> int:
    if not path.exists():
        return 0
    with closing(journal_file.connect_to_read(path)) as connection:
        try:
            return int(connection.execute("SELECT coalesce(max(seq), 0) FROM fact").fetchone()[0])
        except journal_file.UNREADABLE:
            return 0


def _next_epoch(path: Path) -> int:
    try:
        return epoch_to_use(path) + 1
    except JournalBroken:  # the note of the last restore is damaged, and is written anew
        return journal_epoch(path) + 1


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.stem}.set-aside-{n}{path.suffix}") for n in count(1))
    return next(name for name in names if not name.exists())


def _put_in_place(arriving: Path, path: Path) -> None:
    """Keep the old journal under another name; the new one takes its place in one step, so one is always there."""
    if path.exists():
        aside = _free_name(path)
        os.link(path, aside)
        _move_log(path, aside)
    name_durably(arriving, path)


def _move_log(path: Path, aside: Path) -> None:
    if journal_wal.beside(path).exists():
        journal_wal.beside(path).replace(journal_wal.beside(aside))
    Path(f"{path}-shm").unlink(missing_ok=True)


def _refuse_a_strangers_file(path: Path, *, was_ours: bool) -> None:
    with closing(journal_file.connect_to_read(path)) as connection:
        try:
            if journal_file.is_newer(connection) or not was_ours:
                journal_file.recognise(connection, path)
        except journal_file.UNREADABLE:
            if not was_ours:
                raise
