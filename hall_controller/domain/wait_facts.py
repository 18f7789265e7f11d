"""What has happened to waiting as a whole: a target passed, and met again; a part of `facts`.

Told once an episode for each queue and measure, so that a bad morning is two facts and no storm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hall_controller.domain.happened import Happened


@dataclass(frozen=True, slots=True)
class WaitTargetPassed(Happened):
    """Visitors of a queue wait too long; `measure` is oldest (of those who wait) or p90 (of the last calls)."""

    type: ClassVar[str] = "wait.target_passed"
    queue: str
    measure: str
    wait_s: int
    target_s: int


@dataclass(frozen=True, slots=True)
class WaitTargetMet(Happened):
    """The measure is well below its target again, or nobody waits any more."""

    type: ClassVar[str] = "wait.target_met"
    queue: str
    measure: str
    wait_s: int
    target_s: int
