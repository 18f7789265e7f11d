"""What a tout with forty presses costs everybody else: waits with and without, the dispenser's limits on and off.

Prints a table over seeds; judges nothing. The reference hall on weekdays; the tout presses once a second at nine for
the busiest field, comes for none of the numbers and does not go to the guidance desk either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import sqrt
from statistics import fmean, stdev
from typing import Final, NamedTuple

from hall_controller import config
from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Catalogue, Dispenser
from hall_controller.domain.commands import StartController
from hall_controller.hall_catalogue import catalogue
from hall_controller.simulation.day import TRIES, Day
from hall_controller.simulation.habits import Habits, load
from hall_controller.simulation.shifts import shifts
from hall_controller.simulation.virtual_hall import VirtualHall
from hall_controller.simulation.visits import Visit, counts, visits
from tests.hall_controller.settings_files import EXAMPLE, FIRMWARE_CONFIG

SEEDS: Final = range(1, 6)
MORE_SEEDS: Final = range(1, 13)
"""For the limits that are recommended: no seed may cost much, and one of five says little."""
DAYS: Final = tuple(date(2022, 3, day) for day in (1, 2, 3, 4))
PRESSES: Final = 40
FIELD: Final = "dat-dai"
NINE_MS: Final = 9 * 3_600_000
RECOMMENDED: Final = Dispenser(gap_s=5, per_minute=6, burst_numbers=2, burst_s=30, guard_on_burst=True)
"""As firmware_config/hall.example.toml recommends against touts."""
T_975: Final = {len(SEEDS): 2.776, len(MORE_SEEDS): 2.201}
"""Quantiles of Student's t distribution, with one degree of freedom less than there are seeds."""
LIMITS: Final = {
    "off": Dispenser(),
    "gap 3 s, 10 a minute": Dispenser(gap_s=3, per_minute=10),
    "gap 5 s, 6 a minute": Dispenser(gap_s=5, per_minute=6),
    "and 4 within 30 s turn the guard on": replace(RECOMMENDED, burst_numbers=3),
    "3 within 30 s do (recommended)": RECOMMENDED,
    "guard all day": Dispenser(guard=True),
}


@dataclass(slots=True)
class Waits:
    """Seconds that honest visitors waited for their first call, and how many numbers the tout got into a queue."""

    everybody_s: list[float] = field(default_factory=list)
    in_the_field_s: list[float] = field(default_factory=list)
    taken: int = 0
    called: int = 0

    def add(self, other: Waits) -> None:
        self.everybody_s += other.everybody_s
        self.in_the_field_s += other.in_the_field_s
        self.taken += other.taken
        self.called += other.called


class Cost(NamedTuple):
    """By how much longer honest visitors wait because of the tout, as a share: all of them, and those of the field."""

    everybody: float
    in_the_field: float


class HoardedDay(Day):
    """A day with a tout, who presses and does nothing else."""

    def __init__(self, virtual: VirtualHall, habits: Habits, day: date, hoard: Iterable[Visit]) -> None:
        super().__init__(virtual, habits, day)
        self._hoard = frozenset(id(visit) for visit in hoard)
        self._pressing = False

    def waits(self) -> Waits:
        """How long the honest ones waited today."""
        found = Waits()
        issued: dict[str, f.TicketIssued] = {}
        for fact in self._virtual.facts:
            if isinstance(fact, f.TicketIssued):
                issued[fact.ticket] = fact
                found.taken += self._hoarded(fact.ticket)
            elif isinstance(fact, f.TicketCalled) and fact.ticket in issued:
                taken = issued.pop(fact.ticket)
                if self._hoarded(fact.ticket):
                    found.called += 1
                    continue
                waited_s = (fact.at - taken.at).total_seconds()
                found.everybody_s.append(waited_s)
                if taken.service == FIELD:
                    found.in_the_field_s.append(waited_s)
        return found

    def _hoarded(self, number: str) -> bool:
        return id(self._visitors[number].visit) in self._hoard

    def _take(self, visit: Visit, tries: int = TRIES) -> None:
        """The tout does not try again; `_pressing` tells whose press is being answered."""
        self._pressing = id(visit) in self._hoard
        super()._take(visit, 0 if self._pressing else tries)
        self._pressing = False

    def _hear_at_the_guidance_desk(self, fact: f.Fact) -> None:
        """A number that the tout holds is brought to the desk by nobody."""
        if not (self._pressing and isinstance(fact, f.TicketGuarded)):
            super()._hear_at_the_guidance_desk(fact)


