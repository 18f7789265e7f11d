"""A kept day is the very same day again."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from hall_controller.reports.day_summary import COUNTED, KEYS, DaySummary
from hall_controller.reports.kept_day import SHAPE, keys_of_days, packed, unpacked
from tests.hall_controller.reports.played_days import of_day


def again(day: DaySummary) -> DaySummary:
    """Kept, and read."""
    return unpacked(packed(day), keys_of_days())


def test_a_busy_day_comes_back_with_every_count_and_the_kind_of_every_key() -> None:
    day = of_day(date(2022, 3, 1), scale=3)
    found = again(day)
    assert found == day
    for name in COUNTED:
        assert all(type(key) is KEYS[name] for key in getattr(found, name))
    assert sum(bool(getattr(day, name)) for name in COUNTED) >= 6, "a day that fills most of the fields"


@pytest.mark.timeout(300)
def test_days_of_the_reference_period_come_back(golden_days: list[DaySummary]) -> None:
    for day in golden_days[::10]:
        assert again(day) == day


def test_an_empty_day_and_a_training_day_come_back() -> None:
    for training in (False, True):
        day = DaySummary(date(2022, 3, 6), training)
        assert again(day) == day


def test_two_kept_days_add_up_like_two_days() -> None:
    one, other = of_day(date(2022, 3, 1)), of_day(date(2022, 3, 2), scale=2)
    kept = again(one)
    kept.add(again(other))
    one.add(other)
    assert kept == one


def test_every_count_of_a_day_is_kept() -> None:
    counted = {field.name for field in fields(DaySummary)} - {"day", "training"}
    assert counted == set(KEYS) == set(COUNTED)
    assert all(name in SHAPE for name in counted)


@pytest.mark.parametrize("content", [b"", b"not compressed", packed(of_day(date(2022, 3, 1)))[:-5]])
def test_bytes_that_are_no_day_are_told(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpacked(content, keys_of_days())


def test_days_that_are_read_one_after_the_other_share_their_keys_and_not_their_counts() -> None:
    one, other = of_day(date(2022, 3, 1)), of_day(date(2022, 3, 2), scale=2)
    known = keys_of_days()
    found = [unpacked(packed(day), known) for day in (one, other, one)]
    assert found == [one, other, one]
    key, first = next(iter(found[0].tickets)), next(iter(found[2].tickets))
    assert key is first
