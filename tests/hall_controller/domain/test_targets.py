"""An alert when people wait too long: once an episode for each queue, and taken back when it is well again."""

from __future__ import annotations

from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Targets
from hall_controller.domain.targets import FEWEST_CALLS
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, TUESDAY, HallInPlay, small_hall

Told = tuple[str, str, str, int]


def a_hall(*, oldest_min: float = 15, wait_min: float = 30) -> HallInPlay:
    play = HallInPlay(small_hall(DAY_AND_NIGHT), clock="07:30")
    play.change(targets=Targets(wait_s=wait_min * 60, oldest_s=oldest_min * 60))
    return play


def told(play: HallInPlay) -> list[Told]:
    """What was told of waiting: the end of the fact's name, queue, measure and minutes."""
    return [
        (fact.type.split("_")[-1], fact.queue, fact.measure, fact.wait_s // 60)
        for fact in play.facts
        if isinstance(fact, f.WaitTargetPassed | f.WaitTargetMet)
    ]


def test_the_oldest_who_waits_over_the_target_is_told_once() -> None:
    play = a_hall()
    play.take()
    play.wait(minutes=15)
    assert told(play) == []
    for _ in range(20):
        play.wait(seconds=30)
    assert told(play) == [("passed", "land", "oldest", 15)]


def test_the_episode_ends_well_below_the_target_and_the_next_one_is_told_again() -> None:
    play = a_hall()
    play.open("1")
    play.take()
    play.wait(minutes=2)
    play.take()
    play.wait(minutes=14)
    play.next("1")
    play.tick()
    assert play.hall.queue("land").late == {"oldest"}, "14 minutes are not well below 15"
    play.next("1")
    play.tick()
    assert play.hall.queue("land").late == frozenset()
    play.take()
    play.wait(minutes=16)
    kinds = [kind for kind, *_ in told(play)]
    assert kinds == ["passed", "met", "passed"]


def test_nine_of_ten_of_the_last_calls_are_looked_at_as_well() -> None:
    play = a_hall(oldest_min=0, wait_min=30)
    play.open("1")
    for _ in range(FEWEST_CALLS + 1):
        play.take()
    for _ in range(FEWEST_CALLS):
        play.wait(minutes=4)
        play.next("1")
    play.tick()
    assert told(play) == [("passed", "land", "p90", 36)]


def test_of_a_few_calls_nobody_says_what_nine_of_ten_wait() -> None:
    play = a_hall(oldest_min=0, wait_min=1)
    play.open("1")
    for _ in range(FEWEST_CALLS):
        play.take()
    play.wait(minutes=5)
    for _ in range(FEWEST_CALLS - 1):
        play.next("1")
    play.tick()
    assert told(play) == []


def test_without_targets_nothing_is_told() -> None:
    play = a_hall(oldest_min=0, wait_min=0)
    play.take()
    play.wait(hours=5)
    assert told(play) == []


def test_a_clock_that_cannot_be_believed_says_nothing_about_waiting() -> None:
    play = a_hall()
    play.take()
    play.at(TUESDAY, "12:00", trusted=False)
    assert told(play) == []


def test_a_new_day_begins_without_the_episodes_of_the_old_one() -> None:
    play = a_hall()
    play.take()
    play.wait(minutes=20)
    play.wait(hours=24)
    assert all(line.late == frozenset() for line in play.hall.queues.values())
