"""A hall small enough to hold in one's head, and a way to play a day in it.

Belongs here: the catalogue that the tests of the rules share, and the verbs of a hall in play. Never here: a check.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from hall_controller.domain.catalogue import (
    VIETNAM,
    Agency,
    Assignment,
    Catalogue,
    Counter,
    Officer,
    Priority,
    Queue,
    Service,
    Text,
    Valid,
)
from hall_controller.domain.commands import (
    CallNext,
    Command,
    Complete,
    IssueTicket,
    Now,
    OpenCounter,
    StartController,
    Tick,
)
from hall_controller.domain.facts import Fact, TicketIssued
from hall_controller.domain.hall import Hall, Ticket, evolve
from hall_controller.domain.opening import OpeningRule, Session
from hall_controller.domain.refusals import TEXTS, Refusal
from hall_controller.domain.rules import decide

MORNING: Final = Session(time(7, 30), time(11, 30))
AFTERNOON: Final = Session(time(13), time(17))
WORKING_HOURS: Final = (OpeningRule(frozenset(range(5)), (MORNING, AFTERNOON)),)
DAY_AND_NIGHT: Final = (OpeningRule(frozenset(range(7)), (Session(time.min, time.max),)),)
TUESDAY: Final = date(2022, 3, 1)


def local(day: date, clock: str) -> datetime:
    """A moment of the hall's own day, such as `local(TUESDAY, "08:00")`, in UTC as the hall's clock tells it."""
    return datetime.combine(day, time.fromisoformat(clock), VIETNAM).astimezone(UTC)


def _service(
    id_: str, queue: str, agency: str, opening: tuple[OpeningRule, ...], *, online_only: bool = False
) -> Service:
    return Service(id_, agency, queue, Text(id_, id_), opening, online_only=online_only)


def small_hall(hours: tuple[OpeningRule, ...] = WORKING_HOURS) -> Catalogue:
    """Three queues, four counters; the guidance queue is open day and night, the two others keep the hours."""
    services = (
        _service("land", "land", "tnmt", hours),
        _service("mortgage", "land", "tnmt", hours),
        _service("notary", "notary", "tp", hours),
        _service("guidance", "guidance", "bd", DAY_AND_NIGHT),
        _service("business", "guidance", "khdt", DAY_AND_NIGHT, online_only=True),
    )
    letters = {"land": "A", "notary": "B", "guidance": "C"}
    counters = (
        Counter("1", "1", ("land", "notary")),
        Counter("2", "2", ("notary",), transfer_to="3"),
        Counter("3", "3", ("land", "guidance"), transfer_to="notary"),
        Counter("4", "4", ("land", "notary", "guidance"), transfer_to="2"),
    )
    return Catalogue(
        hall="small",
        name=Text("Trung tâm nhỏ", "Small centre"),
        queues={id_: Queue(id_, letter, Text(id_, id_)) for id_, letter in letters.items()},
        services={service.id: service for service in services},
        counters={counter.id: counter for counter in counters},
        agencies={id_: Agency(id_, Text(id_, id_)) for id_ in ("tnmt", "tp", "bd", "khdt")},
        officers={id_: Officer(id_, "tnmt") for id_ in ("lan", "minh", "hoa")},
        assignments=(
            Assignment("1", "tnmt", "tnmt", "lan"),
            Assignment("2", "tp", "bd", "hoa", Valid(first_day=date(2022, 3, 2))),
        ),
        priorities={
            "elderly": Priority("elderly", Text("Người cao tuổi", "Elderly"), 1, "NĐ 107/2021"),
            "disabled": Priority("disabled", Text("Người khuyết tật", "Disabled"), 2, "NĐ 107/2021"),
        },
        code_key=b"a key of this hall",
    )


class HallInPlay:
    """A hall, its clock and all that has happened, with verbs: `play.next("1")`."""

    def __init__(
        self, catalogue: Catalogue | None = None, *, day: date = TUESDAY, clock: str = "08:00"
    ) -> None:
        self.hall = Hall(catalogue or small_hall())
        self.now = Now(local(day, clock))
        self.facts: list[Fact] = []
        self.do(StartController("1.0"))
        self.tick()

    def do(self, command: Command) -> tuple[Fact, ...]:
        """The facts that follow; fails when the hall refuses."""
        facts = decide(self.hall, command, self.now)
        assert not isinstance(facts, Refusal), f"{command} was refused: {facts}"
        for fact in facts:
            self.hall = evolve(self.hall, fact)
        self.facts += facts
        return facts

    def no(self, command: Command) -> str:
        """The code of the refusal; fails when the hall agrees."""
        answer = decide(self.hall, command, self.now)
        assert isinstance(answer, Refusal), f"{command} was accepted: {answer}"
        assert answer.code in TEXTS
        return answer.code

    def tick(self) -> tuple[Fact, ...]:
        return self.do(Tick())

    def wait(self, **time_: float) -> None:
        """Time passes, and the hall notices."""
        self.now = Now(self.now.at + timedelta(**time_), self.now.trusted)
        self.tick()

    def at(self, day: date, clock: str, *, trusted: bool = True) -> tuple[Fact, ...]:
        """The clock says so from now on, forwards or backwards, and the hall notices."""
        self.now = Now(local(day, clock), trusted)
        return self.tick()

    def change(self, **settings: object) -> None:
        """The hall goes on with other settings."""
        catalogue = replace(self.hall.catalogue, **settings)  # type: ignore[arg-type]  # replace checks the names
        self.hall = replace(self.hall, catalogue=catalogue)

    def open(self, *counters: str) -> None:
        for counter in counters:
            self.do(OpenCounter(counter))

    def issue(
        self, service: str = "land", priority: str | None = None, source: str = "kiosk"
    ) -> TicketIssued:
        fact, *_ = self.do(IssueTicket(service, "submit", priority=priority, source=source))
        assert isinstance(fact, TicketIssued)
        return fact

    def take(self, service: str = "land", priority: str | None = None) -> str:
        """A visitor takes a number."""
        return self.issue(service, priority).ticket

    def next(self, counter: str) -> str | None:
        """The counter calls; the number that is in front of it now."""
        self.do(CallNext(counter))
        return self.hall.desk(counter).ticket

    def serve(self, counter: str, seconds: float) -> str:
        """The next visitor comes, is served for so long, and goes."""
        number = self.next(counter)
        assert number is not None
        self.wait(seconds=seconds)
        self.do(Complete(counter))
        return number

    def ticket(self, number: str) -> Ticket:
        ticket = self.hall.ticket(number)
        assert ticket is not None, f"{number} is not in the hall"
        return ticket
