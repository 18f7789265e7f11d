"""Short hard days: a small hall of chance, ten minutes long, in which nearly everybody does something unusual.

Belongs here: how such a day is made and played. Never here: what must hold after it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from hall_controller.domain.catalogue import (
    Calls,
    Catalogue,
    Counter,
    Dispenser,
    Officer,
    Precedence,
    WorkStep,
)
from hall_controller.domain.commands import StartController, Tick
from hall_controller.domain.facts import Fact
from hall_controller.domain.hall import Hall
from hall_controller.domain.opening import OpeningRule, Session
from hall_controller.simulation.chance import Chance
from hall_controller.simulation.day import Day
from hall_controller.simulation.habits import FieldOfWork, Habits, Officers, Paper, Visitors
from hall_controller.simulation.shifts import shifts
from hall_controller.simulation.virtual_hall import VirtualHall
from hall_controller.simulation.visits import visits
from tests.hall_controller.domain.small_hall import TUESDAY, small_hall

SERVICES = ("land", "mortgage", "notary", "guidance")
SESSIONS = (
    (Session(time(8), time(8, 10)),),
    (Session(time(8), time(8, 6)), Session(time(8, 20), time(8, 26))),
)


@dataclass(frozen=True)
class HardDay:
    """What happened from before the first midnight until after the second one."""

    catalogue: Catalogue
    facts: list[Fact]
    evening: int
    """How many of the facts happened before the second midnight."""
    hall_in_the_evening: Hall
    hall: Hall
    came: int
    turned_away: int


def hard_day(seed: int) -> HardDay:
    """The hard day of that seed."""
    chance = Chance(seed, "hard day")
    catalogue, habits = _hall(chance), _habits(chance)
    virtual = VirtualHall(catalogue)
    virtual.begin(TUESDAY)
    virtual.do(StartController("1.0", training=True))
    facts = virtual.facts
    come = visits(
        catalogue, habits, TUESDAY, seed, {service: chance.choice((0, 0, 1, 1, 1, 3)) for service in SERVICES}
    )
    day = Day(virtual, habits, TUESDAY)
    day.play(come, shifts(catalogue, habits, TUESDAY, seed), seed)
    facts = [*facts, *virtual.facts]
    evening, hall_in_the_evening = len(facts), virtual.hall
    virtual.begin(_next(TUESDAY))
    virtual.do(Tick())
    facts = [*facts, *virtual.facts]
    return HardDay(catalogue, facts, evening, hall_in_the_evening, virtual.hall, len(come), day.turned_away)


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _hall(chance: Chance) -> Catalogue:
    hours = (OpeningRule(frozenset(range(7)), chance.choice(SESSIONS)),)
    hall = small_hall(hours)
    services = {id_: replace(service, opening=hours) for id_, service in hall.services.items()}
    people = ("lan", "minh", "hoa", "mai")
    officers = {
        id_: Officer(id_, chance.choice(("tnmt", "bd")), regular=chance.happens(0.5)) for id_ in people
    }
    return replace(
        hall,
        services=services,
        officers=officers,
        counters=_counters(hall, chance),
        priorities=hall.priorities if chance.happens(0.7) else {},
        precedence=_precedence(chance),
        calls=_calls(chance),
        dispenser=_dispenser(chance),
        rating_pads=frozenset(hall.counters) if chance.happens(0.8) else frozenset(),
        sign_in_required=chance.happens(0.2),
        serving_after_s=chance.choice((0.0, 10.0, 30.0)),
    )


def _counters(hall: Catalogue, chance: Chance) -> dict[str, Counter]:
    """One to three counters, so that a queue may have none and a visitor must wait."""
    some = sorted(chance.sample(list(hall.counters), chance.choice((1, 2, 2, 3))))
    counters = {id_: _counter(hall.counters[id_], chance) for id_ in some}
    known = {*hall.queues, *counters}
    return {
        id_: counter if counter.transfer_to in known else replace(counter, transfer_to=None)
        for id_, counter in counters.items()
    }


def _counter(counter: Counter, chance: Chance) -> Counter:
    """Some counters have a work profile: one step a queue, with and without conditions."""
    if chance.happens(0.7):
        return counter
    steps = tuple(
        WorkStep(
            (queue,),
            first_after_s=chance.choice((None, 60.0, 240.0)),
            only_after_s=chance.choice((None, None, 30.0)),
            only_when_waiting=chance.choice((0, 0, 2)),
        )
        for queue in counter.queues
    )
    return replace(counter, profile=steps, one_button=chance.happens(0.2))


def _precedence(chance: Chance) -> Precedence:
    if chance.happens(0.5):
        return Precedence()
    return Precedence("interleaved", chance.choice((1, 2)), chance.choice((None, 120.0)))


def _calls(chance: Chance) -> Calls:
    if chance.happens(0.5):
        return Calls()
    return Calls(
        double_press_s=chance.choice((0.0, 3.0)),
        recall_gap_s=chance.choice((0.0, 5.0, 40.0)),
        calls_before_miss=chance.choice((0, 2, 3)),
        missed_numbers=chance.choice((0, 1, 3)),
        missed_s=chance.choice((0.0, 60.0)),
        missed_returns_behind=chance.choice((0, 1, 2, None)),
    )


def _dispenser(chance: Chance) -> Dispenser:
    if chance.happens(0.6):
        return Dispenser()
    return Dispenser(
        gap_s=chance.choice((0.0, 20.0)),
        per_minute=chance.choice((0, 2)),
        forecast_limit=chance.happens(0.3),
        burst_numbers=chance.choice((0, 1)),
        burst_s=300,
        guard=chance.happens(0.4),
        guard_on_burst=chance.happens(0.5),
    )


def _habits(chance: Chance) -> Habits:
    def any_share() -> float:
        return chance.choice((0.0, 0.1, 0.3, 0.6))

    return Habits(
        visitors=Visitors(
            priorities={"elderly": any_share() / 2, "disabled": any_share() / 2},
            late=any_share() / 2,
            absent=any_share() / 2,
            come_back=0.7,
            back_after_min=(0.1, 8.0),
            held=any_share(),
            hold_min=(0.1, 10.0),
            sent_on=any_share(),
            rate=any_share(),
            rate_after_s=(0.0, 40.0),
        ),
        officers=Officers(
            late_min=(0.0, 3.0),
            overtime_min=chance.choice((0.0, 2.0, 15.0)),
            between_s=(0.0, 20.0),
            complete_key=any_share(),
            pauses=any_share(),
            pause_min=(0.1, 4.0),
            reserve=any_share(),
            calls=chance.choice((1, 2, 3)),
        ),
        paper=Paper(failed=0.05, unknown=0.05),
        other=FieldOfWork(service_min=chance.choice((0.5, 1.0, 3.0)), spread=0.8),
    )
