"""Who sits at which counter on a day, when the counter opens, pauses and stops: drawn before the day begins.

Belongs here: hours and pauses. What the officer does with them stands in desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hall_controller.domain.opening import sessions
from hall_controller.simulation.chance import Chance
from hall_controller.simulation.visits import MINUTE_S, open_services, since_midnight_ms

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from hall_controller.domain.catalogue import Catalogue, Counter
    from hall_controller.simulation.habits import Habits


@dataclass(frozen=True, slots=True)
class Stretch:
    """A session at a counter, in milliseconds since midnight; pauses as (start, length)."""

    opens_ms: int
    ends_ms: int
    stops_ms: int
    """From here on nobody is called, even if people wait."""
    pauses: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A counter's day."""

    counter: str
    agency: str | None
    officer: str | None
    """Who signs in; None when the assigned officer just sits down."""
    stretches: tuple[Stretch, ...]


def shifts(catalogue: Catalogue, habits: Habits, day: date, seed: int) -> list[Shift]:
    """The counters that work on that day: those with an open service in their queues."""
    found: list[Shift] = []
    for counter in catalogue.counters.values():
        chance = Chance(seed, day, "shift", counter.id)
        stretches = _stretches(catalogue, habits, day, counter, chance)
        if stretches and counter.valid.on(day):
            assignment = catalogue.assignment(counter.id, day)
            taken = {shift.officer for shift in found}
            officer = _signs_in(catalogue, habits, day, counter, chance, taken)
            agency = assignment.agency if assignment else None
            found.append(Shift(counter.id, agency, officer, stretches))
    return found


def hours(catalogue: Catalogue, day: date, queues: Collection[str]) -> list[tuple[int, int]]:
    """When any field of these queues is open, as (start, end) in milliseconds since midnight, in order."""
    services = [s for s in open_services(catalogue, day).values() if s.queue in queues]
    found: list[tuple[int, int]] = []
    for times in sorted(
        {(s.start, s.end) for service in services for s in sessions(catalogue, service, day)}
    ):
        start_ms, end_ms = (
            since_midnight_ms(day, datetime.combine(day, time, catalogue.timezone)) for time in times
        )
        if not found or start_ms > found[-1][1]:
            found.append((start_ms, end_ms))
    return found


def _stretches(
    catalogue: Catalogue, habits: Habits, day: date, counter: Counter, chance: Chance
) -> tuple[Stretch, ...]:
    people = habits.officers
    found: list[Stretch] = []
    for start_ms, end_ms in hours(catalogue, day, counter.queues):
        opens_ms = min(start_ms + chance.between_ms(people.late_min, MINUTE_S), end_ms)
        stops_ms = end_ms + round(people.overtime_min * MINUTE_S * 1000)
        pauses: tuple[tuple[int, int], ...] = ()
        if chance.happens(people.pauses):
            begins_ms = chance.randrange(opens_ms, end_ms + 1)
            pauses = ((begins_ms, chance.between_ms(people.pause_min, MINUTE_S)),)
        found.append(Stretch(opens_ms, end_ms, stops_ms, pauses))
    return tuple(found)


def _signs_in(
    catalogue: Catalogue, habits: Habits, day: date, counter: Counter, chance: Chance, taken: set[str | None]
) -> str | None:
    """A reserve of the agency that staffs the counter now and then; else whoever must sign in, if anybody must."""
    assignment = catalogue.assignment(counter.id, day)
    if assignment is None:
        return _anybody(catalogue, day, counter.id) if catalogue.sign_in_required else None
    assigned = {a.officer for a in catalogue.assignments if a.valid.on(day)}
    reserves = [
        officer.id
        for officer in catalogue.officers.values()
        if officer.agency == assignment.staffing
        and not officer.regular
        and officer.valid.on(day)
        and officer.id not in assigned | taken
    ]
    if reserves and chance.happens(habits.officers.reserve):
        return chance.choice(reserves)
    return assignment.officer if catalogue.sign_in_required else None


def _anybody(catalogue: Catalogue, day: date, counter: str) -> str | None:
    """Somebody who is assigned nowhere; another one at every counter."""
    assigned = {a.officer for a in catalogue.assignments}
    free = [o.id for o in catalogue.officers.values() if o.valid.on(day) and o.id not in assigned]
    place = list(catalogue.counters).index(counter)
    return free[place] if place < len(free) else None
