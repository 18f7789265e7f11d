"""Tickets of earlier days, which are not in the hall any more: found by their code, told by the facts of their day.

A visitor who gets the result at home rates then. Whoever asks the journal stands elsewhere; here it is only said which
day to ask about, and what the facts mean.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from hall_controller.domain import facts as f
from hall_controller.domain.codes import read_code, ticket_code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.domain.facts import Fact


@dataclass(frozen=True, slots=True)
class EarlierVisit:
    """What became of a ticket of an earlier day."""

    day: date
    ticket: str
    purpose: str
    counter: str | None = None
    officer: str | None = None
    completed: bool = False
    rated: bool = False


def day_of_code(catalogue: Catalogue, typed: str, today: date) -> date | None:
    """The day on which this hall gave out the code, among those whose tickets can still be rated."""
    number, code = read_code(typed)
    days = (today - timedelta(days=ago) for ago in range(catalogue.rating.later_days + 1))
    for day in days:
        signed = ticket_code(catalogue.code_key, catalogue.hall, day, number)
        if hmac.compare_digest(signed.encode(), code.encode("utf-8", "replace")):
            return day
    return None


def earlier_visit(day: date, ticket: str, facts: Iterable[Fact]) -> EarlierVisit | None:
    """The visit, from all facts since its day was opened up to the newest; None when there was no such ticket."""
    today: date | None = None
    found: dict[str, str | None] = {}
    completed = rated = False
    for fact in facts:
        match fact:
            case f.DayOpened():
                today = fact.day
            case f.TicketIssued(ticket=number) if number == ticket and today == day:
                found = {"purpose": fact.purpose}
            case f.TicketCompleted(ticket=number) if number == ticket and today == day:
                found |= {"counter": fact.counter}
                completed = True
            case f.TicketCalled(ticket=number) | f.TicketResumed(ticket=number) if (
                number == ticket and today == day
            ):
                found |= {"officer": fact.officer}
                completed = False
            case f.TicketRated(ticket=number) if number == ticket and (fact.day or today) == day:
                rated = True
            case _:
                pass
    if not found:
        return None
    purpose = found["purpose"] or ""
    return EarlierVisit(day, ticket, purpose, found.get("counter"), found.get("officer"), completed, rated)
