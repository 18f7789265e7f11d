"""Turns the facts of one business day into its summary, in one pass.

Belongs here: which counter sees what. Never here: reading a journal, or adding days.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from hall_controller.domain import facts as f
from hall_controller.reports import touts
from hall_controller.reports.counting.desks import Desks
from hall_controller.reports.counting.devices import Devices
from hall_controller.reports.counting.machines import Machines
from hall_controller.reports.counting.ratings import Ratings
from hall_controller.reports.counting.visits import Visits
from hall_controller.reports.day_summary import DaySummary, Given

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

    from hall_controller.domain.facts import Fact


def summarise(facts: Sequence[Fact], timezone: tzinfo, *, training: bool = False) -> DaySummary | None:
    """The summary of what happened from a DayOpened until the next one; None for facts without a day.

    `training` says whether the controller was already running for training when the day began.
    """
    day = day_of(facts)
    if day is None:
        return None
    visits, desks, ratings, machines = Visits(timezone), Desks(timezone), Ratings(), Machines()
    devices = Devices(timezone)
    desks.day = devices.day = day
    for fact in facts:
        visits.see(fact)
        desks.see(fact)
        ratings.see(fact)
        machines.see(fact)
        devices.see(fact)
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
    for when, numbers in touts.by_service_and_hour(facts, timezone).items():
        for what, count in asdict(numbers).items():
            if count:
                summary.given[Given(when.service, when.hour, what)] += count
    return summary


def day_of(facts: Sequence[Fact]) -> date | None:
    """The business day that these facts are about: the last one that the clock was corrected to, if it was."""
    found = None
    for fact in facts:
        if isinstance(fact, f.DayOpened | f.DayCorrected):
            found = fact.day
    return found
