"""What has happened in the hall: frozen facts in the past tense, a closed union, kept for ten years.

Never rename or reuse a field or a name; add a field with a default. A fact holds numbers and identifiers, never a
person's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from hall_controller.domain.audit_facts import (
    AuditFact,
    ConfigurationChanged,
    DataExported,
    DeviceAdopted,
    DeviceTried,
    JournalRestored,
    SignInRefused,
    StaffChanged,
    StaffSignedIn,
    StaffSignedOut,
)
from hall_controller.domain.bell_facts import BellAnswered, BellRung
from hall_controller.domain.counter_facts import (
    CounterClosed,
    CounterOpened,
    CounterPaused,
    OfficerSignedIn,
    OfficerSignedOut,
)
from hall_controller.domain.device_facts import DeviceStateChanged, DevicesWatched
from hall_controller.domain.dispenser_facts import (
    DispenserBurst,
    GuardTurned,
    TicketClassed,
    TicketGuarded,
    TicketReleased,
)
from hall_controller.domain.happened import Happened
from hall_controller.domain.offer_facts import CatalogueLoaded, SlipIssued
from hall_controller.domain.paper_facts import (
    PaperChanged,
    PrinterStateChanged,
    PrintFailed,
    PrintUnknown,
    ReprintRequested,
    TicketPrinted,
)
from hall_controller.domain.rating_facts import PressRefused, RatingExpired, RatingInvited, TicketRated
from hall_controller.domain.wait_facts import ServiceTimesCarried, WaitTargetMet, WaitTargetPassed

__all__ = [  # from the files beside this one
    "AuditFact",
    "BellAnswered",
    "BellRung",
    "CatalogueLoaded",
    "ConfigurationChanged",
    "CounterClosed",
    "CounterOpened",
    "CounterPaused",
    "DataExported",
    "DeviceAdopted",
    "DeviceStateChanged",
    "DeviceTried",
    "DevicesWatched",
    "DispenserBurst",
    "GuardTurned",
    "Happened",
    "JournalRestored",
    "OfficerSignedIn",
    "OfficerSignedOut",
    "PaperChanged",
    "PressRefused",
    "PrintFailed",
    "PrintUnknown",
    "PrinterStateChanged",
    "RatingExpired",
    "RatingInvited",
    "ReprintRequested",
    "ServiceTimesCarried",
    "SignInRefused",
    "SlipIssued",
    "StaffChanged",
    "StaffSignedIn",
    "StaffSignedOut",
    "TicketClassed",
    "TicketGuarded",
    "TicketPrinted",
    "TicketRated",
    "TicketReleased",
    "WaitTargetMet",
    "WaitTargetPassed",
]


@dataclass(frozen=True, slots=True)
class ControllerStarted(Happened):
    """The controller started; every board that it shows is numbered from here on."""

    type: ClassVar[str] = "controller.started"
    version: str
    epoch: int
    training: bool = False


@dataclass(frozen=True, slots=True)
class JournalRecovered(Happened):
    """The journal can be written again; from `since` on every command was refused."""

    type: ClassVar[str] = "journal.recovered"
    since: datetime


@dataclass(frozen=True, slots=True)
class DayOpened(Happened):
    """A business day began: every number range starts anew."""

    type: ClassVar[str] = "day.opened"
    day: date


@dataclass(frozen=True, slots=True)
class DayCorrected(Happened):
    """The clock had told a wrong day, and visitors hold numbers of it: the hall goes on with them on the true day."""

    type: ClassVar[str] = "day.corrected"
    day: date
    shift_s: float = 0.0
    """By how much the clock leapt: so much later is everything that it had told of those who are still there."""


@dataclass(frozen=True, slots=True)
class NumbersSkipped(Happened):
    """After a restore: numbers up to `last_number` may be on paper already, and are not given out again today."""

    type: ClassVar[str] = "numbers.skipped"
    queue: str
    last_number: int


@dataclass(frozen=True, slots=True)
class QueueOpened(Happened):
    """A queue began to give out numbers."""

    type: ClassVar[str] = "queue.opened"
    queue: str


@dataclass(frozen=True, slots=True)
class QueueClosed(Happened):
    """A queue stopped giving out numbers, until its next opening when that is known."""

    type: ClassVar[str] = "queue.closed"
    queue: str
    next_opening: datetime | None = None


@dataclass(frozen=True, slots=True)
class TicketIssued(Happened):
    """A number was given out; `ahead` and `estimated_wait_s` are what the visitor was told."""

    type: ClassVar[str] = "ticket.issued"
    ticket: str
    queue: str
    service: str
    purpose: str
    code: str
    language: str = "vi"
    priority: str | None = None
    source: str = ""
    ahead: int = 0
    estimated_wait_s: int | None = None
    paper: bool = True
    agency: str = ""
    wait_low_s: int | None = None
    wait_high_s: int | None = None
    """Eight of ten visitors are called between these two."""
    dossiers: int = 1
    """How many the visitor brought on this one ticket."""
    person: str = ""
    """Who gave it out at the guidance desk."""


@dataclass(frozen=True, slots=True)
class TicketCalled(Happened):
    """A visitor was called to a counter; `reason` (codes in `order`) says why, `staffing` whose officer sat there."""

    type: ClassVar[str] = "ticket.called"
    ticket: str
    counter: str
    officer: str | None = None
    reason: str = ""
    agency: str = ""
    staffing: str = ""
    queue: str = ""
    """Where the visitor waited."""
    waited_s: int | None = None
    """Since the number was given out, or was put back into the queue."""
    queues: tuple[str, ...] = ()
    """Among whom the choice was made; whoever waited elsewhere was not this counter's to call then."""
    step: int = 0
    """The step of the counter's work profile that chose, from 1; 0 when it was not the profile that chose."""
    limit_s: float | None = None
    """The wait after which the rule of `overdue` or `aged` holds."""
    out_of_order: bool = False
    instead_of: str | None = None
    """Whose turn it was, when the officer chose somebody else."""
    decision: str = ""
    """By which decision the officer of another agency sat there."""