def main() -> None:
    """Print the table."""
    hall, habits = reference()
    days = f"{len(DAYS)} days"
    print(
        f"mean wait of honest visitors in minutes, {days} each; the tout presses {PRESSES} times in {PRESSES} s"
    )
    print(
        f"{'limits':36}{'seed':>5}{'numbers':>9}{'called':>8}{'all':>7}{'with':>7}{'more':>8}{'field':>8}{'with':>7}{'more':>8}"
    )
    for name, limits in LIMITS.items():
        hall_with = replace(hall, dispenser=limits)
        sums, costs = (Waits(), Waits()), []
        for seed in MORE_SEEDS if limits == RECOMMENDED else SEEDS:
            both = [Waits(), Waits()]
            for day in DAYS:
                for touts in (0, 1):
                    both[touts].add(played(hall_with, habits, day, seed, PRESSES * touts))
            for total, one in zip(sums, both, strict=True):
                total.add(one)
            costs.append(cost(*both).everybody)
            print(_line(name, str(seed), both[0], both[1]), flush=True)
        print(_line(name, "all", *sums))
        low, high = interval(costs)
        print(
            f"{'':36}of the seeds: {low:+.1%} to {high:+.1%} (95 % of their mean), at most {max(costs):+.1%}"
        )


def reference() -> tuple[Catalogue, Habits]:
    """The reference hall and how its people behave."""
    return catalogue(config.load(EXAMPLE), b"key"), load(FIRMWARE_CONFIG / "simulation.example.toml")


def played(hall: Catalogue, habits: Habits, day: date, seed: int, presses: int) -> Waits:
    """One day of the hall with a tout who presses so often."""
    virtual = VirtualHall(hall)
    virtual.begin(day - timedelta(days=1))
    virtual.do(StartController("bench", training=True))
    honest = visits(hall, habits, day, seed, counts(hall, habits, day, seed))
    pattern = next(visit for visit in honest if visit.service == FIELD)
    hoard = [
        replace(
            pattern,
            at_ms=NINE_MS + 1000 * n,
            priority=None,
            comes_at_call=0,
            back_after_ms=None,
            score=None,
        )
        for n in range(presses)
    ]
    today = HoardedDay(virtual, habits, day, hoard)
    today.play(
        sorted([*honest, *hoard], key=lambda visit: visit.at_ms), shifts(hall, habits, day, seed), seed
    )
    return today.waits()


def cost(without: Waits, with_tout: Waits) -> Cost:
    """How much longer the honest ones waited."""
    return Cost(
        mean(with_tout.everybody_s) / mean(without.everybody_s) - 1,
        mean(with_tout.in_the_field_s) / mean(without.in_the_field_s) - 1,
    )


def interval(costs: list[float]) -> tuple[float, float]:
    """Where the mean cost of all days that there could be lies, at 95 %, by Student's t over these seeds."""
    reach = T_975[len(costs)] * stdev(costs) / sqrt(len(costs))
    return fmean(costs) - reach, fmean(costs) + reach


def mean(seconds: list[float]) -> float:
    return sum(seconds) / max(len(seconds), 1)


def _line(name: str, seed: str, without: Waits, with_tout: Waits) -> str:
    more = cost(without, with_tout)
    cells = [mean(w) / 60 for w in (without.everybody_s, with_tout.everybody_s)]
    field_cells = [mean(w) / 60 for w in (without.in_the_field_s, with_tout.in_the_field_s)]
    return (
        f"{name:36}{seed:>5}{with_tout.taken:9}{with_tout.called:8}"
        f"{cells[0]:7.2f}{cells[1]:7.2f}{more.everybody:+8.1%}"
        f"{field_cells[0]:8.2f}{field_cells[1]:7.2f}{more.in_the_field:+8.1%}"
    )
