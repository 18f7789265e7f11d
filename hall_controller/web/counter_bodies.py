"""What an officer's page is told of its own counter, beside what everybody may see on the boards.

Shapes only; numbers and no names of visitors. No single score is ever told here.
"""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from hall_controller.messages import Count, CounterDisplay, Identifier, Seconds, Text, TicketNumber
from hall_controller.web.bodies import Body


class Visitor(Body):
    """The visitor in front of the counter."""

    number: TicketNumber
    service: Text
    purpose: Text
    priority: Text | None
    """The class that went before others; null for everybody else."""
    since: AwareDatetime
    """When the number was called, or came back; the time at the counter counts from here."""
    waited_s: Seconds
    """From taking the number, or being put back, to the call."""
    sent_from: str | None
    """The name of the counter that sent the visitor on, and what its officer said about it."""
    sent_why: str


class InLine(Body):
    """Somebody who waits."""

    number: TicketNumber
    purpose: Text
    priority: Text | None
    since: AwareDatetime
    sent_from: str | None = None
    sent_why: str = ""


class Line(Body):
    """A queue from which the counter calls, and the first few of it."""

    queue: Identifier
    letter: str
    name: Text
    open: bool
    next_opening: AwareDatetime | None
    waiting: Count
    first: list[InLine]


class Aside(Body):
    """Somebody who stepped aside at this counter, or did not come when called to it."""

    number: TicketNumber
    state: Literal["held", "missed"]
    since: AwareDatetime


class CounterSeen(Body):
    """All that an officer sees of the own counter; told whole."""

    epoch: Count
    rev: Count
    display: CounterDisplay
    """What the counter's panel shows."""
    visitor: Visitor | None
    next: TicketNumber | None
    """Whom the key `next` would call now."""
    lines: list[Line]
    sent: list[InLine]
    """Sent on to this very counter; they are called first."""
    aside: list[Aside]
    """Held here, the last one first, then missed here, the last one first: any of them can be resumed."""
    officer: Identifier | None
    """Who has signed in at the counter."""
    bell_since: AwareDatetime | None
    bell_asks: Text
    """Whom the bell calls for."""
    cherry_pick: bool
    """Whether the hall lets an officer call somebody out of turn."""
    sign_in_required: bool
    served: Count
    """Visits that ended here today."""
    training: bool
    time: AwareDatetime
    local: str
    """The same moment on the hall's own clock, with its offset."""
    unavailable_since: AwareDatetime | None
    """Since when the journal takes nothing: then the rest is the last that was written."""


class Beat(Body):
    """Nothing has changed, and the hall is there."""

    time: AwareDatetime
    local: str
    unavailable_since: AwareDatetime | None


class Pause(Body):
    """A pause of the counter; `until` is null while it lasts."""

    since: AwareDatetime
    until: AwareDatetime | None
    reason: str


class ScoresReleased(Body):
    """Scores in whole groups of five, so that none can be put down to one visitor."""

    scores: Count
    mean: float


class CounterDay(Body):
    """A counter's day so far."""

    served: Count
    mean_s: Seconds | None
    """From the call to the end, of those who were served; null before the first."""
    missed: Count
    sent_on: Count
    pauses: list[Pause]
    paused_s: Seconds
    opened_at: AwareDatetime | None
    closed_at: AwareDatetime | None
    """When the counter was closed last; null while it is not."""
    ratings: ScoresReleased | None
    """Null with fewer than five scores."""
    levels: Count
    """Scores are 1 (worst) to so many."""