@dataclass(frozen=True, slots=True)
class TicketRecalled(Happened):
    """A visitor was called again; `call` counts the calls at this counter."""

    type: ClassVar[str] = "ticket.recalled"
    ticket: str
    counter: str
    call: int


@dataclass(frozen=True, slots=True)
class ServiceStarted(Happened):
    """The called visitor counts as being served from here on."""

    type: ClassVar[str] = "service.started"
    ticket: str
    counter: str


@dataclass(frozen=True, slots=True)
class TicketCompleted(Happened):
    """A visit ended at a counter; `reason` is the key that ended it (next, complete, pause, …), or day_over."""

    type: ClassVar[str] = "ticket.completed"
    ticket: str
    counter: str
    officer: str | None = None
    reason: str = ""
    agency: str = ""
    staffing: str = ""


@dataclass(frozen=True, slots=True)
class TicketMissed(Happened):
    """A called visitor did not come; `reason` is empty for the key, pressed_twice for `next` on a pad of one button."""

    type: ClassVar[str] = "ticket.missed"
    ticket: str
    counter: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TicketRequeued(Happened):
    """A visitor who had missed the call waits again, right behind `after`, or before everybody."""

    type: ClassVar[str] = "ticket.requeued"
    ticket: str
    queue: str
    after: str | None = None
    person: str = ""


@dataclass(frozen=True, slots=True)
class TicketHeld(Happened):
    """A visitor stepped aside and stays this counter's."""

    type: ClassVar[str] = "ticket.held"
    ticket: str
    counter: str


@dataclass(frozen=True, slots=True)
class TicketResumed(Happened):
    """A held or missed visitor, or one whose visit was ended too early, came back to a counter."""

    type: ClassVar[str] = "ticket.resumed"
    ticket: str
    counter: str
    officer: str | None = None
    agency: str = ""
    staffing: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class TicketTransferred(Happened):
    """A visitor was sent on to another queue, or to one counter; the ticket keeps its number and its age."""

    type: ClassVar[str] = "ticket.transferred"
    ticket: str
    counter: str
    to_queue: str | None = None
    to_counter: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TicketVoided(Happened):
    """A ticket left the queue without being served; `reason` is what was said, or no_show, or day_over."""

    type: ClassVar[str] = "ticket.voided"
    ticket: str
    reason: str = ""
    counter: str | None = None
    person: str = ""


Fact = (
    ControllerStarted
    | JournalRecovered
    | DayOpened
    | DayCorrected
    | NumbersSkipped
    | QueueOpened
    | QueueClosed
    | TicketIssued
    | TicketCalled
    | TicketRecalled
    | ServiceStarted
    | TicketCompleted
    | TicketMissed
    | TicketRequeued
    | TicketClassed
    | TicketHeld
    | TicketResumed
    | TicketTransferred
    | TicketVoided
    | CounterOpened
    | CounterPaused
    | CounterClosed
    | SlipIssued
    | CatalogueLoaded
    | WaitTargetPassed
    | WaitTargetMet
    | ServiceTimesCarried
    | BellRung
    | BellAnswered
    | OfficerSignedIn
    | OfficerSignedOut
    | DispenserBurst
    | GuardTurned
    | TicketGuarded
    | TicketReleased
    | RatingInvited
    | TicketRated
    | RatingExpired
    | TicketPrinted
    | PrintFailed
    | PrintUnknown
    | PrinterStateChanged
    | PaperChanged
    | ReprintRequested
    | PressRefused
    | DevicesWatched
    | DeviceStateChanged
    | AuditFact
)
