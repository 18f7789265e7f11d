"""Whether somebody takes numbers to sell them: numbers, no-shows and bursts by service and hour of the day.

Figures about numbers, never about people. What the dispenser does against it stands in `domain.dispenser`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from hall_controller.domain import facts as f

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from hall_controller.domain.facts import Fact


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


def by_service_and_hour(facts: Iterable[Fact], timezone: tzinfo) -> dict[When, Numbers]:
    """The figures of every service and hour in which a number was given out, sorted."""
    found: dict[When, Numbers] = {}
    when: dict[str, When] = {}
    missing: set[str] = set()
    held: set[str] = set()
    last: When | None = None
    for fact in facts:
        match fact:
            case f.DayOpened():
                _end_day(found, when, missing, held)
            case f.TicketIssued():
                last = When(fact.service, fact.at.astimezone(timezone).hour)
                when[fact.ticket] = last
                found.setdefault(last, Numbers()).issued += 1
            case f.DispenserBurst() if last is not None:
                found[last].bursts += 1
            case f.TicketGuarded() if fact.ticket in when:
                found[when[fact.ticket]].held += 1
                held.add(fact.ticket)
            case f.TicketReleased():
                held.discard(fact.ticket)
            case f.TicketMissed():
                missing.add(fact.ticket)
            case f.TicketResumed() | f.TicketCalled():
                missing.discard(fact.ticket)
            case _:
                pass
    _end_day(found, when, missing, held)
    return dict(sorted(found.items()))


def _end_day(found: dict[When, Numbers], when: dict[str, When], missing: set[str], held: set[str]) -> None:
    """Whoever is still missing did not come, and what is still held was brought to the desk by nobody."""
    for number in missing & when.keys():
        found[when[number]].no_shows += 1
    for number in held & when.keys():
        found[when[number]].never_released += 1
    for numbers in (when, missing, held):
        numbers.clear()
