"""One part of the hall put in the place of another: a queue's line, a counter's desk, a ticket.

Only how an unchangeable hall is made anew around one changed part; which fact changes what stands in `hall`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hall_controller.domain.state import Hall, Ticket


def with_queue(hall: Hall, queue: str, **changes: object) -> Hall:
    """The hall with changes to one queue."""
    line = replace(hall.queue(queue), **changes)  # type: ignore[arg-type]  # dataclasses.replace checks the names
    return replace(hall, queues={**hall.queues, queue: line})


def with_desk(hall: Hall, counter: str, **changes: object) -> Hall:
    """The hall with changes to one counter's desk."""
    desk = replace(hall.desk(counter), **changes)  # type: ignore[arg-type]  # dataclasses.replace checks the names
    return replace(hall, desks={**hall.desks, counter: desk})


def with_ticket(hall: Hall, number: str, **changes: object) -> Hall:
    """The hall with changes to one ticket; a number that is not in the hall changes nothing."""
    ticket = hall.ticket(number)
    if ticket is None:
        return hall
    changed = replace(ticket, **changes)  # type: ignore[arg-type]  # dataclasses.replace checks the names
    return put_ticket(hall, changed)


def put_ticket(hall: Hall, ticket: Ticket) -> Hall:
    """The hall with this ticket, new or instead of the one with its number."""
    letter = ticket.number[:1]
    numbers = {**hall.tickets.get(letter, {}), ticket.number: ticket}
    return replace(hall, tickets={**hall.tickets, letter: numbers})
