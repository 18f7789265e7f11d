"""What a recorded day says about its people: who came when for what, how long each kept a counter, who sat where.

Belongs here: reading that out of facts, of a real day or of a replayed one alike. Never here: chance, or what would be
otherwise. Times are milliseconds since midnight.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hall_controller.domain import facts as f
from hall_controller.simulation.visits import since_midnight_ms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, tzinfo

GAP_AT_MOST_MS: Final = 30 * 60_000
"""Who calls nobody for longer, though people wait, was not at the counter."""
NOTICE_AT_MOST_MS: Final = 5 * 60_000


@dataclass(slots=True)
class Visitor:
    """One number of the day, and what became of it."""

    at_ms: int
    queue: str
    service: str
    purpose: str
    language: str = "vi"
    priority: str | None = None
    called_ms: int | None = None
    """The first call."""
    turn_ms: int | None = None
    """How long it kept a counter, its officer's pause for breath included; None when it was never served."""
    came: bool = True
    back_ms: int | None = None
    """So long after a missed call the visitor came back."""
    waited_again: bool = False
    hold_ms: int | None = None
    sent_to: str | None = None
    parts: int = 1
    """At how many counters it was served: one more each time it was sent on."""
    gave_up: bool = False
    """Taken out of the queue before any call."""

    @property
    def part_ms(self) -> int | None:
        """How long it kept each counter that served it, on average."""
        return None if self.turn_ms is None else self.turn_ms // self.parts


@dataclass(slots=True)
class Span:
    """A stretch in which a counter was open; the last call in it."""

    opens_ms: int
    ends_ms: int | None = None
    last_call_ms: int | None = None


@dataclass(slots=True)
class RecordedDay:
    """One business day."""

    day: date
    visitors: dict[str, Visitor] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)
    """By counter, in their order."""
    notices_ms: list[int] = field(default_factory=list)
    """How soon an idle counter called somebody who had just come."""
    misses_ms: list[int] = field(default_factory=list)
    """How long a counter waited for somebody who did not come."""
    clock_was_wrong: bool = False
    training: bool = False


def recorded(facts: Iterable[f.Fact], timezone: tzinfo, *, training: bool = False) -> RecordedDay | None:
    """The day that these facts tell; None when they open none."""
    reader: _Reader | None = None
    for fact in facts:
        if isinstance(fact, f.ControllerStarted):
            training = fact.training
        if isinstance(fact, f.DayOpened) and reader is None:
            reader = _Reader(RecordedDay(fact.day), timezone)
        if reader is not None:
            reader.see(fact)
    if reader is None:
        return None
    reader.day.training = training
    return reader.day


@dataclass(slots=True)
class _Desk:
    """A counter as the day goes by: who is there since when, and since when it is free."""

    ticket: str | None = None
    since_ms: int = 0
    free_ms: int | None = None
    left: str | None = None
    """Who was served last."""


