"""What the hall remembers of its own speed: how long numbers kept a counter, and how long they waited.

Only the folding of facts into the last few times of a queue; what they mean stands in `estimate` and `targets`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.domain.parts import with_queue

if TYPE_CHECKING:
    from datetime import datetime

    from hall_controller.domain.state import Hall

TIMES_REMEMBERED: Final = 20
LONGEST_SERVICE_S: Final = 4 * 3600.0
"""A visit cannot last longer than a half day: beyond it a key was forgotten, or the clock jumped."""


def freed(hall: Hall, number: str, at: datetime) -> Hall:
    """A called number leaves its counter, served or not: so long the counter was busy with one of that queue."""
    ticket = hall.ticket(number)
    if ticket is None or ticket.called_at is None:
        return hall
    busy_s = (at - ticket.called_at).total_seconds()
    if not 0 <= busy_s <= LONGEST_SERVICE_S:
        return hall
    line = hall.queue(ticket.queue)
    return with_queue(hall, ticket.queue, busy_s=(*line.busy_s, busy_s)[-TIMES_REMEMBERED:])


def waited(hall: Hall, number: str, at: datetime) -> Hall:
    """A number is called from its queue: so long it has waited there."""
    ticket = hall.ticket(number)
    if ticket is None:
        return hall
    waited_s = max(0.0, (at - ticket.waits_since).total_seconds())
    line = hall.queue(ticket.queue)
    return with_queue(hall, ticket.queue, waited_s=(*line.waited_s, waited_s)[-TIMES_REMEMBERED:])
