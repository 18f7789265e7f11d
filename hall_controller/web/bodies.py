"""What travels over HTTP: bodies of requests and of answers, as contract.md section 4 names them.

Shapes only. A field may be added with a default; unknown fields of a request are ignored.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from hall_controller.messages import (
    BoardCall,
    Count,
    CounterDisplay,
    HallBoard,
    Identifier,
    Language,
    QueueState,
    Seconds,
    Text,
    TicketNumber,
)

RequestId = Annotated[str, StringConstraints(pattern=r"^[ -~]{1,128}$")]
"""Chosen by the client, new for every wish: the same one again gets the first answer, and nothing happens twice."""
Score = Annotated[int, Field(strict=True, ge=1, le=5)]
Sentence = Annotated[str, StringConstraints(max_length=200)]


class Body(BaseModel):
    """A JSON object; what it does not know it ignores."""

    model_config = ConfigDict(frozen=True, extra="ignore", use_attribute_docstrings=True)


class TicketWish(Body):
    """A visitor asks for a number."""

    service: Identifier
    purpose: Identifier
    language: Language = "vi"
    priority: Identifier | None = None
    request_id: RequestId | None = None
    kiosk: Identifier | None = None
    """The device that asks; a kiosk that hall.toml does not name counts as the web."""
    print: Annotated[bool, Field(strict=True)] = True
    """False when no paper is wanted."""
    dossiers: Annotated[int, Field(strict=True, ge=1, le=99)] = 1
    """How many dossiers the visitor brings on this one ticket."""


class Press(Body):
    """A key of a counter, with what some keys need besides."""

    request_id: RequestId | None = None
    to: Identifier | None = None
    """For `transfer`: a queue or a counter."""
    ticket: TicketNumber | None = None
    """For `resume`: the held or missed number; for `next`: whom to call out of turn, where the hall allows it."""
    reason: Sentence | None = None


class CounterRating(Body):
    """A visitor rates the visit that has just ended at a counter; 1 is the worst score."""

    score: Score
    request_id: RequestId | None = None


class TicketRating(Body):
    """A visitor rates with the code on the ticket; 1 is the worst score."""

    score: Score
    reasons: Annotated[list[Identifier], Field(max_length=10)] = []
    request_id: RequestId | None = None


class Refused(Body):
    """Why nothing happened."""

    code: str
    text: Text


class TicketGiven(Body):
    """The number that a visitor got."""

    number: TicketNumber
    code: str
    queue: Identifier
    ahead: Count
    estimated_wait_s: Seconds | None
    """Seconds; null when nothing reliable is known."""
    printed: bool
    """Whether the paper came out."""
    wait_low_s: Seconds | None = None
    """Eight of ten visitors wait between this and `wait_high_s`; null when nothing reliable is known."""
    wait_high_s: Seconds | None = None
    url: str | None = None
    """Where the visitor can follow the ticket, when the hall can be reached by web."""
    guarded: bool = False
    """The number waits only when the guidance desk has released it: send the visitor there first."""
    text: Text
    """Where to go now."""


class TicketSeen(Body):
    """Where a visitor's ticket stands."""

    number: TicketNumber
    queue: Identifier
    service: Identifier
    purpose: Identifier
    state: Literal[
        "waiting",
        "unreleased",
        "calling",
        "serving",
        "held",
        "missed",
        "completed",
        "transferred_to_counter",
        "voided",
    ]
    ahead: Count | None
    """How many of the queue will be called before; null when the ticket does not wait in a queue."""
    estimated_wait_s: Seconds | None
    wait_low_s: Seconds | None = None
    """Eight of ten visitors wait between this and `wait_high_s`; null when nothing reliable is known."""
    wait_high_s: Seconds | None = None
    counter: Identifier | None
    counter_name: str | None
    issued_at: AwareDatetime
    rated: bool
    paper: Literal["none", "printed", "failed", "unknown"]
    text: Text
    day: date
    """The business day of the visit; tickets of earlier days are known for a year."""
    earlier: bool
    """It is not of today: nothing will change but by a rating, so there is no need to ask again."""
    stage: Identifier
    """What a rating is about: the purpose of the visit."""
    purpose_name: Text
    can_rate: bool
    """A rating sent now would count."""
    rating_levels: Count
    """Scores are 1 (worst) to so many."""


class DossierSeen(Body):
    """How far a dossier has come; nobody's name."""

    code: str
    state: str
    text: Text
    since: date
    service: Identifier | None
    """The field to take a number for, where the list says so."""
    purpose: Identifier | None
    """The reason to come that the state calls for, where the hall has it."""
    imported_at: AwareDatetime
    """When the list was imported: what happened since is not in it."""
    stale: bool
    """The list is older than the hall allows: ask at the guidance desk."""


