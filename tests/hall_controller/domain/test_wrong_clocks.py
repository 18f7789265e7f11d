"""Clocks that tell the wrong day and are put right: who keeps the number, which day it is, and what comes too late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain.commands import Complete, Now, Rate, RateEarlierTicket, StartController, Tick
from hall_controller.domain.earlier import earlier_visit
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, TUESDAY, HallInPlay, local, small_hall

WEDNESDAY, THURSDAY, FRIDAY = (TUESDAY + timedelta(days=n) for n in (1, 2, 3))


def put_right(play: HallInPlay, day: date, clock: str) -> tuple[f.Fact, ...]:
    """The clock is set from the network while the controller runs."""
    leapt = local(day, clock) - play.now.at
    play.now = Now(local(day, clock))
    return play.do(Tick(leapt.total_seconds()))


def started_again(play: HallInPlay, *, minutes: float) -> None:
    """Power goes and comes back; a clock without a battery goes on from where it stood."""
    play.wait(minutes=minutes)
    play.do(StartController("1.0"))


def voided(facts: tuple[f.Fact, ...]) -> list[str]:
    return [fact.ticket for fact in facts if isinstance(fact, f.TicketVoided)]


def test_a_reboot_before_the_clock_is_put_right_sends_nobody_away() -> None:
    play = HallInPlay(clock="15:50")
    yesterdays = [play.take() for _ in range(2)]
    started_again(play, minutes=5)
    before_the_reboot = [play.take() for _ in range(3)]
    started_again(play, minutes=10)
    after_it = [play.take() for _ in range(2)]
    facts = put_right(play, WEDNESDAY, "08:20")
    assert voided(facts) == yesterdays
    assert play.hall.queue("land").waiting == (*before_the_reboot, *after_it)
    assert [fact.day for fact in facts if isinstance(fact, f.DayCorrected)] == [WEDNESDAY]
    assert play.take() == "A008"


def test_a_machine_that_will_not_come_up_may_be_started_again_and_again() -> None:
    play = HallInPlay(clock="15:00")
    play.take()
    todays = []
    for _ in range(4):
        started_again(play, minutes=20)
        todays.append(play.take())
    assert voided(put_right(play, WEDNESDAY, "09:30")) == ["A001"]
    assert play.hall.queue("land").waiting == tuple(todays)


def test_a_start_hours_later_is_another_sitting() -> None:
    play = HallInPlay(clock="08:00")
    started_again(play, minutes=1)
    morning = play.take()
    started_again(play, minutes=120)
    late = play.take()
    assert voided(put_right(play, WEDNESDAY, "09:30")) == [morning]
    assert play.hall.queue("land").waiting == (late,)


def test_a_clock_that_was_ahead_keeps_its_day_until_that_is_reached_and_no_number_repeats() -> None:
    """Days never go back: the numbers and the codes of the day ahead are on paper already. See DECISIONS.md."""
    play = HallInPlay(small_hall(DAY_AND_NIGHT))
    play.take()
    play.at(THURSDAY, "08:00")
    given = [play.issue(), play.issue()]
    facts = put_right(play, WEDNESDAY, "08:01")
    assert not [fact for fact in facts if isinstance(fact, f.DayOpened | f.DayCorrected)]
    assert voided(facts) == [], "nobody loses a number"
    given.append(play.issue())
    play.at(THURSDAY, "08:00")
    given.append(play.issue())
    assert [issued.ticket for issued in given] == ["A001", "A002", "A003", "A004"]
    assert len({issued.code for issued in given}) == 4
    opened = play.at(FRIDAY, "00:00")
    assert [fact.day for fact in opened if isinstance(fact, f.DayOpened)] == [FRIDAY]
    assert play.take() == "A001"


@pytest.mark.parametrize(("day", "clock"), [(WEDNESDAY, "00:00:05"), (WEDNESDAY, "08:00")])
def test_a_press_that_arrives_after_the_day_is_over_is_refused_and_the_code_still_rates(
    day: date, clock: str
) -> None:
    """A pad knows no ticket, and the hall of the new day no visits of the old one. See DECISIONS.md."""
    play = HallInPlay(small_hall(DAY_AND_NIGHT), clock="23:55")
    play.open("1")
    code = play.issue().code
    play.next("1")
    play.now = Now(local(TUESDAY, "23:59:50"))
    play.do(Complete("1"))
    pressed_at = local(TUESDAY, "23:59:58")
    play.at(day, clock)
    assert play.no(Rate("1", 4, pressed_at)) == "nothing_to_rate"
    visit = earlier_visit(TUESDAY, "A001", play.facts)
    assert visit is not None
    (rated,) = play.do(RateEarlierTicket(visit, code, 4))
    assert isinstance(rated, f.TicketRated)
    assert (rated.day, rated.counter) == (TUESDAY, "1")
