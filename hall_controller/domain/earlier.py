"""Tickets of earlier days, which are not in the hall any more: found by their code, told by the facts of their day.

A visitor who gets the result at home rates then. Whoever asks the journal stands elsewhere; here it is only said which
day to ask about, and what the facts mean.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hall_controller.domain import facts as f
from hall_controller.domain.codes import read_code, ticket_code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.domain.facts import Fact


DAYS_RECOGNISED: Final = 366
"""A code older than the limit for ratings is still known, so that its visitor is told that it is too late."""


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
    queue: str = ""
    service: str = ""
    issued_at: datetime | None = None


def day_of_code(catalogue: Catalogue, typed: str, today: date) -> date | None:
    """The day on which this hall gave out the code; None for a forged one, and for one of more than a year ago."""
    number, code = read_code(typed)
    letters = {queue.letter for queue in catalogue.queues.values()}
    if number[:1] not in letters or not number[1:].isdecimal():
        return None
    for ago in range(max(DAYS_RECOGNISED, catalogue.rating.later_days) + 1):
        day = today - timedelta(days=ago)
        signed = ticket_code(catalogue.code_key, catalogue.hall, day, number)
        if hmac.compare_digest(signed.encode(), code.encode("utf-8", "replace")):
            return day
    return None


def earlier_visit(day: date, ticket: str, facts: Iterable[Fact]) -> EarlierVisit | None:
    """The visit, from the facts since its day was opened up to the newest; None when there was no such ticket.

    Only facts about the ticket, and those that say which day it is, are needed. A day that was corrected has two
    names, and its numbers are signed with the one that the clock told when they were given out.
    """
    days: frozenset[date] = frozenset()
    visit: EarlierVisit | None = None
    for fact in facts:
        match fact:
            case f.DayOpened():
                days = frozenset({fact.day})
            case f.DayCorrected():
                days |= {fact.day}
            case f.TicketRated(ticket=number) if number == ticket and visit is not None:
                if fact.day == day or (fact.day is None and day in days):
                    visit = replace(visit, rated=True)
            case _ if day in days and getattr(fact, "ticket", None) == ticket:
                visit = _went_on(visit, fact, day)
            case _:
                pass
    return visit


def _went_on(visit: EarlierVisit | None, fact: Fact, day: date) -> EarlierVisit | None:
    """The visit after a fact of its own day."""
    match fact:
        case f.TicketIssued():
            return EarlierVisit(
                day,
                fact.ticket,
                fact.purpose,
                queue=fact.queue,
                service=fact.service,
                issued_at=fact.at,
            )
        case f.TicketCalled() | f.TicketResumed() if visit is not None:
            return replace(visit, officer=fact.officer, completed=False)
        case f.TicketCompleted() if visit is not None:
            return replace(visit, counter=fact.counter, completed=True)
        case _:
            return visit
