"""Thirty days with Tết among them, on a machine whose clock is wrong, put right, and wrong again.

The hall of flesh and paper is kept beside: who is really there with which paper, and which day it really is.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from hall_controller.clock import Clock
from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import VIETNAM, Catalogue
from hall_controller.domain.commands import CallNext, Command, IssueTicket, OpenCounter, StartController, Tick
from hall_controller.domain.days import business_day
from hall_controller.domain.hall import Hall, evolve
from hall_controller.domain.refusals import Refusal
from hall_controller.domain.rules import decide
from tests.hall_controller.domain.places import Places
from tests.hall_controller.domain.small_hall import small_hall
from tests.hall_controller.wrong_clock import Machine

FIRST = date(2027, 1, 25)
DAYS = 30
TET = frozenset(date(2027, 2, 5) + timedelta(days) for days in range(7))
SERVICES = ("land", "notary", "guidance")
FACTS_OF_A_DAY_CHANGE = 20
"""Queues and counters of the small hall, and its officers."""


class Month:
    """The controller, decided and folded as it does it, on a machine that a random day plays with."""

    def __init__(self, machine: Machine, seed: int, catalogue: Catalogue) -> None:
        self.machine, self.random = machine, Random(seed)
        self.true_wall = machine.wall
        self.catalogue = catalogue
        self.places = Places(catalogue)
        self.facts: list[f.Fact] = []
        self.journal: list[f.Fact] = []
        self.on_paper: dict[str, str] = {}
        self.lost: list[str] = []
        self.off_since = machine.wall
        self.start()

    def start(self) -> None:
        """The program starts, and reads its journal from the last day opened."""
        self.hall = Hall(self.catalogue)
        self.clock = Clock()
        for fact in self.journal:
            self.hall = evolve(self.hall, fact)
            self.clock.remember(fact.at)
        self.do(StartController("1.0"))

    def do(self, command: Command) -> tuple[f.Fact, ...] | Refusal:
        now = self.clock.now()
        if business_day(self.hall, now) != self.hall.day:
            self.happen(decide(self.hall, Tick(self.clock.leapt_s), now))
            assert decide(self.hall, Tick(self.clock.leapt_s), now) == (), "a timer fires twice"
        answer = decide(self.hall, command, now)
        if isinstance(command, Tick) and not isinstance(answer, Refusal):
            assert len(answer) <= FACTS_OF_A_DAY_CHANGE + len(self.on_paper), "a storm"
        self.happen(answer)
        return answer

    def happen(self, answer: tuple[f.Fact, ...] | Refusal) -> None:
        if isinstance(answer, Refusal):
            return
        for fact in answer:
            self.places.happen(fact)
            self.hall = evolve(self.hall, fact)
            self.facts.append(fact)
            if isinstance(fact, f.DayOpened):
                self.journal = []
            self.journal.append(fact)
            match fact:
                case f.TicketIssued():
                    assert fact.ticket not in self.on_paper, f"two visitors hold {fact.ticket}"
                    self.on_paper[fact.ticket] = "waits"
                case f.TicketCalled():
                    if fact.ticket in self.on_paper:
                        self.on_paper[fact.ticket] = "called"
                case f.TicketVoided() if self.on_paper.get(fact.ticket) == "waits":
                    self.lost.append(fact.ticket)

    def wait(self, seconds: float) -> None:
        self.true_wall += timedelta(seconds=seconds)
        self.machine.wait(seconds)

    def wait_until(self, hour: float) -> None:
        """Wait for that hour of this very day, or of the next when it is over."""
        true = self.true_wall.astimezone(VIETNAM)
        goal = datetime.combine(true.date(), datetime.min.time(), VIETNAM) + timedelta(hours=hour)
        self.wait(max(0.0, (goal - true).total_seconds()))

    def visitors(self, minutes: int) -> None:
        """People come and are called, and the clock ticks."""
        for _ in range(minutes):
            self.wait(60)
            self.do(Tick())
            if self.random.random() < 0.5:
                self.do(IssueTicket(self.random.choice(SERVICES), "submit"))
            if self.random.random() < 0.3:
                self.do(OpenCounter(self.random.choice("134")))
                self.do(CallNext(self.random.choice("134")))


def a_day(month: Month) -> None:
    """Power comes in the morning with some time on the clock; the network comes later, or never."""
    random, machine = month.random, month.machine
    month.wait_until(6 + 2 * random.random())
    morning = random.choice(["right", "late", "late", "ancient", "never off"])
    network_after = random.choice([0, 35, 90, 200])
    match morning:
        case "right":
            machine.boot(month.true_wall)
            month.start()
        case "late":
            machine.boot(month.off_since)
            month.start()
        case "ancient":
            machine.boot(datetime(1970, 1, 1, tzinfo=UTC))
            month.start()
        case _:
            month.do(Tick())
    month.visitors(network_after)
    if morning in ("late", "ancient") or random.random() < 0.3:
        machine.synchronise(month.true_wall)
    month.visitors(120)
    if random.random() < 0.3:
        machine.set(machine.wall - timedelta(hours=random.choice([1, 30, 9000])))
        month.visitors(20)
        machine.synchronise(month.true_wall)
    if random.random() < 0.3:
        month.start()
    month.visitors(60)


def a_night(month: Month) -> None:
    """Everybody goes home, and the papers go with them; the machine sees midnight, or loses its power before."""
    if month.random.random() < 0.6:
        month.wait_until(month.random.choice([15, 16, 19]))
        month.on_paper.clear()
        month.do(Tick())
        month.off_since = month.machine.wall
        month.wait_until(24.1)
        return
    month.wait_until(23.9)
    month.on_paper.clear()
    for _ in range(4):
        month.wait(300)
        month.do(Tick())
    month.off_since = month.machine.wall


@pytest.mark.parametrize("seed", range(6))
def test_thirty_days_of_wrong_clocks_change_the_day_once_each_and_repeat_no_number_on_paper(
    seed: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    start = datetime.combine(FIRST, datetime.min.time(), VIETNAM).astimezone(UTC)
    machine = Machine(monkeypatch, tmp_path / "mark", start)
    machine.synchronise(start)
    month = Month(machine, seed, replace(small_hall(), closed_days=TET))
    for _ in range(DAYS):
        a_day(month)
        a_night(month)
    days = month.places.days
    assert len(days) == len(set(days))
    assert days == sorted(days)
    assert days[-1] >= FIRST + timedelta(DAYS - 1), "the hall has stayed behind"
    assert month.lost == [], "somebody in the hall was voided by a clock"
    assert sum(isinstance(fact, f.DayCorrected) for fact in month.facts) >= 3, "nothing was tried out"


def test_thirty_right_days_open_thirty_days(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    start = datetime.combine(FIRST, datetime.min.time(), VIETNAM).astimezone(UTC)
    month = Month(Machine(monkeypatch, tmp_path / "mark", start), 1, replace(small_hall(), closed_days=TET))
    while month.true_wall < start + timedelta(days=DAYS):
        month.wait(600)
        month.do(Tick())
    opened = [fact.day for fact in month.facts if isinstance(fact, f.DayOpened)]
    assert opened == [FIRST + timedelta(days) for days in range(DAYS + 1)]
    land = [fact for fact in month.facts if isinstance(fact, f.QueueOpened) and fact.queue == "land"]
    worked = [day for day in opened if day.weekday() < 5 and day not in TET and day < FIRST + timedelta(DAYS)]
    assert len(land) == 2 * len(worked), "a queue opens once a session"
