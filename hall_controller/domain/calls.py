"""Calling visitors to a counter: the next one, the same one again, and one who comes back.

Whom to call is decided in `order`; here it is decided whether there is a call, and what it does to who was there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hall_controller.domain import facts as f
from hall_controller.domain.order import Choice, next_ticket
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.domain.visits import agencies, end_visit, not_serving

if TYPE_CHECKING:
    from hall_controller.domain import commands as c
    from hall_controller.domain.commands import Now
    from hall_controller.domain.hall import Hall


def call_next(hall: Hall, command: c.CallNext, now: Now) -> tuple[f.Fact, ...] | Refusal:
    """Who was at the counter has been served, and whose turn it is comes."""
    counter = command.counter
    no = not_serving(hall, counter)
    if no:
        return no
    choice = next_ticket(hall, counter, now.at)
    ended = end_visit(hall, counter, now, "next")
    if choice is None:
        return ended or refuse("none_waiting")
    return (*ended, _called(hall, counter, choice, now))


def _called(hall: Hall, counter: str, choice: Choice, now: Now) -> f.TicketCalled:
    agency, staffing = agencies(hall, counter)
    ticket = hall.ticket(choice.ticket)
    return f.TicketCalled(
        *now,
        ticket=choice.ticket,
        counter=counter,
        officer=hall.officer_on_duty(counter),
        reason=choice.reason,
        agency=agency,
        staffing=staffing,
        queue=ticket.queue if ticket else "",
        waited_s=max(0, int((now.at - ticket.waits_since).total_seconds())) if ticket else None,
        queues=choice.queues,
        step=choice.step,
        limit_s=choice.limit_s,
    )


def recall(hall: Hall, command: c.Recall, now: Now) -> tuple[f.Fact, ...] | Refusal:
    """The visitor at the counter is called once more."""
    desk = hall.desk(command.counter)
    if desk.ticket is None:
        return refuse("no_ticket")
    return (f.TicketRecalled(*now, desk.ticket, command.counter, desk.call + 1),)


def resume(hall: Hall, command: c.Resume, now: Now) -> tuple[f.Fact, ...] | Refusal:
    """A visitor who was here comes back to the counter at once."""
    no = not_serving(hall, command.counter)
    if no:
        return no
    desk = hall.desk(command.counter)
    held = desk.held
    number = command.ticket or (held[-1] if held else None)
    if number is None:
        return refuse("nothing_held")
    ticket = hall.ticket(number)
    if ticket is None:
        return refuse("unknown_ticket")
    ended_here = ticket.state == "completed" and desk.completed == number and not ticket.rated
    if ticket.state != "missed" and number not in held and not ended_here:
        return refuse("not_resumable")
    officer = hall.officer_on_duty(command.counter)
    resumed = f.TicketResumed(*now, number, command.counter, officer, *agencies(hall, command.counter))
    return (*end_visit(hall, command.counter, now, "resume"), resumed)
