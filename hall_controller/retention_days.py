"""Which days of a journal are past the limits, and what stands in their place; reading only.

A day counts as past a limit only by the journal's own later days as well as by the clock, so a clock that is ahead
removes nothing. Days go from the oldest on, without gaps; the last opened day always stays, as the hall is rebuilt
from it. Officers go by whole months, as their scores are told by months. Never here: what becomes of a file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from pathlib import Path
from typing import NamedTuple

from hall_controller import journal_cut, journal_days
from hall_controller.domain.facts import ControllerStarted, DayOpened
from hall_controller.journal_cut import CutDay
from hall_controller.journal_days import OpenedDay, Span
from hall_controller.reports import cut_summary
from hall_controller.reports.summing import day_of, summarise


class Limits(NamedTuple):
    """How many days single tickets are kept, and officers in summaries (None: for ever)."""

    ticket_days: int
    officer_names_days: int | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """What is past the limits, and all that then stands in place of rows."""

    until: date
    """From which the limits count: the newest day of the journal or today, whichever is earlier."""
    days: tuple[CutDay, ...]
    """Days whose rows go."""
    cut: tuple[CutDay, ...]
    """All days without rows, those before and these, sealed anew."""
    coded: int
    """How many days that had no rows already lose their officers."""

    @property
    def through(self) -> int:
        """The last row that is not there; 0 when all are."""
        return self.cut[-1].last if self.cut else 0


def past(journal: Path, limits: Limits, zone: tzinfo, today: date, code: Callable[[str], str]) -> Past:
    """What is past the limits, with codes for officers; raises JournalError."""
    spans = journal_days.spans(journal, date.min, date.max)
    until = _until(journal, spans, today)
    before = journal_days.cut_days(journal)
    new = _rows_to_go(journal, spans, until - timedelta(limits.ticket_days), until, zone)
    days = [*before, *new]
    if limits.officer_names_days is not None:
        month = (until - timedelta(limits.officer_names_days)).replace(day=1)
        days = [_without_officers(day, month, code) for day in days]
    lost = sum(old.summary != now.summary for old, now in zip(before, days, strict=False))
    return Past(until, tuple(days[len(before) :]), tuple(journal_cut.sealed(days, None)), lost)


def done(journal: Path, today: date) -> Past:
    """What was past the limits when the journal was last written anew; raises JournalError."""
    until = _until(journal, journal_days.spans(journal, date.min, date.max), today)
    return Past(until, (), tuple(journal_days.cut_days(journal)), 0)


def _until(journal: Path, spans: list[Span], today: date) -> date:
    newest = day_of(journal_days.opened_day(journal, spans[-1]).facts) if spans else None
    return min(today, newest or today)


def _without_officers(day: CutDay, month: date, code: Callable[[str], str]) -> CutDay:
    if date.fromisoformat(day.day) >= month:
        return day
    return day._replace(summary=cut_summary.with_codes(day.summary, code))


def _rows_to_go(journal: Path, spans: list[Span], limit: date, until: date, zone: tzinfo) -> list[CutDay]:
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
        epoch = max(epoch, *(start.epoch for start in _starts(opened)), 1)
        training = _starts(opened)[-1].training if _starts(opened) else opened.training
        text = cut_summary.written(summary)
        read.append(CutDay(*span[1:], summary.day.isoformat(), epoch, int(training), text))
        certain = len(read) if believed else certain
    return read[:certain]


def _starts(opened: OpenedDay) -> list[ControllerStarted]:
    return [fact for fact in opened.facts if isinstance(fact, ControllerStarted)]