class Pressed(Body):
    """What a key did: the number at the counter afterwards, and what its display shows."""

    ticket: TicketNumber | None
    display: CounterDisplay
    duplicate: bool = False
    """Whether this repeats the first answer to the same request_id."""


class Rated(Body):
    """The rating counts for this ticket."""

    ticket: TicketNumber


class DeskSeen(Body):
    """Numbers that belong to one counter alone: set aside there, or sent on to it; oldest first."""

    held: list[TicketNumber]
    sent: list[TicketNumber]


class Whole(Body):
    """The whole hall as displays should show it now; `(epoch, rev)` only ever grows."""

    epoch: Count
    rev: Count
    hall: HallBoard
    counters: dict[str, CounterDisplay]
    queues: dict[str, QueueState]
    calls: list[BoardCall]
    """Newest first, at most 12."""
    desks: dict[str, DeskSeen] = {}
    """Only counters at which somebody is set aside or to which somebody was sent."""
    time: AwareDatetime
    time_trusted: bool
    local: str
    """The same moment on the hall's own clock, with its offset."""
    unavailable_since: AwareDatetime | None = None
    """Since when the journal takes nothing: then the rest is the last that was written, and nothing new can happen."""


class AgencyOffered(Body):
    """A department, board or office."""

    id: Identifier
    name: Text


class ServiceOffered(Body):
    """A field of work, and whether a number can be had for it now."""

    id: Identifier
    agency: Identifier
    queue: Identifier
    name: Text
    purposes: list[Identifier]
    open: bool
    next_opening: AwareDatetime | None
    opens: Text | None
    """The next opening in words; null while it is open, or when none is known."""
    online_only: bool
    portal: str
    waiting: Count
    estimated_wait_s: Seconds | None
    wait_low_s: Seconds | None = None
    """Eight of ten visitors wait between this and `wait_high_s`; null when nothing reliable is known."""
    wait_high_s: Seconds | None = None


class PurposeOffered(Body):
    """A reason to come."""

    id: Identifier
    name: Text


class PriorityOffered(Body):
    """A class of visitors who may be served earlier, and the rule that allows it."""

    id: Identifier
    name: Text
    basis: str


class CounterOffered(Body):
    """A counter, the queues that it calls from, and where its transfer key sends visitors."""

    id: Identifier
    name: str
    queues: list[Identifier]
    transfer_to: Identifier | None


class Offer(Body):
    """What the hall offers now, for a kiosk."""

    hall: Text
    agencies: list[AgencyOffered]
    purposes: list[PurposeOffered]
    priorities: list[PriorityOffered]
    services: list[ServiceOffered]
    counters: list[CounterOffered]
    rating_levels: Count
    languages: list[Language]
    guarded: bool = False
    """Numbers count for nothing until the guidance desk releases them."""
    printer: Literal["none", "ready", "out"] = "none"
    """Whether paper comes out now; `out` also when the printer does not answer."""
    dossiers: bool = False
    """Whether dossiers can be looked up."""


class CounterNamed(Body):
    """A counter, and its name as people read it ("5" of "Quầy 5")."""

    id: Identifier
    name: str


class ProcedureOffered(Body):
    """One administrative procedure as the hall's list has it; null is what the list does not say."""

    code: str
    name: str
    """In Vietnamese, as the decision has it."""
    agency: Identifier
    agency_name: Text | None
    service: Identifier
    """The field to take a number for."""
    service_name: Text
    queue: Identifier
    purposes: list[Identifier]
    level: Count
    """2 to 4: how much of it can be done online."""
    online_only: bool
    """It is not received at a counter: take a slip instead of a number."""
    portal: str
    bring: str
    """What the visitor brings, separated by semicolons; empty when the list does not say."""
    fee_vnd: Count | None
    time_limit_days: Count | None
    """Working days."""
    counters: list[CounterNamed]
    decision: str
    decided: date


class ProceduresOffered(Body):
    """A page of the procedures that were asked for, and which list they are from."""

    version: str | None
    """Changes with the list; null when the hall has none."""
    decision: str | None
    """The newest decision in the list, and its day."""
    decided: date | None
    stale: bool
    """The newest decision is older than the hall allows: ask at the guidance desk."""
    total: Count
    """How many were found; `procedures` holds at most `limit` of them, from `offset` on."""
    procedures: list[ProcedureOffered]


class Alive(Body):
    """The process answers; `ready` when it also takes presses."""

    status: Literal["alive", "ready"]
