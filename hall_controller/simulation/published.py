"""Published counts dealt out to the days of their period, so that a simulated journal meets them exactly.

Which visitor comes on which day stays a matter of (seeded) chance; the sums do not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from hall_controller.errors import ConfigError
from hall_controller.simulation.chance import Chance
from hall_controller.simulation.visits import (
    HANDING_IN,
    SATURDAY,
    WEEKDAYS,
    field_of_work,
    open_services,
    weekday,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.simulation.habits import Habits, Published
    from hall_controller.simulation.visits import Visit


def published(habits: Habits, first_day: date, last_day: date) -> Published:
    """The published counts of exactly that period; raises ConfigError when there are none."""
    found = habits.published
    if found is None:
        raise ConfigError(["the habits have no [published] counts: leave out --golden, or add them"])
    if (found.first_day, found.last_day) != (first_day, last_day):
        sentence = (
            f"counts were published for {found.first_day} to {found.last_day}: "
            f"use --from {found.first_day} --to {found.last_day}, or leave out --golden"
        )
        raise ConfigError([sentence])
    return found


def as_counted(catalogue: Catalogue) -> Catalogue:
    """The hall as it was when it was counted: everybody in the counts had got a number, however late the hour."""
    return replace(catalogue, dispenser=replace(catalogue.dispenser, forecast_limit=False))


def deal(
    catalogue: Catalogue, habits: Habits, counts: Published, days: Sequence[date], seed: int
) -> dict[date, Counter[str]]:
    """How many come for which service on which of the open days; the sums are those that were published."""
    weekdays = [day for day in days if weekday(catalogue, day) < SATURDAY]
    saturdays = [day for day in days if weekday(catalogue, day) == SATURDAY]
    dealt: dict[date, Counter[str]] = {day: Counter() for day in days}
    chance = Chance(seed, "published")

    def give(count: int, services: Mapping[str, float], among: Sequence[date]) -> None:
        open_on = {
            service: [day for day in among if service in open_services(catalogue, day)]
            for service in services
        }
        weights = {service: weight for service, weight in services.items() if open_on[service]}
        if count and not weights:
            raise ConfigError([f"{count} tickets were published for days on which their services are closed"])
        for service, number in Counter(chance.some_of(weights, count) if count else ()).items():
            for day in chance.some_of(
                {day: _busy(catalogue, habits, day) for day in open_on[service]}, number
            ):
                dealt[day][service] += 1

    for agency, number in counts.agencies.items():
        give(number, _services(catalogue, habits, {agency}), weekdays)
    on_saturday = _services(catalogue, habits, set(counts.saturday_agencies), saturday=True)
    give(counts.saturday_tickets, on_saturday, saturdays)
    others = set(catalogue.agencies) - set(counts.agencies)
    rest = counts.tickets - counts.saturday_tickets - sum(counts.agencies.values())
    give(rest, _services(catalogue, habits, others), weekdays)
    return dealt


def ratings(counts: Published, tickets: Mapping[date, int]) -> dict[date, int]:
    """How many ratings were given on each day, by the tickets of the day."""
    dealt, seen, given = {}, 0, 0
    total = sum(tickets.values())
    for day, number in tickets.items():
        seen += number
        until_now = counts.ratings * seen // total
        dealt[day] = until_now - given
        given = until_now
    return dealt


def rate_exactly(visits: Sequence[Visit], count: int, levels: int, chance: Chance) -> list[Visit]:
    """So many of the visitors who hand in a dossier rate, all of them satisfied, and nobody else."""
    sure = [n for n, v in enumerate(visits) if v.purpose == HANDING_IN and v.comes_at_call == 1]
    chosen = set(chance.sample(sure, min(count, len(sure))))
    satisfied = range(_least_satisfied(levels), levels + 1)
    return [
        replace(visit, score=chance.choice(satisfied) if number in chosen else None)
        for number, visit in enumerate(visits)
    ]


def _least_satisfied(levels: int) -> int:
    """The upper half of the scale without its middle: 2 of 2, 3 of 3, 3 of 4, 4 of 5."""
    return levels // 2 + 1 + levels % 2


def _services(
    catalogue: Catalogue, habits: Habits, agencies: set[str], *, saturday: bool = False
) -> dict[str, float]:
    """The services of these agencies that give out numbers, with how many usually come."""
    unknown = agencies - set(catalogue.agencies)
    if unknown:
        raise ConfigError(
            [f"counts were published for {', '.join(sorted(unknown))}: the hall has no such agency"]
        )
    found = {}
    for service in catalogue.services.values():
        if service.agency in agencies and not service.online_only and service.purposes:
            field = field_of_work(habits, service.id)
            found[service.id] = field.per_saturday if saturday else field.per_weekday
    if not found:
        raise ConfigError(["counts were published for agencies without a service that gives out numbers"])
    return found


def _busy(catalogue: Catalogue, habits: Habits, day: date) -> float:
    return habits.visitors.weekdays.get(WEEKDAYS[weekday(catalogue, day)], 1.0)
