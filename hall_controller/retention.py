"""How long single people are kept: what is past the limits goes from every file that the hall keeps.

    journal          rows give way to summaries, officers in these to codes       (retention_days, journal_cutting)
    its backups      the same; one that holds nothing else is deleted
    set-aside files  old journals that a restore kept: deleted
    summaries        nothing of such days
    staff register   no name of somebody who was not there for so long

Only the journal needs a hall that is stopped. Every step can be killed and done again. Never here: which days are due,
how a file is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from hall_controller import journal_cut, journal_cutting, journal_file, summary_file
from hall_controller.errors import JournalBroken
from hall_controller.journal_cut import CutDay
from hall_controller.journal_file import Lock
from hall_controller.officer_codes import officer_codes
from hall_controller.retention_days import Limits, Past, done, past
from hall_controller.staff import presence
from hall_controller.staff.register import NAME as REGISTER_NAME
from hall_controller.staff.register import Register

SET_ASIDE: Final = timedelta(days=30)
"""An old journal that holds days past the limit serves so long to look for what a restore could not read."""
UNFINISHED: Final = timedelta(days=2)
"""A copy that was not finished by then never will be."""


class Part(StrEnum):
    """The journal needs a hall that is stopped; the files are all others, and follow it."""

    JOURNAL = "journal"
    FILES = "files"


class Removed(NamedTuple):
    """What was removed, or would be."""

    days: tuple[CutDay, ...] = ()
    backups: tuple[Path, ...] = ()
    """Those written anew without the days, or deleted because nothing else was in them."""
    set_aside: tuple[Path, ...] = ()
    """Old journals that a restore had kept, and copies that were never finished."""
    coded: int = 0
    """How many days without rows lost their officers."""
    people: tuple[str, ...] = ()
    """Whose names the register forgot."""

    @property
    def sentence(self) -> str:
        """For a person."""
        if not any(self):
            return "Nothing is past the limits of the retention settings."
        days = f" ({self.days[0].day} to {self.days[-1].day})" if self.days else ""
        return (
            f"{len(self.days)} days{days} give way to their summaries; "
            f"backups without them: {len(self.backups)}; old journals deleted: {len(self.set_aside)}; "
            f"older summaries without officers: {self.coded}; names forgotten: {len(self.people)}."
        )


def due(journal: Path, backups_in: Path, limits: Limits, zone: tzinfo, today: date) -> Removed:
    """What is past the limits, without touching it; raises HallError."""
    codes = officer_codes(journal.parent, keep=False)
    return _removed(journal, backups_in, limits, zone, past(journal, limits, zone, today, codes))


def retain(
    journal: Path, backups_in: Path, limits: Limits, zone: tzinfo, today: date, only: Part | None = None
) -> Removed:
    """Remove what is due, or that part alone; the files follow the journal, also while the hall runs again.

    Raises JournalBusy when rows are due while the hall runs, JournalBroken (then nothing is removed), or another
    HallError.
    """
    if only == Part.FILES:
        found = done(journal, today)
    else:
        codes = officer_codes(journal.parent, keep=limits.officer_names_days is not None)
        found = past(journal, limits, zone, today, codes)
    if found.days or found.coded:
        with Lock(journal) as lock, journal_file.telling(journal):
            _refuse_a_journal_that_lost_facts(journal, lock.marked)
            summary_file.forget(summary_file.beside(journal), found.through)
            journal_cutting.cut_off(journal, found.cut)
    if only == Part.JOURNAL:
        return Removed(found.days, coded=found.coded)
    removed = _removed(journal, backups_in, limits, zone, found)
    with journal_file.telling(backups_in):
        for file in removed.backups:
            _without(file, found.cut)
        for file in removed.set_aside:
            for part in _parts(file):
                part.unlink(missing_ok=True)
    if removed.people:
        with Register(journal.parent / REGISTER_NAME) as register:
            presence.forget_names(register, _names_since(found.until, limits, zone))
    return removed


def _removed(journal: Path, backups_in: Path, limits: Limits, zone: tzinfo, found: Past) -> Removed:
    backups = [file for file in sorted(backups_in.glob("*.sqlite")) if _is_behind(file, found)]
    aside = _set_aside(journal, found, found.until - timedelta(limits.ticket_days), zone)
    unfinished = (
        file
        for folder, name in (
            (backups_in, ".partial"),
            (backups_in, ".arriving"),
            (journal.parent, ".arriving"),
        )
        for file in sorted(folder.glob(f"*.sqlite*{name}"))
        if _last_written(file, zone) < found.until - UNFINISHED
    )
    people = _people(journal.parent / REGISTER_NAME, found, limits, zone)
    return Removed(found.days, tuple(backups), (*aside, *unfinished), found.coded, people)


def _set_aside(journal: Path, found: Past, limit: date, zone: tzinfo) -> Iterator[Path]:
    for file in sorted(journal.parent.glob(f"{journal.stem}.set-aside-*{journal.suffix}")):
        holds_removed_days = _begins(file) < found.through
        past_use = max(limit, found.until - SET_ASIDE) if holds_removed_days else limit
        if _last_written(file, zone) < past_use:
            yield file


def _people(register: Path, found: Past, limits: Limits, zone: tzinfo) -> tuple[str, ...]:
    if limits.officer_names_days is None or not register.exists():
        return ()
    with Register(register) as opened:
        return tuple(presence.long_gone(opened, _names_since(found.until, limits, zone)))


def _names_since(until: date, limits: Limits, zone: tzinfo) -> float:
    """Who was last there before this time, in seconds since 1970, loses the name."""
    return datetime.combine(until - timedelta(limits.officer_names_days or 0), time.min, zone).timestamp()


def _parts(file: Path) -> list[Path]:
    """An old journal's file and what lies beside it."""
    return [part for end in ("-shm", "-wal", "") if (part := Path(f"{file}{end}")).exists()]


def _last_written(file: Path, zone: tzinfo) -> date:
    return max(datetime.fromtimestamp(part.stat().st_mtime, zone).date() for part in _parts(file))


def _begins(file: Path) -> int:
    """After which number the rows of a file begin; before all when it cannot be read."""
    cut = _cut_of(file)
    return -1 if cut is None else cut[-1].last if cut else 0


def _is_behind(backup: Path, found: Past) -> bool:
    """Whether a backup holds more than the journal now may; one from which later days went does not."""
    if not found.cut:
        return False
    cut = _cut_of(backup)
    if not cut or cut[-1].last < found.through:
        return True
    return cut[-1].last == found.through and cut[-1].seal != found.cut[-1].seal


def _cut_of(file: Path) -> list[CutDay] | None:
    """The days without rows; None when it cannot be read. Nothing is made beside the file, whose age counts."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as connection:
            return journal_cut.cut_days(connection)
    except journal_file.UNREADABLE:
        return None


def _without(backup: Path, cut: Sequence[CutDay]) -> None:
    """Write a backup anew without the cut days; delete one that holds nothing else, or is not right."""
    try:
        journal_cutting.cut_off(backup, cut)
    except JournalBroken:
        backup.unlink(missing_ok=True)


def _refuse_a_journal_that_lost_facts(journal: Path, marked: int) -> None:
    with closing(journal_file.connect_to_read(journal)) as connection:
        (facts,) = connection.execute("SELECT max(seq) FROM fact").fetchone()
    if facts < marked:
        raise JournalBroken(
            f"{journal} holds {facts} facts, but {marked} were once safe: run `hall restore`."
        )
