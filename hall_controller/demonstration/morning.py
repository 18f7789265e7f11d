"""What happened before the curtain rises: a believable morning, by the hall's own rules, in its own journal.

    opening time -> visitors come, counters call -> now: numbers given out, calls of the last minutes, people waiting

It is seeded, so the same morning comes again; it is decided by the real domain, in virtual time, before the controller
starts and finds it in its journal.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from hall_controller.domain import commands as c
from hall_controller.domain.facts import TicketCompleted, TicketIssued
from hall_controller.domain.hall import Hall, evolve
from hall_controller.domain.opening import is_open, sessions
from hall_controller.domain.refusals import Refusal
from hall_controller.domain.rules import decide
from hall_controller.journal import Entry, Journal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from hall_controller.domain.catalogue import Catalogue, Service
    from hall_controller.domain.facts import Fact

BELIEVABLE: Final = time(8, 35)
"""An hour after opening: people have come, and it is long until lunch."""
LONGEST_MORNING: Final = timedelta(minutes=70)
ROOM_BEFORE_CLOSING: Final = timedelta(minutes=45)
"""A demo that would run into the hall's lunch break uses a training clock."""
LONGEST_HOLIDAYS_DAYS: Final = 30
STEP: Final = timedelta(seconds=20)
MOMENT: Final = timedelta(milliseconds=100)
BETWEEN_COUNTERS: Final = STEP / 100
QUIET_FOR: Final = timedelta(minutes=17)
"""So long before the start nobody comes any more for the queues of the counter that is kept free."""
CURTAIN: Final = timedelta(seconds=35)
"""Between the last call of the morning and the start: longer than a call is news to a hall screen, and than the way to
the counter takes."""
SEED: Final = 1
SERVICE_MIN: Final = (5.0, 11.0)
ARRIVALS_PER_MIN: Final = 2.0

POPULAR: Final = {"dat-dai": 7, "cong-an": 7, "giao-thong": 5, "bao-hiem-xa-hoi": 5, "nguoi-co-cong": 4}
"""How much more often people come to these queues of the reference hall than to another; land has the most."""


def is_lively(catalogue: Catalogue, now: datetime) -> bool:
    """Whether most services are open now, and still will be when a demo ends."""
    return all(_mostly_open(catalogue, at) for at in (now, now + ROOM_BEFORE_CLOSING))


def next_morning(catalogue: Catalogue, now: datetime) -> datetime:
    """A moment for a training clock: the morning of the first working day, today's included."""
    today = now.astimezone(catalogue.timezone).date()
    mornings = [
        datetime.combine(today + timedelta(days=ahead), BELIEVABLE, tzinfo=catalogue.timezone)
        for ahead in range(LONGEST_HOLIDAYS_DAYS)
    ]
    return next((moment for moment in mornings if _mostly_open(catalogue, moment)), mornings[0])


def _mostly_open(catalogue: Catalogue, at: datetime) -> bool:
    return len(open_services(catalogue, at)) > len(offered(catalogue)) / 2


def offered(catalogue: Catalogue) -> list[Service]:
    """The services that give out numbers."""
    return [service for service in catalogue.services.values() if not service.online_only]


def open_services(catalogue: Catalogue, at: datetime) -> list[Service]:
    """Those that are open then."""
    return [service for service in offered(catalogue) if is_open(catalogue, service, at)]


def choose_service(services: Sequence[Service], rng: random.Random) -> Service:
    """Why the next visitor comes."""
    return rng.choices(services, [POPULAR.get(service.queue, 1) for service in services])[0]


@dataclass(slots=True)
class Morning:
    """A hall in virtual time, and what happened in it."""

    hall: Hall
    rng: random.Random
    entries: list[Entry] = field(default_factory=list)
    busy_until: dict[str, datetime] = field(default_factory=dict)

    def do(self, command: c.Command, at: datetime) -> tuple[Fact, ...]:
        """Decide and remember; a refusal is no facts."""
        result = decide(self.hall, command, c.Now(at))
        if isinstance(result, Refusal):
            return ()
        for fact in result:
            self.hall = evolve(self.hall, fact)
            self.entries.append(Entry(fact, None))
        return result

    def step(self, at: datetime, quiet: Collection[str]) -> None:
        """One step of time: who comes, who is served, who is called; nobody comes for the `quiet` queues."""
        self.do(c.Tick(), at)
        services = open_services(self.hall.catalogue, at)
        if services and self.rng.random() < ARRIVALS_PER_MIN * STEP / timedelta(minutes=1):
            service = choose_service(services, self.rng)
            if service.queue not in quiet:
                purpose = self.rng.choice(service.purposes)
                self.do(c.IssueTicket(service.id, purpose, source="kiosk-1", paper=False), at)
        for counter, desk in list(self.hall.desks.items()):
            at += BETWEEN_COUNTERS
            if desk.ticket is None or self.busy_until[counter] <= at:
                self._serve(counter, at)

    def _serve(self, counter: str, at: datetime) -> None:
        facts = self.do(c.Complete(counter), at)
        if any(isinstance(fact, TicketCompleted) for fact in facts) and self.rng.random() < 0.6:  # noqa: PLR2004 - most rate
            self.do(c.Rate(counter, self.rng.choice((5, 5, 5, 4, 4, 3)), at, None), at)
        self.do(c.CallNext(counter), at)
        self.busy_until[counter] = at + timedelta(minutes=self.rng.uniform(*SERVICE_MIN))


def play(
    catalogue: Catalogue,
    journal: Path,
    until: datetime,
    *,
    version: str,
    training: bool,
    counters: Collection[str],
    free: str | None = None,
) -> int:
    """Write the morning up to `until` into a new journal; how many numbers were given out.

    `counters` are staffed; at the counter named by `free` nobody is left at the end, nor in its queues.
    """
    begin = until - min(LONGEST_MORNING, until - opened_at(catalogue, until))
    curtain = until - CURTAIN
    if begin >= curtain:
        return 0
    morning = Morning(Hall(catalogue), random.Random(SEED))  # noqa: S311 - the same morning each time, no secret
    morning.do(c.StartController(version, 1, training), begin)
    morning.do(c.Tick(), begin)
    for counter in counters:
        morning.do(c.OpenCounter(counter), begin)
        morning.busy_until[counter] = begin
    quiet = catalogue.counters[free].queues if free else ()
    for at in _steps(begin + STEP, curtain - STEP):
        morning.step(at, quiet if curtain - at < QUIET_FOR else ())
    if free:
        morning.do(c.Complete(free), curtain)
    morning.do(c.Tick(), until - MOMENT)
    with Journal.open(journal) as opened:
        opened.append(morning.entries)
    return sum(isinstance(entry.fact, TicketIssued) for entry in morning.entries)


def opened_at(catalogue: Catalogue, at: datetime) -> datetime:
    """When the session of `at` began for the first service that is open then; `at` itself when none is."""
    local = at.astimezone(catalogue.timezone)
    begun = [
        datetime.combine(local.date(), session.start, tzinfo=local.tzinfo)
        for service in offered(catalogue)
        for session in sessions(catalogue, service, local.date())
        if session.start <= local.time() < session.end
    ]
    return min(begun, default=at)


def _steps(begin: datetime, end: datetime) -> Iterator[datetime]:
    at = begin
    while at < end:
        yield at
        at += STEP
