"""The state of the hall on one business day: values that nothing can change, told apart from how they come about.

Shapes only, and questions that they answer by themselves. How a fact changes them stands in `hall`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hall_controller.domain.catalogue import Catalogue

TicketState = Literal[
    "waiting",
    "calling",
    "serving",
    "held",
    "missed",
    "completed",
    "transferred_to_counter",
    "voided",
    "unreleased",
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
    turn: int | Fraction = 0
    """Who has the lesser one is called first; it is `order`, unless the visitor was put back between two others."""
    requeued_at: datetime | None = None
    missed_at: datetime | None = None
    missed_behind: int = 0
    """How many numbers had been called from the queue when this one was missed."""
    time_trusted: bool = True
    """Whether the clock could be believed when the number was given out."""
    sent_from: str | None = None
    """The counter that sent the visitor on last, and what its officer said about it."""
    sent_why: str = ""

    @property
    def waits_since(self) -> datetime:
        """Since when the visitor waits; who goes on to another queue keeps the age, who missed a call does not."""
        return self.requeued_at or self.issued_at


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One queue: the numbers that wait, oldest first, and what its numbers came to so far."""

    open: bool = False
    next_opening: datetime | None = None
    waiting: tuple[str, ...] = ()
    last_number: int = 0
    last_called: str | None = None
    called: int = 0
    """How many numbers were called from it, each as often as it waited there."""
    service_s: tuple[float, ...] = ()
    busy_s: tuple[float, ...] = ()
    """How long each of its last numbers kept a counter, from the call on, whatever became of it."""
    waited_s: tuple[float, ...] = ()
    """How long each of its last numbers waited for the call."""
    late: frozenset[str] = frozenset()
    """The measures of waiting (`oldest`, `p90`) that have passed their targets."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What visits of a queue took on the days before: seconds, squared seconds, and how many visits that is worth."""

    mean_s: float
    variance: float
    visits: float
    last_day: date


@dataclass(frozen=True, slots=True)
class EndedVisit:
    """A visit that ended at a counter: what a press on its rating pad may be about."""

    ticket: str
    called_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class RatingPress:
    """A press on a rating pad that counted."""

    ticket: str
    score: int
    at: datetime


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
    """The number served last."""
    visits: tuple[EndedVisit, ...] = ()
    """Today's visits that have ended here, oldest first: a press that comes late is about one of them."""
    invited: tuple[EndedVisit, ...] = ()
    """Those of them whose visitors may still press."""
    presses: tuple[RatingPress, ...] = ()
    """The last presses on the rating pad that counted, oldest first, each with the score that counts."""
    pressed_at: datetime | None = None
    """When `next` was pressed last, taken or not: a key that sticks calls nobody."""
    bell_since: datetime | None = None
    """When the bell began to ring; None when it does not."""
    bell_at: datetime | None = None
    without_class: int | None = None
    """How many visitors without a priority class were called since the last one with it; None before the first such."""


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
    missed: tuple[str, ...] = ()
    """Numbers whose visitors did not come when called, and may come back."""
    classed: frozenset[str] = frozenset()
    """Numbers of visitors with a priority class: most halls have few, so that finding them is quick."""
    issued: int = 0
    slips: int = 0
    """How many slips were given out in place of numbers."""
    issued_before_start: int = 0
    """How many of them were given out before the controller was last started, repeated starts taken as one."""
    started_at: datetime | None = None
    """When the controller was last started today, by a clock that may have been late."""
    calls: tuple[Call, ...] = ()
    lately: tuple[tuple[str, datetime], ...] = ()
    """Which source gave out a number when, in the last minute or gap; kept only where the dispenser has limits."""
    bursting: frozenset[str] = frozenset()
    """Sources whose burst has been told and is not over."""
    guard: bool | None = None
    """Whether numbers are held at the guidance desk, when that was turned on or off today."""
    guarded_since: datetime | None = None
    """When a burst turned the guard on, while it is on."""
    rated_earlier: frozenset[tuple[date, str]] = frozenset()
    """Tickets of earlier days that were rated today."""
    carried: Mapping[str, Carried] = field(default_factory=dict)
    """By queue, what its visits took before this day began."""
    printers: Mapping[str, str] = field(default_factory=dict)
    """By printer, why it prints no tickets: `paper_out` or `not_ready`; one that prints is not in it."""

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


def by_turn(ticket: Ticket) -> tuple[int | Fraction, int]:
    """The key by which visitors of one class are called."""
    return ticket.turn, ticket.order


CLOSED_DESK: Final = Desk()
EMPTY_QUEUE: Final = QueueLine()
