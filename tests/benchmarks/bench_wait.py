"""How far the wait that a ticket told was from the wait that followed: the simulated hall over several seeds.

Prints a table, judges nothing. The reference hall on ordinary weekdays, and with more visitors than it can bear.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from math import ceil
from pathlib import Path
from typing import Final

from hall_controller import config
from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Catalogue
from hall_controller.hall_catalogue import catalogue
from hall_controller.simulation.habits import Habits, load
from hall_controller.simulation.season import Period, Tally, season

FIRMWARE_CONFIG: Final = Path(__file__).parents[2] / "firmware_config"
FIRST_DAY, LAST_DAY = date(2022, 3, 1), date(2022, 3, 18)
SEEDS: Final = range(1, 4)
LOADS: Final = (1.0, 1.4, 1.8)
"""Visitors, beside those of the reference hall."""


@dataclass(slots=True)
class Told:
    """What visitors were told, and what came true, in seconds."""

    errors_s: list[float] = field(default_factory=list)
    over_s: list[float] = field(default_factory=list)
    waited_s: list[float] = field(default_factory=list)
    naive_s: list[float] = field(default_factory=list)
    inside: int = 0
    unknown: int = 0


def main() -> None:
    """Print the table."""
    hall = catalogue(config.load(FIRMWARE_CONFIG / "hall.example.toml"), b"key")
    habits = load(FIRMWARE_CONFIG / "simulation.example.toml")
    print(
        "minutes; a wait is told unless fewer than 5 visits are known (earlier days count half) or no counter is open"
    )
    print(
        f"{'load':>5}{'seed':>6}{'tickets':>9}{'told':>7}{'waited p50':>12}{'p90':>7}"
        f"{'error p50':>11}{'p90':>7}{'mean over':>11}{'in range':>10}{'p90 of a mean':>15}"
    )
    for load_ in LOADS:
        everybody = Told()
        for seed in SEEDS:
            line = told(hall, busier(habits, load_), seed, everybody)
            print(_line(f"{load_:5.1f}{seed:6}", line), flush=True)
        print(_line(f"{load_:5.1f}{'all':>6}", everybody))


def told(hall: Catalogue, habits: Habits, seed: int, everybody: Told) -> Told:
    """What visitors who waited in one queue until their call were told."""
    result = Told()
    for facts in season(hall, habits, Period(FIRST_DAY, LAST_DAY, seed), Tally()):
        for issued, called_at in _straight(facts):
            for told_ in (result, everybody):
                _count(told_, issued, called_at)
    return result


def busier(habits: Habits, share: float) -> Habits:
    """So many times as many visitors of every service."""
    services = {
        id_: service.model_copy(
            update={"per_weekday": service.per_weekday * share, "per_saturday": service.per_saturday * share}
        )
        for id_, service in habits.service.items()
    }
    return habits.model_copy(update={"service": services})


def _straight(facts: Iterable[f.Fact]) -> Iterator[tuple[f.TicketIssued, datetime]]:
    """Tickets and their first calls, without those who were sent elsewhere first."""
    issued: dict[str, f.TicketIssued] = {}
    for fact in facts:
        match fact:
            case f.TicketIssued():
                issued[fact.ticket] = fact
            case f.TicketCalled() if fact.ticket in issued:
                yield issued.pop(fact.ticket), fact.at
            case _:
                pass


def _count(told_: Told, issued: f.TicketIssued, called_at: datetime) -> None:
    waited_s = (called_at - issued.at).total_seconds()
    told_.waited_s.append(waited_s)
    if issued.estimated_wait_s is None or issued.wait_low_s is None or issued.wait_high_s is None:
        told_.unknown += 1
        return
    told_.errors_s.append(abs(issued.estimated_wait_s - waited_s))
    told_.over_s.append(issued.estimated_wait_s - waited_s)
    told_.inside += issued.wait_low_s - 60 <= waited_s <= issued.wait_high_s + 60
    mean_s = sum(told_.waited_s) / len(told_.waited_s)
    told_.naive_s.append(abs(mean_s - waited_s))


def _line(start: str, told_: Told) -> str:
    known = max(len(told_.errors_s), 1)
    minutes = [
        quantile(told_.waited_s, 0.5),
        quantile(told_.waited_s, 0.9),
        quantile(told_.errors_s, 0.5),
        quantile(told_.errors_s, 0.9),
        sum(told_.over_s) / known,
    ]
    widths = (12, 7, 11, 7, 11)
    cells = "".join(f"{seconds / 60:{width}.1f}" for seconds, width in zip(minutes, widths, strict=True))
    tickets, naive = len(told_.waited_s), quantile(told_.naive_s, 0.9) / 60
    share = known / max(tickets, 1)
    return f"{start}{tickets:9}{share:7.0%}{cells}{told_.inside / known:10.0%}{naive:15.1f}"


def quantile(values: list[float], share: float) -> float:
    """The least value that so large a share of all does not exceed; 0 of none."""
    return sorted(values)[ceil(share * len(values)) - 1] if values else 0.0
