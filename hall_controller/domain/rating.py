"""Which visit a rating belongs to, and when it counts.

A pad's press counts for the visit that had ended last at its counter when it was pressed, however late it arrives that
day, once, within the window after that end; the code of a ticket counts once, where the pad has not been pressed.
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hall_controller.domain.codes import ticket_code
from hall_controller.domain.facts import TicketRated
from hall_controller.domain.flags import flags
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.domain.windows import ended_before

if TYPE_CHECKING:
    from hall_controller.domain.commands import Now, Rate, RateEarlierTicket, RateTicket
    from hall_controller.domain.earlier import EarlierVisit
    from hall_controller.domain.state import Hall, Ticket


def rate(hall: Hall, command: Rate, now: Now) -> tuple[TicketRated, ...] | Refusal:
    """A press on the rating pad of a counter."""
    ticket, replaces = _whose(hall, command)
    if isinstance(ticket, Refusal):
        counts = ticket.code not in ("nothing_to_rate", "window_over")
        odd = flags(hall, command.counter, command.score, command.pressed_at, counts=counts)
        return replace(ticket, flags=odd)
    odd = flags(hall, command.counter, command.score, command.pressed_at, counts=True)
    rated = TicketRated(
        *now,
        ticket=ticket.number,
        score=command.score,
        levels=hall.catalogue.rating.levels,
        stage=ticket.purpose,
        counter=ticket.counter,
        officer=ticket.officer,
        device=command.device,
        replaces=replaces,
        flags=odd,
        pressed_at=command.pressed_at,
    )
    return (rated,)


def rate_ticket(hall: Hall, command: RateTicket, now: Now) -> tuple[TicketRated, ...] | Refusal:
    """A rating given later, with the code on the ticket."""
    ticket = hall.ticket(command.ticket)
    if ticket is None:
        return refuse("unknown_ticket")
    if ticket.state != "completed":
        return refuse("nothing_to_rate")
    no = _not_on_the_scale(hall, command.score)
    if no or ticket.rated:
        return no or refuse("already_rated")
    rated = TicketRated(
        *now,
        ticket=ticket.number,
        score=command.score,
        levels=hall.catalogue.rating.levels,
        stage=ticket.purpose,
        counter=ticket.counter,
        officer=ticket.officer,
        reasons=command.reasons,
    )
    return (rated,)


def rate_earlier(hall: Hall, command: RateEarlierTicket, now: Now) -> tuple[TicketRated, ...] | Refusal:
    """A rating given days later; the journal was asked about the visit, and this hall knows what came since."""
    visit, catalogue = command.visit, hall.catalogue
    code = ticket_code(catalogue.code_key, catalogue.hall, visit.day, visit.ticket)
    if not hmac.compare_digest(code.encode(), command.code.encode("utf-8", "replace")):
        return refuse("unknown_ticket")
    no = not_rated_any_more(hall, visit) or _not_on_the_scale(hall, command.score)
    if no:
        return no
    rated = TicketRated(
        *now,
        ticket=visit.ticket,
        score=command.score,
        levels=catalogue.rating.levels,
        stage=visit.purpose,
        counter=visit.counter,
        officer=visit.officer,
        reasons=command.reasons,
        day=visit.day,
    )
    return (rated,)


def not_rated_any_more(hall: Hall, visit: EarlierVisit) -> Refusal | None:
    """Why a visit of an earlier day cannot be rated today; None when it can."""
    if hall.day is None or visit.day >= hall.day:
        return refuse("unknown_ticket")
    if (hall.day - visit.day).days > hall.catalogue.rating.later_days:
        return refuse("too_late_to_rate")
    if not visit.completed:
        return refuse("nothing_to_rate")
    rated = visit.rated or (visit.day, visit.ticket) in hall.rated_earlier
    return refuse("already_rated") if rated else None


def _whose(hall: Hall, command: Rate) -> tuple[Ticket | Refusal, bool]:
    """The ticket that a press is about, or why it counts for none; and whether it takes an earlier press's place."""
    desk, settings, at = hall.desk(command.counter), hall.catalogue.rating, command.pressed_at
    no = _not_on_the_scale(hall, command.score)
    change, dead = timedelta(seconds=settings.change_s), timedelta(seconds=settings.dead_s)
    last = desk.presses[-1] if desk.presses else None
    if last is not None and timedelta(0) <= at - last.at <= change + dead:
        ticket = hall.ticket(last.ticket)
        if ticket is None or at - last.at > change:
            return refuse("already_rated"), False
        return no or ticket, True
    visit = ended_before(desk, at)
    ticket = hall.ticket(visit.ticket) if visit else None
    if visit is None or ticket is None:
        return refuse("nothing_to_rate"), False
    if at - visit.ended_at > timedelta(seconds=settings.window_s):
        return refuse("window_over"), False
    return no or (refuse("already_rated") if ticket.rated else ticket), False


def _not_on_the_scale(hall: Hall, score: int) -> Refusal | None:
    return None if 1 <= score <= hall.catalogue.rating.levels else refuse("score_out_of_range")
