"""What the guidance desk sends and is told: who waits to be released, who missed a call, a number and its story.

Shapes only; numbers and no names of visitors.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from hall_controller.messages import Count, Identifier, Language, Seconds, Text, TicketNumber
from hall_controller.web.bodies import Body, RequestId, Sentence

PrinterState = Literal["none", "ready", "paper_out", "not_ready"]


class DeskPress(Body):
    """What the desk says besides."""

    request_id: RequestId | None = None
    reason: Sentence = ""


class DeskDone(Body):
    """The number, and where its visit stands now."""

    number: str
    state: str
    duplicate: bool = False


class GuardWish(Body):
    """Turn guard mode on or off: while it is on, every number waits for its release."""

    on: Annotated[bool, Field(strict=True)]
    request_id: RequestId | None = None


class GuardNow(Body):
    """Whether guard mode is on."""

    on: bool


class DeskTicket(Body):
    """A number given out at the desk; it waits at once, also in guard mode."""

    service: Identifier
    purpose: Identifier
    priority: Identifier | None = None
    language: Language = "vi"
    print: Annotated[bool, Field(strict=True)] = True
    dossiers: Annotated[int, Field(strict=True, ge=1, le=99)] = 1
    request_id: RequestId | None = None


class PriorityWish(Body):
    """Another class for somebody who waits; null takes it away."""

    priority: Identifier | None
    request_id: RequestId | None = None


class PrinterNow(Body):
    """Whether tickets come out."""

    state: PrinterState
    text: Text


class Bell(Body):
    """The bell of a counter."""

    counter: Identifier
    name: str
    since: AwareDatetime | None
    """Since when it rings; null when it does not."""


class Held(Body):
    """A number about which somebody should do something."""

    number: TicketNumber
    service: Text
    purpose: Text
    priority: Text | None
    since: AwareDatetime
    counter: str | None = None
    """The name of the counter whose call was missed."""


class QueueSeen(Body):
    """A queue, as the desk needs it."""

    queue: Identifier
    letter: str
    name: Text
    open: bool
    waiting: Count
    oldest: AwareDatetime | None
    """Since when the one waits who has waited longest."""


class GuideSeen(Body):
    """All that the guidance desk sees; told whole."""

    guard: bool
    unreleased: list[Held]
    """Held in guard mode, the oldest first."""
    missed: list[Held]
    """Missed a call and may still come back, the last one first."""
    unprinted: list[Held]
    """Somebody waits with this number and has no paper."""
    bells: list[Bell]
    """Every counter, with its bell."""
    queues: list[QueueSeen]
    printer: PrinterNow
    training: bool
    time: AwareDatetime
    local: str
    unavailable_since: AwareDatetime | None


class Told(Body):
    """One thing that happened to a number; `clock` is null for how it stands now."""

    clock: str | None
    text: Text


class NumberFound(Body):
    """A number of today: where its visit stands, and how it came to that."""

    number: TicketNumber
    state: str
    text: Text
    """What its holder is told."""
    service: Text
    purpose: Text
    priority: Text | None
    queue: Text
    counter: str | None
    ahead: Count | None
    estimated_wait_s: Seconds | None
    issued_at: AwareDatetime
    paper: Literal["none", "printed", "failed", "unknown"]
    may: list[Literal["release", "requeue", "void", "reprint", "priority"]]
    """What the desk may do with it now."""
    story: list[Told]
