"""Counters and officers of a day: how long each was open, paused and busy, and with how many visitors.

Whoever is signed in, or was called on duty, is charged with the time. A counter that nobody closed counts until its
last key, and not until midnight.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hall_controller.domain import facts as f
from hall_controller.reports.counting.seeing import Seeing
from hall_controller.reports.counting.visits import whole_minutes
from hall_controller.reports.day_summary import Desk, Happening, Service

if TYPE_CHECKING:
    from datetime import date, tzinfo

_MILLISECOND = timedelta(milliseconds=1)
_Ended = f.TicketCompleted | f.TicketMissed | f.TicketHeld | f.TicketTransferred


@dataclass(slots=True)
class _Desk:
    status: str = "closed"
    since: datetime | None = None
    officer: str = ""
    ticket: str | None = None
    queue: str = ""
    called_at: datetime | None = None
    last_key: datetime | None = None


class Desks(Seeing):
    """Counts the counters' time while the facts of one day go by."""

    def __init__(self, timezone: tzinfo) -> None:
        self._timezone = timezone
        self.day: date | None = None
        self._desks: dict[str, _Desk] = {}
        self.desks: Counter[Desk] = Counter()
        self.services: Counter[Service] = Counter()
        self.happenings: Counter[Happening] = Counter()
        self.ways = {
            f.CounterOpened: lambda fact: self._turn(fact.counter, fact.at, "open", fact.officer),
            f.CounterPaused: self._paused,
            f.CounterClosed: self._closed,
            f.OfficerSignedIn: lambda fact: self._sits(fact.counter, fact.at, fact.officer),
            f.OfficerSignedOut: self._left,
            f.TicketCalled: self._called,
            f.TicketResumed: lambda fact: self._begins(fact, ""),
            f.TicketCompleted: self._ends,
            f.TicketMissed: self._ends,
            f.TicketHeld: self._ends,
            f.TicketTransferred: self._ends,
            f.BellAnswered: self._answered,
            f.BellRung: self._rung,
        }

    def end(self, at: datetime) -> None:
        """Charge what is still open, when the day has no more facts."""
        for counter in self._desks:
            self._turn(counter, self._believed(counter, at), "closed")

    def _paused(self, fact: f.CounterPaused) -> None:
        self._turn(fact.counter, fact.at, "paused")
        self._count(fact.counter, "pauses")

    def _closed(self, fact: f.CounterClosed) -> None:
        self._turn(fact.counter, self._believed(fact.counter, fact.at), "closed")

    def _left(self, fact: f.OfficerSignedOut) -> None:
        self._sits(fact.counter, self._believed(fact.counter, fact.at), "")

    def _called(self, fact: f.TicketCalled) -> None:
        self._begins(fact, fact.queue)
        self._count(fact.counter, "calls")

    def _answered(self, fact: f.BellAnswered) -> None:
        self.happenings[Happening("bells", fact.counter)] += 1
        self.happenings[Happening("bell_response_ms", fact.counter)] += round(fact.response_s * 1000)

    def _rung(self, fact: f.BellRung) -> None:
        self.happenings[Happening("bell_rings", fact.counter)] += 1

    def _desk(self, counter: str) -> _Desk:
        return self._desks.setdefault(counter, _Desk())

    def _believed(self, counter: str, at: datetime) -> datetime:
        """A counter that only midnight closed was left at its last key."""
        desk = self._desk(counter)
        over = self.day is not None and at.astimezone(self._timezone).date() > self.day
        return desk.last_key or at if over else at

    def _turn(self, counter: str, at: datetime, status: str, officer: str | None = None) -> None:
        desk = self._desk(counter)
        if desk.since is not None and desk.status != "closed":
            spent_ms = max(0, (at - desk.since) // _MILLISECOND)
            self.desks[Desk(counter, desk.officer, f"{desk.status}_ms")] += spent_ms
        desk.status, desk.since, desk.last_key = status, at, at
        desk.officer = officer or desk.officer

    def _sits(self, counter: str, at: datetime, officer: str) -> None:
        self._turn(counter, at, self._desk(counter).status)
        self._desk(counter).officer = officer

    def _begins(self, fact: f.TicketCalled | f.TicketResumed, queue: str) -> None:
        desk = self._desk(fact.counter)
        if fact.officer and fact.officer != desk.officer:
            self._sits(fact.counter, fact.at, fact.officer)
        desk.ticket, desk.called_at, desk.last_key, desk.queue = fact.ticket, fact.at, fact.at, queue

    def _ends(self, fact: _Ended) -> None:
        desk = self._desk(fact.counter)
        if desk.ticket != fact.ticket or desk.called_at is None:
            return
        at = self._believed(fact.counter, fact.at)
        busy_ms = max(0, (at - desk.called_at) // _MILLISECOND)
        self.desks[Desk(fact.counter, desk.officer, "busy_ms")] += busy_ms
        match fact:
            case f.TicketCompleted():
                self._count(fact.counter, "served")
                if desk.queue:
                    self.services[Service(desk.queue, whole_minutes(busy_ms / 1000))] += 1
            case f.TicketMissed():
                self._count(fact.counter, "missed")
            case _:
                pass
        desk.ticket, desk.called_at, desk.last_key = None, None, at

    def _count(self, counter: str, what: str) -> None:
        self.desks[Desk(counter, self._desk(counter).officer, what)] += 1
