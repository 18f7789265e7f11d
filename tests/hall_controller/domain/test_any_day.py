"""Whatever is pressed, in whatever order and at whatever hour, nobody is lost; and the test would notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from hall_controller.domain import calls, days, order, rules
from hall_controller.domain import commands as c
from hall_controller.domain import facts as f
from hall_controller.domain import hall as halls
from hall_controller.domain.facts import Fact
from hall_controller.domain.hall import Hall
from hall_controller.domain.refusals import Refusal
from tests.hall_controller.domain.any_day import AnyDay, AnyDayWithHours

STEADY = settings(
    derandomize=True, database=None, deadline=None, max_examples=400, stateful_step_count=40, print_blob=False
)
HUNT = settings(STEADY, phases=[Phase.generate], max_examples=300)


@pytest.mark.timeout(400)  # only a failure takes so long: then the shortest way to it is looked for
@pytest.mark.parametrize("machine", [AnyDay, AnyDayWithHours])
def test_nobody_is_lost_on_any_day(machine: type[AnyDay]) -> None:
    run_state_machine_as_test(machine, settings=STEADY)


class HoldForgets(AnyDay):
    def evolve(self, hall: Hall, fact: Fact) -> Hall:
        after = halls.evolve(hall, fact)
        if not isinstance(fact, f.TicketHeld):
            return after
        desk = replace(after.desk(fact.counter), held=())
        return replace(after, desks={**after.desks, fact.counter: desk})


class CalledStaysInLine(AnyDay):
    def evolve(self, hall: Hall, fact: Fact) -> Hall:
        after = halls.evolve(hall, fact)
        return replace(after, queues=hall.queues) if isinstance(fact, f.TicketCalled) else after


class VoidLeavesTheDesk(AnyDay):
    def evolve(self, hall: Hall, fact: Fact) -> Hall:
        after = halls.evolve(hall, fact)
        return replace(after, desks=hall.desks) if isinstance(fact, f.TicketVoided) else after


class NumbersStandStill(AnyDay):
    def evolve(self, hall: Hall, fact: Fact) -> Hall:
        after = halls.evolve(hall, fact)
        if not isinstance(fact, f.TicketIssued):
            return after
        line = replace(after.queue(fact.queue), last_number=min(after.queue(fact.queue).last_number, 3))
        return replace(after, queues={**after.queues, fact.queue: line})


class TransferLosesItsAge(AnyDay):
    def evolve(self, hall: Hall, fact: Fact) -> Hall:
        after = halls.evolve(hall, fact)
        if not isinstance(fact, f.TicketTransferred) or fact.to_queue is None:
            return after
        waiting = after.queue(fact.to_queue).waiting
        line = (*(n for n in waiting if n != fact.ticket), fact.ticket)
        queue = replace(after.queue(fact.to_queue), waiting=line)
        return replace(after, queues={**after.queues, fact.to_queue: queue})


class BoardRepeatsItself(AnyDay):
    def evolve(self, hall: Hall, fact: Fact) -> Hall:
        after = halls.evolve(hall, fact)
        recalled = isinstance(fact, f.TicketRecalled)
        return replace(after, calls=(after.calls[0], *hall.calls)[:12]) if recalled else after


class HallRemembersMoreThanTheJournal(AnyDay):
    def evolve(self, hall: Hall, fact: Fact) -> Hall:
        after = halls.evolve(hall, fact)
        return replace(after, training=not hall.training) if isinstance(fact, f.BellRung) else after


class DecidingIsDoing(AnyDay):
    def decide(self, hall: Hall, command: c.Command, now: c.Now) -> rules.Facts | Refusal:
        answer = rules.decide(hall, command, now)
        if isinstance(answer, Refusal) and answer.code == "none_waiting":
            assert isinstance(hall.queues, dict)
            hall.queues.pop("land", None)
        return answer


class PauseKeepsTheVisitor(AnyDay):
    def decide(self, hall: Hall, command: c.Command, now: c.Now) -> rules.Facts | Refusal:
        answer = rules.decide(hall, command, now)
        paused = isinstance(command, c.PauseCounter) and not isinstance(answer, Refusal)
        return answer[-1:] if paused and not isinstance(answer, Refusal) else answer


class SilentYes(AnyDay):
    def decide(self, hall: Hall, command: c.Command, now: c.Now) -> rules.Facts | Refusal:
        return () if isinstance(command, c.Ring) else rules.decide(hall, command, now)


class StolenFromTheNextDesk(AnyDay):
    def decide(self, hall: Hall, command: c.Command, now: c.Now) -> rules.Facts | Refusal:
        if (
            isinstance(command, c.Resume)
            and (held := hall.desk("4").held)
            and hall.desk("1").status == "open"
        ):
            return (f.TicketResumed(*now, held[0], "1"),)
        return rules.decide(hall, command, now)


class GuardedWaitsAllTheSame(AnyDay):
    def evolve(self, hall: Hall, fact: Fact) -> Hall:
        after = halls.evolve(hall, fact)
        return replace(after, queues=hall.queues) if isinstance(fact, f.TicketGuarded) else after


class RatedIsForgotten(AnyDay):
    def evolve(self, hall: Hall, fact: Fact) -> Hall:
        after = halls.evolve(hall, fact)
        return replace(after, tickets=hall.tickets) if isinstance(fact, f.TicketRated) else after


class SilenceIsToldAgain(AnyDay):
    def evolve(self, hall: Hall, fact: Fact) -> Hall:
        return hall if isinstance(fact, f.RatingExpired) else halls.evolve(hall, fact)


class WhoComesBackForgetsTheirPlace(AnyDayWithHours):
    def evolve(self, hall: Hall, fact: Fact) -> Hall:
        after = halls.evolve(hall, fact)
        if not isinstance(fact, f.TicketRequeued):
            return after
        line = (*(n for n in after.queue(fact.queue).waiting if n != fact.ticket), fact.ticket)
        queue = replace(after.queue(fact.queue), waiting=line)
        return replace(after, queues={**after.queues, fact.queue: queue})


class TheBellRingsOn(AnyDay):
    def decide(self, hall: Hall, command: c.Command, now: c.Now) -> rules.Facts | Refusal:
        answer = rules.decide(hall, command, now)
        if isinstance(answer, Refusal):
            return answer
        return answer if len(answer) == 1 else tuple(x for x in answer if not isinstance(x, f.BellAnswered))

    def happen(self, fact: Fact) -> None:
        super().happen(fact)
        if isinstance(fact, f.CounterOpened):
            assert not self.hall.desk(fact.counter).bell_since


BROKEN = [
    GuardedWaitsAllTheSame,
    RatedIsForgotten,
    SilenceIsToldAgain,
    HoldForgets,
    CalledStaysInLine,
    VoidLeavesTheDesk,
    NumbersStandStill,
    TransferLosesItsAge,
    BoardRepeatsItself,
    HallRemembersMoreThanTheJournal,
    DecidingIsDoing,
    PauseKeepsTheVisitor,
    SilentYes,
    StolenFromTheNextDesk,
    WhoComesBackForgetsTheirPlace,
    TheBellRingsOn,
]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_hall_broken_on_purpose_is_found_out(broken: type[AnyDay]) -> None:
    with pytest.raises((AssertionError, KeyError)):
        run_state_machine_as_test(broken, settings=HUNT)


def _youngest_first(hall: Hall, counter: str, _at: datetime) -> order.Choice | None:
    waiting = [n for queue in hall.catalogue.counters[counter].queues for n in hall.queue(queue).waiting]
    return order.Choice(waiting[-1], "youngest") if waiting else None


def _calendar_day(hall: Hall, now: c.Now) -> object:
    return now.at.astimezone(hall.catalogue.timezone).date()


@pytest.mark.parametrize(
    ("where", "name", "wrong"),
    [
        (calls, "next_ticket", _youngest_first),
        (days, "business_day", _calendar_day),
        (days, "STILL_HERE", {"held"}),
    ],
    ids=["youngest first", "the day goes back", "visitors forgotten at midnight"],
)
def test_a_rule_broken_on_purpose_is_found_out(
    monkeypatch: pytest.MonkeyPatch, where: object, name: str, wrong: Callable[..., object]
) -> None:
    monkeypatch.setattr(where, name, wrong)
    with pytest.raises((AssertionError, KeyError)):
        run_state_machine_as_test(AnyDay, settings=HUNT)
