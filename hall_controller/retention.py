"""How long single tickets are kept: days past the limit give way to their summaries, in the journal and its backups.

Works on a hall that is stopped. A day counts as past the limit only by the journal's own later days as well as by the
clock, so a clock that is ahead removes nothing. Days go from the oldest on, without gaps; the last opened day always
stays, as the hall is rebuilt from it. Every step can be killed and done again. Never here: how a file is written anew.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import NamedTuple

from hall_controller import journal_cut, journal_cutting, journal_days, journal_file
from hall_controller.backup import backups
from hall_controller.domain.facts import ControllerStarted, DayOpened
from hall_controller.errors import JournalBroken
from hall_controller.journal_check import verify
from hall_controller.journal_cut import CutDay
from hall_controller.journal_days import OpenedDay, Span
from hall_controller.journal_file import Lock
from hall_controller.reports import cut_summary
from hall_controller.reports.summing import day_of, summarise


class Removed(NamedTuple):
    """What was removed, or would be."""

    days: tuple[CutDay, ...] = ()
    backups: tuple[Path, ...] = ()
    """Those written anew without the days, or deleted because nothing else was in them."""
    set_aside: tuple[Path, ...] = ()
    """Old journals that a restore had kept."""

    @property
    def sentence(self) -> str:
        """For a person."""
        if not any(self):
            return "Nothing is past the limit of retention.ticket_days."
        days = f" ({self.days[0].day} to {self.days[-1].day})" if self.days else ""
        return (
            f"{len(self.days)} days{days} give way to their summaries; "
            f"backups without them: {len(self.backups)}; old journals deleted: {len(self.set_aside)}."
        )


def due(journal: Path, backups_in: Path, ticket_days: int, zone: tzinfo, today: date) -> Removed:
    """What is past the limit, without touching it; raises JournalError."""
    newest = _day(journal_days.opened_day(journal, spans[-1])) if (spans := _spans(journal)) else None
    until = min(today, newest or today)
    limit = until - timedelta(ticket_days)
    cut = journal_days.cut_days(journal)
    days = journal_cut.sealed(_past(journal, spans, limit, until, zone), cut[-1] if cut else None)
    through = (days or cut)[-1].last if days or cut else 0
    stale = tuple(file for file in backups(backups_in) if through and _begins(file) < through)
    aside = sorted(journal.parent.glob(f"{journal.stem}.set-aside-*{journal.suffix}"))
    old = tuple(file for file in aside if _last_written(file, zone) < limit)
    return Removed(tuple(days), stale, old)


def retain(journal: Path, backups_in: Path, ticket_days: int, zone: tzinfo, today: date) -> Removed:
    """Remove what is due.

    Raises JournalBusy while the hall runs, JournalBroken (then nothing is removed), or JournalUnavailable.
    """
    with Lock(journal) as lock, journal_file.telling(journal):
        journal_cutting.clear(journal)
        removed = due(journal, backups_in, ticket_days, zone, today)
        cut = journal_days.cut_days(journal) + list(removed.days)
        if removed.days:
            _refuse_a_journal_that_lost_facts(journal, lock.marked)
            journal_cutting.cut_off(journal, cut)
        for file in removed.backups:
            _without(file, cut)
        for file in removed.set_aside:
            for part in _parts(file):
                part.unlink(missing_ok=True)
    return removed


def _past(journal: Path, spans: list[Span], limit: date, until: date, zone: tzinfo) -> list[CutDay]:
    """The days to cut; one whose date cannot be believed goes only with a later one that is past the limit."""
    read: list[CutDay] = []
    certain = 0
    cut = journal_days.cut_days(journal)
    epoch = cut[-1].epoch if cut else 1
    for span in spans[:-1]:
        opened = journal_days.opened_day(journal, span)
        summary = summarise(opened.facts, zone, training=opened.training)
        trusted = any(isinstance(fact, DayOpened) and fact.time_trusted for fact in opened.facts)
        believed = summary is not None and trusted and summary.day <= until
        if summary is None or (believed and summary.day >= limit):
            break
        starts = [fact for fact in opened.facts if isinstance(fact, ControllerStarted)]
        epoch = max(epoch, *(fact.epoch for fact in starts), 1)
        training = starts[-1].training if starts else opened.training
        read.append(
            CutDay(
                span.first,
                span.last,
                span.hash,
                summary.day.isoformat(),
                epoch,
                int(training),
                cut_summary.written(summary),
            )
        )
        certain = len(read) if believed else certain
    return read[:certain]


def _spans(journal: Path) -> list[Span]:
    return journal_days.spans(journal, date.min, date.max)


def _day(opened: OpenedDay) -> date | None:
    return day_of(opened.facts)


def _parts(file: Path) -> list[Path]:
    """An old journal's file and what lies beside it."""
    return [part for end in ("-shm", "-wal", "") if (part := Path(f"{file}{end}")).exists()]


def _last_written(file: Path, zone: tzinfo) -> date:
    return max(datetime.fromtimestamp(part.stat().st_mtime, zone).date() for part in _parts(file))


def _begins(file: Path) -> int:
    """After which number the rows of a backup begin; before all when it cannot be read."""
    try:
        with closing(journal_file.connect_to_read(file)) as connection:
            return journal_file.beginning(connection).seq
    except journal_file.UNREADABLE:
        return -1


def _without(backup: Path, cut: list[CutDay]) -> None:
    """Write a backup anew without the cut days; delete one that holds nothing else, or is not right."""
    try:
        journal_cutting.cut_off(backup, cut)
    except JournalBroken:
        backup.unlink(missing_ok=True)


def _refuse_a_journal_that_lost_facts(journal: Path, marked: int) -> None:
    verdict = verify(journal)
    if verdict.head.seq < marked:
        raise JournalBroken(
            f"{journal} holds {verdict.head.seq} facts, but {marked} were once safe: run `hall restore`."
        )
