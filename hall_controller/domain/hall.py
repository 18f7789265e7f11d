"""How a fact changes the hall: `evolve(hall, fact) -> hall` never refuses, because a fact has happened.

Every value is immutable, so an older hall stays whole and can be kept as "what the journal holds" while newer facts are
still on their way to the disk. Only folding stands here; the shapes stand in `state`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from hall_controller.domain import facts as f
from hall_controller.domain.answered import invited, no_more_invited, not_ended, rated
from hall_controller.domain.carrying import carried
from hall_controller.domain.classing import in_class
from hall_controller.domain.correcting import day_corrected, started
from hall_controller.domain.dispenser import guarded, released, remembered
from hall_controller.domain.measuring import LONGEST_SERVICE_S, freed, waited
from hall_controller.domain.parts import changed
from hall_controller.domain.parts import put_ticket as _put
from hall_controller.domain.parts import with_desk as _desk
from hall_controller.domain.parts import with_queue as _queue
from hall_controller.domain.parts import with_ticket as _ticket
from hall_controller.domain.state import (
    CLOSED_DESK,
    EMPTY_QUEUE,
    Call,
    CounterStatus,
    Desk,
    EndedVisit,
    Hall,
    QueueLine,
    Ticket,
    TicketState,
    by_turn,
)

if TYPE_CHECKING:
    from datetime import datetime

    from hall_controller.domain.facts import Fact

__all__ = [
    "CALLS_SHOWN",
    "CLOSED_DESK",
    "EMPTY_QUEUE",
    "Call",
    "CounterStatus",
    "Desk",
    "Hall",
    "QueueLine",
    "Ticket",
    "TicketState",
    "by_turn",
    "evolve",
]

CALLS_SHOWN: Final = 12
SERVICES_REMEMBERED: Final = 20


def evolve(hall: Hall, fact: Fact) -> Hall:  # noqa: C901, PLR0911, PLR0912 - one case a fact, that is its point
    """The hall after a fact."""
    match fact:
        case f.ControllerStarted():
            return started(changed(hall, epoch=fact.epoch, training=fact.training, printers={}), fact)
        case f.DayOpened():
            return Hall(hall.catalogue, hall.epoch, hall.training, fact.day, fact.at)
        case f.DayCorrected():
            return day_corrected(hall, fact)
        case f.NumbersSkipped():
            return _queue(hall, fact.queue, last_number=fact.last_number)
        case f.QueueOpened():
            return _queue(hall, fact.queue, open=True, next_opening=None)
        case f.QueueClosed():
            return _queue(hall, fact.queue, open=False, next_opening=fact.next_opening)
        case f.TicketIssued():
            return _issued(hall, fact)
        case f.TicketCalled():
            return _called(_counted(hall, fact), fact, fact.officer, call=1)
        case f.TicketResumed():
            return _called(not_ended(hall, fact.ticket), fact, fact.officer, call=1)
        case f.TicketRecalled():
            return _recalled(hall, fact)
        case f.ServiceStarted():
            hall = _ticket(hall, fact.ticket, state="serving")
            return _desk(hall, fact.counter, serving=True, since=fact.at)
        case f.TicketCompleted():
            return _completed(hall, fact)
        case f.TicketMissed():
            return _missed(hall, fact)
        case f.TicketRequeued():
            return _requeued(hall, fact)
        case f.TicketClassed():
            return in_class(hall, fact)
        case f.TicketHeld():
            hall = _leave(hall, fact.ticket, fact.counter, fact.at, state="held")
            return _desk(hall, fact.counter, held=(*hall.desk(fact.counter).held, fact.ticket))
        case f.TicketTransferred():
            return _transferred(hall, fact)
        case f.TicketVoided():
            return _voided(hall, fact)
        case f.CounterOpened():
            return _desk(hall, fact.counter, status="open", since=fact.at)
        case f.CounterPaused():
            return _desk(hall, fact.counter, status="paused", since=fact.at)
        case f.CounterClosed():
            return _desk(hall, fact.counter, status="closed", since=fact.at)
        case f.OfficerSignedIn():
            return _desk(hall, fact.counter, officer=fact.officer)
        case f.OfficerSignedOut():
            return _desk(hall, fact.counter, officer=None)
        case f.DispenserBurst():
            return changed(hall, bursting=hall.bursting | {fact.source})
        case f.GuardTurned():
            return changed(hall, guard=fact.on, guarded_since=fact.at if fact.reason == "burst" else None)
        case f.TicketGuarded():
            return guarded(hall, fact)
        case f.TicketReleased():
            return released(hall, fact)
        case f.RatingInvited():
            return invited(hall, fact)
        case f.TicketRated():
            return rated(hall, fact)
        case f.RatingExpired():
            return no_more_invited(hall, fact.counter, fact.ticket)
        case f.TicketPrinted():
            return _ticket(hall, fact.ticket, paper="printed")
        case f.PrintFailed():
            return _ticket(hall, fact.ticket, paper="failed")
        case f.PrintUnknown():
            return _ticket(hall, fact.ticket, paper="unknown")
        case f.PrinterStateChanged():
            return _printer(hall, fact)
        case f.SlipIssued():
            return changed(hall, slips=hall.slips + 1)
        case f.WaitTargetPassed():
            return _queue(hall, fact.queue, late=hall.queue(fact.queue).late | {fact.measure})
        case f.WaitTargetMet():
            return _queue(hall, fact.queue, late=hall.queue(fact.queue).late - {fact.measure})
        case f.ServiceTimesCarried():
            return carried(hall, fact)
        case f.BellRung():
            since = hall.desk(fact.counter).bell_since or fact.at
            return _desk(hall, fact.counter, bell_since=since, bell_at=fact.at)
        case f.BellAnswered():
            return _desk(hall, fact.counter, bell_since=None, bell_at=None)
        case f.PressRefused():
            if fact.counter is None or fact.code != "double_press":
                return hall
            return _desk(hall, fact.counter, pressed_at=fact.at)
        case f.ReprintRequested() | f.PaperChanged() | f.JournalRecovered() | f.CatalogueLoaded():
            return hall
        case f.StaffSignedIn() | f.StaffSignedOut() | f.SignInRefused() | f.StaffChanged():
            return hall
        case (
            f.ConfigurationChanged()
            | f.DataExported()
            | f.DeviceAdopted()
            | f.DevicesWatched()
            | f.DeviceStateChanged()
            | f.JournalRestored()
            | f.DeviceTried()
        ):
            return hall


def _printer(hall: Hall, fact: f.PrinterStateChanged) -> Hall:
    others = {printer: state for printer, state in hall.printers.items() if printer != fact.printer}
    return changed(hall, printers=others if fact.state == "ready" else {**others, fact.printer: fact.state})


def _issued(hall: Hall, fact: f.TicketIssued) -> Hall:
    ticket = Ticket(
        number=fact.ticket,
        order=hall.issued,
        queue=fact.queue,
        service=fact.service,
        purpose=fact.purpose,
        code=fact.code,
        language=fact.language,
        priority=fact.priority,
        source=fact.source,
        issued_at=fact.at,
        turn=hall.issued,
        time_trusted=fact.time_trusted,
    )
    line = hall.queue(fact.queue)
    hall = _queue(hall, fact.queue, waiting=(*line.waiting, fact.ticket), last_number=int(fact.ticket[1:]))
    classed = hall.classed | {fact.ticket} if fact.priority else hall.classed
    return remembered(changed(_put(hall, ticket), issued=hall.issued + 1, classed=classed), fact)


def _called(hall: Hall, fact: f.TicketCalled | f.TicketResumed, officer: str | None, call: int) -> Hall:
    hall = _out_of_line(hall, fact.ticket)
    hall = _ticket(
        hall,
        fact.ticket,
        state="calling",
        counter=fact.counter,
        called_at=fact.at,
        ended_at=None,
        missed_at=None,
        officer=officer,
    )
    hall = _desk(
        hall, fact.counter, ticket=fact.ticket, serving=False, call=call, called_at=fact.at, since=fact.at
    )
    return _on_board(hall, Call(fact.ticket, fact.counter, call, fact.at))


def _counted(hall: Hall, fact: f.TicketCalled) -> Hall:
    """One more visitor was called, with or without a class; who was sent to the counter is none of its queue."""
    ticket, called = hall.ticket(fact.ticket), hall.desk(fact.counter).without_class
    hall = _desk(hall, fact.counter, pressed_at=fact.at)
    if ticket is None or ticket.state != "waiting":
        return hall
    hall = waited(hall, fact.ticket, fact.at)
    hall = _queue(hall, ticket.queue, called=hall.queue(ticket.queue).called + 1)
    if hall.catalogue.precedence.mode == "strict":
        return hall
    has_class = ticket.priority in hall.catalogue.priorities
    return _desk(
        hall, fact.counter, without_class=0 if has_class else called + 1 if called is not None else None
    )


def _recalled(hall: Hall, fact: f.TicketRecalled) -> Hall:
    hall = _ticket(hall, fact.ticket, state="calling")
    hall = _desk(hall, fact.counter, serving=False, call=fact.call, called_at=fact.at, since=fact.at)
    return _on_board(hall, Call(fact.ticket, fact.counter, fact.call, fact.at))


def _completed(hall: Hall, fact: f.TicketCompleted) -> Hall:
    ticket = hall.ticket(fact.ticket)
    hall = _leave(hall, fact.ticket, fact.counter, fact.at, state="completed", ended_at=fact.at)
    if ticket is not None and ticket.called_at is not None:
        served = (fact.at - ticket.called_at).total_seconds()
        if 0 <= served <= LONGEST_SERVICE_S:
            line = hall.queue(ticket.queue)
            hall = _queue(hall, ticket.queue, service_s=(*line.service_s, served)[-SERVICES_REMEMBERED:])
    called_at = (ticket.called_at if ticket else None) or fact.at
    visits = (*hall.desk(fact.counter).visits, EndedVisit(fact.ticket, called_at, fact.at))
    return _desk(hall, fact.counter, completed=fact.ticket, visits=visits)


def _missed(hall: Hall, fact: f.TicketMissed) -> Hall:
    ticket = hall.ticket(fact.ticket)
    behind = hall.queue(ticket.queue).called if ticket else 0
    hall = _leave(
        hall,
        fact.ticket,
        fact.counter,
        fact.at,
        state="missed",
        ended_at=fact.at,
        missed_at=fact.at,
        missed_behind=behind,
    )
    return changed(hall, missed=(*hall.missed, fact.ticket))


def _requeued(hall: Hall, fact: f.TicketRequeued) -> Hall:
    hall = _out_of_line(hall, fact.ticket)
    waiting = hall.queue(fact.queue).waiting
    turn = _turn_behind(hall, fact.ticket, waiting, fact.after)
    hall = _ticket(
        hall,
        fact.ticket,
        state="waiting",
        queue=fact.queue,
        counter=None,
        ended_at=None,
        missed_at=None,
        requeued_at=fact.at,
        turn=turn,
    )
    return _queue(hall, fact.queue, waiting=_in_order(hall, (*waiting, fact.ticket)))


def _turn_behind(hall: Hall, number: str, waiting: tuple[str, ...], after: str | None) -> int | Fraction:
    """A turn right behind `after` and before the next in line: the ticket's own where it lies there, else between."""
    turns = {other: ticket.turn for other in (*waiting, number) if (ticket := hall.ticket(other))}
    own = turns.get(number, 0)
    following = waiting[waiting.index(after) + 1 :] if after in waiting else waiting
    upper = turns[following[0]] if following else hall.issued
    lower = turns[after] if after in turns else min(own, upper) - 1
    return own if lower < own < upper else Fraction(lower + upper) / 2


