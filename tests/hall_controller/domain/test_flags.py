"""What is odd about a press is told beside it and never put right in silence."""

from __future__ import annotations

from datetime import timedelta

from hall_controller.domain import facts as f
from hall_controller.domain.commands import Complete, OpenCounter, Rate
from hall_controller.domain.refusals import Refusal
from hall_controller.domain.rules import decide
from tests.hall_controller.domain.small_hall import HallInPlay


def served(play: HallInPlay, seconds: float = 300) -> HallInPlay:
    """One more visitor was served at counter 1."""
    if play.hall.desk("1").status != "open":
        play.do(OpenCounter("1"))
    play.take()
    play.serve("1", seconds)
    return play


def flags_now(play: HallInPlay, score: int = 5, ago_s: float = 0) -> tuple[str, ...]:
    """The flags of a press on the pad of counter 1, whether it counts or not; nothing happens."""
    answer = decide(play.hall, Rate("1", score, play.now.at - timedelta(seconds=ago_s)), play.now)
    if isinstance(answer, Refusal):
        return answer.flags
    (rated,) = answer
    assert isinstance(rated, f.TicketRated)
    return rated.flags


def test_an_ordinary_press_has_no_flag() -> None:
    play = served(HallInPlay())
    play.wait(seconds=5)
    assert flags_now(play) == ()


def test_a_press_where_nobody_was_is_flagged() -> None:
    play = HallInPlay()
    assert flags_now(play) == ("no_ticket",)
    served(play)
    play.wait(seconds=31)
    assert flags_now(play) == ("no_ticket",)


def test_a_press_while_somebody_is_being_served_is_flagged() -> None:
    play = served(HallInPlay())
    play.take()
    play.wait(seconds=10)
    play.next("1")
    play.wait(seconds=5)
    assert flags_now(play) == (), "the next visitor is still on the way; this one may press"
    play.wait(seconds=60)
    assert flags_now(play) == ("during_service",)


def test_a_press_that_comes_late_is_judged_by_its_own_moment() -> None:
    play = served(HallInPlay())
    play.wait(seconds=60)
    served(play)
    play.wait(hours=1)
    assert flags_now(play, ago_s=3600 + 100) == ("during_service",)
    assert flags_now(play, ago_s=3600 + 300 + 20) == ("no_ticket",)


def test_a_press_within_two_seconds_of_the_officers_key_is_flagged_and_counts() -> None:
    play = served(HallInPlay())
    play.wait(seconds=2)
    assert flags_now(play) == ("near_officer_key",)
    play.wait(seconds=0.1)
    assert flags_now(play) == ()
    play.take()
    play.next("1")
    assert flags_now(play) == ("near_officer_key",)


def test_a_late_press_is_held_against_the_key_of_its_own_visit() -> None:
    play = served(HallInPlay())
    play.wait(seconds=600)
    served(play)
    play.wait(seconds=10)
    assert "near_officer_key" in flags_now(play, ago_s=10 + 300 + 600 - 1)


def test_the_clock_making_a_visit_a_service_is_no_key() -> None:
    play = served(HallInPlay())
    play.take()
    play.wait(seconds=5)
    play.next("1")
    play.wait(seconds=30)
    assert play.hall.desk("1").serving
    assert "near_officer_key" not in flags_now(play)


def presses(play: HallInPlay, scores: list[int], each_s: float) -> tuple[str, ...]:
    """So many visitors rate one after the other; the flags of the last press."""
    flags: tuple[str, ...] = ()
    for score in scores:
        served(play, each_s - 10)
        play.wait(seconds=10)
        flags = flags_now(play, score)
        play.do(Rate("1", score, play.now.at))
    return flags


def test_the_tenth_same_score_within_an_hour_is_flagged() -> None:
    play = HallInPlay(clock="07:30")
    assert presses(play, [5] * 9, 120) == ()
    assert presses(play, [5], 120) == ("streak",)
    assert presses(play, [4], 120) == ()
    assert presses(play, [5] * 9, 60) == ()


def test_the_same_score_over_a_whole_morning_is_no_streak() -> None:
    assert presses(HallInPlay(clock="07:30"), [5] * 12, 480) == ()


def test_a_changed_mind_counts_once_in_a_streak() -> None:
    play = HallInPlay(clock="07:30")
    presses(play, [5] * 8, 60)
    served(play, 50)
    play.wait(seconds=10)
    for _ in range(3):
        play.do(Rate("1", 5, play.now.at))
        play.wait(seconds=1)
    assert presses(play, [5], 60) == ("streak",)
    last = play.hall.desk("1").presses
    assert len(last) == 10
    assert len({press.ticket for press in last}) == 10


def test_flags_do_not_stop_a_press_from_counting() -> None:
    play = HallInPlay()
    play.open("1")
    play.take()
    play.next("1")
    play.do(Complete("1"))
    (rated,) = play.do(Rate("1", 5, play.now.at))
    assert isinstance(rated, f.TicketRated)
    assert rated.flags == ("near_officer_key",)
    assert play.ticket("A001").rated
