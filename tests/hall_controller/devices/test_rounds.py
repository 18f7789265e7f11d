"""Units on one line take turns, and a dead one costs the others next to nothing."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as some

from hall_controller.devices.rounds import LOST_AGAIN_S, Rounds

TIMEOUT_S, ANSWER_S, IDLE_S = 0.1, 0.017, 0.05


def played(dead: set[int], units: int, seconds: float) -> tuple[Counter[int], list[tuple[int, bool]], Rounds]:
    """How often each unit was asked in so many seconds, what was told of whom, and the rounds."""
    rounds, now_s, asked, told = Rounds(units), 100.0, Counter[int](), []
    while now_s < 100.0 + seconds:
        place = rounds.next(now_s)
        if place is None:
            now_s += IDLE_S
            continue
        asked[place] += 1
        now_s += TIMEOUT_S if place in dead else ANSWER_S
        change = rounds.asked(place, answered=place not in dead, now_s=now_s)
        if change is not None:
            told.append((place, change))
    return asked, told, rounds


def test_everybody_is_asked_in_turn() -> None:
    rounds = Rounds(3)
    turns = []
    for _ in range(7):
        place = rounds.next(1.0)
        assert place is not None
        rounds.asked(place, answered=True, now_s=1.0)
        turns.append(place)
    assert turns == [0, 1, 2, 0, 1, 2, 0]


@given(dead=some.sets(some.integers(0, 31), max_size=31))
def test_each_unit_is_told_once_and_the_living_are_asked_often(dead: set[int]) -> None:
    asked, told, _ = played(dead, 32, seconds=30)
    assert sorted(told) == [(place, place not in dead) for place in range(32)]
    slowest_round_s = 32 * ANSWER_S + TIMEOUT_S
    assert all(asked[place] >= 25 / slowest_round_s for place in range(32) if place not in dead)
    assert all(1 <= asked[place] <= 30 / LOST_AGAIN_S + 2 for place in dead)


def test_a_dead_unit_takes_no_more_than_a_time_out_a_second_of_a_lively_line() -> None:
    asked, _, _ = played({3}, 4, seconds=10)
    assert asked[0] > 0.85 * 10 / (3 * ANSWER_S + 10 * TIMEOUT_S / 200)  # ten time-outs in some 200 rounds


def test_one_answer_lost_in_noise_is_not_a_lost_unit() -> None:
    rounds = Rounds(1)
    answers = [True, *[False] * 4, True, *[False] * 6, True]
    told = [rounds.asked(0, answered=answered, now_s=float(at_s)) for at_s, answered in enumerate(answers)]
    assert told == [True, *[None] * 9, False, None, True]


def test_when_all_are_lost_each_is_tried_again_once_a_second() -> None:
    asked, told, rounds = played({0, 1}, 2, seconds=10)
    assert told == [(0, False), (1, False)]
    assert all(rounds.lost(place) for place in (0, 1))
    assert all(8 <= count <= 11 for count in asked.values())