class _Reader:
    def __init__(self, day: RecordedDay, timezone: tzinfo) -> None:
        self.day = day
        self._timezone = timezone
        self._desks: dict[str, _Desk] = {}
        self._held: dict[str, int] = {}
        self._missed: dict[str, int] = {}

    def see(self, fact: f.Fact) -> None:  # noqa: C901, PLR0912 - one case a fact
        at_ms = since_midnight_ms(self.day.day, fact.at.astimezone(self._timezone))
        match fact:
            case f.TicketIssued():
                self.day.visitors[fact.ticket] = Visitor(
                    at_ms, fact.queue, fact.service, fact.purpose, fact.language, fact.priority
                )
            case f.TicketReleased():
                if visitor := self.day.visitors.get(fact.ticket):
                    visitor.at_ms = at_ms
            case f.TicketCalled():
                self._called(fact.ticket, fact.counter, at_ms)
            case f.TicketResumed():
                self._resumed(fact.ticket, fact.counter, at_ms)
            case f.TicketRequeued():
                self._came_back(fact.ticket, at_ms, waited=True)
            case f.TicketCompleted():
                self._ended(fact.counter, at_ms, counts=fact.reason != "day_over")
            case f.TicketTransferred():
                self._sent_on(fact, at_ms)
            case f.TicketHeld():
                self._ended(fact.counter, at_ms)
                self._held[fact.ticket] = at_ms
            case f.TicketMissed():
                self._did_not_come(fact, at_ms)
            case f.TicketVoided():
                self._voided(fact, at_ms)
            case f.CounterOpened():
                self.day.spans.setdefault(fact.counter, []).append(Span(at_ms))
                self._desk(fact.counter).free_ms = None
            case f.CounterPaused() | f.CounterClosed():
                self._closed(fact.counter, at_ms)
            case f.DayCorrected():
                self.day.clock_was_wrong = True
            case _:
                pass

    def _desk(self, counter: str) -> _Desk:
        return self._desks.setdefault(counter, _Desk())

    def _sits_down(self, ticket: str, counter: str, at_ms: int) -> None:
        desk = self._desk(counter)
        desk.ticket, desk.since_ms = ticket, at_ms
        spans = self.day.spans.get(counter)
        if spans:
            spans[-1].last_call_ms = at_ms

    def _called(self, ticket: str, counter: str, at_ms: int) -> None:
        desk, visitor = self._desk(counter), self.day.visitors.get(ticket)
        if visitor is None:
            return
        if visitor.called_ms is None:
            visitor.called_ms = at_ms
            self._waited_for(desk, visitor, at_ms)
        self._sits_down(ticket, counter, at_ms)

    def _waited_for(self, desk: _Desk, visitor: Visitor, at_ms: int) -> None:
        """Between two visits: what the officer needed while somebody waited, or how soon an idle one noticed."""
        if desk.free_ms is None:
            return
        if visitor.at_ms >= desk.free_ms:
            if at_ms - visitor.at_ms <= NOTICE_AT_MOST_MS:
                self.day.notices_ms.append(at_ms - visitor.at_ms)
        elif desk.left is not None and at_ms - desk.free_ms <= GAP_AT_MOST_MS:
            left = self.day.visitors[desk.left]
            left.turn_ms = (left.turn_ms or 0) + at_ms - desk.free_ms

    def _resumed(self, ticket: str, counter: str, at_ms: int) -> None:
        if ticket in self._held and (visitor := self.day.visitors.get(ticket)):
            visitor.hold_ms = at_ms - self._held.pop(ticket)
        self._came_back(ticket, at_ms, waited=False)
        self._sits_down(ticket, counter, at_ms)

    def _came_back(self, ticket: str, at_ms: int, *, waited: bool) -> None:
        visitor = self.day.visitors.get(ticket)
        if ticket in self._missed and visitor is not None:
            visitor.back_ms, visitor.waited_again = at_ms - self._missed.pop(ticket), waited

    def _ended(self, counter: str, at_ms: int, *, counts: bool = True) -> None:
        desk = self._desk(counter)
        ticket, desk.ticket, desk.free_ms, desk.left = desk.ticket, None, at_ms, None
        visitor = self.day.visitors.get(ticket) if ticket else None
        if visitor is not None and counts:
            visitor.turn_ms = (visitor.turn_ms or 0) + at_ms - desk.since_ms
            desk.left = ticket

    def _sent_on(self, fact: f.TicketTransferred, at_ms: int) -> None:
        if self._desk(fact.counter).ticket != fact.ticket:
            return  # a closing counter sends back whom it held
        self._ended(fact.counter, at_ms)
        if visitor := self.day.visitors.get(fact.ticket):
            visitor.sent_to = fact.to_queue or fact.to_counter
            visitor.parts += 1

    def _did_not_come(self, fact: f.TicketMissed, at_ms: int) -> None:
        desk = self._desk(fact.counter)
        self.day.misses_ms.append(at_ms - desk.since_ms)
        self._ended(fact.counter, at_ms, counts=False)
        self._missed[fact.ticket] = at_ms
        if visitor := self.day.visitors.get(fact.ticket):
            visitor.came = False

    def _voided(self, fact: f.TicketVoided, at_ms: int) -> None:
        for counter, desk in self._desks.items():
            if desk.ticket == fact.ticket:
                self._ended(counter, at_ms, counts=False)
        visitor = self.day.visitors.get(fact.ticket)
        if visitor is not None and visitor.called_ms is None and fact.reason != "day_over":
            visitor.gave_up = True

    def _closed(self, counter: str, at_ms: int) -> None:
        spans = self.day.spans.get(counter)
        if spans and spans[-1].ends_ms is None:
            spans[-1].ends_ms = at_ms
        self._desk(counter).free_ms = None
