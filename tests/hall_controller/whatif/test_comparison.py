"""One more officer at the land desk: the answer, how sure it is, and when it says that it cannot be trusted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hall_controller.domain.catalogue import Catalogue
from hall_controller.errors import HallError
from hall_controller.whatif.change import Change
from hall_controller.whatif.comparison import Answer
from hall_controller.whatif.measures import NAMES
from hall_controller.whatif.recorded import RecordedDay
from tests.hall_controller.whatif.recorded_days import LAND, asked

Days = tuple[RecordedDay, ...]


def test_one_more_counter_takes_the_wait_away(one_more: Answer) -> None:
    assert one_more.measured["mean"] > 10
    assert one_more.after["mean"].high < one_more.before["mean"].low / 3
    assert one_more.gained["mean"].low > 0
    assert one_more.after["over_30"].middle <= one_more.before["over_30"].middle


def test_the_replay_of_the_days_as_they_were_comes_to_what_was_measured(one_more: Answer) -> None:
    assert one_more.calibrated
    for name in ("p50", "p90", "mean"):
        assert one_more.own[name] == pytest.approx(one_more.measured[name], rel=0.1, abs=1)


def test_a_middle_lies_within_its_interval(one_more: Answer) -> None:
    for spans in (one_more.before, one_more.after, one_more.gained):
        assert set(spans) == set(NAMES)
        assert all(span.low <= span.middle <= span.high for span in spans.values())


def test_the_formula_stands_beside_it(one_more: Answer) -> None:
    assert one_more.formula_before.counters == 1
    assert one_more.formula_after.counters == 2
    assert one_more.formula_after.load == pytest.approx(one_more.formula_before.load / 2)
    assert one_more.per_hour == pytest.approx(one_more.visitors / (4 * 7.5))
    assert one_more.formula_before.load == pytest.approx(one_more.per_hour * one_more.service_min / 60)


def test_no_change_gains_nothing(desk: Catalogue, days: Days) -> None:
    same = asked(days[:1], desk, Change(LAND), seeds=1)
    assert set(same.gained.values()) == {(0.0, 0.0, 0.0)}


def test_counters_that_worked_without_a_key_are_found_out(desk: Catalogue, days: Days) -> None:
    """A second officer helped and pressed nothing: the waits that were measured are not those of one counter."""
    helped = [
        replace(
            day,
            visitors={n: replace(v, called_ms=v.at_ms + 1) for n, v in day.visitors.items()},
        )
        for day in days
    ]
    assert not asked(helped, desk, Change(LAND, counters=1), seeds=1).calibrated


def test_days_on_which_nobody_was_served_tell_nothing(desk: Catalogue, days: Days) -> None:
    empty = replace(days[0], visitors={})
    with pytest.raises(HallError, match="nobody was served for dat-dai on these days"):
        asked([empty], desk, Change(LAND, counters=1))
