"""What a day told wrongly by the clock does to the hall, once the true day is known: nobody loses the place or number.

Only the folds of DayCorrected and ControllerStarted, and whom they concern. When a day ends in the ordinary way stands
in `days`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final, overload

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from hall_controller.domain.facts import ControllerStarted, DayCorrected
    from hall_controller.domain.state import Hall, Ticket

STILL_HERE: Final = frozenset(
    {"waiting", "calling", "serving", "held", "transferred_to_counter", "unreleased"}
)


SAME_SITTING: Final = timedelta(hours=1)


def here(hall: Hall) -> Iterator[Ticket]:
    """Who has a number and has not ended the visit, in the order in which the letters and numbers were given out."""
    for tickets in hall.tickets.values():
        for ticket in tickets.values():
            if ticket.state in STILL_HERE:
                yield ticket


def started(hall: Hall, fact: ControllerStarted) -> Hall:
    """Remember which numbers are older than this start: whoever holds one may have gone home over night.

    A machine that is started again within the hour has not been off for a night, whatever its clock says later.
    """
    again = hall.started_at is not None and fact.at - hall.started_at < SAME_SITTING
    before = hall.issued_before_start if again else hall.issued
    return replace(hall, issued_before_start=before, started_at=fact.at)


def really_here(hall: Hall, *, leapt: bool) -> frozenset[str]:
    """Whose number is of this very day, whatever day the clock told when it was given out.

    A number given out under a clock that was not believed; and when the clock has just leapt under a running
    controller, every number since that controller was started (see `started`), because it has not run through a night.
    """
    return frozenset(
        ticket.number
        for ticket in here(hall)
        if not ticket.time_trusted or (leapt and ticket.order >= hall.issued_before_start)
    )


def day_corrected(hall: Hall, fact: DayCorrected) -> Hall:
    """The same hall on the true day; the times of those who are still there are put right."""
    desks = {
        counter: replace(
            desk,
            since=_put_right(desk.since, fact),
            called_at=_put_right(desk.called_at, fact),
            bell_since=_put_right(desk.bell_since, fact),
            bell_at=_put_right(desk.bell_at, fact),
        )
        for counter, desk in hall.desks.items()
    }
    tickets = {
        letter: {number: _ticket_put_right(ticket, fact) for number, ticket in numbers.items()}
        for letter, numbers in hall.tickets.items()
    }
    return replace(hall, day=fact.day, desks=desks, tickets=tickets, lately=())


def _ticket_put_right(ticket: Ticket, fact: DayCorrected) -> Ticket:
    if ticket.state not in STILL_HERE and ticket.state != "missed":
        return ticket
    return replace(
        ticket,
        issued_at=_put_right(ticket.issued_at, fact),
        called_at=_put_right(ticket.called_at, fact),
        requeued_at=_put_right(ticket.requeued_at, fact),
        missed_at=_put_right(ticket.missed_at, fact),
        time_trusted=True,
    )


@overload
def _put_right(moment: datetime, fact: DayCorrected) -> datetime: ...
@overload
def _put_right(moment: datetime | None, fact: DayCorrected) -> datetime | None: ...
def _put_right(moment: datetime | None, fact: DayCorrected) -> datetime | None:
    """The moment on the true clock; nothing has happened in the future."""
    return None if moment is None else min(moment + timedelta(seconds=fact.shift_s), max(moment, fact.at))
