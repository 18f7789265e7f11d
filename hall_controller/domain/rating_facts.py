"""What has happened about ratings; a part of `facts`, under its law.

An invitation, an answer, a press that did not count and a silence are all written down: without the last two, a share
of satisfied visitors says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from hall_controller.domain.happened import Happened


@dataclass(frozen=True, slots=True)
class RatingInvited(Happened):
    """A visit ended where a rating pad stands: from now on the visitor may press."""

    type: ClassVar[str] = "rating.invited"
    ticket: str
    counter: str
    stage: str = ""


@dataclass(frozen=True, slots=True)
class RatingExpired(Happened):
    """The time to press is over without an answer; one that was given in time may still arrive, or come by the code."""

    type: ClassVar[str] = "rating.expired"
    ticket: str
    counter: str


@dataclass(frozen=True, slots=True)
class TicketRated(Happened):
    """A visitor rated a visit; the stage is the ticket's purpose, `score` goes from 1 (worst) to `levels`."""

    type: ClassVar[str] = "ticket.rated"
    ticket: str
    score: int
    levels: int
    stage: str
    counter: str | None = None
    officer: str | None = None
    device: str | None = None
    reasons: tuple[str, ...] = ()
    replaces: bool = False
    """The visitor changed their mind: the rating before this one does not count any more."""
    flags: tuple[str, ...] = ()
    """What is odd about the press; the codes of `flags`. It counts all the same."""
    pressed_at: datetime | None = None
    """When the pad was pressed; None for a rating with the code."""
    day: date | None = None
    """The business day of the ticket, when it is an earlier one."""


@dataclass(frozen=True, slots=True)
class PressRefused(Happened):
    """The rules said no to a press that carried a number of its own, or to a rating; `code` says why."""

    type: ClassVar[str] = "press.refused"
    command: str
    code: str
    counter: str | None = None
    score: int | None = None
    device: str | None = None
    flags: tuple[str, ...] = ()
    """What is odd about a press on a rating pad; the codes of `flags`."""
    pressed_at: datetime | None = None
