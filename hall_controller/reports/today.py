"""The day so far, for whoever runs the hall: facts in as they come, figures out at any moment; pure.

The counting is that of the reports, so that tonight's report says what this page said. Scores leave in whole groups of
five by stage: a share that moves with every visitor would tell what each of them pressed.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hall_controller.domain import facts as f
from hall_controller.reports import minutes
from hall_controller.reports.counting.desks import Desks
from hall_controller.reports.counting.visits import Visits
from hall_controller.reports.satisfaction import GROUP, Interval, is_satisfied, wilson

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from hall_controller.domain.facts import Fact

ALL: Final = ""
"""In place of a queue: all of them."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Waits until the first call, in minutes; None of nobody. The shares are of those called."""

    called: int
    p50: int | None
    p90: int | None
    over_15: float | None
    over_30: float | None


@dataclass(frozen=True, slots=True)
class Work:
    """A counter's day: visits, and the share of its open time that it had a visitor."""

    served: int
    missed: int
    load: float | None


@dataclass(frozen=True, slots=True)
class Stage:
    """Ratings by the reason to come; `released` of the answers are in the share, the rest wait for a whole group."""

    visits: int
    answered: int
    released: int
    satisfied: float | None
    satisfied_95: Interval | None

    @property
    def response(self) -> float | None:
        """Share of the visits that were rated."""
        return min(1.0, self.answered / self.visits) if self.visits else None


class Today:
    """Follows a business day; DayOpened begins the next one."""

    def __init__(self, timezone: tzinfo) -> None:
        self._timezone = timezone
        self._begin()

    def _begin(self) -> None:
        self._visits, self._desks = Visits(self._timezone), Desks(self._timezone)
        self._purposes: dict[str, str] = {}
        self._ended: dict[str, str] = {}
        self._scores: dict[tuple[object, str], tuple[str, bool]] = {}

    def see(self, facts: Iterable[Fact]) -> None:
        """What has happened since."""
        for fact in facts:
            match fact:
                case f.DayOpened():
                    self._begin()
                    self._desks.day = fact.day
                case f.DayCorrected():
                    self._desks.day = fact.day
                case f.TicketIssued():
                    self._purposes[fact.ticket] = fact.purpose
                case f.TicketCompleted():
                    self._ended[fact.ticket] = self._purposes.get(fact.ticket, "")
                case f.TicketRated():
                    satisfied = is_satisfied(fact.score, fact.levels)
                    self._scores[fact.day, fact.ticket] = (fact.stage, satisfied)
                case _:
                    pass
            self._visits.see(fact)
            self._desks.see(fact)

    def by_service(self) -> Counter[tuple[str, str]]:
        """How many numbers of a service are issued, served or no_show."""
        found: Counter[tuple[str, str]] = Counter()
        for ticket, count in self._visits.tickets().items():
            found[ticket.service, ticket.what] += count
        return found

    def slips(self) -> int:
        """How many visitors were sent to a portal."""
        return sum(count for key, count in self._visits.happenings.items() if key.what == "slips")

    def waits(self, queue: str = ALL) -> Waits:
        """The waits of a queue's visitors so far."""
        return _waits(self._counted(queue, None))

    def by_half_hour(self, queue: str = ALL) -> dict[int, Waits]:
        """The same by the half hour in which the number was taken, from the first one on; 16 is 8:00 to 8:30."""
        halves = {wait.half_hour for wait in self._visits.waits if queue in (ALL, wait.queue)}
        span = range(min(halves), max(halves) + 1) if halves else ()
        return {half: _waits(self._counted(queue, half)) for half in span}

    def counters(self, now: datetime, busy_since: dict[str, datetime]) -> dict[str, Work]:
        """What every counter has done; `busy_since` says since when a visitor is there now."""
        desks = deepcopy(self._desks)
        desks.end(now)
        found: dict[str, Counter[str]] = {}
        for desk, count in desks.desks.items():
            found.setdefault(desk.counter, Counter())[desk.what] += count
        for counter, since in busy_since.items():
            found.setdefault(counter, Counter())["busy_ms"] += round((now - since).total_seconds() * 1000)
        return {counter: _work(counts) for counter, counts in found.items()}

    def stages(self) -> dict[str, Stage]:
        """Ratings by stage."""
        visits = Counter(self._ended.values())
        pressed: dict[str, list[bool]] = {}
        for stage, satisfied in self._scores.values():
            pressed.setdefault(stage, []).append(satisfied)
        return {stage: _stage(visits[stage], pressed.get(stage, [])) for stage in sorted({*visits, *pressed})}

    def _counted(self, queue: str, half_hour: int | None) -> Counter[int]:
        counts: Counter[int] = Counter()
        for wait, count in self._visits.waits.items():
            if queue in (ALL, wait.queue) and half_hour in (None, wait.half_hour):
                counts[wait.minutes] += count
        return counts


def _waits(counts: Counter[int]) -> Waits:
    return Waits(
        called=counts.total(),
        p50=minutes.percentile(counts, 0.5),
        p90=minutes.percentile(counts, 0.9),
        over_15=minutes.share_over(counts, 15),
        over_30=minutes.share_over(counts, 30),
    )


def _work(counts: Counter[str]) -> Work:
    load = min(1.0, counts["busy_ms"] / counts["open_ms"]) if counts["open_ms"] else None
    return Work(counts["served"], counts["missed"], load)


def _stage(visits: int, pressed: list[bool]) -> Stage:
    """Whole groups only, in the order in which they were pressed."""
    released = len(pressed) - len(pressed) % GROUP
    satisfied = sum(pressed[:released])
    return Stage(
        visits=visits,
        answered=len(pressed),
        released=released,
        satisfied=satisfied / released if released else None,
        satisfied_95=wilson(satisfied, released) if released else None,
    )
