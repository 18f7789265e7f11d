"""Days one after the other: the facts of a whole period, day by day.

Settings, habits and seed give the visits and shifts of a day; `Day` plays them; the facts are handed on.
Belongs here: the order of days, and what is owed from one to the next. Never here: a file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hall_controller.domain import facts as f
from hall_controller.domain.commands import StartController
from hall_controller.simulation import published, visits
from hall_controller.simulation.chance import Chance
from hall_controller.simulation.day import Day
from hall_controller.simulation.equipment import Equipment, outages
from hall_controller.simulation.shifts import shifts
from hall_controller.simulation.virtual_hall import VirtualHall

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.simulation.habits import Habits


@dataclass(frozen=True, slots=True)
class Period:
    """What to simulate: the days, both included, the seed, and whether published counts are to be met exactly."""

    first_day: date
    last_day: date
    seed: int = 1
    golden: bool = False

    @property
    def days(self) -> list[date]:
        return [self.first_day + timedelta(n) for n in range((self.last_day - self.first_day).days + 1)]


@dataclass(slots=True)
class Tally:
    """What happened in a period, in numbers."""

    open_days: int = 0
    tickets: int = 0
    calls: int = 0
    missed: int = 0
    ratings: int = 0
    facts: int = 0
    turned_away: int = 0
    """Visitors who got no number."""
    refused: dict[str, int] = field(default_factory=dict)

    def count(self, facts: list[f.Fact]) -> None:
        kinds = {f.TicketIssued: "tickets", f.TicketCalled: "calls", f.TicketMissed: "missed"}
        for fact in facts:
            name = kinds.get(type(fact), "ratings" if isinstance(fact, f.TicketRated) else None)
            if name is not None:
                setattr(self, name, getattr(self, name) + 1)
        self.facts += len(facts)


def season(
    catalogue: Catalogue, habits: Habits, period: Period, tally: Tally, version: str = ""
) -> Iterator[list[f.Fact]]:
    """The facts of each day, closed days too; the hall starts on the first one, marked as training.

    Raises ConfigError when published counts are to be met and cannot be.
    """
    virtual = VirtualHall(published.as_counted(catalogue) if period.golden else catalogue)
    virtual.begin(period.first_day)
    virtual.do(StartController(version, training=True))
    facts = virtual.facts
    plan = _golden_plan(catalogue, habits, period) if period.golden else None
    owed = 0
    for day in period.days:
        come = _who_comes(catalogue, habits, day, period.seed, plan)
        wanted = None
        if plan is not None:
            wanted = plan.ratings.get(day, 0) + owed
            chance = Chance(period.seed, day, "published")
            come = published.rate_exactly(come, wanted, catalogue.rating.levels, chance)
        there = shifts(catalogue, habits, day, period.seed)
        away = outages(catalogue, habits.devices, day, there, period.seed)
        played = Day(virtual, habits, day, wanted, Equipment(virtual, away))
        played.play(come, there, period.seed)
        owed = played.owed
        facts = [*facts, *virtual.facts]
        tally.count(facts)
        tally.open_days += bool(visits.open_services(catalogue, day))
        tally.turned_away += played.turned_away
        tally.refused = virtual.refused
        yield facts
        facts = []


@dataclass(frozen=True, slots=True)
class _Plan:
    """Published counts, dealt out to the days."""

    tickets: dict[date, Counter[str]]
    ratings: dict[date, int]


def _golden_plan(catalogue: Catalogue, habits: Habits, period: Period) -> _Plan:
    counts = published.published(habits, period.first_day, period.last_day)
    open_days = [day for day in period.days if visits.open_services(catalogue, day)]
    dealt = published.deal(catalogue, habits, counts, open_days, period.seed)
    return _Plan(dealt, published.ratings(counts, {day: dealt[day].total() for day in open_days}))


def _who_comes(
    catalogue: Catalogue, habits: Habits, day: date, seed: int, plan: _Plan | None
) -> list[visits.Visit]:
    if plan is None:
        numbers: Mapping[str, int] = visits.counts(catalogue, habits, day, seed)
    else:
        numbers = plan.tickets.get(day, {})
    return visits.visits(catalogue, habits, day, seed, numbers)
