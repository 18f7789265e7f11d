"""Who comes on a day: as many as the habits say, when the service is open, and each by chance of their own."""

from __future__ import annotations

import statistics
from datetime import date, timedelta

import pytest

from hall_controller.domain.catalogue import Catalogue
from hall_controller.simulation.chance import Chance
from hall_controller.simulation.habits import FieldOfWork, Habits, Visitors, load
from hall_controller.simulation.visits import counts, open_services, visits
from tests.hall_controller.domain.small_hall import TUESDAY, small_hall
from tests.hall_controller.settings_files import reference_hall

HOUR_MS = 3_600_000
SATURDAY = date(2022, 3, 5)


@pytest.fixture(scope="module")
def hall() -> Catalogue:
    return reference_hall()


def test_the_example_brings_as_many_as_the_report_counted(hall: Catalogue) -> None:
    habits = load()
    weekdays = [counts(hall, habits, date(2022, 3, 7) + timedelta(n), seed=5) for n in range(5)]
    assert sum(sum(day.values()) for day in weekdays) / 5 == pytest.approx(192.9, rel=0.1)
    fields = [habits.service[s] for s in open_services(hall, date(2022, 3, 1))]
    assert sum(field.per_weekday for field in fields) == pytest.approx(21_800 / 113, abs=0.05)
    on_saturday = [habits.service[s].per_saturday for s in open_services(hall, SATURDAY)]
    assert sum(on_saturday) == pytest.approx(200 / 18, abs=0.05)


def test_who_comes_finds_the_service_open(hall: Catalogue) -> None:
    numbers = {"ly-lich-tu-phap": 300, "dat-dai": 300}
    come = visits(hall, load(), SATURDAY, 1, numbers)
    times = {service: [v.at_ms / HOUR_MS for v in come if v.service == service] for service in numbers}
    assert min(times["dat-dai"]) >= 7.5
    assert max(times["dat-dai"]) < 17
    assert not [t for t in times["dat-dai"] if 11.5 <= t < 13.5], "nobody takes a number at noon"
    assert max(times["ly-lich-tu-phap"]) < 11.5, "on Saturdays this service is open in the morning only"
    assert [v.at_ms for v in come] == sorted(v.at_ms for v in come)


def test_a_busy_half_hour_is_as_busy_as_the_habits_say() -> None:
    habits = Habits(visitors=Visitors(half_hours={"08:00": 4.0, "08:30": 0.0}))
    come = visits(small_hall(), habits, TUESDAY, 1, {"land": 3000})
    halves = [visit.at_ms // (HOUR_MS // 2) for visit in come]
    assert halves.count(17) == 0
    assert halves.count(16) == pytest.approx(4 * halves.count(18), rel=0.2)


def test_another_service_changes_nothing_for_those_who_come_for_this_one() -> None:
    alone = visits(small_hall(), Habits(), TUESDAY, 1, {"land": 20})
    among_others = visits(small_hall(), Habits(), TUESDAY, 1, {"land": 20, "notary": 40})
    assert [visit for visit in among_others if visit.service == "land"] == alone


def test_the_time_at_the_counter_has_the_median_of_its_service_and_purpose() -> None:
    people = Visitors(purposes={"submit": 0.5, "collect": 0.5}, purpose_time={"collect": 0.5})
    habits = Habits(visitors=people, other=FieldOfWork(service_min=10))
    come = visits(small_hall(), habits, TUESDAY, 1, {"land": 4000})
    for purpose, minutes in (("submit", 10.0), ("collect", 5.0)):
        served_ms = [visit.serve_ms for visit in come if visit.purpose == purpose]
        assert statistics.median(served_ms) / 60_000 == pytest.approx(minutes, rel=0.06)


def test_scores_fit_the_scale_of_the_hall(hall: Catalogue) -> None:
    habits = Habits(visitors=Visitors(rate=1.0, scores=(1, 1, 1, 1, 1)))
    come = visits(hall, habits, TUESDAY, 1, {"dat-dai": 200})
    assert {visit.score for visit in come} == {1, 2, 3, 4, 5}


def test_poisson_numbers_have_mean_and_variance_alike() -> None:
    chance = Chance("poisson")
    drawn = [chance.poisson(6.0) for _ in range(5000)]
    assert statistics.mean(drawn) == pytest.approx(6.0, rel=0.03)
    assert statistics.variance(drawn) == pytest.approx(6.0, rel=0.08)
    assert chance.poisson(0.0) == 0


def test_streams_of_chance_are_told_apart_by_their_names() -> None:
    assert Chance(1, "a").random() == Chance(1, "a").random()
    assert Chance(1, "a").random() != Chance(2, "a").random() != Chance(1, "b").random()
