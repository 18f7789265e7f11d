"""What an officer sees of the own counter: hall and moment in, the answer out; pure.

Numbers, reasons to come and waits, and whom the key `next` would call. Whom it does call the rules decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.domain.order import next_ticket, rank
from hall_controller.domain.state import by_turn
from hall_controller.messages import Text
from hall_controller.web.counter_bodies import Aside, Beat, CounterSeen, InLine, Line, Visitor

if TYPE_CHECKING:
    from datetime import datetime

    from hall_controller.domain import catalogue as c
    from hall_controller.domain.commands import Now
    from hall_controller.domain.hall import Hall, Ticket
    from hall_controller.messages import CounterDisplay

FIRST_FEW: Final = 5
SOMEBODY: Final = Text(vi="cán bộ phòng chuyên môn", en="an officer of the back office")


def counter_seen(
    hall: Hall, counter: str, display: CounterDisplay, now: Now, unavailable_since: datetime | None = None
) -> CounterSeen:
    """The counter as its officer sees it at that moment."""
    desk, settings = hall.desk(counter), hall.catalogue.counters[counter]
    at_desk = hall.ticket(desk.ticket) if desk.ticket else None
    choice = next_ticket(hall, counter, now.at)
    return CounterSeen.model_construct(
        epoch=hall.epoch,
        rev=display.rev,
        display=display,
        visitor=_visitor(hall, at_desk) if at_desk else None,
        next=choice.ticket if choice else None,
        lines=[_line(hall, queue) for queue in settings.queues],
        sent=[_in_line(hall, ticket) for n in desk.waiting if (ticket := hall.ticket(n))],
        aside=_aside(hall, counter),
        officer=desk.officer,
        bell_since=desk.bell_since,
        bell_asks=_bell_asks(hall, counter),
        cherry_pick=hall.catalogue.calls.cherry_pick,
        sign_in_required=hall.catalogue.sign_in_required,
        served=len(desk.visits),
        training=hall.training,
        time=now.at,
        local=local(hall, now.at),
        unavailable_since=unavailable_since,
    )


def beat(hall: Hall, now: Now, unavailable_since: datetime | None) -> Beat:
    """The time alone."""
    return Beat.model_construct(time=now.at, local=local(hall, now.at), unavailable_since=unavailable_since)


def local(hall: Hall, at: datetime) -> str:
    """A moment on the hall's own clock, as a page reads it."""
    return at.astimezone(hall.catalogue.timezone).isoformat(timespec="milliseconds")


def service_name(hall: Hall, ticket: Ticket) -> Text:
    """The field of work for which a visitor has come."""
    known = hall.catalogue.services.get(ticket.service)
    return _text(known.name) if known else Text(vi=ticket.service, en=ticket.service)


def purpose_name(hall: Hall, ticket: Ticket) -> Text:
    """Why a visitor has come."""
    known = hall.catalogue.purposes.get(ticket.purpose)
    return _text(known) if known else Text(vi=ticket.purpose, en=ticket.purpose)


def priority_name(hall: Hall, ticket: Ticket) -> Text | None:
    """The class of a visitor who may go first."""
    known = hall.catalogue.priorities.get(ticket.priority or "")
    return _text(known.name) if known else None


def queue_name(hall: Hall, queue: str) -> Text:
    """How people call the queue."""
    known = hall.catalogue.queues.get(queue)
    return _text(known.name) if known else Text(vi=queue, en=queue)


def counter_name(hall: Hall, counter: str | None) -> str | None:
    """How people read the counter ("5" of "Quầy 5")."""
    known = hall.catalogue.counters.get(counter or "")
    return known.name if known else None


def _visitor(hall: Hall, ticket: Ticket) -> Visitor:
    called_at = ticket.called_at or ticket.issued_at
    return Visitor.model_construct(
        number=ticket.number,
        service=service_name(hall, ticket),
        purpose=purpose_name(hall, ticket),
        priority=priority_name(hall, ticket),
        since=called_at,
        waited_s=max(0, int((called_at - ticket.waits_since).total_seconds())),
        sent_from=counter_name(hall, ticket.sent_from),
        sent_why=ticket.sent_why,
    )


def _in_line(hall: Hall, ticket: Ticket) -> InLine:
    return InLine.model_construct(
        number=ticket.number,
        purpose=purpose_name(hall, ticket),
        priority=priority_name(hall, ticket),
        since=ticket.waits_since,
        sent_from=counter_name(hall, ticket.sent_from),
        sent_why=ticket.sent_why,
    )


def _line(hall: Hall, queue: str) -> Line:
    line, settings = hall.queue(queue), hall.catalogue.queues[queue]
    waiting = [ticket for number in line.waiting if (ticket := hall.ticket(number))]
    waiting.sort(key=lambda ticket: (-rank(hall, ticket), *by_turn(ticket)))
    return Line.model_construct(
        queue=queue,
        letter=settings.letter,
        name=_text(settings.name),
        open=line.open,
        next_opening=line.next_opening,
        waiting=len(waiting),
        first=[_in_line(hall, ticket) for ticket in waiting[:FIRST_FEW]],
    )


def _aside(hall: Hall, counter: str) -> list[Aside]:
    held = [ticket for n in reversed(hall.desk(counter).held) if (ticket := hall.ticket(n))]
    missed = [t for n in reversed(hall.missed) if (t := hall.ticket(n)) and t.counter == counter]
    return [
        *(_set_aside(ticket, "held", ticket.called_at) for ticket in held),
        *(_set_aside(ticket, "missed", ticket.missed_at) for ticket in missed),
    ]


def _set_aside(ticket: Ticket, state: str, since: datetime | None) -> Aside:
    return Aside.model_construct(number=ticket.number, state=state, since=since or ticket.issued_at)


def _bell_asks(hall: Hall, counter: str) -> Text:
    """The agency whose officer the counter's assignment names, or the agency alone, or somebody."""
    assignment = hall.catalogue.assignment(counter, hall.day) if hall.day else None
    agency = hall.catalogue.agencies.get(assignment.staffing) if assignment else None
    if assignment is None or agency is None:
        return SOMEBODY
    if assignment.officer is None:
        return _text(agency.name)
    return Text(vi=f"{assignment.officer}, {agency.name.vi}", en=f"{assignment.officer}, {agency.name.en}")


def _text(text: c.Text) -> Text:
    return Text(vi=text.vi, en=text.en)
