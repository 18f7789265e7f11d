"""A tout with forty presses costs honest visitors little where the dispenser has its limits; one seed of the bench."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hall_controller.domain.catalogue import Dispenser
from tests.benchmarks.bench_hoarder import FIELD, PRESSES, RECOMMENDED, Cost, Waits, cost, played, reference

DAYS = (date(2022, 3, 1), date(2022, 3, 2))


def days(limits: Dispenser, presses: int) -> Waits:
    hall, habits = reference()
    waits = Waits()
    for day in DAYS:
        waits.add(played(replace(hall, dispenser=limits), habits, day, 1, presses))
    return waits


def cost_under(limits: Dispenser) -> Cost:
    return cost(days(limits, 0), days(limits, PRESSES))


def test_forty_presses_cost_less_than_five_percent_where_numbers_are_limited() -> None:
    more = cost_under(RECOMMENDED)
    assert more.everybody < 0.05
    assert more.in_the_field < 0.05


def test_without_limits_the_same_tout_costs_a_third_more_and_gets_every_number() -> None:
    without, with_tout = days(Dispenser(), 0), days(Dispenser(), PRESSES)
    assert (with_tout.taken, with_tout.called) == (PRESSES * len(DAYS),) * 2
    assert cost(without, with_tout).everybody > 0.33


def test_in_guard_mode_no_number_of_the_tout_is_ever_called() -> None:
    guarded = days(Dispenser(guard=True), PRESSES)
    assert (guarded.taken, guarded.called) == (PRESSES * len(DAYS), 0)
    assert len(guarded.everybody_s) > 200


def test_the_honest_visitors_are_the_same_with_and_without_a_tout() -> None:
    hall, _ = reference()
    assert FIELD in hall.services
    without, with_tout = days(RECOMMENDED, 0), days(RECOMMENDED, PRESSES)
    assert (without.taken, without.called) == (0, 0)
    assert abs(len(with_tout.in_the_field_s) - len(without.in_the_field_s)) <= 2
