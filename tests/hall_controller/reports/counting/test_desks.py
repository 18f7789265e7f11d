"""How long a counter was open, paused and busy, with whom, and what a forgotten counter counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hall_controller.domain.commands import (
    CloseCounter,
    Complete,
    Hold,
    Miss,
    OpenCounter,
    PauseCounter,
    Resume,
    Ring,
    SignIn,
    SignOut,
)
from hall_controller.reports.day_summary import DaySummary, Desk, Happening, Service
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, small_hall
from tests.hall_controller.reports.played_days import played, summary

MINUTE_MS = 60_000


def minutes(day: DaySummary, counter: str = "1") -> dict[str, float]:
    """Minutes open, paused and busy at a counter, whoever sat there."""
    found: Counter[str] = Counter()
    for desk, count in day.desks.items():
        if desk.counter == counter and desk.what.endswith("_ms"):
            found[desk.what.removesuffix("_ms")] += count
    return {what: count / MINUTE_MS for what, count in found.items()}


def counted(day: DaySummary, what: str, counter: str = "1") -> int:
    return sum(count for desk, count in day.desks.items() if (desk.counter, desk.what) == (counter, what))


def test_open_paused_and_busy_minutes_add_up() -> None:
    play = played(lambda p: p.take())
    play.wait(minutes=10)
    play.serve("1", 5 * 60)
    play.do(PauseCounter("1"))
    play.wait(minutes=15)
    play.do(OpenCounter("1"))
    play.wait(minutes=30)
    play.do(CloseCounter("1"))
    play.wait(minutes=60)
    day = summary(play.facts)
    assert minutes(day) == {"open": 45, "paused": 15, "busy": 5}
    assert counted(day, "pauses") == 1


def test_calls_served_and_missed_are_counted() -> None:
    play = played()
    for _ in range(3):
        play.take()
    play.serve("1", 60)
    play.serve("1", 120)
    play.next("1")
    play.wait(minutes=2)
    play.do(Miss("1"))
    day = summary(play.facts)
    assert [counted(day, what) for what in ("calls", "served", "missed")] == [3, 2, 1]
    assert minutes(day)["busy"] == 5, "waiting for somebody who does not come keeps the counter too"


def test_a_held_visitor_does_not_keep_the_counter_busy() -> None:
    play = played(lambda p: p.take())
    play.next("1")
    play.wait(minutes=4)
    play.do(Hold("1"))
    play.wait(minutes=50)
    play.do(Resume("1", "A001"))
    play.wait(minutes=3)
    play.do(Complete("1"))
    assert minutes(summary(play.facts))["busy"] == 7


def test_how_long_a_visit_took_is_kept_by_queue_and_minute() -> None:
    play = played()
    for _ in range(3):
        play.take()
    for seconds in (59, 60, 61):
        play.serve("1", seconds)
    assert summary(play.facts).services == {Service("land", 1): 2, Service("land", 2): 1}


def test_a_counter_that_nobody_closed_counts_until_its_last_key() -> None:
    play = played(lambda p: p.take())
    play.wait(minutes=10)
    play.serve("1", 60)
    play.at(TUESDAY + timedelta(days=1), "00:00")
    yesterday = [fact for fact in play.facts if fact.type != "day.opened" or fact is play.facts[1]]
    assert minutes(summary(yesterday))["open"] == 11


def test_a_day_that_is_still_going_on_counts_until_its_last_fact() -> None:
    play = played()
    play.wait(minutes=20)
    play.take()
    assert minutes(summary(play.facts))["open"] == 20


def test_the_time_is_the_officers_who_sat_there() -> None:
    play = HallInPlay(small_hall())
    play.do(SignIn("1", "minh"))
    play.open("1")
    play.wait(minutes=10)
    play.do(SignOut("1"))
    play.do(SignIn("1", "hoa"))
    play.wait(minutes=5)
    play.take()
    play.serve("1", 60)
    play.do(CloseCounter("1"))
    desks = summary(play.facts).desks
    assert desks[Desk("1", "minh", "open_ms")] == 10 * MINUTE_MS
    assert desks[Desk("1", "hoa", "open_ms")] == 6 * MINUTE_MS
    assert desks[Desk("1", "hoa", "busy_ms")] == MINUTE_MS
    assert desks[Desk("1", "hoa", "served")] == 1
    assert Desk("1", "minh", "served") not in desks


def test_without_a_sign_in_the_time_is_the_assigned_officers() -> None:
    play = played(lambda p: p.wait(minutes=10))
    play.do(CloseCounter("1"))
    assert summary(play.facts).desks == {Desk("1", "lan", "open_ms"): 10 * MINUTE_MS}


def test_a_counter_that_pauses_for_good_is_charged_with_the_pause_until_it_closes() -> None:
    play = played()
    play.do(PauseCounter("1"))
    play.wait(minutes=25)
    play.do(CloseCounter("1"))
    assert minutes(summary(play.facts)) == {"open": 0, "paused": 25}


def test_counters_are_counted_apart() -> None:
    play = HallInPlay(replace(small_hall(), assignments=()))
    play.open("1", "2")
    play.take()
    play.take("notary")
    play.serve("1", 60)
    play.serve("2", 240)
    day = summary(play.facts)
    assert (minutes(day, "1")["busy"], minutes(day, "2")["busy"]) == (1, 4)
    assert {desk.officer for desk in day.desks} == {""}


def test_bells_are_counted_with_their_response() -> None:
    play = HallInPlay(small_hall())
    play.do(Ring("1"))
    play.wait(minutes=3)
    play.do(Ring("1"))
    play.open("1")
    happened = summary(play.facts).happenings
    assert happened[Happening("bell_rings", "1")] >= 1
    assert happened[Happening("bells", "1")] == 1
    assert happened[Happening("bell_response_ms", "1")] == 3 * MINUTE_MS