def _transferred(hall: Hall, fact: f.TicketTransferred) -> Hall:
    if hall.desk(fact.counter).ticket == fact.ticket:
        hall = _leave(hall, fact.ticket, fact.counter, fact.at)
    else:
        hall = _out_of_line(hall, fact.ticket)
    hall = _ticket(hall, fact.ticket, sent_from=fact.counter, sent_why=fact.reason)
    if fact.to_counter is not None:
        hall = _ticket(hall, fact.ticket, state="transferred_to_counter", counter=fact.to_counter)
        line = _in_order(hall, (*hall.desk(fact.to_counter).waiting, fact.ticket))
        return _desk(hall, fact.to_counter, waiting=line)
    queue = fact.to_queue or ""
    hall = _ticket(hall, fact.ticket, state="waiting", queue=queue, counter=None)
    return _queue(hall, queue, waiting=_in_order(hall, (*hall.queue(queue).waiting, fact.ticket)))


def _voided(hall: Hall, fact: f.TicketVoided) -> Hall:
    ticket = hall.ticket(fact.ticket)
    hall = _out_of_line(hall, fact.ticket)
    if ticket is not None and ticket.counter and hall.desk(ticket.counter).ticket == fact.ticket:
        return _leave(hall, fact.ticket, ticket.counter, fact.at, state="voided", ended_at=fact.at)
    return _ticket(hall, fact.ticket, state="voided", ended_at=fact.at)


