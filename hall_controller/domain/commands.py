"""What can be asked of the hall: frozen commands in the imperative, a closed union.

A command says what somebody wants; only `rules.decide` says whether it happens. `person` is who wants it
at the guidance desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from hall_controller.domain.auditing import AuditCommand
from hall_controller.domain.watching import DeviceCommand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from hall_controller.domain.earlier import EarlierVisit


class Now(NamedTuple):
    """A moment on the hall's clock (UTC, aware), and whether that clock can be believed."""

    at: datetime
    trusted: bool = True


@dataclass(frozen=True, slots=True)
class IssueTicket:
    """A visitor asks for a number; `source` is the kiosk or client that asks, `paper` whether it is to be printed."""

    service: str
    purpose: str
    language: str = "vi"
    priority: str | None = None
    source: str = ""
    paper: bool = True
    dossiers: int = 1
    """How many dossiers the visitor brings on this one ticket."""
    person: str = ""


@dataclass(frozen=True, slots=True)
class IssueSlip:
    """A visitor asks for a field that is done only online, and gets the portal's address in place of a number."""

    service: str
    language: str = "vi"
    source: str = ""
    paper: bool = True


@dataclass(frozen=True, slots=True)
class RecordCatalogue:
    """A list of procedures was read, and taken or not; never decided, only written down."""

    sha256: str
    rows: int
    decision: str = ""
    decided: date | None = None
    added: int = 0
    removed: int = 0
    changed: int = 0
    taken: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TurnGuard:
    """From now on the guidance desk releases each number, or no longer does; until the day ends."""

    on: bool
    person: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseTicket:
    """The guidance desk saw the visitor who holds the number."""

    ticket: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class CallNext:
    """The counter asks for the next visitor, or for a certain one; who was at the counter has been served."""

    counter: str
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class Recall:
    """The counter calls its visitor once more."""

    counter: str


@dataclass(frozen=True, slots=True)
class Miss:
    """The called visitor did not come."""

    counter: str


@dataclass(frozen=True, slots=True)
class Complete:
    """The visitor at the counter has been served."""

    counter: str


@dataclass(frozen=True, slots=True)
class Hold:
    """The visitor at the counter steps aside for a while and stays this counter's."""

    counter: str


@dataclass(frozen=True, slots=True)
class Resume:
    """A held or missed visitor, or the one served last, comes back; without a ticket, the one held last."""

    counter: str
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class Transfer:
    """The visitor at the counter goes on to another queue or counter; without `to`, where the settings say."""

    counter: str
    to: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Requeue:
    """A visitor who missed the call is back, and waits again where the hall says."""

    ticket: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class ClassTicket:
    """A waiting visitor belongs to a priority class, or to none."""

    ticket: str
    priority: str | None
    person: str = ""


@dataclass(frozen=True, slots=True)
class VoidTicket:
    """A ticket is taken out of its queue for good."""

    ticket: str
    reason: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class OpenCounter:
    """The counter begins to serve, or goes on after a pause."""

    counter: str


@dataclass(frozen=True, slots=True)
class PauseCounter:
    """The counter pauses; who was there has been served."""

    counter: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CloseCounter:
    """The counter stops for the day; who was there has been served."""

    counter: str


@dataclass(frozen=True, slots=True)
class Ring:
    """Ring for an officer of the back office."""

    counter: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class SignIn:
    """An officer, already recognised, sits down at a counter."""

    counter: str
    officer: str


@dataclass(frozen=True, slots=True)
class SignOut:
    """The officer leaves the counter."""

    counter: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A visitor presses the rating pad of a counter; `pressed_at` is when, which may be a while ago."""

    counter: str
    score: int
    pressed_at: datetime
    device: str | None = None


@dataclass(frozen=True, slots=True)
class RateTicket:
    """A visitor rates with the code on the ticket."""

    ticket: str
    score: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RateEarlierTicket:
    """A visitor rates with the code of a ticket of an earlier day; `visit` is what the journal tells about it."""

    visit: EarlierVisit
    code: str
    score: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordPrint:
    """The printer told what became of a ticket's paper; never decided, only written down."""

    ticket: str
    printer: str
    outcome: Literal["printed", "failed", "unknown"]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RecordPrinter:
    """The printer of the tickets prints again, or does not; never decided, only written down."""

    printer: str
    state: Literal["ready", "paper_out", "not_ready"]


@dataclass(frozen=True, slots=True)
class Reprint:
    """Somebody asks for the paper of a ticket once more, marked as a reprint, with the same number."""

    ticket: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed: a day may begin, a queue open or close, a called visitor count as being served.

    `leapt_s`: by how much the clock has just been set forward (back, if negative) while the controller was running.
    """

    leapt_s: float = 0.0


@dataclass(frozen=True, slots=True)
class StartController:
    """The controller starts, with its version; `epoch` is greater than the last one only after a restore."""

    version: str
    epoch: int = 1
    training: bool = False


@dataclass(frozen=True, slots=True)
class RecordOutage:
    """The journal could not be written from `since` on; that this is written down says that it can be again."""

    since: datetime


@dataclass(frozen=True, slots=True)
class SkipNumbers:
    """After a restore that lost facts of `day`: numbers up to these, by queue, may be on paper already."""

    day: date
    highest: Mapping[str, int]


CounterCommand = (
    CallNext
    | Recall
    | Miss
    | Complete
    | Hold
    | Resume
    | Transfer
    | OpenCounter
    | PauseCounter
    | CloseCounter
    | Ring
    | SignIn
    | SignOut
)
TicketCommand = (
    IssueTicket
    | IssueSlip
    | ReleaseTicket
    | Requeue
    | ClassTicket
    | VoidTicket
    | RateTicket
    | RateEarlierTicket
    | RecordPrint
    | Reprint
)
Command = (
    CounterCommand
    | Rate
    | TicketCommand
    | TurnGuard
    | Tick
    | StartController
    | RecordOutage
    | RecordPrinter
    | SkipNumbers
    | RecordCatalogue
    | AuditCommand
    | DeviceCommand
)
