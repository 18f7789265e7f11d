"""The day so far: the same counts as tonight's report, at any moment, and no score outside of a group."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hall_controller.domain.catalogue import VIETNAM
from hall_controller.domain.commands import IssueTicket, Miss, PauseCounter, Rate
from hall_controller.reports.satisfaction import wilson
from hall_controller.reports.today import Today, Work
from hall_controller.reports.today_plot import waits_plot
from tests.hall_controller.domain.small_hall import HallInPlay
from tests.hall_controller.reports.played_days import played, summary, with_pads


def following(play: HallInPlay) -> Today:
    today = Today(VIETNAM)
    today.see(play.facts)
    return today


def visited(scores: list[int]) -> HallInPlay:
    """Visitors who take their numbers together, each ten minutes at counter 1, and each of whom rates."""
    play = played()
    for _ in scores:
        play.do(IssueTicket("land", "submit"))
    for score in scores:
        play.serve("1", 600)
        play.do(Rate("1", score, play.now.at))
        play.wait(minutes=1)
    return play


def test_the_day_so_far_counts_what_the_report_counts() -> None:
    play = visited([5, 4, 5, 1, 5, 5])
    play.do(IssueTicket("land", "collect"))
    play.next("1")
    play.do(Miss("1"))
    today, report = following(play), summary(play.facts)
    waits = sum(report.waits.values())
    assert today.waits().called == today.waits("land").called == waits == 7
    assert today.waits("notary").called == 0
    for what in ("issued", "served", "no_show"):
        counted = sum(n for key, n in report.tickets.items() if key.what == what)
        assert today.by_service()["land", what] == counted
    desk = {key.what: count for key, count in report.desks.items()}
    work = today.counters(play.facts[-1].at, {})["1"]
    assert (work.served, work.missed) == (desk["served"], desk["missed"]) == (6, 1)
    assert work.load == pytest.approx(desk["busy_ms"] / desk["open_ms"])


def test_half_past_nine_shows_nothing_of_what_comes_later() -> None:
    play = visited([5, 5, 5, 5])
    at = play.facts[len(play.facts) // 2].at
    today = Today(VIETNAM)
    today.see(fact for fact in play.facts if fact.at <= at)
    assert 0 < today.waits().called < following(play).waits().called
    today.see(fact for fact in play.facts if fact.at > at)
    assert today.waits() == following(play).waits(), "facts may come in parts"


def test_percentiles_and_shares_are_of_the_visitors_who_were_called() -> None:
    today = following(visited([5] * 5))
    halves = today.by_half_hour()
    (first,) = halves
    waits = today.waits()
    assert halves[first] == waits
    assert (waits.p50, waits.over_15, waits.over_30) == (22, 0.6, 0.4)
    assert waits.p90 == 44
    assert today.by_half_hour("notary") == {}


def test_half_hours_without_a_call_are_gaps_and_not_zeros() -> None:
    play = visited([5])
    play.wait(minutes=90)
    play.do(IssueTicket("land", "submit"))
    play.next("1")
    halves = following(play).by_half_hour()
    assert list(halves) == list(range(min(halves), max(halves) + 1))
    assert [waits.called for waits in halves.values()][1:-1].count(0) >= 2
    assert all(waits.p50 is None for waits in halves.values() if not waits.called)
    svg = waits_plot(halves, "Đất đai", "vi")
    assert svg.count("<circle") == 2 * sum(waits.called > 0 for waits in halves.values())
    for word in ("Đất đai: Thời gian chờ", "30 phút (2022)", "15 phút (2025)", "trung vị"):
        assert word in svg
    assert "median (p50)" in waits_plot(halves, "Land", "en")


def test_scores_leave_in_whole_groups_of_five_and_never_one_by_one() -> None:
    told = [
        following(visited([5, 5, 5, 5, 1, 1, 1, 1, 1, 5][:count])).stages()["submit"]
        for count in range(1, 11)
    ]
    assert [stage.answered for stage in told] == list(range(1, 11))
    assert [stage.released for stage in told] == [0] * 4 + [5] * 5 + [10]
    assert [stage.satisfied for stage in told] == [None] * 4 + [0.8] * 5 + [0.5]
    assert told[4].satisfied_95 == wilson(4, 5)
    assert told[3].satisfied_95 is None
    assert all(stage.response == 1.0 for stage in told)


def test_a_visitor_who_is_there_now_is_part_of_the_load_and_a_pause_is_not() -> None:
    play = played()
    play.do(IssueTicket("land", "submit"))
    play.wait(minutes=10)
    play.next("1")
    since = play.now.at
    play.wait(minutes=10)
    today = following(play)
    now = play.now.at
    assert today.counters(now, {})["1"].load == 0
    assert today.counters(now, {"1": since})["1"].load == pytest.approx(0.5, abs=0.02)
    assert today.counters(now, {"1": since}) == today.counters(now, {"1": since}), "asking changes nothing"
    idle = played(lambda play: play.wait(minutes=30), lambda play: play.do(PauseCounter("1")))
    idle.wait(minutes=30)
    assert following(idle).counters(idle.now.at, {})["1"] == Work(0, 0, 0.0)


def test_the_next_day_begins_with_nothing() -> None:
    play = visited([5] * 5)
    tomorrow = replace(play.facts[0], at=play.now.at + timedelta(hours=20))
    opened = next(fact for fact in play.facts if fact.type == "day.opened")
    today = following(play)
    today.see([tomorrow, replace(opened, at=tomorrow.at)])
    assert today.waits().called == 0
    assert today.stages() == {}
    assert today.by_service() == {}
    assert with_pads().rating_pads, "the hall could have been rated"
