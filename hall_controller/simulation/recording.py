"""Writes a simulated period into a journal of its own, one commit a day.

The only file of the simulation that touches a disk; a journal that exists is never written to.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from hall_controller.errors import HallError
from hall_controller.journal import Entry, Journal
from hall_controller.simulation.season import Period, Tally, season

if TYPE_CHECKING:
    from pathlib import Path

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.simulation.habits import Habits


def record(path: Path, catalogue: Catalogue, habits: Habits, period: Period, version: str) -> str:
    """Simulate into a new journal; a short table of what happened. Raises HallError, before anything is written."""
    if path.exists():
        raise HallError(f"{path} exists already: name another file, or move it away")
    if period.first_day > period.last_day:
        raise HallError(f"--from {period.first_day} is after --to {period.last_day}: swap the two days")
    began_s = perf_counter()
    tally = Tally()
    days = season(catalogue, habits, period, tally, version)
    first = next(days)
    with Journal.open(path) as journal:
        journal.append([Entry(fact) for fact in first])
        for facts in days:
            journal.append([Entry(fact) for fact in facts])
    return table(tally, perf_counter() - began_s)


def table(tally: Tally, seconds: float) -> str:
    """The tally, one line a number."""
    lines = {
        "open days": f"{tally.open_days:,}",
        "tickets": f"{tally.tickets:,}",
        "got no number": f"{tally.turned_away:,}",
        "calls": f"{tally.calls:,}",
        "missed": f"{tally.missed:,}",
        "ratings": f"{tally.ratings:,}",
        "facts": f"{tally.facts:,}",
        "seconds": f"{seconds:.1f}",
    }
    return "\n".join(f"{name:<14}{number:>10}" for name, number in lines.items())
