"""Visits of a day: what became of each number, how long it waited for its first call, who received it.

Belongs here: following a number from the dispenser to its end. Never here: the counter's own time (`desks`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hall_controller.domain import facts as f
from hall_controller.reports.counting.seeing import Seeing
from hall_controller.reports.day_summary import Happening, StandIn, Ticket, Wait

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

HALF_HOUR_MIN: Final = 30


def whole_minutes(seconds: float) -> int:
    """Rounded up, so that "over 15 minutes" is exactly "more than 15".

    >>> whole_minutes(900), whole_minutes(901)
    (15, 16)
    """
    return -int(-seconds // 60)


@dataclass(slots=True)
class _Number:
    issued: f.TicketIssued
    called: bool = False
    outcome: str = "left"


class Visits(Seeing):
    """Counts the numbers of one day while its facts go by."""

    def __init__(self, timezone: tzinfo) -> None:
        self._timezone = timezone
        self._numbers: dict[str, _Number] = {}
        self.waits: Counter[Wait] = Counter()
        self.stand_ins: Counter[StandIn] = Counter()
        self.happenings: Counter[Happening] = Counter()
        self.ways = {
            f.TicketIssued: self._issued,
            f.TicketCalled: self._called,
            f.TicketResumed: self._resumed,
            f.TicketCompleted: lambda fact: self._set(fact.ticket, "served"),
            f.TicketMissed: lambda fact: self._set(fact.ticket, "no_show"),
            f.TicketRequeued: lambda fact: self._set(fact.ticket, "left"),
            f.TicketTransferred: lambda fact: self._set(fact.ticket, "left"),
            f.SlipIssued: self._slip,
        }

    def tickets(self) -> Counter[Ticket]:
        """What became of all numbers; to be asked when the day is over."""
        found: Counter[Ticket] = Counter()
        for number in self._numbers.values():
            issued = number.issued
            about = (issued.agency, issued.service, issued.purpose)
            found[Ticket(*about, "issued")] += 1
            found[Ticket(*about, "dossiers")] += issued.dossiers
            found[Ticket(*about, number.outcome)] += 1
        return found

    def _issued(self, fact: f.TicketIssued) -> None:
        self._numbers[fact.ticket] = _Number(fact)

    def _slip(self, fact: f.SlipIssued) -> None:
        self.happenings[Happening("slips", fact.service)] += 1

    def _resumed(self, fact: f.TicketResumed) -> None:
        self._set(fact.ticket, "left")
        self._stand_in(fact)

    def _called(self, fact: f.TicketCalled) -> None:
        number = self._numbers.get(fact.ticket)
        if number is not None and not number.called:
            number.called = True
            waited_s = fact.waited_s
            if waited_s is None:
                waited_s = int((fact.at - number.issued.at).total_seconds())
            queue = fact.queue or number.issued.queue
            half = half_hour(number.issued.at, self._timezone)
            self.waits[Wait(queue, half, whole_minutes(max(0, waited_s)))] += 1
        self._set(fact.ticket, "left")
        self._stand_in(fact)

    def _set(self, ticket: str, outcome: str) -> None:
        number = self._numbers.get(ticket)
        if number is not None:
            number.outcome = outcome

    def _stand_in(self, fact: f.TicketCalled | f.TicketResumed) -> None:
        if fact.staffing and (fact.decision or fact.staffing != fact.agency):
            who = fact.officer or ""
            self.stand_ins[StandIn(fact.counter, fact.agency, fact.staffing, who, fact.decision)] += 1


def half_hour(at: datetime, timezone: tzinfo) -> int:
    """The half hour of the hall's day, from 0 (midnight) to 47."""
    local = at.astimezone(timezone)
    return local.hour * 2 + local.minute // HALF_HOUR_MIN
