"""The replay of a day as it was is like the day; a change changes what it should, by the real rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hall_controller.domain.catalogue import Catalogue
from hall_controller.simulation.chance import Chance
from hall_controller.simulation.habits import EXAMPLE
from hall_controller.whatif.change import Change, changed, part
from hall_controller.whatif.recorded import RecordedDay, Span, Visitor
from hall_controller.whatif.replay import ENOUGH, Pool, record, replay
from tests.hall_controller.settings_files import reference_hall
from tests.hall_controller.whatif.recorded_days import LAND, played_days

HOUR_MS = 3_600_000
Days = tuple[RecordedDay, ...]


def test_with_the_recorded_times_a_day_happens_again(desk: Catalogue, days: Days) -> None:
    known = record(days, desk)
    for day in days:
        again = replay(known, day, (desk, desk), None)
        assert [v.at_ms for v in again.visitors.values()] == [v.at_ms for v in day.visitors.values()]
        apart_s = [
            abs(then.called_ms - now.called_ms) / 1000
            for number, then in day.visitors.items()
            if (now := again.visitors[number]).called_ms is not None and then.called_ms is not None
        ]
        assert len(apart_s) >= len(day.visitors) - 2, "all but those whom the evening cut off"
        assert max(apart_s) < 30


def test_the_reference_hall_happens_again_with_its_no_shows_holds_and_transfers() -> None:
    hall = reference_hall()
    days = played_days(hall, people=EXAMPLE, last_day=date(2022, 3, 2))
    before, _ = part(hall, hall, ("dat-dai",))
    known = record(days, before)
    for day in days:
        again = replay(known, day, (before, before), None)
        told = [v for v in day.visitors.values() if v.queue in before.queues]
        waits = [
            sum((v.called_ms or v.at_ms) - v.at_ms for v in visitors) / len(told) / 60_000
            for visitors in (told, again.visitors.values())
        ]
        assert waits[1] == pytest.approx(waits[0], rel=0.25, abs=1.5)
        assert sum(not v.came for v in again.visitors.values()) == pytest.approx(
            sum(not v.came for v in told), abs=2
        )


def test_the_same_seed_is_the_same_day_and_another_seed_another(desk: Catalogue, days: Days) -> None:
    known = record(days, desk)
    first, again, other = (replay(known, days[0], (desk, desk), seed) for seed in (1, 1, 2))
    assert first == again != other


def test_before_and_after_the_same_visitor_draws_the_same_time(desk: Catalogue, days: Days) -> None:
    known = record(days, desk)
    quick = changed(desk, Change(LAND, counters=2))
    turns = [
        [v.turn_ms for v in replay(known, days[0], halls, 1).visitors.values() if v.turn_ms]
        for halls in ((desk, desk), (desk, quick))
    ]
    assert sum(a == b for a, b in zip(*turns, strict=False)) > 0.9 * len(turns[0])


def test_people_come_when_the_field_opens_or_not_at_all(desk: Catalogue, days: Days) -> None:
    known = record(days, desk)
    later = changed(desk, Change(LAND, opening="09:00-11:30,13:30-15:00"))
    again = replay(known, days[0], (desk, later), 1)
    arrivals = [v.at_ms for v in again.visitors.values()]
    was = [v.at_ms for v in days[0].visitors.values()]
    assert sum(at == 9 * HOUR_MS for at in arrivals) == sum(at < 9 * HOUR_MS for at in was)
    assert len(arrivals) == sum(at < 15 * HOUR_MS for at in was)


def test_a_hall_without_lunch_serves_through_noon(desk: Catalogue, days: Days) -> None:
    known = record(days, desk)
    through = changed(desk, Change(LAND, opening="07:30-17:00"))
    again = replay(known, days[0], (desk, through), 1)
    assert [span.opens_ms for span in again.spans["1"]] == [7.5 * HOUR_MS]


def test_a_field_draws_its_own_times_where_there_are_enough() -> None:
    pool = Pool()
    for service, minutes, count in (("land", 10, ENOUGH), ("notary", 3, ENOUGH - 1)):
        for _ in range(count):
            pool.add(Visitor(0, service, service, "submit", turn_ms=minutes * 60_000))
    pool.add(Visitor(0, "land", "land", "submit"))
    assert {pool.draw("land", "submit", Chance(n)) for n in range(50)} == {600_000}
    assert {pool.draw("land", "collect", Chance(n)) for n in range(50)} == {600_000}
    assert {pool.draw("notary", "submit", Chance(n)) for n in range(50)} == {600_000, 180_000}


def test_nobody_at_the_counter_means_nobody_is_called(desk: Catalogue, days: Days) -> None:
    known = record(days, desk)
    empty = replace(days[0], spans={})
    assert all(v.called_ms is None for v in replay(known, empty, (desk, desk), 1).visitors.values())


def test_who_left_early_leaves_early_again(desk: Catalogue, days: Days) -> None:
    known = record(days, desk)
    ten = 10 * HOUR_MS
    short = replace(days[0], spans={"1": [Span(round(7.5 * HOUR_MS), ten, ten)]})
    again = replay(replace(known, overtime_ms=0), short, (desk, desk), 1)
    called = [v.called_ms for v in again.visitors.values() if v.called_ms is not None]
    assert ten <= max(v.at_ms for v in again.visitors.values())
    assert max(called) <= 11.5 * HOUR_MS
