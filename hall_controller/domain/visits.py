"""A visit at a counter: whether the counter can receive anybody, how the visit ends, and to whom it is put down.

Facts about one visitor in front of one counter. Whose turn it is stands in `order`, how visitors are called in `calls`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hall_controller.domain import facts as f
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.domain.windows import invitation

if TYPE_CHECKING:
    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.domain.commands import Now
    from hall_controller.domain.hall import Hall


class Reception(NamedTuple):
    """Who receives a visitor, for which agency, as whose officer, and by which decision when that is another one's."""

    officer: str | None
    agency: str
    staffing: str
    decision: str


def end_visit(hall: Hall, counter: str, now: Now, key: str) -> tuple[f.Fact, ...]:
    """The visitor at the counter, if there is one, has been served and may rate; `key` says what ended the visit."""
    ticket = hall.desk(counter).ticket
    if ticket is None:
        return ()
    who = reception(hall, counter, ticket)
    completed = f.TicketCompleted(*now, ticket, counter, who.officer, key, who.agency, who.staffing)
    return (completed, *invitation(hall, counter, ticket, now))


def reception(hall: Hall, counter: str, number: str) -> Reception:
    """Who receives this visitor at the counter now, for the evidence of ten years.

    A counter that calls for several agencies serves the visitor's own: its assignment names only the one whose officer
    sits there. A visitor sent on from elsewhere has come for what the counter is assigned to. The staffing agency is
    the assignment's, unless somebody else has signed in: then it is that officer's.
    """
    assignment = hall.catalogue.assignment(counter, hall.day) if hall.day else None
    officer = hall.officer_on_duty(counter)
    agency = assignment.agency if assignment else ""
    own = _agency_called_for(hall, counter, number)
    if own and (not assignment or len(agencies_called_for(hall.catalogue, counter)) > 1):
        agency = own
    known = hall.catalogue.officers.get(officer or "")
    if assignment and (known is None or officer == assignment.officer):
        decision = assignment.decision if assignment.staffing != agency else ""
        return Reception(officer, agency, assignment.staffing, decision)
    return Reception(officer, agency, known.agency if known else "", "")


def agencies_called_for(catalogue: Catalogue, counter: str) -> frozenset[str]:
    """The agencies whose services the counter's queues are for; several make it a pooled counter."""
    queues = catalogue.counters[counter].queues
    return frozenset(service.agency for service in catalogue.services.values() if service.queue in queues)


def _agency_called_for(hall: Hall, counter: str, number: str) -> str | None:
    """The agency of the visitor's service, when the counter calls for that service."""
    ticket = hall.ticket(number)
    service = hall.catalogue.services.get(ticket.service) if ticket else None
    called_for = service is not None and service.queue in hall.catalogue.counters[counter].queues
    return service.agency if service and called_for else None


def not_serving(hall: Hall, counter: str) -> Refusal | None:
    """Why the counter cannot call anybody now."""
    desk = hall.desk(counter)
    if desk.status != "open":
        return refuse(f"counter_{desk.status}")
    if hall.catalogue.sign_in_required and desk.officer is None:
        return refuse("sign_in_required")
    return None
