"""Calling visitors to a counter: the next one, the same one again, one who did not come, and one who comes back.

Whom to call is decided in `order`; here it is decided whether there is a call, and what it does to who was there.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from hall_controller.domain import facts as f
from hall_controller.domain.bell import bell_answered
from hall_controller.domain.order import Choice, next_ticket
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.domain.visits import end_visit, not_serving, reception

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hall_controller.domain import commands as c
    from hall_controller.domain.commands import Now
    from hall_controller.domain.hall import Hall, Ticket

Facts = tuple[f.Fact, ...]
PRESSED_TWICE_S: Final = 3.0
"""Nobody is served in three seconds: on a pad of one button a second press says that the visitor did not come."""


def call_next(hall: Hall, command: c.CallNext, now: Now) -> Facts | Refusal:
    """Who was at the counter has been served, and whose turn it is comes; or a certain visitor, where allowed."""
    counter = command.counter
    no = not_serving(hall, counter) or _double_press(hall, counter, now)
    if no:
        return no
    choice = _choice(hall, command, now)
    if isinstance(choice, Refusal):
        return choice
    left = _did_not_come(hall, counter, now) or end_visit(hall, counter, now, "next")
    if choice is None:
        return left or refuse("none_waiting")
    return (*left, *bell_answered(hall, counter, now), _called(hall, counter, choice, now))


def recall(hall: Hall, command: c.Recall, now: Now) -> Facts | Refusal:
    """The visitor at the counter is called once more, but not so soon that nobody could have come."""
    desk = hall.desk(command.counter)
    if desk.ticket is None:
        return refuse("no_ticket")
    if _within(desk.called_at, now, hall.catalogue.calls.recall_gap_s):
        return refuse("recall_too_soon")
    return (f.TicketRecalled(*now, desk.ticket, command.counter, desk.call + 1),)


def miss(hall: Hall, command: c.Miss, now: Now) -> Facts | Refusal:
    """The visitor at the counter did not come, though called as often as the hall wants."""
    desk = hall.desk(command.counter)
    if desk.ticket is None:
        return refuse("no_ticket")
    if desk.call < hall.catalogue.calls.calls_before_miss:
        return refuse("call_again_first")
    return (f.TicketMissed(*now, desk.ticket, command.counter),)


def resume(hall: Hall, command: c.Resume, now: Now) -> Facts | Refusal:
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
    if missed_too_long(hall, ticket, now):
        return refuse("missed_too_long")
    ended_here = ticket.state == "completed" and desk.completed == number and not ticket.rated
    if ticket.state != "missed" and number not in held and not ended_here:
        return refuse("not_resumable")
    ended = end_visit(hall, command.counter, now, "resume")
    who = reception(hall, command.counter, number)
    resumed = f.TicketResumed(
        *now,
        ticket=number,
        counter=command.counter,
        officer=who.officer,
        agency=who.agency,
        staffing=who.staffing,
        decision=who.decision,
    )
    return (*ended, *bell_answered(hall, command.counter, now), resumed)


def requeue(hall: Hall, command: c.Requeue, now: Now) -> Facts | Refusal:
    """A visitor who missed the call waits again in the same queue, behind as many alike as the hall says."""
    ticket = hall.ticket(command.ticket)
    if ticket is None:
        return refuse("unknown_ticket")
    if missed_too_long(hall, ticket, now):
        return refuse("missed_too_long")
    if ticket.state != "missed":
        return refuse("not_missed")
    waiting = hall.queue(ticket.queue).waiting
    alike = [n for n in waiting if (other := hall.ticket(n)) and other.priority == ticket.priority]
    behind = hall.catalogue.calls.missed_returns_behind
    if behind == 0 or not waiting:
        after = None
    else:
        after = waiting[-1] if behind is None or behind > len(alike) else alike[behind - 1]
    return (f.TicketRequeued(*now, ticket.number, ticket.queue, after, command.person),)


def missed_too_long(hall: Hall, ticket: Ticket, now: Now) -> bool:
    """Whether the visitor did not come when called, and the hall has waited for as many numbers and minutes as it says.

    Also after the number was void for that. While the clock cannot be believed nobody is sent away because of it.
    """
    calls = hall.catalogue.calls
    if ticket.missed_at is None or not (calls.missed_numbers or calls.missed_s):
        return False
    if ticket.state == "voided":
        return True
    later = hall.queue(ticket.queue).called - ticket.missed_behind
    waited = now.trusted and now.at - ticket.missed_at >= timedelta(seconds=calls.missed_s)
    return waited and later >= calls.missed_numbers


def no_shows(hall: Hall, now: Now) -> Iterator[f.TicketVoided]:
    """The missed numbers that are void from now on."""
    for number in hall.missed:
        ticket = hall.ticket(number)
        if ticket is not None and missed_too_long(hall, ticket, now):
            yield f.TicketVoided(*now, number, "no_show", ticket.counter)


def _double_press(hall: Hall, counter: str, now: Now) -> Refusal | None:
    """A key that bounces or sticks is no call; each such press begins the time anew."""
    quick = _within(hall.desk(counter).pressed_at, now, hall.catalogue.calls.double_press_s)
    return refuse("double_press") if quick else None


def _did_not_come(hall: Hall, counter: str, now: Now) -> Facts:
    """On a pad of one button a second press soon after the call says that the visitor did not come."""
    desk = hall.desk(counter)
    if desk.ticket is None or not hall.catalogue.counters[counter].one_button:
        return ()
    if not _within(desk.called_at, now, PRESSED_TWICE_S):
        return ()
    return (f.TicketMissed(*now, desk.ticket, counter, "pressed_twice"),)


def _choice(hall: Hall, command: c.CallNext, now: Now) -> Choice | Refusal | None:
    """Whose turn it is, or whom the officer chose where the hall allows it."""
    first = next_ticket(hall, command.counter, now.at)
    number = command.ticket
    if number is None or (first is not None and first.ticket == number):
        return first
    ticket = hall.ticket(number)
    if ticket is None:
        return refuse("unknown_ticket")
    counter = hall.catalogue.counters[command.counter]
    in_line = ticket.state == "waiting" and ticket.queue in counter.queues
    if not in_line and number not in hall.desk(counter.id).waiting:
        return refuse("not_waiting_here")
    if not hall.catalogue.calls.cherry_pick:
        return refuse("not_next")
    return Choice(number, "chosen", instead_of=first.ticket if first else None)


def _called(hall: Hall, counter: str, choice: Choice, now: Now) -> f.TicketCalled:
    who, ticket = reception(hall, counter, choice.ticket), hall.ticket(choice.ticket)
    return f.TicketCalled(
        *now,
        ticket=choice.ticket,
        counter=counter,
        officer=who.officer,
        reason=choice.reason,
        agency=who.agency,
        staffing=who.staffing,
        queue=ticket.queue if ticket else "",
        waited_s=max(0, int((now.at - ticket.waits_since).total_seconds())) if ticket else None,
        queues=choice.queues,
        step=choice.step,
        limit_s=choice.limit_s,
        out_of_order=choice.reason == "chosen",
        instead_of=choice.instead_of,
        decision=who.decision,
    )


def _within(since: datetime | None, now: Now, seconds: float) -> bool:
    """Whether less than so many seconds have passed; a clock that was put back says nothing."""
    return since is not None and timedelta(0) <= now.at - since < timedelta(seconds=seconds)