def _leave(hall: Hall, number: str, counter: str, at: datetime, **changes: object) -> Hall:
    """The visitor goes away from the counter, which is open again."""
    hall = freed(hall, number, at)
    hall = _ticket(hall, number, **changes) if changes else hall
    return _desk(hall, counter, ticket=None, serving=False, call=0, called_at=None, since=at)


def _out_of_line(hall: Hall, number: str) -> Hall:
    """The number waits nowhere any more."""
    ticket = hall.ticket(number)
    if ticket is None:
        return hall
    match ticket.state:
        case "missed":
            return changed(hall, missed=tuple(n for n in hall.missed if n != number))
        case "waiting":
            line = hall.queue(ticket.queue)
            rest = tuple(n for n in line.waiting if n != number)
            return _queue(hall, ticket.queue, waiting=rest)
        case "held" if ticket.counter is not None:
            rest = tuple(n for n in hall.desk(ticket.counter).held if n != number)
            return _desk(hall, ticket.counter, held=rest)
        case "transferred_to_counter" if ticket.counter is not None:
            rest = tuple(n for n in hall.desk(ticket.counter).waiting if n != number)
            return _desk(hall, ticket.counter, waiting=rest)
    return hall


def _in_order(hall: Hall, numbers: tuple[str, ...]) -> tuple[str, ...]:
    """The numbers by whose turn it is first."""
    tickets = [ticket for number in numbers if (ticket := hall.ticket(number)) is not None]
    return tuple(ticket.number for ticket in sorted(tickets, key=by_turn))


def _on_board(hall: Hall, call: Call) -> Hall:
    """The call stands first on the hall board, each ticket once; its queue remembers it as the last one called."""
    others = tuple(c for c in hall.calls if c.ticket != call.ticket)
    hall = changed(hall, calls=(call, *others)[:CALLS_SHOWN])
    ticket = hall.ticket(call.ticket)
    return hall if ticket is None else _queue(hall, ticket.queue, last_called=call.ticket)
