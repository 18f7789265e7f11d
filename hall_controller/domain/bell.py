"""The bell for an officer of the back office: when it rings, and how long it took until somebody came.

Pure rules and no sound: ringing it is for whoever hears the fact, and it never rings twice for the same need.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hall_controller.domain import facts as f
from hall_controller.domain.refusals import Refusal, refuse

if TYPE_CHECKING:
    from hall_controller.domain.commands import Now, Ring
    from hall_controller.domain.hall import Hall

RINGS_FOR: Final = timedelta(minutes=1)
"""The way from the back office; whoever rings again before only presses the button once more."""


def ring(hall: Hall, command: Ring, now: Now) -> tuple[f.Fact, ...] | Refusal:
    """Ring, unless it rings already."""
    rung_at = hall.desk(command.counter).bell_at
    if rung_at is not None and timedelta(0) <= now.at - rung_at < RINGS_FOR:
        return refuse("already_ringing")
    return (f.BellRung(*now, command.counter, command.person),)


def bell_answered(hall: Hall, counter: str, now: Now) -> tuple[f.BellAnswered, ...]:
    """Somebody is at the counter now; nothing when nobody had rung."""
    since = hall.desk(counter).bell_since
    if since is None:
        return ()
    response_s = max(0.0, round((now.at - since).total_seconds(), 1))
    return (f.BellAnswered(*now, counter, response_s, hall.officer_on_duty(counter)),)
