"""Who comes on a day: every visitor with all that will befall them, drawn before the day begins.

Arrivals are a Poisson process whose rate changes by the half hour: their number is drawn first, then each one's time
from the rates, which is the same process. What the rules of the hall make of a visit is not known here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from hall_controller.domain.opening import sessions
from hall_controller.simulation.chance import Chance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hall_controller.domain.catalogue import Catalogue, Service
    from hall_controller.simulation.habits import FieldOfWork, Habits

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SATURDAY: Final = 5
HALF_HOUR_MIN: Final = 30
MINUTE_S: Final = 60.0
SHORTEST_MS: Final = 20_000
LONGEST_MS: Final = 2 * 3_600_000
HANDING_IN: Final = "submit"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor; times in milliseconds, `at_ms` since midnight, the others since what they follow."""

    at_ms: int
    service: str
    purpose: str
    language: str
    priority: str | None
    serve_ms: int
    walk_ms: int
    comes_at_call: int
    """0 for somebody who does not come at all."""
    back_after_ms: int | None
    waits_again: bool
    """Whether somebody who comes back waits again."""
    hold_ms: int | None
    sent_to: str | None
    score: int | None
    rate_after_ms: int
    paper: Literal["printed", "failed", "unknown"]
    paper_ms: int


def open_services(catalogue: Catalogue, day: date) -> dict[str, Service]:
    """The services that give out numbers on a day."""
    return {
        service.id: service
        for service in catalogue.services.values()
        if not service.online_only and service.purposes and sessions(catalogue, service, day)
    }


def field_of_work(habits: Habits, service: str) -> FieldOfWork:
    return habits.service.get(service, habits.other)


def weekday(catalogue: Catalogue, day: date) -> int:
    """The weekday whose hours hold on that day; Monday is 0."""
    return catalogue.extra_days.get(day, day.weekday())


def counts(catalogue: Catalogue, habits: Habits, day: date, seed: int) -> dict[str, int]:
    """How many come for each open service."""
    number = weekday(catalogue, day)
    factor = habits.visitors.weekdays.get(WEEKDAYS[number], 1.0)
    found = {}
    for service in open_services(catalogue, day):
        field = field_of_work(habits, service)
        mean = field.per_weekday * factor if number < SATURDAY else field.per_saturday
        found[service] = Chance(seed, day, "count", service).poisson(mean)
    return found


def visits(
    catalogue: Catalogue, habits: Habits, day: date, seed: int, numbers: Mapping[str, int]
) -> list[Visit]:
    """So many visitors for each service, in the order of their arrival."""
    found = []
    for service_id, count in numbers.items():
        service = catalogue.services[service_id]
        chance = Chance(seed, day, "visits", service_id)
        halves = _half_hours(catalogue, habits, service, day)
        for _ in range(count):
            start_ms, length_ms = chance.one_of(halves)
            at_ms = start_ms + chance.randrange(length_ms)
            found.append(_visit(catalogue, habits, service, at_ms, chance))
    return sorted(found, key=lambda visit: visit.at_ms)


def since_midnight_ms(day: date, moment: datetime) -> int:
    return (moment - datetime.combine(day, datetime.min.time(), moment.tzinfo)) // timedelta(milliseconds=1)


def _half_hours(
    catalogue: Catalogue, habits: Habits, service: Service, day: date
) -> dict[tuple[int, int], float]:
    """The open half hours of the service, as (start, length) in milliseconds, with how many come in each."""
    found = {}
    for session in sessions(catalogue, service, day):
        start, end = (datetime.combine(day, t, catalogue.timezone) for t in (session.start, session.end))
        while start < end:
            until = min(start + timedelta(minutes=HALF_HOUR_MIN - start.minute % HALF_HOUR_MIN), end)
            length_ms = (until - start) // timedelta(milliseconds=1)
            half = f"{start.hour:02}:{start.minute // HALF_HOUR_MIN * HALF_HOUR_MIN:02}"
            share = length_ms / (HALF_HOUR_MIN * MINUTE_S * 1000)
            found[since_midnight_ms(day, start), length_ms] = (
                habits.visitors.half_hours.get(half, 1.0) * share
            )
            start = until
    return found


def _visit(catalogue: Catalogue, habits: Habits, service: Service, at_ms: int, chance: Chance) -> Visit:
    people = habits.visitors
    purpose = _purpose(habits, service, chance)
    comes_at_call = _comes_at_call(habits, chance)
    back = comes_at_call == 0 and chance.happens(people.come_back)
    others = [queue for queue in catalogue.queues if queue != service.queue]
    return Visit(
        at_ms=at_ms,
        service=service.id,
        purpose=purpose,
        language="en" if chance.happens(people.english) else "vi",
        priority=_priority(catalogue, habits, chance),
        serve_ms=_serve_ms(habits, service, purpose, chance),
        walk_ms=chance.between_ms(people.walk_s),
        comes_at_call=comes_at_call,
        back_after_ms=chance.between_ms(people.back_after_min, MINUTE_S) if back else None,
        waits_again=chance.happens(people.wait_again),
        hold_ms=chance.between_ms(people.hold_min, MINUTE_S) if chance.happens(people.held) else None,
        sent_to=chance.choice(others) if others and chance.happens(people.sent_on) else None,
        score=_score(catalogue, habits, chance) if chance.happens(people.rate) else None,
        rate_after_ms=chance.between_ms(people.rate_after_s),
        paper=_paper(habits, chance),
        paper_ms=chance.between_ms(habits.paper.takes_s),
    )


def _purpose(habits: Habits, service: Service, chance: Chance) -> str:
    weights = field_of_work(habits, service.id).purposes or habits.visitors.purposes
    return chance.one_of({purpose: weights.get(purpose, 0.0) for purpose in service.purposes})


def _comes_at_call(habits: Habits, chance: Chance) -> int:
    drawn = chance.random()
    if drawn < habits.visitors.absent:
        return 0
    return 2 if drawn < habits.visitors.absent + habits.visitors.late else 1


def _priority(catalogue: Catalogue, habits: Habits, chance: Chance) -> str | None:
    drawn = chance.random()
    for priority, share in habits.visitors.priorities.items():
        drawn -= share
        if drawn < 0 and priority in catalogue.priorities:
            return priority
    return None


def _serve_ms(habits: Habits, service: Service, purpose: str, chance: Chance) -> int:
    field = field_of_work(habits, service.id)
    median_min = field.service_min * habits.visitors.purpose_time.get(purpose, 1.0)
    drawn_ms = chance.lognormvariate(math.log(median_min * MINUTE_S * 1000), field.spread)
    return round(min(max(drawn_ms, SHORTEST_MS), LONGEST_MS))


def _score(catalogue: Catalogue, habits: Habits, chance: Chance) -> int:
    """A score on the hall's own scale."""
    weights = habits.visitors.scores
    drawn = chance.one_of(dict(enumerate(weights)))
    return 1 + round(drawn * (catalogue.rating.levels - 1) / max(len(weights) - 1, 1))


def _paper(habits: Habits, chance: Chance) -> Literal["printed", "failed", "unknown"]:
    drawn = chance.random()
    if drawn < habits.paper.failed:
        return "failed"
    return "unknown" if drawn < habits.paper.failed + habits.paper.unknown else "printed"
