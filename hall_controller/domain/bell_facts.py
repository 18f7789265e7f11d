"""What has happened with the bells that call officers to their counters; a part of `facts`.

Who rang is told only of the guidance desk; at a counter it was whoever sat there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hall_controller.domain.happened import Happened


@dataclass(frozen=True, slots=True)
class BellRung(Happened):
    """Somebody rang for an officer of the back office."""

    type: ClassVar[str] = "bell.rung"
    counter: str
    person: str = ""
    """Who rang at the guidance desk; empty for the counter's own key."""


@dataclass(frozen=True, slots=True)
class BellAnswered(Happened):
    """The counter opened or called after the bell; `response_s` counts from the first ring that nobody had answered."""

    type: ClassVar[str] = "bell.answered"
    counter: str
    response_s: float
    officer: str | None = None
