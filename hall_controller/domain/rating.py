"""Which visit a rating belongs to, and when a press on a rating pad counts.

A pad's press counts for the visit that ended last at its counter, once, within the window after that end.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hall_controller.domain.facts import TicketRated
from hall_controller.domain.refusals import Refusal, refuse

if TYPE_CHECKING:
    from hall_controller.domain.commands import Now, Rate, RateTicket
    from hall_controller.domain.hall import Hall, Ticket


def rate(hall: Hall, command: Rate, now: Now) -> tuple[TicketRated, ...] | Refusal:
    """A press on the rating pad of a counter."""
    served = hall.ticket(hall.desk(command.counter).completed or "")
    if served is None or served.ended_at is None or command.pressed_at < served.ended_at:
        return refuse("nothing_to_rate")
    if command.pressed_at - served.ended_at > timedelta(seconds=hall.catalogue.rating.window_s):
        return refuse("window_over")
    return _rated(hall, served, command.score, now, device=command.device)


def rate_ticket(hall: Hall, command: RateTicket, now: Now) -> tuple[TicketRated, ...] | Refusal:
    """A rating given later, with the code on the ticket."""
    ticket = hall.ticket(command.ticket)
    if ticket is None:
        return refuse("unknown_ticket")
    if ticket.state != "completed":
        return refuse("nothing_to_rate")
    return _rated(hall, ticket, command.score, now, reasons=command.reasons)


def _rated(
    hall: Hall,
    ticket: Ticket,
    score: int,
    now: Now,
    *,
    device: str | None = None,
    reasons: tuple[str, ...] = (),
) -> tuple[TicketRated, ...] | Refusal:
    levels = hall.catalogue.rating.levels
    if not 1 <= score <= levels:
        return refuse("score_out_of_range")
    if ticket.rated:
        return refuse("already_rated")
    rated = TicketRated(
        *now,
        ticket=ticket.number,
        score=score,
        levels=levels,
        stage=ticket.purpose,
        counter=ticket.counter,
        officer=ticket.officer,
        device=device,
        reasons=reasons,
    )
    return (rated,)
