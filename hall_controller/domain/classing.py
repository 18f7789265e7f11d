"""Another priority class for somebody who waits: who needs to go first is often seen at the desk, not at the kiosk.

The place among those of the same class stays that of the number. Whom a class puts first stands in `order`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hall_controller.domain import facts as f
from hall_controller.domain.parts import changed, with_queue, with_ticket
from hall_controller.domain.refusals import Refusal, refuse

if TYPE_CHECKING:
    from hall_controller.domain.commands import ClassTicket, Now
    from hall_controller.domain.state import Hall


def classed(hall: Hall, command: ClassTicket, now: Now) -> tuple[f.TicketClassed, ...] | Refusal:
    """The visitor belongs to the class from now on; who does not wait needs none any more."""
    ticket = hall.ticket(command.ticket)
    if ticket is None:
        return refuse("unknown_ticket")
    if command.priority is not None and command.priority not in hall.catalogue.priorities:
        return refuse("unknown_priority")
    if ticket.state not in {"waiting", "unreleased"}:
        return refuse("not_waiting")
    if ticket.priority == command.priority:
        return refuse("class_is_that")
    return (f.TicketClassed(*now, ticket.number, command.priority, command.person),)


def in_class(hall: Hall, fact: f.TicketClassed) -> Hall:
    """The hall with the visitor in the class."""
    ticket = hall.ticket(fact.ticket)
    one = frozenset({fact.ticket})
    members = hall.classed | one if fact.priority else hall.classed - one
    hall = with_ticket(changed(hall, classed=members), fact.ticket, priority=fact.priority)
    return with_queue(hall, ticket.queue) if ticket else hall  # another line, though of the same numbers
