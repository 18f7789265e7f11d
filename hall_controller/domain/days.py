"""The business day: when a new one begins, and what time alone does to the hall.

A day never goes back, and does not change while the clock cannot be believed, so that no number is given out twice.
When the clock told a wrong day and is put right, visitors in the hall keep their numbers, and the ranges go on.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hall_controller.domain import facts as f
from hall_controller.domain.calls import no_shows
from hall_controller.domain.carrying import taken_over
from hall_controller.domain.correcting import STILL_HERE, really_here
from hall_controller.domain.dispenser import burst_is_over
from hall_controller.domain.hall import evolve
from hall_controller.domain.opening import queue_is_open, queue_next_opening
from hall_controller.domain.targets import wait_targets
from hall_controller.domain.windows import windows_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hall_controller.domain.commands import Now
    from hall_controller.domain.hall import Hall


def business_day(hall: Hall, now: Now) -> date:
    """The day that numbers belong to now."""
    today = now.at.astimezone(hall.catalogue.timezone).date()
    if hall.day is None:
        return today
    return max(today, hall.day) if now.trusted else hall.day


def time_passes(hall: Hall, now: Now, leapt_s: float = 0.0) -> tuple[f.Fact, ...]:
    """Everything that is due: the end of a day and the next one, queues that open or close, visitors being served.

    `leapt_s` says by how much the clock was set just now: then the day changes because it was wrong, not because of
    a midnight.
    """
    facts: list[f.Fact] = []
    if business_day(hall, now) != hall.day:
        facts += _another_day(hall, now, leapt_s)
        for fact in facts:
            hall = evolve(hall, fact)
    facts += _queues(hall, now)
    facts += _being_served(hall, now)
    facts += wait_targets(hall, now)
    facts += windows_over(hall, now)
    facts += burst_is_over(hall, now)
    facts += no_shows(hall, now)
    return tuple(facts)


def _another_day(hall: Hall, now: Now, leapt_s: float) -> Iterator[f.Fact]:
    """A new day begins with an empty hall; but whoever is really here goes on, and so do the numbers."""
    here = really_here(hall, leapt=leapt_s != 0)
    yield from windows_over(hall, now, day_over=True)
    yield from _visits_are_over(hall, now, here)
    if here:
        yield f.DayCorrected(*now, day=business_day(hall, now), shift_s=leapt_s)
        return
    yield from _counters_close(hall, now)
    yield f.DayOpened(*now, day=business_day(hall, now))
    yield from taken_over(hall, now)


def _visits_are_over(hall: Hall, now: Now, but: frozenset[str]) -> Iterator[f.Fact]:
    for tickets in hall.tickets.values():
        for ticket in tickets.values():
            if ticket.number in but:
                continue
            if ticket.state == "serving" and ticket.counter is not None:
                yield f.TicketCompleted(*now, ticket.number, ticket.counter, ticket.officer, "day_over")
            elif ticket.state in STILL_HERE:
                yield f.TicketVoided(*now, ticket.number, "day_over", ticket.counter)


def _counters_close(hall: Hall, now: Now) -> Iterator[f.Fact]:
    for counter, desk in hall.desks.items():
        if desk.officer is not None:
            yield f.OfficerSignedOut(*now, counter=counter, officer=desk.officer)
        if desk.status != "closed":
            yield f.CounterClosed(*now, counter=counter)


def _queues(hall: Hall, now: Now) -> Iterator[f.Fact]:
    """Queues open and close by the clock; while it cannot be believed, nobody is sent away because of it."""
    for queue in hall.catalogue.queues:
        line = hall.queue(queue)
        if not now.trusted or queue_is_open(hall.catalogue, queue, now.at):
            if not line.open:
                yield f.QueueOpened(*now, queue=queue)
        elif line.open or queue not in hall.queues:
            opening = queue_next_opening(hall.catalogue, queue, now.at)
            yield f.QueueClosed(*now, queue=queue, next_opening=opening)


def _being_served(hall: Hall, now: Now) -> Iterator[f.Fact]:
    after = timedelta(seconds=hall.catalogue.serving_after_s)
    for counter, desk in hall.desks.items():
        if desk.ticket and not desk.serving and desk.called_at and now.at - desk.called_at >= after:
            yield f.ServiceStarted(*now, ticket=desk.ticket, counter=counter)
