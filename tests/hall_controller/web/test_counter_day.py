"""A counter's day in sums: what is counted, what is not told, and the road from the journal to the page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hall_controller.domain.commands import (
    CallNext,
    CloseCounter,
    Complete,
    Hold,
    Miss,
    OpenCounter,
    PauseCounter,
    RateTicket,
    Resume,
    Transfer,
)
from hall_controller.web.counter_bodies import CounterDay
from hall_controller.web.counter_day import counter_day
from tests.hall_controller.domain.small_hall import HallInPlay
from tests.hall_controller.web.hall_on_the_web import WebHall, refusal


def day(play: HallInPlay, counter: str = "1") -> CounterDay:
    return counter_day(play.facts, counter, play.now.at, 5)


def test_visits_are_counted_with_their_mean_time_and_nobody_elses() -> None:
    play = HallInPlay()
    play.open("1", "3")
    for _ in range(3):
        play.take()
    play.serve("1", 100)
    play.serve("1", 200)
    play.serve("3", 900)
    told = day(play)
    assert (told.served, told.mean_s) == (2, 150)
    assert day(play, "2") == CounterDay(
        served=0,
        mean_s=None,
        missed=0,
        sent_on=0,
        pauses=[],
        paused_s=0,
        opened_at=None,
        closed_at=None,
        ratings=None,
        levels=5,
    )


def test_a_visitor_who_stepped_aside_is_timed_from_the_return() -> None:
    play = HallInPlay()
    play.open("1")
    play.take()
    play.next("1")
    play.do(Hold("1"))
    play.wait(minutes=30)
    play.do(Resume("1"))
    play.wait(minutes=2)
    play.do(Complete("1"))
    assert day(play).mean_s == 120


def test_missed_and_sent_on_are_told_apart_from_served() -> None:
    play = HallInPlay()
    play.open("1", "3")
    for leave in (Miss("1"), Transfer("1", "3"), Complete("1")):
        play.take()
        play.do(CallNext("1"))
        play.do(leave)
    told = day(play)
    assert (told.served, told.missed, told.sent_on) == (1, 1, 1)


def test_pauses_are_told_with_their_reasons_and_the_last_one_goes_on() -> None:
    play = HallInPlay()
    play.open("1")
    opened_at = play.now.at
    play.do(PauseCounter("1", "Nghỉ trưa"))
    play.wait(minutes=60)
    play.do(OpenCounter("1"))
    play.wait(minutes=60)
    play.do(PauseCounter("1", "Họp"))
    play.wait(minutes=15)
    told = day(play)
    assert [(pause.reason, pause.until is None) for pause in told.pauses] == [
        ("Nghỉ trưa", False),
        ("Họp", True),
    ]
    assert told.paused_s == 75 * 60
    assert (told.opened_at, told.closed_at) == (opened_at, None)
    play.do(CloseCounter("1"))
    play.wait(minutes=5)
    assert day(play).paused_s == 75 * 60, "a closed counter does not pause"
    assert day(play).closed_at == play.now.at - timedelta(minutes=5)


@pytest.mark.parametrize(
    ("scores", "told"),
    [([], None), ([5, 5, 5, 5], None), ([5, 4, 3, 4, 4], (5, 4.0)), ([5, 4, 3, 4, 4, 1], (5, 4.0))],
)
def test_scores_are_told_in_whole_groups_of_five_only(
    scores: list[int], told: tuple[int, float] | None
) -> None:
    play = HallInPlay()
    play.open("1")
    for score in scores:
        play.take()
        number = play.serve("1", 60)
        play.do(RateTicket(number, score))
    ratings = day(play).ratings
    assert (ratings and (ratings.scores, ratings.mean)) == told


async def test_the_day_comes_out_of_the_journal(hall: WebHall) -> None:
    await hall.take()
    for key in ("open", "next", "complete", "pause"):
        await hall.press("1", key)
    told = (await hall.http.get("/api/counters/1/day")).json()
    assert (told["served"], len(told["pauses"]), told["closed_at"]) == (1, 1, None)
    assert refusal(await hall.http.get("/api/counters/99/day")) == (404, "unknown_counter")
