"""What time a display believes it is, and since when it says that nothing is known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from displays.hall_clock import HallClock, Silence
from tests.displays.boards import MORNING, ready

OWN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TRAINING = datetime(2022, 3, 1, 1, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_outside_training_the_machines_own_clock_is_right() -> None:
    clock = HallClock()
    clock.heard_controller(ready(OWN - MINUTE), OWN, live=True)
    assert clock.now(OWN) == OWN


def test_in_training_the_clock_follows_the_controllers() -> None:
    clock = HallClock()
    clock.heard_controller(ready(TRAINING, training=True), OWN, live=True)
    assert clock.now(OWN + MINUTE) == TRAINING + MINUTE


def test_a_state_kept_for_an_hour_is_corrected_by_the_next_board() -> None:
    clock = HallClock()
    clock.heard_controller(ready(TRAINING, training=True), OWN, live=False)
    clock.heard_time(TRAINING + 60 * MINUTE, OWN)
    assert clock.now(OWN) == TRAINING + 60 * MINUTE


def test_a_board_of_the_past_does_not_turn_the_clock_back() -> None:
    clock = HallClock()
    clock.heard_controller(ready(TRAINING, training=True), OWN, live=True)
    clock.heard_time(TRAINING - 60 * MINUTE, OWN)
    assert clock.now(OWN) == TRAINING


def test_a_training_that_starts_again_earlier_turns_the_clock_back() -> None:
    clock = HallClock()
    clock.heard_controller(ready(TRAINING, training=True), OWN, live=True)
    clock.heard_controller(ready(TRAINING - 60 * MINUTE, training=True), OWN + MINUTE, live=True)
    assert clock.now(OWN + MINUTE) == TRAINING - 60 * MINUTE


def test_a_last_will_does_not_turn_the_clock_back() -> None:
    clock = HallClock()
    clock.heard_controller(ready(TRAINING, training=True), OWN, live=True)
    clock.heard_controller(ready(TRAINING, training=True, state="lost"), OWN + MINUTE, live=True)
    assert clock.now(OWN + MINUTE) == TRAINING + MINUTE


def test_after_training_the_own_clock_counts_again() -> None:
    clock = HallClock()
    clock.heard_controller(ready(TRAINING, training=True), OWN, live=True)
    clock.heard_controller(ready(OWN), OWN, live=True)
    assert clock.now(OWN) == OWN


def test_a_hall_is_silent_until_broker_and_controller_are_heard() -> None:
    silence = Silence(MORNING)
    silence.connect()
    assert silence.told_since(MORNING + MINUTE, 2) == MORNING
    silence.controller(ready(), MORNING + MINUTE)
    assert silence.told_since(MORNING + MINUTE, 2) is None


@pytest.mark.parametrize("state", ["lost", "disconnected", "init"])
def test_a_controller_that_is_not_there_makes_the_hall_silent(state: str) -> None:
    silence = Silence(MORNING)
    silence.connect()
    silence.controller(ready(), MORNING)
    silence.controller(ready(state=state), MORNING + MINUTE)
    assert silence.told_since(MORNING + 2 * MINUTE, 2) == MORNING + MINUTE


def test_a_degraded_controller_still_tells_the_truth() -> None:
    silence = Silence(MORNING)
    silence.connect()
    silence.controller(ready(state="degraded"), MORNING)
    assert silence.since is None


def test_the_first_moment_of_silence_is_told_not_the_last() -> None:
    silence = Silence(MORNING - MINUTE)
    silence.connect()
    silence.controller(ready(), MORNING - MINUTE)
    silence.controller(ready(state="lost"), MORNING)
    silence.disconnect(MORNING + MINUTE)
    silence.connect()
    silence.controller(None, MORNING + 2 * MINUTE)
    assert silence.told_since(MORNING + 3 * MINUTE, 2) == MORNING


def test_a_broker_that_is_back_at_once_is_not_told_to_visitors() -> None:
    silence = Silence(MORNING)
    silence.connect()
    silence.controller(ready(), MORNING)
    silence.disconnect(MORNING)
    assert silence.told_since(MORNING + timedelta(seconds=1.9), 2) is None
    assert silence.told_since(MORNING + timedelta(seconds=2), 2) == MORNING
