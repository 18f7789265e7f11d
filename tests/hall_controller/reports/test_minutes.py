"""Percentiles and shares out of counts by minute are those of the waits themselves."""

from __future__ import annotations

from collections import Counter
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall_controller.reports.counting.visits import whole_minutes
from hall_controller.reports.minutes import percentile, share_over

STEADY = settings(derandomize=True, database=None, deadline=None)
WAITS = st.lists(st.integers(0, 7200), min_size=1, max_size=200)


@STEADY
@given(WAITS, st.sampled_from([0.1, 0.5, 0.9, 1.0]))
def test_a_percentile_is_the_exact_one_rounded_up_to_the_minute(seconds: list[int], share: float) -> None:
    exact = sorted(seconds)[max(1, ceil(share * len(seconds))) - 1]
    counts = Counter(whole_minutes(one) for one in seconds)
    assert percentile(counts, share) == whole_minutes(exact)


@STEADY
@given(WAITS, st.sampled_from([0, 15, 30]))
def test_a_share_over_whole_minutes_is_exact(seconds: list[int], minutes: int) -> None:
    counts = Counter(whole_minutes(one) for one in seconds)
    assert share_over(counts, minutes) == sum(one > 60 * minutes for one in seconds) / len(seconds)


def test_of_nothing_nothing_is_known() -> None:
    assert percentile({}, 0.5) is None
    assert share_over({}, 15) is None


@pytest.mark.parametrize(("share", "minute"), [(0.5, 1), (0.51, 10), (0.9, 10), (0.95, 60), (1.0, 60)])
def test_the_nearest_rank_is_taken(share: float, minute: int) -> None:
    assert percentile({1: 5, 10: 4, 60: 1}, share) == minute


def test_minutes_that_nobody_waited_are_passed_over() -> None:
    assert percentile({1: 0, 2: 3}, 0.01) == 2
