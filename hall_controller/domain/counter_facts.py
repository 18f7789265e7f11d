"""What happened at a counter itself: opened, paused, closed, an officer who came or went; a part of `facts`.

The visitors who are called there stand in `facts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hall_controller.domain.happened import Happened


@dataclass(frozen=True, slots=True)
class CounterOpened(Happened):
    """A counter began to serve, or went on after a pause."""

    type: ClassVar[str] = "counter.opened"
    counter: str
    officer: str | None = None


@dataclass(frozen=True, slots=True)
class CounterPaused(Happened):
    """A counter paused."""

    type: ClassVar[str] = "counter.paused"
    counter: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CounterClosed(Happened):
    """A counter stopped for the day."""

    type: ClassVar[str] = "counter.closed"
    counter: str


@dataclass(frozen=True, slots=True)
class OfficerSignedIn(Happened):
    """An officer sat down at a counter."""

    type: ClassVar[str] = "officer.signed_in"
    counter: str
    officer: str


@dataclass(frozen=True, slots=True)
class OfficerSignedOut(Happened):
    """An officer left a counter."""

    type: ClassVar[str] = "officer.signed_out"
    counter: str
    officer: str
