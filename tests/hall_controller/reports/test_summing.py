"""A day's facts become counts, whatever happened, and counts of days add up to those of all of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall_controller.domain.catalogue import VIETNAM
from hall_controller.domain.facts import DayCorrected, DayOpened, Fact
from hall_controller.reports.day_summary import COUNTED, DaySummary, Given, Ticket
from hall_controller.reports.summing import day_of, summarise
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, local
from tests.hall_controller.reports.played_days import of_day, played, summary

STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=30)
WEDNESDAY = TUESDAY + timedelta(days=1)


def test_facts_without_a_day_have_no_summary() -> None:
    assert summarise([], VIETNAM) is None
    started = HallInPlay().facts[:1]
    assert summarise(started, VIETNAM) is None


def test_a_day_that_the_clock_told_wrongly_is_the_one_that_it_was_corrected_to() -> None:
    facts: list[Fact] = [
        DayOpened(local(TUESDAY, "07:00"), False, day=date(2035, 1, 1)),  # noqa: FBT003 - of every fact
        DayCorrected(local(TUESDAY, "08:00"), True, day=TUESDAY),  # noqa: FBT003 - of every fact
    ]
    assert day_of(facts) == TUESDAY
    found = summarise(facts, VIETNAM)
    assert found is not None
    assert found.day == TUESDAY


def test_a_day_is_training_when_the_controller_already_ran_for_it() -> None:
    facts = played(lambda p: p.take()).facts
    assert summarise(facts, VIETNAM) is not None
    for training in (False, True):
        found = summarise(facts, VIETNAM, training=training)
        assert found is not None
        assert found.training is training


def test_numbers_are_kept_by_service_and_hour_too() -> None:
    play = played(lambda p: p.take(), lambda p: p.take(), lambda p: p.take("notary"))
    assert summary(play.facts).given == {Given("land", 8, "issued"): 2, Given("notary", 8, "issued"): 1}


def test_every_way_of_counting_numbers_comes_to_the_same() -> None:
    day = of_day(TUESDAY, 4)
    by_outcome = sum(n for key, n in day.tickets.items() if key.what in ("served", "no_show", "left"))
    by_hour = sum(n for key, n in day.given.items() if key.what == "issued")
    assert day.visits == by_outcome == by_hour == 12


@STEADY
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 3)), min_size=1, max_size=5), st.randoms())
def test_the_order_in_which_days_are_added_is_no_matter(
    days: list[tuple[int, int]], chance: st.DataObject
) -> None:
    summaries = [DAYS[after, scale] for after, scale in days]
    forward, backward = DaySummary(TUESDAY), DaySummary(TUESDAY)
    for one in summaries:
        forward.add(one)
    for one in reversed(summaries):
        backward.add(one)
    assert forward == backward
    assert forward.visits == sum(one.visits for one in summaries)


DAYS = {
    (after, scale): of_day(TUESDAY + timedelta(after), scale) for after in range(4) for scale in (1, 2, 3)
}


def test_adding_a_day_leaves_the_other_one_as_it_was() -> None:
    whole, other = DaySummary(TUESDAY), of_day(WEDNESDAY)
    before = of_day(WEDNESDAY)
    whole.add(other)
    whole.add(other)
    assert other == before
    assert whole.visits == 2 * other.visits
    assert whole.day == TUESDAY


def test_training_stays_when_days_are_added() -> None:
    whole = DaySummary(TUESDAY)
    whole.add(DaySummary(WEDNESDAY, training=True))
    whole.add(of_day(WEDNESDAY))
    assert whole.training


@pytest.mark.parametrize("name", COUNTED)
def test_every_count_is_by_a_key_of_plain_values(name: str) -> None:
    """So that a summary can be kept as rows, whoever keeps it."""
    for key, count in getattr(of_day(TUESDAY, 2), name).items():
        assert isinstance(count, int)
        assert all(isinstance(part, str | int) for part in key)


def test_what_a_day_comes_to_does_not_grow_with_its_visitors() -> None:
    few, many = of_day(TUESDAY, 20), of_day(TUESDAY, 40)
    assert many.visits == 2 * few.visits
    assert few.tickets.keys() == many.tickets.keys()
    assert few.tickets[Ticket("tnmt", "land", "submit", "issued")] == 20
    assert len(many.desks) == len(few.desks)
