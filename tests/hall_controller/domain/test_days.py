"""A business day begins once, never goes back, and ends for everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain.commands import (
    Complete,
    Hold,
    Miss,
    Now,
    SignIn,
    StartController,
    Tick,
    Transfer,
    TurnGuard,
)
from hall_controller.domain.correcting import STILL_HERE
from hall_controller.domain.facts import Fact
from hall_controller.domain.hall import Hall, evolve
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, TUESDAY, HallInPlay, small_hall

WEDNESDAY = date(2022, 3, 2)


def days_of(facts: tuple[Fact, ...] | list[Fact]) -> list[date]:
    return [fact.day for fact in facts if isinstance(fact, f.DayOpened)]


def corrections(facts: tuple[Fact, ...] | list[Fact]) -> list[date]:
    return [fact.day for fact in facts if isinstance(fact, f.DayCorrected)]


def test_the_first_moment_opens_the_day_and_says_of_every_queue_whether_it_is_open() -> None:
    play = HallInPlay(clock="06:00")
    assert play.facts == [
        f.ControllerStarted(*play.now, "1.0", 1),
        f.DayOpened(*play.now, TUESDAY),
        f.QueueClosed(*play.now, "land", play.now.at + timedelta(hours=1.5)),
        f.QueueClosed(*play.now, "notary", play.now.at + timedelta(hours=1.5)),
        f.QueueOpened(*play.now, "guidance"),
    ]
    assert play.tick() == ()


def test_queues_open_and_close_with_their_sessions() -> None:
    play = HallInPlay(clock="06:00")
    seen = []
    for clock in ("07:29", "07:30", "11:29", "11:30", "13:00", "17:00", "18:00"):
        play.at(TUESDAY, clock)
        seen.append(play.hall.queue("land").open)
    assert seen == [False, True, True, False, True, False, False]
    assert play.hall.queue("land").next_opening == play.now.at + timedelta(hours=13.5)


def test_midnight_opens_exactly_one_new_day() -> None:
    play = HallInPlay(small_hall(DAY_AND_NIGHT))
    play.at(TUESDAY, "23:59:59")
    begun = len(play.facts)
    for clock in ("00:00:00", "00:00:01", "00:01", "12:00", "23:59:59"):
        play.at(WEDNESDAY, clock)
    assert days_of(play.facts[begun:]) == [WEDNESDAY]


def test_the_day_changes_at_midnight_of_the_hall_and_not_of_greenwich() -> None:
    play = HallInPlay(clock="06:59")
    assert days_of(play.at(TUESDAY, "07:00")) == []
    assert play.now.at.hour == 0


def test_everybody_still_there_at_the_end_of_the_day_is_voided_and_nobody_else() -> None:
    play = HallInPlay()
    play.open("1", "3")
    for _ in range(8):
        play.take()
    play.serve("1", 60)
    for key in (Miss, Hold):
        play.next("1")
        play.do(key("1"))
    play.next("3")
    play.wait(seconds=30)
    play.next("1")
    play.do(Transfer("1", "3"))
    play.next("1")
    play.do(TurnGuard(on=True))
    play.take()
    states = {number: ticket.state for number, ticket in play.hall.tickets["A"].items()}
    assert set(states.values()) >= STILL_HERE
    facts = play.at(WEDNESDAY, "00:00")
    voided = [fact for fact in facts if isinstance(fact, f.TicketVoided)]
    still_waiting = STILL_HERE - {"serving"}
    assert [v.ticket for v in voided] == [
        number for number, state in states.items() if state in still_waiting
    ]
    assert {v.reason for v in voided} == {"day_over"}
    assert facts.index(voided[-1]) < facts.index(f.DayOpened(*play.now, WEDNESDAY))


def test_a_new_day_starts_from_number_one_with_an_empty_hall() -> None:
    play = HallInPlay()
    play.open("1")
    for _ in range(5):
        play.take()
    play.serve("1", 60)
    play.at(WEDNESDAY, "08:00")
    assert (play.hall.tickets, play.hall.desks, play.hall.calls) == ({}, {}, ())
    assert play.take() == "A001"
    assert play.ticket("A001").code != "", "the code of the new day"


def test_a_hall_that_was_off_for_a_week_opens_one_day_and_not_seven() -> None:
    play = HallInPlay()
    assert days_of(play.at(date(2022, 3, 8), "08:00")) == [date(2022, 3, 8)]


def test_a_clock_a_year_back_never_repeats_a_number() -> None:
    play = HallInPlay(small_hall(DAY_AND_NIGHT))
    assert [play.take(), play.take()] == ["A001", "A002"]
    for trusted in (True, False):
        assert days_of(play.at(date(2021, 3, 1), "08:00", trusted=trusted)) == []
        play.wait(days=20)
        play.take()
    play.at(TUESDAY, "23:00")
    assert play.take() == "A005"
    assert play.hall.day == TUESDAY


def test_a_clock_that_cannot_be_believed_does_not_begin_a_day() -> None:
    play = HallInPlay(small_hall(DAY_AND_NIGHT))
    play.take()
    play.at(date(2031, 1, 1), "08:00", trusted=False)
    (fact, *_) = [play.issue()]
    assert (fact.ticket, fact.time_trusted, play.hall.day) == ("A002", False, TUESDAY)
    facts = play.at(WEDNESDAY, "08:00")
    assert (days_of(facts), corrections(facts)) == ([], [WEDNESDAY])


def test_numbers_given_out_before_the_clock_was_right_stay_good_and_are_not_given_out_again() -> None:
    play = HallInPlay()
    play.open("1", "3")
    yesterdays = [play.take() for _ in range(4)]
    play.do(StartController("1.0"))
    play.at(date(1970, 1, 1), "00:05", trusted=False)
    todays = [play.take() for _ in range(3)]
    play.do(SignIn("3", "lan"))
    facts = play.at(WEDNESDAY, "08:05")
    assert corrections(facts) == [WEDNESDAY]
    assert [fact.ticket for fact in facts if isinstance(fact, f.TicketVoided)] == yesterdays
    assert play.hall.queue("land").waiting == tuple(todays)
    assert play.take() == "A008"
    assert play.next("1") == todays[0], "the counters stay open"
    assert play.hall.desk("3").officer == "lan"
    assert days_of(play.at(date(2022, 3, 3), "00:00:00")) == [date(2022, 3, 3)]
    assert play.hall.queue("land").last_number == 0, "the next morning begins with number one again"


def test_a_clock_that_was_late_by_a_night_is_put_right_and_nobody_is_sent_away() -> None:
    play = HallInPlay(clock="15:00")
    yesterdays = [play.take() for _ in range(2)]
    play.do(StartController("1.0"))
    play.open("1")
    todays = [play.take() for _ in range(3)]
    play.next("1")
    leapt = timedelta(hours=17, minutes=5)
    play.now = Now(play.now.at + leapt)
    facts = play.do(Tick(leapt.total_seconds()))
    assert corrections(facts) == [WEDNESDAY]
    assert [fact.ticket for fact in facts if isinstance(fact, f.TicketVoided)] == yesterdays
    assert play.hall.queue("land").waiting == tuple(todays)
    assert {play.ticket(number).issued_at for number in todays} == {play.now.at}
    assert play.take() == "A006"


def test_a_leap_over_midnight_with_nobody_here_is_an_ordinary_new_day() -> None:
    play = HallInPlay()
    play.open("1")
    play.take()
    play.serve("1", 60)
    play.now = Now(play.now.at + timedelta(days=1))
    facts = play.do(Tick(86_400.0))
    assert (days_of(facts), corrections(facts)) == ([WEDNESDAY], [])
    assert play.take() == "A001"


def test_who_is_being_served_while_the_day_is_put_right_goes_on_and_is_measured_rightly() -> None:
    play = HallInPlay(clock="15:00")
    play.do(StartController("1.0"))
    play.open("1")
    play.take()
    play.next("1")
    play.wait(minutes=10)
    leapt = timedelta(hours=17)
    play.now = Now(play.now.at + leapt)
    play.do(Tick(leapt.total_seconds()))
    play.wait(minutes=5)
    play.do(Complete("1"))
    assert play.hall.queue("land").service_s == (15 * 60,)


def test_a_hall_without_any_day_begins_one_even_on_a_clock_that_cannot_be_believed() -> None:
    play = HallInPlay(small_hall(DAY_AND_NIGHT))
    play.hall, play.now = Hall(play.hall.catalogue), Now(play.now.at, trusted=False)
    facts = play.tick()
    assert days_of(facts) == [TUESDAY]
    assert not any(fact.time_trusted for fact in facts)
    assert play.take() == "A001"


def test_a_jump_of_the_clock_starts_no_storm() -> None:
    play = HallInPlay()
    play.open("1")
    play.take()
    play.next("1")
    forward = play.at(date(2022, 4, 1), "08:00")
    assert len(forward) <= 10
    for _ in range(5):
        assert play.tick() == ()
    back = play.at(date(2022, 3, 1), "08:00")
    assert len(back) <= 3
    assert play.tick() == ()


def test_a_restart_keeps_the_day_and_a_restored_journal_has_a_higher_epoch() -> None:
    play = HallInPlay()
    play.take()
    play.do(StartController("1.1", 2, training=True))
    assert (play.hall.epoch, play.hall.training, play.hall.day) == (2, True, TUESDAY)
    assert play.take() == "A002"
    play.at(WEDNESDAY, "08:00")
    assert (play.hall.epoch, play.hall.training) == (2, True)


def test_the_facts_since_the_day_was_opened_tell_the_whole_hall() -> None:
    play = HallInPlay()
    for day in range(1, 5):
        play.at(date(2022, 3, day), "08:00")
        play.open("1")
        play.take()
        play.next("1")
    last = max(i for i, fact in enumerate(play.facts) if isinstance(fact, f.DayOpened))
    hall = Hall(play.hall.catalogue, epoch=1)
    for fact in play.facts[last:]:
        hall = evolve(hall, fact)
    assert hall == play.hall


def test_a_counter_taken_out_of_the_settings_during_the_day_stops_nothing() -> None:
    play = HallInPlay()
    play.open("1", "4")
    for _ in range(3):
        play.take()
    play.next("4")
    play.do(Hold("4"))
    play.next("4")
    play.change(
        counters={id_: c for id_, c in play.hall.catalogue.counters.items() if id_ != "4"}, priorities={}
    )
    play.wait(seconds=60)
    assert play.next("1") == "A003"
    voided = [fact.ticket for fact in play.at(WEDNESDAY, "08:00") if isinstance(fact, f.TicketVoided)]
    assert voided == ["A001", "A003"], "A002 was being served, so its visit is completed"


@pytest.mark.parametrize("day", [date(2022, 3, 5), date(2022, 3, 6)])
def test_on_a_day_off_the_queues_stay_closed_until_monday(day: date) -> None:
    play = HallInPlay(replace(small_hall()), day=day, clock="09:00")
    opening = play.hall.queue("land").next_opening
    assert opening is not None
    assert f"{opening:%d/%m %H:%M}" == "07/03 07:30"


def test_a_visit_over_midnight_is_not_completed_in_the_new_day() -> None:
    play = HallInPlay(small_hall(DAY_AND_NIGHT), clock="23:50")
    play.open("1")
    play.take()
    play.next("1")
    play.at(WEDNESDAY, "00:10")
    play.open("1")
    assert play.no(Complete("1")) == "no_ticket"
