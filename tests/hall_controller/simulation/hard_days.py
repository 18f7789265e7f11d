"""Short hard days: a small hall of chance, ten minutes long, in which nearly everybody does something unusual.

Belongs here: how such a day is made and played. Never here: what must hold after it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from hall_controller.domain.catalogue import Catalogue, Dispenser, Officer
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
    come = visits(catalogue, habits, TUESDAY, seed, {service: chance.randrange(4) for service in SERVICES})
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
        priorities=hall.priorities if chance.happens(0.7) else {},
        dispenser=Dispenser(gap_s=20, per_minute=2) if chance.happens(0.1) else Dispenser(),
        sign_in_required=chance.happens(0.2),
        serving_after_s=chance.choice((0.0, 10.0, 30.0)),
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
