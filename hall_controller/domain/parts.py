"""One part of the hall put in the place of another: a queue's line, a counter's desk, a ticket.

Only how an unchangeable hall is made anew around one changed part; which fact changes what stands in `hall`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final, TypeVar

from hall_controller.domain.state import Desk, Hall, QueueLine, Ticket

Part = TypeVar("Part", Hall, QueueLine, Desk, Ticket)


class _Shape:
    """How to read all fields of a class at once, and how to put each into a new one."""

    def __init__(self, kind: type) -> None:
        names = [field.name for field in fields(kind)]
        self.values: Callable[[Any], tuple[object, ...]] = attrgetter(*names)
        self.put: dict[str, Callable[[object, object], None]] = {
            name: getattr(kind, name).__set__ for name in names
        }


_SHAPES: Final = {kind: _Shape(kind) for kind in (Hall, QueueLine, Desk, Ticket)}


def changed(part: Part, **changes: object) -> Part:
    """`dataclasses.replace` for these frozen classes with slots, three times as quick: a day is made of such changes.

    Raises KeyError for a field that there is not.
    """
    shape = _SHAPES[type(part)]
    new = object.__new__(type(part))
    for put, value in zip(shape.put.values(), shape.values(part), strict=True):
        put(new, value)
    for name, value in changes.items():
        shape.put[name](new, value)
    return new


def with_queue(hall: Hall, queue: str, **changes: object) -> Hall:
    """The hall with changes to one queue."""
    line = changed(hall.queue(queue), **changes)
    return changed(hall, queues={**hall.queues, queue: line})


def with_desk(hall: Hall, counter: str, **changes: object) -> Hall:
    """The hall with changes to one counter's desk."""
    desk = changed(hall.desk(counter), **changes)
    return changed(hall, desks={**hall.desks, counter: desk})


def with_ticket(hall: Hall, number: str, **changes: object) -> Hall:
    """The hall with changes to one ticket; a number that is not in the hall changes nothing."""
    ticket = hall.ticket(number)
    if ticket is None:
        return hall
    return put_ticket(hall, changed(ticket, **changes))


def put_ticket(hall: Hall, ticket: Ticket) -> Hall:
    """The hall with this ticket, new or instead of the one with its number."""
    letter = ticket.number[:1]
    numbers = {**hall.tickets.get(letter, {}), ticket.number: ticket}
    return changed(hall, tickets={**hall.tickets, letter: numbers})
