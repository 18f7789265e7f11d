"""The voice is quieter when the settings say so, and silent in a quiet hour."""

from __future__ import annotations

from datetime import time

import pytest

from displays.speech.loudness_by_hour import Hours, amplitude, volume

LUNCH = Hours(time(11, 30), time(13, 30), 40)
NIGHT = Hours(time(20), time(6), 0)


@pytest.mark.parametrize(
    ("at", "percent"),
    [
        (time(8, 5), 80),
        (time(11, 29, 59), 80),
        (time(11, 30), 40),
        (time(13, 29, 59), 40),
        (time(13, 30), 80),
        (time(20), 0),
        (time(0), 0),
        (time(5, 59), 0),
        (time(6), 80),
    ],
)
def test_each_hour_has_its_loudness(at: time, percent: int) -> None:
    assert volume(at, 80, [LUNCH, NIGHT]) == percent


def test_of_hours_that_overlap_the_last_written_counts() -> None:
    assert volume(time(12), 80, [LUNCH, Hours(time(12), time(12, 30), 10)]) == 10
    assert volume(time(12), 80, [Hours(time(12), time(12, 30), 10), LUNCH]) == 40


def test_from_a_time_to_the_same_time_is_the_whole_day() -> None:
    whole = Hours(time(7), time(7), 30)
    assert {volume(time(hour), 80, [whole]) for hour in range(24)} == {30}


def test_loudness_grows_with_the_percentage_and_never_beyond_full_scale() -> None:
    steps = [amplitude(percent) for percent in range(101)]
    assert steps == sorted(steps)
    assert (steps[0], steps[100]) == (0.0, 1.0)
    assert len(set(steps)) == 101
