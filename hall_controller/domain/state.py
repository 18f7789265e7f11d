"""The state of the hall on one business day: values that nothing can change, told apart from how they come about.

Shapes only, and questions that they answer by themselves. How a fact changes them stands in `hall`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hall_controller.domain.catalogue import Catalogue

TicketState = Literal[
    "waiting", "calling", "serving", "held", "missed", "completed", "transferred_to_counter", "voided"
]
CounterStatus = Literal["open", "paused", "closed"]


@dataclass(frozen=True, slots=True)
class Ticket:
    """One visitor's number and where its visit stands; `order` is its place among all numbers of the day."""

    number: str
    order: int
    queue: str
    service: str
    purpose: str
    code: str
    language: str
    priority: str | None
    source: str
    issued_at: datetime
    state: TicketState = "waiting"
    counter: str | None = None
    called_at: datetime | None = None
    ended_at: datetime | None = None
    officer: str | None = None
    rated: bool = False
    paper: Literal["none", "printed", "failed", "unknown"] = "none"


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One queue: the numbers that wait, oldest first, and what its numbers came to so far."""

    open: bool = False
    next_opening: datetime | None = None
    waiting: tuple[str, ...] = ()
    last_number: int = 0
    last_called: str | None = None
    service_s: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """One counter: its status, who sits there, and the visitor in front of it."""

    status: CounterStatus = "closed"
    since: datetime | None = None
    officer: str | None = None
    ticket: str | None = None
    serving: bool = False
    call: int = 0
    called_at: datetime | None = None
    held: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    """Numbers sent on to this very counter, oldest first."""
    completed: str | None = None
    """The number served last, which the rating pad of this counter is about."""


@dataclass(frozen=True, slots=True)
class Call:
    """One line of the hall board."""

    ticket: str
    counter: str
    call: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Hall:
    """The whole hall: what the settings say, and what has happened today."""

    catalogue: Catalogue
    epoch: int = 0
    training: bool = False
    day: date | None = None
    since: datetime = datetime(2000, 1, 1, tzinfo=UTC)
    """When the day was opened: since then everything is closed at which nothing has happened."""
    queues: Mapping[str, QueueLine] = field(default_factory=dict)
    desks: Mapping[str, Desk] = field(default_factory=dict)
    tickets: Mapping[str, Mapping[str, Ticket]] = field(default_factory=dict)
    """By letter, then by number."""
    issued: int = 0
    calls: tuple[Call, ...] = ()
    lately: tuple[tuple[str, datetime], ...] = ()
    """Which source gave out a number when, in the last minute or gap; kept only where the dispenser has limits."""

    def ticket(self, number: str) -> Ticket | None:
        """The ticket with that number today."""
        return self.tickets.get(number[:1], {}).get(number)

    def desk(self, counter: str) -> Desk:
        """The state of a counter; closed when nothing has happened there today."""
        return self.desks.get(counter, CLOSED_DESK)

    def queue(self, queue: str) -> QueueLine:
        """The state of a queue; closed and empty when nothing has happened there today."""
        return self.queues.get(queue, EMPTY_QUEUE)

    def officer_on_duty(self, counter: str) -> str | None:
        """The officer signed in at the counter, else the one assigned to it who is not signed in elsewhere."""
        signed_in = self.desk(counter).officer
        if signed_in is not None or self.day is None:
            return signed_in
        assignment = self.catalogue.assignment(counter, self.day)
        assigned = assignment.officer if assignment else None
        elsewhere = any(desk.officer == assigned for desk in self.desks.values())
        return None if elsewhere else assigned


CLOSED_DESK: Final = Desk()
EMPTY_QUEUE: Final = QueueLine()
