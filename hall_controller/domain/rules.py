"""The rules of the hall: `decide(hall, command, now)` gives the facts that follow, or a refusal.

It changes nothing. One rule runs through the keys of a counter: whatever brings another visitor to the counter, or
takes the officer away, ends the visit of the one who is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hall_controller.domain import auditing as a
from hall_controller.domain import commands as c
from hall_controller.domain import facts as f
from hall_controller.domain import watching as w
from hall_controller.domain.bell import bell_answered, ring
from hall_controller.domain.calls import call_next, miss, recall, requeue, resume
from hall_controller.domain.classing import classed
from hall_controller.domain.correcting import STILL_HERE
from hall_controller.domain.days import time_passes
from hall_controller.domain.dispenser import release, turn_guard
from hall_controller.domain.issuing import issue, skip
from hall_controller.domain.rating import rate, rate_earlier, rate_ticket
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.domain.slips import issue_slip
from hall_controller.domain.visits import end_visit

if TYPE_CHECKING:
    from hall_controller.domain.commands import Command, Now
    from hall_controller.domain.hall import Hall

Facts = tuple[f.Fact, ...]


def decide(hall: Hall, command: Command, now: Now) -> Facts | Refusal:  # noqa: C901, PLR0911, PLR0912 - one case a command
    """What follows from the command: at least one fact (a Tick may have none), or a refusal."""
    match command:
        case c.Tick():
            return time_passes(hall, now, command.leapt_s)
        case c.StartController():
            return (f.ControllerStarted(*now, command.version, command.epoch, command.training),)
        case c.RecordOutage():
            return (f.JournalRecovered(*now, command.since),)
        case c.SkipNumbers():
            return skip(hall, command, now)
        case c.IssueTicket():
            return issue(hall, command, now)
        case c.IssueSlip():
            return issue_slip(hall, command, now)
        case c.RecordCatalogue():
            return (_catalogue_loaded(command, now),)
        case (
            a.RecordStaff()
            | a.RecordRefusedSignIn()
            | a.RecordStaffChange()
            | a.RecordConfiguration()
            | a.RecordExport()
            | a.RecordAdoption()
            | a.RecordRestore()
            | a.RecordTrial()
            | a.RecordPaper()
        ):
            return a.recorded(command, now)
        case w.WatchDevices() | w.RecordDeviceStates():
            return w.recorded(command, now)
        case c.TurnGuard():
            return turn_guard(hall, command, now)
        case c.ReleaseTicket():
            return release(hall, command, now)
        case c.RateTicket():
            return rate_ticket(hall, command, now)
        case c.RateEarlierTicket():
            return rate_earlier(hall, command, now)
        case c.Requeue():
            return requeue(hall, command, now)
        case c.ClassTicket():
            return classed(hall, command, now)
        case c.VoidTicket():
            return _void(hall, command, now)
        case c.Reprint():
            return _reprint(hall, command, now)
        case c.RecordPrint():
            return _record_print(command, now)
        case c.RecordPrinter():
            return (f.PrinterStateChanged(*now, command.printer, command.state),)
        case _ if command.counter not in hall.catalogue.counters:
            return refuse("unknown_counter")
        case _:
            return _at_counter(hall, command, now)


def _at_counter(  # noqa: C901, PLR0911, PLR0912 - one case a key
    hall: Hall, command: c.CounterCommand | c.Rate, now: Now
) -> Facts | Refusal:
    match command:
        case c.CallNext():
            return call_next(hall, command, now)
        case c.Recall():
            return recall(hall, command, now)
        case c.Miss():
            return miss(hall, command, now)
        case c.Complete(counter):
            return end_visit(hall, counter, now, "complete") or refuse("no_ticket")
        case c.Hold(counter):
            ticket = hall.desk(counter).ticket
            return (f.TicketHeld(*now, ticket, counter),) if ticket else refuse("no_ticket")
        case c.Resume():
            return resume(hall, command, now)
        case c.Transfer():
            return _transfer(hall, command, now)
        case c.OpenCounter(counter):
            return _open(hall, counter, now)
        case c.PauseCounter():
            return _pause(hall, command, now)
        case c.CloseCounter(counter):
            return _close(hall, counter, now)
        case c.Ring():
            return ring(hall, command, now)
        case c.SignIn():
            return _sign_in(hall, command, now)
        case c.SignOut(counter):
            return _sign_out(hall, counter, now) or refuse("not_signed_in")
        case c.Rate():
            return rate(hall, command, now)


def _catalogue_loaded(command: c.RecordCatalogue, now: Now) -> f.CatalogueLoaded:
    return f.CatalogueLoaded(
        *now,
        sha256=command.sha256,
        rows=command.rows,
        decision=command.decision,
        decided=command.decided,
        added=command.added,
        removed=command.removed,
        changed=command.changed,
        taken=command.taken,
        reason=command.reason,
    )


def _transfer(hall: Hall, command: c.Transfer, now: Now) -> Facts | Refusal:
    counter, ticket = command.counter, hall.desk(command.counter).ticket
    if ticket is None:
        return refuse("no_ticket")
    to = command.to or hall.catalogue.counters[counter].transfer_to
    if to is None:
        return refuse("destination_missing")
    if to in hall.catalogue.queues:
        return (f.TicketTransferred(*now, ticket, counter, to_queue=to, reason=command.reason),)
    if to in hall.catalogue.counters and to != counter:
        if hall.desk(to).status == "closed":
            return refuse("destination_closed")
        return (f.TicketTransferred(*now, ticket, counter, to_counter=to, reason=command.reason),)
    return refuse("unknown_destination")


def _open(hall: Hall, counter: str, now: Now) -> Facts | Refusal:
    if hall.desk(counter).status == "open":
        return refuse("already_open")
    if hall.day is not None and not hall.catalogue.counters[counter].valid.on(hall.day):
        return refuse("counter_not_in_use")
    if hall.catalogue.sign_in_required and hall.desk(counter).officer is None:
        return refuse("sign_in_required")
    opened = f.CounterOpened(*now, counter, hall.officer_on_duty(counter))
    return (*bell_answered(hall, counter, now), opened)


def _pause(hall: Hall, command: c.PauseCounter, now: Now) -> Facts | Refusal:
    status = hall.desk(command.counter).status
    if status != "open":
        return refuse("already_paused" if status == "paused" else "counter_closed")
    paused = f.CounterPaused(*now, command.counter, command.reason)
    return (*end_visit(hall, command.counter, now, "pause"), paused)


def _close(hall: Hall, counter: str, now: Now) -> Facts | Refusal:
    if hall.desk(counter).status == "closed":
        return refuse("already_closed")
    ended = end_visit(hall, counter, now, "close")
    return (*ended, *_back_to_their_queues(hall, counter, now), f.CounterClosed(*now, counter))


def _back_to_their_queues(hall: Hall, counter: str, now: Now) -> Facts:
    """Whom a closing counter held, or was sent, waits in the queue again, at the place that its age gives."""
    desk = hall.desk(counter)
    tickets = (hall.ticket(number) for number in (*desk.held, *desk.waiting))
    return tuple(
        f.TicketTransferred(*now, t.number, counter, to_queue=t.queue, reason="counter_closed")
        for t in tickets
        if t is not None
    )


def _sign_in(hall: Hall, command: c.SignIn, now: Now) -> Facts | Refusal:
    officer = hall.catalogue.officers.get(command.officer)
    if officer is None or (hall.day is not None and not officer.valid.on(hall.day)):
        return refuse("unknown_officer")
    leave: list[f.Fact] = []
    for counter, desk in hall.desks.items():
        if desk.officer == command.officer and counter != command.counter:
            leave += _sign_out(hall, counter, now)
        elif desk.officer and desk.officer != command.officer and counter == command.counter:
            leave.append(f.OfficerSignedOut(*now, counter, desk.officer))
    return (*leave, f.OfficerSignedIn(*now, command.counter, command.officer))


def _sign_out(hall: Hall, counter: str, now: Now) -> Facts:
    """An officer leaves, and where officers must sign in the counter pauses; empty when nobody was there."""
    desk = hall.desk(counter)
    if desk.officer is None:
        return ()
    left = (f.OfficerSignedOut(*now, counter, desk.officer),)
    if desk.status != "open" or not hall.catalogue.sign_in_required:
        return left
    return (*end_visit(hall, counter, now, "pause"), f.CounterPaused(*now, counter, "signed_out"), *left)


def _void(hall: Hall, command: c.VoidTicket, now: Now) -> Facts | Refusal:
    ticket = hall.ticket(command.ticket)
    if ticket is None:
        return refuse("unknown_ticket")
    if ticket.state not in STILL_HERE:
        return refuse("already_ended")
    return (f.TicketVoided(*now, ticket.number, command.reason, ticket.counter, command.person),)


def _reprint(hall: Hall, command: c.Reprint, now: Now) -> Facts | Refusal:
    if hall.ticket(command.ticket) is None:
        return refuse("unknown_ticket")
    return (f.ReprintRequested(*now, command.ticket, command.person),)


def _record_print(command: c.RecordPrint, now: Now) -> Facts:
    match command.outcome:
        case "printed":
            return (f.TicketPrinted(*now, command.ticket, command.printer),)
        case "failed":
            return (f.PrintFailed(*now, command.ticket, command.printer, command.detail),)
        case "unknown":
            return (f.PrintUnknown(*now, command.ticket, command.printer, command.detail),)
