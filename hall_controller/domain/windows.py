"""The time in which a visit can be rated on the pad: it opens with the queue event and never with a key of its own.

`complete`, the next call, or whatever else ends the visit opens it, so that an officer cannot choose who is asked.

    visit ends         press counts        changed mind           dead            next press is about
    |----------- window_s -----------|
                       |---- change_s: takes its place ----|-- dead_s: refused --| the visit that ended last
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hall_controller.domain.facts import RatingExpired, RatingInvited

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from hall_controller.domain.commands import Now
    from hall_controller.domain.state import Desk, EndedVisit, Hall


def invitation(hall: Hall, counter: str, number: str, now: Now) -> tuple[RatingInvited, ...]:
    """The visitor whose visit ends is asked to rate, where there is something to press."""
    if counter not in hall.catalogue.rating_pads:
        return ()
    ticket = hall.ticket(number)
    return (RatingInvited(*now, number, counter, ticket.purpose if ticket else ""),)


def windows_over(hall: Hall, now: Now, *, day_over: bool = False) -> Iterator[RatingExpired]:
    """The visitors who were asked and did not answer in time; at the end of the day all who have not answered."""
    window = timedelta(seconds=hall.catalogue.rating.window_s)
    for counter, desk in hall.desks.items():
        for visit in desk.invited:
            if day_over or now.at - visit.ended_at > window:
                yield RatingExpired(*now, visit.ticket, counter)


def ended_before(desk: Desk, at: datetime) -> EndedVisit | None:
    """The visit that had ended last at a moment."""
    return next((visit for visit in reversed(desk.visits) if visit.ended_at <= at), None)


def in_service(hall: Hall, counter: str, at: datetime) -> bool:
    """Whether somebody was being served at the counter at a moment of today."""
    begins_after = timedelta(seconds=hall.catalogue.serving_after_s)
    desk = hall.desk(counter)
    if desk.ticket is not None and desk.called_at is not None and at >= desk.called_at + begins_after:
        return True
    following = (visit for visit in reversed(desk.visits) if visit.called_at <= at < visit.ended_at)
    return any(at >= visit.called_at + begins_after for visit in following)
