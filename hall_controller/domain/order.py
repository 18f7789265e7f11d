"""Who is next: the one place that decides which waiting visitor a counter calls.

First those sent to this very counter, then the highest priority class, then the longest wait over all of the
counter's queues.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hall_controller.domain.hall import Hall, Ticket


class Choice(NamedTuple):
    """The number to call, and why it and no other."""

    ticket: str
    reason: str


def next_ticket(hall: Hall, counter: str) -> Choice | None:
    """Whom the counter calls next; None when nobody waits for it."""
    sent_here = hall.desk(counter).waiting
    if sent_here:
        return Choice(sent_here[0], "sent_here")
    chosen = max(_first_of_each_line(hall, counter), key=lambda t: (rank(hall, t), -t.order), default=None)
    if chosen is None:
        return None
    return Choice(chosen.number, f"priority:{chosen.priority}" if rank(hall, chosen) else "longest_wait")


def rank(hall: Hall, ticket: Ticket) -> int:
    """The rank of the ticket's priority class; 0 for everybody else."""
    priority = hall.catalogue.priorities.get(ticket.priority or "")
    return priority.rank if priority else 0


def place(hall: Hall, ticket: Ticket) -> int:
    """How many of the same queue would be called before this ticket."""
    mine = (-rank(hall, ticket), ticket.order)
    waiting = (hall.ticket(number) for number in hall.queue(ticket.queue).waiting)
    return sum((-rank(hall, other), other.order) < mine for other in waiting if other)


def _first_of_each_line(hall: Hall, counter: str) -> Iterator[Ticket]:
    """Of each queue of the counter the visitor to be called first."""
    for queue in hall.catalogue.counters[counter].queues:
        waiting = hall.queue(queue).waiting
        candidates = waiting if hall.catalogue.priorities else waiting[:1]
        tickets = [ticket for number in candidates if (ticket := hall.ticket(number)) is not None]
        if tickets:
            yield max(tickets, key=lambda t: (rank(hall, t), -t.order))
