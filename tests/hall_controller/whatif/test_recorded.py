"""What is read out of a day: who came when, how long each kept a counter, who sat where and when."""

from __future__ import annotations

from hall_controller.domain.catalogue import VIETNAM
from hall_controller.domain.commands import (
    CallNext,
    CloseCounter,
    Complete,
    Hold,
    Miss,
    PauseCounter,
    Requeue,
    Resume,
    StartController,
    Transfer,
    VoidTicket,
)
from hall_controller.whatif.recorded import RecordedDay, Visitor, recorded
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, TUESDAY, HallInPlay, small_hall

EIGHT_MS = 8 * 3_600_000


def opened(*counters: str) -> HallInPlay:
    play = HallInPlay(small_hall(DAY_AND_NIGHT))
    play.open(*counters or ("1",))
    return play


def read(play: HallInPlay) -> RecordedDay:
    day = recorded(play.facts, VIETNAM)
    assert day is not None
    return day


def only_visitor(play: HallInPlay) -> Visitor:
    (visitor,) = read(play).visitors.values()
    return visitor


def test_a_visit_has_its_arrival_its_call_and_the_time_at_the_counter() -> None:
    play = opened()
    play.take()
    play.wait(minutes=5)
    play.serve("1", 600)
    visitor = only_visitor(play)
    assert (visitor.at_ms, visitor.called_ms, visitor.turn_ms) == (EIGHT_MS, EIGHT_MS + 300_000, 600_000)
    assert (visitor.queue, visitor.service, visitor.purpose) == ("land", "land", "submit")


def test_the_breath_between_two_visits_counts_while_somebody_waits() -> None:
    play = opened()
    first, second = play.take(), play.take()
    play.serve("1", 600)
    play.wait(seconds=40)
    play.serve("1", 60)
    turns = {number: visitor.turn_ms for number, visitor in read(play).visitors.items()}
    assert turns == {first: 640_000, second: 60_000}


def test_an_idle_counter_notices_who_comes() -> None:
    play = opened()
    play.take()
    play.serve("1", 60)
    play.wait(minutes=20)
    play.take()
    play.wait(seconds=7)
    play.next("1")
    day = read(play)
    assert day.notices_ms == [7_000]
    assert day.visitors["A001"].turn_ms == 60_000


def test_a_visitor_who_does_not_come_keeps_the_counter_and_may_come_back() -> None:
    play = opened()
    number = play.take()
    play.next("1")
    play.wait(seconds=90)
    play.do(Miss("1"))
    play.wait(minutes=3)
    play.do(Requeue(number))
    play.serve("1", 300)
    visitor, day = only_visitor(play), read(play)
    assert day.misses_ms == [90_000]
    assert (visitor.came, visitor.back_ms, visitor.waited_again) == (False, 180_000, True)
    assert visitor.turn_ms == 300_000


def test_a_missed_visitor_at_the_counter_does_not_wait_again() -> None:
    play = opened()
    number = play.take()
    play.next("1")
    play.do(Miss("1"))
    play.wait(minutes=1)
    play.do(Resume("1", number))
    visitor = only_visitor(play)
    assert (visitor.back_ms, visitor.waited_again) == (60_000, False)


def test_the_time_of_a_held_visitor_is_that_at_the_counter_alone() -> None:
    play = opened()
    play.take()
    play.next("1")
    play.wait(seconds=100)
    play.do(Hold("1"))
    play.wait(minutes=10)
    play.do(Resume("1"))
    play.wait(seconds=200)
    play.do(Complete("1"))
    visitor = only_visitor(play)
    assert (visitor.hold_ms, visitor.turn_ms, visitor.parts) == (600_000, 300_000, 1)


def test_a_visitor_who_is_sent_on_is_served_in_two_parts() -> None:
    play = opened("1", "2")
    play.take()
    play.next("1")
    play.wait(seconds=100)
    play.do(Transfer("1", "notary"))
    play.serve("2", 300)
    visitor = only_visitor(play)
    assert (visitor.sent_to, visitor.parts, visitor.turn_ms, visitor.part_ms) == (
        "notary",
        2,
        400_000,
        200_000,
    )


def test_whoever_was_taken_out_before_a_call_gave_up() -> None:
    play = opened()
    gone, stays = play.take(), play.take()
    play.do(VoidTicket(gone, "went home"))
    visitors = read(play).visitors
    assert (visitors[gone].gave_up, visitors[stays].gave_up) == (True, False)
    assert visitors[gone].turn_ms is None


def test_a_counter_s_day_is_told_in_spans() -> None:
    play = opened()
    play.take()
    play.wait(minutes=1)
    play.next("1")
    play.wait(minutes=29)
    play.do(PauseCounter("1"))
    play.wait(minutes=15)
    play.open("1")
    play.wait(minutes=30)
    play.do(CloseCounter("1"))
    minutes = [
        tuple((ms - EIGHT_MS) // 60_000 for ms in (span.opens_ms, span.ends_ms or 0))
        for span in read(play).spans["1"]
    ]
    assert minutes == [(0, 30), (45, 75)]
    assert read(play).spans["1"][0].last_call_ms == EIGHT_MS + 60_000


def test_the_end_of_the_day_is_no_end_of_a_visit() -> None:
    play = opened()
    play.take()
    play.next("1")
    play.wait(hours=20)
    day = read(play)
    assert day.day == TUESDAY
    assert day.visitors["A001"].turn_ms is None


def test_a_day_for_training_says_so_and_facts_without_a_day_are_none() -> None:
    assert recorded([], VIETNAM) is None
    play = opened()
    assert read(play).training is False
    play.do(StartController("1", training=True))
    assert read(play).training is True
    assert recorded(opened().facts[1:], VIETNAM, training=True) is not None


def test_the_next_key_ends_one_visit_and_begins_another_without_a_breath() -> None:
    play = opened()
    play.take()
    play.take()
    play.next("1")
    play.wait(seconds=120)
    play.do(CallNext("1"))
    assert read(play).visitors["A001"].turn_ms == 120_000
