"""The morning before a demo: believable, the same each time, by the hall's own rules, on a day that is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from hall_controller import config
from hall_controller.demonstration import morning
from hall_controller.demonstration.stage import reference_hall
from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import VIETNAM, Catalogue
from hall_controller.domain.hall import Hall, evolve
from hall_controller.hall_catalogue import catalogue
from hall_controller.journal import Journal
from hall_controller.journal_check import verify

MONDAY = datetime(2026, 11, 23, 8, 35, tzinfo=VIETNAM)
FREE = "5"


@pytest.fixture(scope="module")
def hall() -> Catalogue:
    return catalogue(config.load(reference_hall()), b"a key of the demo's test")


@pytest.fixture
def played(hall: Catalogue, tmp_path: Path) -> Callable[..., list[f.Fact]]:
    def play(name: str = "journal", free: str | None = FREE, until: datetime = MONDAY) -> list[f.Fact]:
        path = tmp_path / name
        morning.play(hall, path, until, version="1", training=True, counters=list(hall.counters), free=free)
        if not path.exists():
            return []
        assert verify(path).good
        with Journal.open(path) as journal:
            return [record.fact for record in journal.read()]

    return play


def state(hall: Catalogue, facts: list[f.Fact]) -> Hall:
    now = Hall(hall)
    for fact in facts:
        now = evolve(now, fact)
    return now


def test_people_have_come_been_called_and_wait(hall: Catalogue, played: Callable[..., list[f.Fact]]) -> None:
    facts = played()
    happened = Counter(type(fact) for fact in facts)
    assert happened[f.TicketIssued] > 60
    assert happened[f.TicketCompleted] > 40
    assert happened[f.TicketRated] > 15
    now = state(hall, facts)
    assert sum(bool(now.queue(queue).waiting) for queue in hall.queues) >= 4
    assert len(now.calls) == 12


def test_the_same_morning_comes_again(played: Callable[..., list[f.Fact]]) -> None:
    assert played("one") == played("another")


def test_the_counter_of_the_visit_is_free_and_nobody_is_ahead(
    hall: Catalogue, played: Callable[..., list[f.Fact]]
) -> None:
    now = state(hall, played())
    assert (now.desk(FREE).status, now.desk(FREE).ticket) == ("open", None)
    assert all(not now.queue(queue).waiting for queue in hall.counters[FREE].queues)


def test_time_goes_on_and_ends_before_the_curtain_rises(played: Callable[..., list[f.Fact]]) -> None:
    times = [fact.at for fact in played()]
    assert times == sorted(times)
    assert times[-1] < MONDAY
    assert MONDAY - times[0] <= morning.LONGEST_MORNING


def test_no_call_is_news_any_more_nor_still_on_the_way(
    hall: Catalogue, played: Callable[..., list[f.Fact]]
) -> None:
    now = state(hall, played())
    assert MONDAY - max(call.at for call in now.calls) > timedelta(seconds=10)
    assert all(desk.serving for desk in now.desks.values() if desk.ticket)


def test_right_after_opening_nothing_has_happened_yet(played: Callable[..., list[f.Fact]]) -> None:
    assert played(until=MONDAY.replace(hour=7, minute=30, second=10)) == []


def test_a_counter_that_nobody_staffs_stays_closed(hall: Catalogue, tmp_path: Path) -> None:
    staffed = [counter for counter in hall.counters if counter != "2"]
    path = tmp_path / "journal"
    morning.play(hall, path, MONDAY, version="1", training=False, counters=staffed)
    with Journal.open(path) as journal:
        facts = [record.fact for record in journal.read()]
    assert state(hall, facts).desk("2").status == "closed"
    assert not state(hall, facts).training


@pytest.mark.parametrize(
    ("now", "lively"),
    [
        ("2026-11-23T09:00", True),
        ("2026-11-23T11:10", False),  # lunch comes within the demo
        ("2026-11-23T12:00", False),
        ("2026-11-23T20:00", False),
        ("2026-11-21T09:00", False),  # a Saturday: five agencies are there
        ("2026-11-22T09:00", False),
        ("2027-01-01T09:00", False),
    ],
)
def test_a_hall_is_lively_only_in_the_middle_of_a_full_session(
    hall: Catalogue, now: str, *, lively: bool
) -> None:
    assert morning.is_lively(hall, datetime.fromisoformat(now).replace(tzinfo=VIETNAM)) == lively


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-11-23T20:00", date(2026, 11, 23)),
        ("2026-11-21T09:00", date(2026, 11, 23)),
        ("2026-11-22T09:00", date(2026, 11, 23)),
        ("2026-12-31T23:00", date(2026, 12, 31)),
    ],
)
def test_a_training_clock_starts_on_a_working_morning(hall: Catalogue, now: str, day: date) -> None:
    start = morning.next_morning(hall, datetime.fromisoformat(now).replace(tzinfo=VIETNAM))
    assert (start.date(), start.time()) == (day, morning.BELIEVABLE)


def test_over_tet_the_training_clock_waits_for_the_first_working_day(hall: Catalogue) -> None:
    start = morning.next_morning(hall, datetime(2027, 2, 6, 9, tzinfo=VIETNAM))
    assert start.date() > date(2027, 2, 8)
    assert start.date() not in hall.closed_days
