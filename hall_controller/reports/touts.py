"""Whether somebody takes numbers to sell them: numbers, no-shows and bursts by service and hour of the day.

Figures about numbers, never about people. What the dispenser does against it stands in `domain.dispenser`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from hall_controller.domain import facts as f
from hall_controller.reports.counting.seeing import Seeing

if TYPE_CHECKING:
    from datetime import tzinfo


class When(NamedTuple):
    """A service, and the hour of the hall's day in which numbers were given out."""

    service: str
    hour: int


@dataclass(slots=True)
class Numbers:
    """What became of the numbers that were given out then."""

    issued: int = 0
    no_shows: int = 0
    """Called, and never came."""
    bursts: int = 0
    """Bursts told while numbers for this service were given out."""
    held: int = 0
    """Held at the guidance desk."""
    never_released: int = 0

    @property
    def no_show_rate(self) -> float:
        return self.no_shows / self.issued if self.issued else 0.0

    @property
    def bursts_per_100(self) -> float:
        """Bursts for each hundred numbers."""
        return 100 * self.bursts / self.issued if self.issued else 0.0


class Touts(Seeing):
    """Counts numbers by service and hour while the facts of one day go by, or of several days."""

    def __init__(self, timezone: tzinfo) -> None:
        self._timezone = timezone
        self._found: dict[When, Numbers] = {}
        self._when: dict[str, When] = {}
        self._missing: set[str] = set()
        self._held: set[str] = set()
        self._last: When | None = None
        self.ways = {
            f.DayOpened: lambda _: self._end_day(),
            f.TicketIssued: self._issued,
            f.DispenserBurst: self._burst,
            f.TicketGuarded: self._guarded,
            f.TicketReleased: lambda fact: self._held.discard(fact.ticket),
            f.TicketMissed: lambda fact: self._missing.add(fact.ticket),
            f.TicketResumed: lambda fact: self._missing.discard(fact.ticket),
            f.TicketCalled: lambda fact: self._missing.discard(fact.ticket),
        }

    def by_service_and_hour(self) -> dict[When, Numbers]:
        """The figures of every service and hour in which a number was given out, sorted; ends the day."""
        self._end_day()
        return dict(sorted(self._found.items()))

    def _issued(self, fact: f.TicketIssued) -> None:
        self._last = When(fact.service, fact.at.astimezone(self._timezone).hour)
        self._when[fact.ticket] = self._last
        self._found.setdefault(self._last, Numbers()).issued += 1

    def _burst(self, _: f.DispenserBurst) -> None:
        if self._last is not None:
            self._found[self._last].bursts += 1

    def _guarded(self, fact: f.TicketGuarded) -> None:
        if fact.ticket in self._when:
            self._found[self._when[fact.ticket]].held += 1
            self._held.add(fact.ticket)

    def _end_day(self) -> None:
        """Whoever is still missing did not come, and what is still held was brought to the desk by nobody."""
        for number in self._missing & self._when.keys():
            self._found[self._when[number]].no_shows += 1
        for number in self._held & self._when.keys():
            self._found[self._when[number]].never_released += 1
        for numbers in (self._when, self._missing, self._held):
            numbers.clear()
