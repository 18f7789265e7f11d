"""What a hall offers and who staffs it: agencies, queues, services, counters, officers, assignments.

Data only, as the settings files gave it, already checked. Nothing here changes while the hall is open, and nothing
here knows about a ticket.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hall_controller.domain.opening import OpeningRule

ANY_DAY: Final = date.min
NO_END: Final = date.max
VIETNAM: Final = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or a name for people, Vietnamese first."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Valid:
    """The days on which something holds, both included."""

    first_day: date = ANY_DAY
    last_day: date = NO_END

    def on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.first_day <= day <= self.last_day


ALWAYS: Final = Valid()


@dataclass(frozen=True, slots=True)
class Agency:
    """A department, board or office that receives visitors."""

    id: str
    name: Text
    valid: Valid = ALWAYS


@dataclass(frozen=True, slots=True)
class Queue:
    """One line of waiting visitors; its letter begins every number that it gives out."""

    id: str
    letter: str
    name: Text


@dataclass(frozen=True, slots=True)
class Service:
    """A field of work that a visitor can choose; several services may share a queue."""

    id: str
    agency: str
    queue: str
    name: Text
    opening: tuple[OpeningRule, ...]
    purposes: tuple[str, ...] = ("submit", "collect", "guidance")
    online_only: bool = False
    portal: str = ""
    valid: Valid = ALWAYS


@dataclass(frozen=True, slots=True)
class WorkStep:
    """One step of a counter's work profile: queues that count as one line there, and when the counter calls from them.

    A step whose conditions do not hold is passed over; None and zero are no condition.
    """

    queues: tuple[str, ...]
    first_after_s: float | None = None
    """When somebody in one of the queues has waited so long, that queue goes before every other step."""
    only_after_s: float | None = None
    only_when_waiting: int = 0


@dataclass(frozen=True, slots=True)
class Counter:
    """A desk; it calls from its queues, and `name` is how people read it ("5" of "Quầy 5").

    Without a profile its queues are one line; with one, `queues` are all the queues of its steps.
    """

    id: str
    name: str
    queues: tuple[str, ...]
    transfer_to: str | None = None
    valid: Valid = ALWAYS
    profile: tuple[WorkStep, ...] = ()
    one_button: bool = False
    """Its pad has only `next`: pressed twice within 3 s, the first visitor did not come."""

    @property
    def steps(self) -> tuple[WorkStep, ...]:
        """The work profile, first step first."""
        return self.profile or (WorkStep(self.queues),)


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who serves visitors; the name stands elsewhere, in a table that can forget."""

    id: str
    agency: str
    regular: bool = True
    valid: Valid = ALWAYS


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who sits at a counter, for which agency, lent by which, since when and by which decision."""

    counter: str
    agency: str
    staffing: str
    officer: str | None
    valid: Valid = ALWAYS
    reason: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Priority:
    """A class of visitors who may be served earlier; a greater rank is called first; `basis` names the rule."""

    id: str
    name: Text
    rank: int
    basis: str


@dataclass(frozen=True, slots=True)
class Precedence:
    """How priority classes and everybody else take turns.

    strict: whoever has a class goes first. interleaved: after each of them a counter calls `interleave` others.
    Whoever has waited `ageing_s` counts as of the highest class; None: nobody ages.
    """

    mode: Literal["strict", "interleaved"] = "strict"
    interleave: int = 2
    ageing_s: float | None = None


@dataclass(frozen=True, slots=True)
class Calls:
    """What a call needs, and what becomes of a missed visitor; zero means no limit.

    A missed number stays good while either `missed_numbers` later ones of its queue have not been called, or `missed_s`
    are not over; with neither limit all day. Who waits again does so behind so many others; None: behind all of them.
    """

    double_press_s: float = 0.0
    recall_gap_s: float = 0.0
    calls_before_miss: int = 0
    cherry_pick: bool = False
    missed_numbers: int = 0
    missed_s: float = 0.0
    missed_returns_behind: int | None = 0


@dataclass(frozen=True, slots=True)
class Dispenser:
    """Limits on giving out numbers; zero means no limit."""

    gap_s: float = 0.0
    per_minute: int = 0
    forecast_limit: bool = False
    burst_numbers: int = 0
    """More numbers than these from one source within `burst_s` are a burst, which is told and not refused."""
    burst_s: float = 60.0
    guard: bool = False
    """Each number is held until the guidance desk releases it."""
    guard_on_burst: bool = False
    """A burst turns the guard on."""
    guard_s: float = 900.0
    """So long after that it is turned off, unless the burst goes on; 0: when somebody turns it off."""

    @property
    def limits(self) -> bool:
        """Whether it matters how fast numbers are given out."""
        return self.gap_s > 0 or self.per_minute > 0 or self.burst_numbers > 0


@dataclass(frozen=True, slots=True)
class Rating:
    """How visitors rate: levels from worst (1) to best, and how long after the visit."""

    levels: int = 5
    window_s: float = 30.0
    change_s: float = 3.0
    """So long after the press that counts another one takes its place."""
    dead_s: float = 5.0
    """So long after that no press at the counter counts: it is the same visitor, or somebody playing."""
    later_days: int = 30
    """So many days later a visit can be rated with the code of its ticket."""


@dataclass(frozen=True, slots=True)
class Targets:
    """Waits that should not be passed: by nine of ten of the last calls, and by anybody; zero means no target."""

    wait_s: float = 0.0
    oldest_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that the settings say about one hall, by identifier."""

    hall: str
    name: Text
    queues: Mapping[str, Queue]
    services: Mapping[str, Service]
    counters: Mapping[str, Counter]
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    officers: Mapping[str, Officer] = field(default_factory=dict)
    assignments: tuple[Assignment, ...] = ()
    priorities: Mapping[str, Priority] = field(default_factory=dict)
    purposes: Mapping[str, Text] = field(default_factory=dict)
    closed_days: frozenset[date] = frozenset()
    extra_days: Mapping[date, int] = field(default_factory=dict)
    timezone: tzinfo = VIETNAM
    dispenser: Dispenser = Dispenser()
    rating: Rating = Rating()
    rating_pads: frozenset[str] = frozenset()
    """The counters at which a rating pad stands: there visitors are invited to press."""
    sign_in_required: bool = False
    serving_after_s: float = 30.0
    code_key: bytes = b""
    notices: tuple[Text, ...] = ()
    precedence: Precedence = Precedence()
    calls: Calls = Calls()
    targets: Targets = Targets()

    def assignment(self, counter: str, day: date) -> Assignment | None:
        """The assignment that holds at a counter on a day: the one that began last."""
        holding = [a for a in self.assignments if a.counter == counter and a.valid.on(day)]
        return max(holding, key=lambda a: a.valid.first_day, default=None)
