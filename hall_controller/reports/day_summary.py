"""What one business day came to, in counts that add up: a report needs nothing else of the facts.

Every field counts by a key of its own, so that two days are added field by field and a day can be kept as rows of a
key and a number. Times are whole minutes, rounded up, or milliseconds where they are only summed. Never here: how the
facts are counted (`summing`), or what a report says.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Ticket(NamedTuple):
    """Tickets of a service and purpose; `what` is issued, dossiers, served, no_show or left."""

    agency: str
    service: str
    purpose: str
    what: str


class Wait(NamedTuple):
    """First waits, by the half hour (0 to 47) in which the number was given out; 16 is 15:00.001 to 16:00 minutes."""

    queue: str
    half_hour: int
    minutes: int


class Service(NamedTuple):
    """Visits that kept a counter for so long, from the call to their end."""

    queue: str
    minutes: int


class Desk(NamedTuple):
    """A counter and who sat there; `what` is open_ms, paused_ms, busy_ms, pauses, calls, served or missed."""

    counter: str
    officer: str
    what: str


class Stage(NamedTuple):
    """Ratings by the reason to come; `what` is visits, invited or answered."""

    stage: str
    what: str


class Score(NamedTuple):
    """Answers with this score; only groups of them ever leave a report."""

    stage: str
    officer: str
    levels: int
    score: int


class Refused(NamedTuple):
    """Presses that the rules refused, and why."""

    command: str
    code: str


class StandIn(NamedTuple):
    """Visitors received at a counter by somebody of another agency, or by decision."""

    counter: str
    agency: str
    staffing: str
    officer: str
    decision: str


class Given(NamedTuple):
    """Numbers by service and hour of the day; `what` as the fields of `touts.Numbers`."""

    service: str
    hour: int
    what: str


class Device(NamedTuple):
    """A device in the hall's opening hours; `what` is watched_ms (all of them), lost_ms, faulty_ms or unknown_ms."""

    device: str
    what: str


class Outage(NamedTuple):
    """Times that a device was away, each with its length within the opening hours of the day."""

    device: str
    seconds: int


class Happening(NamedTuple):
    """Everything else: `what` happened (slips, flags, printed, failed, bells, …), and to `whom`."""

    what: str
    whom: str


Key = Ticket | Wait | Service | Desk | Stage | Score | Refused | StandIn | Given | Device | Outage | Happening


@dataclass(slots=True)
class DaySummary:
    """The counts of a business day; `training` when any of its facts was made for training."""

    day: date
    training: bool = False
    tickets: Counter[Ticket] = field(default_factory=Counter)
    waits: Counter[Wait] = field(default_factory=Counter)
    services: Counter[Service] = field(default_factory=Counter)
    desks: Counter[Desk] = field(default_factory=Counter)
    stages: Counter[Stage] = field(default_factory=Counter)
    scores: Counter[Score] = field(default_factory=Counter)
    refused: Counter[Refused] = field(default_factory=Counter)
    stand_ins: Counter[StandIn] = field(default_factory=Counter)
    given: Counter[Given] = field(default_factory=Counter)
    devices: Counter[Device] = field(default_factory=Counter)
    outages: Counter[Outage] = field(default_factory=Counter)
    happenings: Counter[Happening] = field(default_factory=Counter)

    def add(self, other: DaySummary) -> None:
        """Count what the other one counted as well; the day stays this one's."""
        self.training = self.training or other.training
        for name in COUNTED:
            getattr(self, name).update(getattr(other, name))

    @property
    def visits(self) -> int:
        """How many numbers were given out."""
        return sum(count for key, count in self.tickets.items() if key.what == "issued")


COUNTED = tuple(f.name for f in fields(DaySummary) if f.name not in ("day", "training"))
"""The fields that hold counts, in their order."""
KEYS: Final[dict[str, type[Key]]] = {
    "tickets": Ticket,
    "waits": Wait,
    "services": Service,
    "desks": Desk,
    "stages": Stage,
    "scores": Score,
    "refused": Refused,
    "stand_ins": StandIn,
    "given": Given,
    "devices": Device,
    "outages": Outage,
    "happenings": Happening,
}
"""What each of them counts by."""
