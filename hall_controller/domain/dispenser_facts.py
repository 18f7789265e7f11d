"""What has happened at the dispenser besides numbers: bursts, and what the guidance desk does; a part of `facts`.

A burst is a fact and not a refusal: it may be a bus that has just arrived, and somebody has to look. `person` is who
did it at the desk; empty where the hall did it by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hall_controller.domain.happened import Happened


@dataclass(frozen=True, slots=True)
class DispenserBurst(Happened):
    """One source gave out more numbers within some seconds than the hall thinks ordinary; told once a burst."""

    type: ClassVar[str] = "dispenser.burst"
    source: str
    numbers: int
    within_s: float


@dataclass(frozen=True, slots=True)
class GuardTurned(Happened):
    """From now on each number is held at the guidance desk, or no longer; `reason` is burst, burst_over or empty."""

    type: ClassVar[str] = "guard.turned"
    on: bool
    reason: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class TicketGuarded(Happened):
    """A number is held at the guidance desk and does not count as waiting."""

    type: ClassVar[str] = "ticket.guarded"
    ticket: str


@dataclass(frozen=True, slots=True)
class TicketReleased(Happened):
    """The guidance desk saw the visitor: the number waits from now on, behind everybody who waited already."""

    type: ClassVar[str] = "ticket.released"
    ticket: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class TicketClassed(Happened):
    """The guidance desk gave a waiting visitor another priority class, or took it away (None)."""

    type: ClassVar[str] = "ticket.classed"
    ticket: str
    priority: str | None = None
    person: str = ""
