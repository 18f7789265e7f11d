"""Turns the facts of one business day into its summary, in one pass.

Belongs here: which counter sees what. Never here: reading a journal, or adding days.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from hall_controller.domain import facts as f
from hall_controller.domain.codec import FACTS
from hall_controller.reports.counting.desks import Desks
from hall_controller.reports.counting.devices import Devices
from hall_controller.reports.counting.machines import Machines
from hall_controller.reports.counting.ratings import Ratings
from hall_controller.reports.counting.visits import Visits
from hall_controller.reports.day_summary import DaySummary, Given
from hall_controller.reports.touts import Numbers, Touts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, tzinfo

    from hall_controller.domain.facts import Fact
    from hall_controller.reports.counting.seeing import Seeing

WHAT: Final = tuple(field.name for field in fields(Numbers))


class _Counters:
    """All that count a day, side by side."""

    def __init__(self, timezone: tzinfo) -> None:
        self.visits, self.desks = Visits(timezone), Desks(timezone)
        self.ratings, self.touts = Ratings(), Touts(timezone)
        self.machines, self.devices = Machines(), Devices(timezone)
        self.all: tuple[Seeing, ...] = (
            *(self.visits, self.desks, self.ratings, self.touts),
            *(self.machines, self.devices),
        )

    def see(self, facts: Iterable[Fact]) -> None:
        """Show each fact to whoever counts its kind."""
        ways: defaultdict[type[Fact], list[Callable[[Any], None]]] = defaultdict(list)
        for one in self.all:
            for kind, way in one.ways.items():
                ways[kind].append(way)
        for fact in facts:
            for way in ways.get(type(fact), ()):
                way(fact)
            self.devices.went_on(fact.at)


def _passed_over() -> frozenset[str]:
    counted = {kind for one in _Counters(UTC).all for kind in one.ways}
    return frozenset(FACTS) - {kind.type for kind in (*counted, f.DayOpened, f.DayCorrected)}


PASSED_OVER: Final = _passed_over()
"""The types of facts of which nothing counts, but that something was written at that moment."""


def summarise(facts: Sequence[Fact], timezone: tzinfo, *, training: bool = False) -> DaySummary | None:
    """The summary of what happened from a DayOpened until the next one; None for facts without a day.

    `training` says whether the controller was already running for training when the day began.
    """
    day = day_of(facts)
    if day is None:
        return None
    counters = _Counters(timezone)
    visits, desks, ratings, machines = counters.visits, counters.desks, counters.ratings, counters.machines
    devices = counters.devices
    desks.day = day
    devices.begin(day)
    counters.see(facts)
    desks.end(facts[-1].at)
    devices.end()
    summary = DaySummary(
        day,
        training or machines.training,
        tickets=visits.tickets(),
        waits=visits.waits,
        services=desks.services,
        desks=desks.desks,
        stages=ratings.stages(),
        scores=ratings.scores(),
        refused=ratings.refused,
        stand_ins=visits.stand_ins,
        devices=devices.devices,
        outages=devices.outages,
    )
    for counted in (visits, desks, ratings, machines, devices):
        summary.happenings.update(counted.happenings)
    for when, numbers in counters.touts.by_service_and_hour().items():
        for what in WHAT:
            if count := getattr(numbers, what):
                summary.given[Given(when.service, when.hour, what)] += count
    return summary


def day_of(facts: Sequence[Fact]) -> date | None:
    """The business day that these facts are about: the last one that the clock was corrected to, if it was."""
    found = None
    for fact in facts:
        if isinstance(fact, f.DayOpened | f.DayCorrected):
            found = fact.day
    return found
