"""A morning begins with what visits took on the days before: with less weight, in a wider range, and never for ever."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain.carrying import FORGOTTEN_AFTER
from hall_controller.domain.estimate import Wait, expected_wait, measured
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, TUESDAY, HallInPlay, small_hall

WEDNESDAY = TUESDAY + timedelta(days=1)


def after_a_day(minutes: float = 10, visits: int = 20, *, next_day: date = WEDNESDAY) -> HallInPlay:
    """The next morning at eight: counter 1 is open, and a visitor sits there."""
    play = HallInPlay(small_hall(DAY_AND_NIGHT), clock="00:30")
    play.open("1")
    for _ in range(visits):
        play.take()
        play.serve("1", minutes * 60)
    play.at(next_day, "08:00")
    play.open("1")
    play.take()
    play.next("1")
    return play


def told(play: HallInPlay, ahead: int = 6) -> Wait:
    wait = expected_wait(play.hall, "land", ahead)
    assert wait is not None
    return wait


def carried(play: HallInPlay) -> list[f.ServiceTimesCarried]:
    return [fact for fact in play.facts if isinstance(fact, f.ServiceTimesCarried)]


def test_the_first_visitor_of_a_morning_is_told_a_wait() -> None:
    play = after_a_day()
    assert [(fact.queue, fact.mean_s, fact.visits) for fact in carried(play)] == [("land", 600.0, 20)]
    assert 55 <= told(play).likely_s / 60 <= 66
    issued = play.issue()
    assert issued.estimated_wait_s is not None


def test_without_days_before_nothing_is_guessed() -> None:
    play = HallInPlay()
    play.open("1")
    play.take()
    play.next("1")
    assert expected_wait(play.hall, "land", 3) is None
    assert expected_wait(after_a_day(visits=4).hall, "land", 3) is None, (
        "four visits are too few the day after, too"
    )


def test_the_range_of_the_morning_is_wider_than_that_of_a_day_that_has_measured_itself() -> None:
    morning = told(after_a_day())
    play = after_a_day()
    play.wait(minutes=10)
    for _ in range(20):
        play.take()
        play.serve("1", 600)
    play.take()
    play.next("1")
    noon = told(play)
    assert abs(noon.likely_s - morning.likely_s) < 60
    assert morning.high_s - morning.low_s > 1.2 * (noon.high_s - noon.low_s)


def test_a_day_that_is_slower_than_the_last_speaks_for_itself_after_twenty_visits() -> None:
    play = after_a_day(minutes=5)
    play.wait(minutes=20)
    means = []
    for _ in range(20):
        play.take()
        play.serve("1", 20 * 60)
        now = measured(play.hall, "land")
        assert now is not None
        means.append(now.mean_s / 60)
    assert means == sorted(means)
    assert 5 < means[0] < 10
    assert means[-1] == pytest.approx(20)


def test_each_day_before_counts_half_as_much() -> None:
    play = HallInPlay(small_hall(DAY_AND_NIGHT))
    for day in range(4):
        play.at(TUESDAY + timedelta(days=day), "08:00")
        play.open("1")
        for _ in range(8):
            play.take()
            play.serve("1", 300)
    play.at(TUESDAY + timedelta(days=4), "08:00")
    assert [fact.visits for fact in carried(play)] == [8, 12, 14, 15]
    assert play.hall.carried["land"].visits == 15


def test_days_without_visits_hand_on_what_was_known_for_a_month() -> None:
    play = after_a_day()
    play.at(WEDNESDAY + timedelta(days=1), "08:00")
    known = play.hall.carried["land"]
    for days in (10, 20):
        play.at(WEDNESDAY + timedelta(days=days), "08:00")
        assert play.hall.carried["land"] == known
    play.at(known.last_day + FORGOTTEN_AFTER, "08:00")
    assert play.hall.carried["land"] == known
    play.at(known.last_day + FORGOTTEN_AFTER + timedelta(days=1), "08:00")
    play.at(known.last_day + FORGOTTEN_AFTER + timedelta(days=2), "08:00")
    assert play.hall.carried == {}


def test_one_forgotten_key_does_not_frighten_the_next_morning() -> None:
    play = after_a_day()
    play.wait(hours=3)
    play.take()
    play.next("1")
    now = measured(play.hall, "land")
    assert now is not None
    assert now.mean_s < 2 * 600, (
        "three hours count as four usual visits, and ten of the day before stand beside them"
    )


def test_a_year_of_days_leaves_no_more_behind_than_a_week() -> None:
    play = HallInPlay(small_hall(DAY_AND_NIGHT))
    sizes = []
    for day in range(60):
        play.at(TUESDAY + timedelta(days=day), "08:00")
        play.open("1")
        for _ in range(3):
            play.take()
            play.serve("1", 240 + 7 * day)
        sizes.append(len(repr(play.hall.carried)))
    assert max(sizes) <= 1.1 * sizes[7]
    assert len(play.hall.carried) == 1


def test_a_corrected_day_goes_on_with_what_it_has_measured() -> None:
    play = after_a_day()
    before = play.hall.carried
    play.now = play.now._replace(trusted=False)
    play.issue()
    play.at(WEDNESDAY + timedelta(days=1), "09:00")
    assert any(isinstance(fact, f.DayCorrected) for fact in play.facts)
    assert play.hall.carried == before
