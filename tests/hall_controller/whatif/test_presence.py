"""Counters of a recorded day open as they did; under other hours they follow, and a new one is like the busiest."""

from __future__ import annotations

from hall_controller.domain.catalogue import Catalogue
from hall_controller.simulation.shifts import Shift, Stretch
from hall_controller.whatif.change import Change, changed
from hall_controller.whatif.presence import overtime_ms, shifts
from hall_controller.whatif.recorded import RecordedDay, Span
from tests.hall_controller.domain.small_hall import TUESDAY, small_hall

LAND = ("land",)
MINUTE_MS = 60_000
OVERTIME_MS = 30 * MINUTE_MS


def at(hour: int, minute: int = 0) -> int:
    return (hour * 60 + minute) * MINUTE_MS


def day(**spans: list[Span]) -> RecordedDay:
    """Counters by `c2=[...]`."""
    return RecordedDay(TUESDAY, spans={name[1:]: told for name, told in spans.items()})


def planned(recorded: RecordedDay, after: Catalogue | None = None) -> dict[str, tuple[Stretch, ...]]:
    hall = small_hall()
    found: list[Shift] = shifts(recorded, hall, after or hall, OVERTIME_MS)
    return {shift.counter: shift.stretches for shift in found}


def test_an_officer_is_as_late_and_pauses_as_recorded() -> None:
    spans = [Span(at(7, 34), at(9)), Span(at(9, 12), at(11, 50)), Span(at(13, 1), at(17, 5))]
    morning, afternoon = planned(day(c2=spans))["2"]
    assert morning == Stretch(at(7, 34), at(11, 30), at(12), ((at(9), 12 * MINUTE_MS),))
    assert afternoon == Stretch(at(13, 1), at(17), at(17, 30), ())


def test_who_left_early_is_away_for_the_rest_of_the_session_and_its_end_is_no_such_thing() -> None:
    early, usual = (planned(day(c2=[Span(at(7, 30), ends)]))["2"] for ends in (at(10), at(11, 28)))
    assert [s.ends_ms for s in early] == [at(10)]
    assert [s.ends_ms for s in usual] == [at(11, 30)]


def test_a_counter_where_nobody_sat_stays_empty() -> None:
    assert planned(day()) == {}
    assert [s.opens_ms for s in planned(day(c2=[Span(at(13), at(17))]))["2"]] == [at(13)]


def test_a_counter_that_was_open_over_lunch_is_there_in_both_sessions() -> None:
    morning, afternoon = planned(day(c2=[Span(at(7, 30), at(17))]))["2"]
    assert (morning.opens_ms, morning.ends_ms) == (at(7, 30), at(11, 30))
    assert (afternoon.ends_ms, afternoon.pauses) == (at(17), ())


def test_a_counter_that_forgot_to_close_closes_with_the_session() -> None:
    (morning, _) = planned(day(c2=[Span(at(7, 30))]))["2"]
    assert morning.ends_ms == at(11, 30)


def test_overtime_is_the_latest_call_after_a_session() -> None:
    spans = [Span(at(7, 30), at(12), at(11, 52)), Span(at(13), at(17, 8), at(17, 5))]
    assert overtime_ms([day(c2=spans)], small_hall()) == 22 * MINUTE_MS
    assert overtime_ms([day(), day(c9=spans)], small_hall()) == 0


def test_under_other_hours_an_officer_is_as_late_as_before_and_keeps_the_pauses_that_fall_into_them() -> None:
    hall = changed(small_hall(), Change(("notary",), opening="07:00-12:00"))
    spans = [Span(at(7, 34), at(9)), Span(at(9, 12), at(11, 30)), Span(at(13, 2), at(17))]
    (stretch,) = planned(day(c2=spans), hall)["2"]
    assert stretch == Stretch(at(7, 3), at(12), at(12, 30), ((at(9), 12 * MINUTE_MS),))


def test_a_new_counter_is_open_like_the_busiest_and_pauses_after_it() -> None:
    hall = changed(small_hall(), Change(("notary",), counters=1))
    busy = [Span(at(7, 31), at(9)), Span(at(9, 10), at(11, 30)), Span(at(13), at(17))]
    idle = [Span(at(8), at(8, 30))]
    morning, afternoon = planned(day(c1=idle, c2=busy), hall)["them-1"]
    assert morning == Stretch(at(7, 31), at(11, 30), at(12), ((at(9, 10), 10 * MINUTE_MS),))
    assert afternoon.opens_ms == at(13)


def test_a_new_counter_stays_empty_on_a_day_on_which_nobody_worked() -> None:
    hall = changed(small_hall(), Change(LAND, counters=1))
    assert planned(day(), hall) == {}
