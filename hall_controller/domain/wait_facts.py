"""What has happened to waiting as a whole: a target passed, and met again; a part of `facts`.

Told once an episode for each queue and measure, so that a bad morning is two facts and no storm; what a day takes over
of the days before, once for each queue.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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


@dataclass(frozen=True, slots=True)
class ServiceTimesCarried(Happened):
    """A day begins with what the visits of a queue took up to `last_day`, in seconds."""

    type: ClassVar[str] = "service_times.carried"
    queue: str
    mean_s: float
    deviation_s: float
    visits: float
    """So many visits these times are worth: the day before counts in full, each day before that half as much."""
    last_day: date
