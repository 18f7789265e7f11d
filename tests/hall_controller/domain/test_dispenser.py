"""Touts: a burst is told once, and in guard mode a number counts only when the guidance desk has seen its holder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Dispenser
from hall_controller.domain.commands import (
    CallNext,
    IssueTicket,
    RateTicket,
    ReleaseTicket,
    Reprint,
    Resume,
    TurnGuard,
    VoidTicket,
)
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, small_hall


def hall_with(dispenser: Dispenser, clock: str = "08:00") -> HallInPlay:
    return HallInPlay(replace(small_hall(), dispenser=dispenser), clock=clock)


def take(play: HallInPlay, source: str = "kiosk", every_s: float = 0) -> list[str]:
    """A visitor takes a number; what followed."""
    play.wait(seconds=every_s)
    return [fact.type for fact in play.do(IssueTicket("land", "submit", source=source))]


def bursts(play: HallInPlay) -> list[f.DispenserBurst]:
    return [fact for fact in play.facts if isinstance(fact, f.DispenserBurst)]


FIVE_IN_30_S = Dispenser(burst_numbers=5, burst_s=30)


def test_more_numbers_than_ordinary_are_given_out_and_told_once() -> None:
    play = hall_with(FIVE_IN_30_S)
    for _ in range(20):
        take(play, every_s=1)
    assert [(burst.source, burst.numbers, burst.within_s) for burst in bursts(play)] == [("kiosk", 6, 30)]
    assert play.hall.queue("land").last_number == 20


def test_as_many_as_are_ordinary_are_no_burst() -> None:
    play = hall_with(FIVE_IN_30_S)
    for _ in range(50):
        take(play, every_s=6)
    assert bursts(play) == []


def test_each_burst_is_told_when_the_one_before_was_over() -> None:
    play = hall_with(FIVE_IN_30_S)
    for _ in range(3):
        for _ in range(8):
            take(play, every_s=1)
        play.wait(minutes=1)
    assert len(bursts(play)) == 3


def test_a_burst_goes_on_while_it_does_not_slow_down() -> None:
    play = hall_with(FIVE_IN_30_S)
    for _ in range(100):
        take(play, every_s=3)
    assert len(bursts(play)) == 1


def test_two_kiosks_have_bursts_of_their_own() -> None:
    play = hall_with(FIVE_IN_30_S)
    for _ in range(5):
        take(play, "kiosk-1", 1)
        take(play, "kiosk-2", 1)
    assert bursts(play) == []
    for _ in range(3):
        take(play, "kiosk-2", 1)
    assert [burst.source for burst in bursts(play)] == ["kiosk-2"]


def test_a_burst_may_last_longer_than_a_minute() -> None:
    play = hall_with(Dispenser(burst_numbers=5, burst_s=600))
    for _ in range(6):
        take(play, every_s=100)
    assert len(bursts(play)) == 1


def test_where_no_burst_is_set_none_is_told() -> None:
    play = hall_with(Dispenser(per_minute=100))
    for _ in range(60):
        take(play)
    assert bursts(play) == []


def test_a_clock_put_back_makes_no_burst() -> None:
    play = hall_with(FIVE_IN_30_S, "09:00")
    for _ in range(5):
        take(play, every_s=1)
    play.at(TUESDAY, "08:30")
    take(play)
    assert bursts(play) == []


def guarded_hall(numbers: int = 3) -> HallInPlay:
    play = hall_with(Dispenser(guard=True))
    play.open("1", "3")
    for _ in range(numbers):
        assert take(play) == ["ticket.issued", "ticket.guarded"]
    return play


def test_a_held_number_waits_nowhere_and_is_called_by_nobody() -> None:
    play = guarded_hall()
    assert play.hall.queue("land").waiting == ()
    assert play.ticket("A001").state == "unreleased"
    assert play.no(CallNext("1")) == "none_waiting"
    assert play.issue().ahead == 0


def test_a_released_number_waits_and_is_called() -> None:
    play = guarded_hall()
    assert play.do(ReleaseTicket("A002")) == (f.TicketReleased(*play.now, "A002"),)
    assert play.hall.queue("land").waiting == ("A002",)
    assert play.next("1") == "A002"


def test_whoever_is_seen_first_is_called_first_however_early_the_number_was_taken() -> None:
    play = guarded_hall(4)
    for number in ("A003", "A001", "A004"):
        play.wait(minutes=1)
        play.do(ReleaseTicket(number))
    assert play.hall.queue("land").waiting == ("A003", "A001", "A004")
    play.do(TurnGuard(on=False))
    assert play.take() == "A005"
    play.do(ReleaseTicket("A002"))
    assert [play.next(counter) for counter in ("1", "3", "1", "3", "1")] == [
        "A003",
        "A001",
        "A004",
        "A005",
        "A002",
    ]


def test_the_wait_of_a_released_number_begins_when_it_is_released() -> None:
    play = guarded_hall()
    play.wait(hours=1)
    play.do(ReleaseTicket("A001"))
    assert play.ticket("A001").waits_since == play.now.at


def test_priority_goes_before_among_released_numbers_too() -> None:
    play = guarded_hall(1)
    play.issue(priority="elderly")
    play.do(ReleaseTicket("A001"))
    play.do(ReleaseTicket("A002"))
    assert play.next("1") == "A002"


@pytest.mark.parametrize(("ticket", "code"), [("A001", "not_guarded"), ("A099", "unknown_ticket")])
def test_only_a_held_number_is_released(ticket: str, code: str) -> None:
    play = guarded_hall()
    play.do(ReleaseTicket("A001"))
    assert play.no(ReleaseTicket(ticket)) == code
    play.next("1")
    assert play.no(ReleaseTicket("A001")) == "not_guarded"


def test_the_guard_is_turned_on_and_off_and_numbers_held_meanwhile_stay_held() -> None:
    play = HallInPlay()
    assert play.no(TurnGuard(on=False)) == "guard_is_off"
    assert play.do(TurnGuard(on=True)) == (f.GuardTurned(*play.now, on=True),)
    assert play.no(TurnGuard(on=True)) == "guard_is_on"
    play.take()
    play.do(TurnGuard(on=False))
    play.take()
    assert [play.ticket(number).state for number in ("A001", "A002")] == ["unreleased", "waiting"]


def test_the_next_day_begins_as_the_settings_say_and_held_numbers_are_void() -> None:
    play = guarded_hall(2)
    play.do(TurnGuard(on=False))
    play.do(ReleaseTicket("A001"))
    facts = play.at(date(2022, 3, 2), "08:00")
    assert [v.ticket for v in facts if isinstance(v, f.TicketVoided)] == ["A001", "A002"]
    assert take(play) == ["ticket.issued", "ticket.guarded"]


def test_a_burst_turns_the_guard_on_where_the_hall_wants_it() -> None:
    play = hall_with(replace(FIVE_IN_30_S, guard_on_burst=True))
    for _ in range(5):
        assert take(play, every_s=1) == ["ticket.issued"]
    assert take(play) == ["ticket.issued", "dispenser.burst", "guard.turned", "ticket.guarded"]
    assert take(play) == ["ticket.issued", "ticket.guarded"]
    assert play.hall.queue("land").waiting == ("A001", "A002", "A003", "A004", "A005")


def hall_after_a_burst(guard_s: float = 900) -> HallInPlay:
    """At 8:00:06 a burst has turned the guard on."""
    play = hall_with(replace(FIVE_IN_30_S, guard_on_burst=True, guard_s=guard_s))
    for _ in range(6):
        take(play, every_s=1)
    return play


def turned(play: HallInPlay) -> list[tuple[bool, str]]:
    return [(fact.on, fact.reason) for fact in play.facts if isinstance(fact, f.GuardTurned)]


def test_the_guard_of_a_burst_is_turned_off_after_a_while_and_what_it_held_stays_held() -> None:
    play = hall_after_a_burst()
    play.wait(seconds=899)
    assert turned(play) == [(True, "burst")]
    play.wait(seconds=1)
    play.wait(hours=1)
    assert turned(play) == [(True, "burst"), (False, "burst_over")]
    assert take(play) == ["ticket.issued"]
    assert play.ticket("A006").state == "unreleased"


def test_the_guard_stays_while_the_burst_goes_on_and_the_next_burst_turns_it_on_again() -> None:
    play = hall_after_a_burst(60)
    for _ in range(100):
        take(play, every_s=3)
    assert turned(play) == [(True, "burst")]
    play.wait(minutes=1)
    for _ in range(6):
        take(play, every_s=1)
    assert turned(play) == [(True, "burst"), (False, "burst_over"), (True, "burst")]


def test_a_guard_that_somebody_turned_on_stays_until_somebody_turns_it_off() -> None:
    play = hall_after_a_burst()
    play.do(TurnGuard(on=False))
    play.do(TurnGuard(on=True))
    play.wait(hours=2)
    assert turned(play)[-1] == (True, "")
    endless = hall_after_a_burst(0)
    endless.wait(hours=2)
    assert turned(endless) == [(True, "burst")]


def test_a_burst_in_guard_mode_is_told_and_turns_nothing() -> None:
    play = hall_with(replace(FIVE_IN_30_S, guard=True, guard_on_burst=True))
    for _ in range(5):
        take(play)
    assert take(play) == ["ticket.issued", "dispenser.burst", "ticket.guarded"]


def test_a_held_number_can_be_voided_and_printed_again_but_not_rated_nor_resumed() -> None:
    play = guarded_hall()
    play.do(Reprint("A001"))
    assert play.no(RateTicket("A001", 5)) == "nothing_to_rate"
    assert play.no(Resume("1", "A001")) == "not_resumable"
    play.do(VoidTicket("A001", "tout"))
    assert play.ticket("A001").state == "voided"
    assert play.no(ReleaseTicket("A001")) == "not_guarded"
