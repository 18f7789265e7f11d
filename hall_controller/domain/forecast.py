"""Whether a visitor can still be served today: no number is given out that cannot be served before closing.

Waiting and being served take time only while the service is open: over lunch nobody is called, so a number may be
given out at eleven for the afternoon, when the afternoon is long enough. Where nothing reliable is known of the wait,
nobody is sent away because of it. Pure.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from hall_controller.domain.estimate import service_time_s
from hall_controller.domain.opening import next_opening, sessions
from hall_controller.domain.refusals import Refusal, too_late_until

if TYPE_CHECKING:
    from hall_controller.domain.catalogue import Catalogue, Service
    from hall_controller.domain.commands import Now
    from hall_controller.domain.estimate import Wait
    from hall_controller.domain.hall import Hall


def too_late(hall: Hall, service: Service, now: Now, wait: Wait | None) -> Refusal | None:
    """The refusal with the next opening, when the wait and a mean visit do not fit into what is left of today."""
    if not hall.catalogue.dispenser.forecast_limit or not now.trusted:
        return None
    needed_s = (wait.likely_s if wait else 0) + (service_time_s(hall, service.queue) or 0.0)
    if needed_s <= open_seconds_left(hall.catalogue, service, now.at):
        return None
    local = now.at.astimezone(hall.catalogue.timezone)
    midnight = datetime.combine(local.date(), time.max, local.tzinfo)
    return too_late_until(next_opening(hall.catalogue, service, midnight))


def open_seconds_left(catalogue: Catalogue, service: Service, at: datetime) -> float:
    """How long the service is still open on this day; sessions that overlap count once."""
    local = at.astimezone(catalogue.timezone)
    left, reached = timedelta(), local
    for session in sessions(catalogue, service, local.date()):
        start = max(reached, datetime.combine(local.date(), session.start, local.tzinfo))
        end = datetime.combine(local.date(), session.end, local.tzinfo)
        if end > start:
            left += end - start
            reached = end
    return left.total_seconds()
