"""What the guidance desk sees: hall and moment in, the answer out; pure.

Only who needs somebody at the desk; whoever simply waits is not told one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.domain.correcting import here
from hall_controller.domain.dispenser import on_guard
from hall_controller.messages import Text
from hall_controller.web.counter_seen import (
    counter_name,
    local,
    priority_name,
    purpose_name,
    queue_name,
    service_name,
)
from hall_controller.web.desk_bodies import Bell, GuideSeen, Held, NumberFound, PrinterNow, QueueSeen, Told
from hall_controller.web.ticket_seen import seen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hall_controller.domain.commands import Now
    from hall_controller.domain.hall import Hall, Ticket
    from hall_controller.explain import Line
    from hall_controller.web.desk_bodies import PrinterState

NO_PAPER: Final = frozenset({"failed", "unknown"})
IN_LINE: Final = frozenset({"waiting", "transferred_to_counter", "unreleased"})
PRINTER_TEXTS: Final[dict[PrinterState, Text]] = {
    "none": Text(vi="Trung tâm không có máy in vé.", en="The hall has no ticket printer."),
    "ready": Text(vi="Máy in vé sẵn sàng.", en="The ticket printer is ready."),
    "paper_out": Text(
        vi="Máy in vé hết giấy: thay cuộn giấy, đóng nắp, rồi bấm “Đã thay giấy”.",
        en="The ticket printer is out of paper: change the roll, close the cover, then press “Paper changed”.",
    ),
    "not_ready": Text(
        vi="Máy in vé không trả lời: kiểm tra nguồn điện, nắp máy và cáp, rồi bấm “Đã thay giấy”.",
        en="The ticket printer does not answer: check its power, cover and cable, then press “Paper changed”.",
    ),
}


def guide_seen(
    hall: Hall, printer: PrinterState, now: Now, unavailable_since: datetime | None = None
) -> GuideSeen:
    """The desk at that moment."""
    present = sorted(here(hall), key=lambda ticket: ticket.order)
    missed = [ticket for n in reversed(hall.missed) if (ticket := hall.ticket(n))]
    return GuideSeen.model_construct(
        guard=on_guard(hall),
        unreleased=[_held(hall, t, t.issued_at) for t in present if t.state == "unreleased"],
        missed=[_held(hall, ticket, ticket.missed_at) for ticket in missed],
        unprinted=[
            _held(hall, t, t.issued_at) for t in present if t.paper in NO_PAPER and t.state in IN_LINE
        ],
        bells=[
            Bell.model_construct(counter=c.id, name=c.name, since=hall.desk(c.id).bell_since)
            for c in hall.catalogue.counters.values()
            if hall.day is None or c.valid.on(hall.day)
        ],
        queues=[_queue(hall, queue) for queue in hall.catalogue.queues],
        printer=PrinterNow.model_construct(state=printer, text=PRINTER_TEXTS[printer]),
        training=hall.training,
        time=now.at,
        local=local(hall, now.at),
        unavailable_since=unavailable_since,
    )


def number_found(hall: Hall, ticket: Ticket, story: Iterable[Line]) -> NumberFound:
    """A number of today, and its story in words."""
    told, zone = seen(hall, ticket), hall.catalogue.timezone
    return NumberFound.model_construct(
        number=ticket.number,
        state=ticket.state,
        text=told.text,
        service=service_name(hall, ticket),
        purpose=purpose_name(hall, ticket),
        priority=priority_name(hall, ticket),
        queue=queue_name(hall, ticket.queue),
        counter=counter_name(hall, ticket.counter),
        ahead=told.ahead,
        estimated_wait_s=told.estimated_wait_s,
        issued_at=ticket.issued_at,
        paper=ticket.paper,
        may=_may(ticket),
        story=[
            Told.model_construct(
                clock=f"{line.at.astimezone(zone):%H:%M:%S}" if line.at else None,
                text=Text(vi=line.text.vi, en=line.text.en),
            )
            for line in story
        ],
    )


def number_typed(typed: str) -> str:
    """A number however it was said: "a12" is A012.

    >>> number_typed(" a12"), number_typed("B0007")
    ('A012', 'B007')
    """
    plain = typed.strip().upper()
    digits = plain[1:]
    return f"{plain[0]}{int(digits):03}" if digits.isascii() and digits.isdigit() else plain


def _may(ticket: Ticket) -> list[str]:
    may = {
        "unreleased": ["release", "void"],
        "waiting": ["void", "priority"],
        "transferred_to_counter": ["void"],
        "held": ["void"],
        "missed": ["requeue"],
    }.get(ticket.state, [])
    return [*may, "reprint"] if ticket.state in IN_LINE or ticket.state == "missed" else may


def _held(hall: Hall, ticket: Ticket, since: datetime | None) -> Held:
    return Held.model_construct(
        number=ticket.number,
        service=service_name(hall, ticket),
        purpose=purpose_name(hall, ticket),
        priority=priority_name(hall, ticket),
        since=since or ticket.issued_at,
        counter=counter_name(hall, ticket.counter),
    )


def _queue(hall: Hall, queue: str) -> QueueSeen:
    line, settings = hall.queue(queue), hall.catalogue.queues[queue]
    since = [ticket.waits_since for number in line.waiting if (ticket := hall.ticket(number))]
    return QueueSeen.model_construct(
        queue=queue,
        letter=settings.letter,
        name=queue_name(hall, queue),
        open=line.open,
        waiting=len(line.waiting),
        oldest=min(since, default=None),
    )
