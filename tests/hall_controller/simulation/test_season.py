"""A simulated period: the same seed gives the same facts, another one others, and published counts are met exactly."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pytest

from hall_controller.domain.catalogue import VIETNAM, Catalogue
from hall_controller.domain.facts import (
    ControllerStarted,
    CounterPaused,
    DayOpened,
    Fact,
    TicketCalled,
    TicketCompleted,
    TicketHeld,
    TicketIssued,
    TicketMissed,
    TicketRated,
    TicketResumed,
    TicketTransferred,
    TicketVoided,
)
from hall_controller.errors import ConfigError
from hall_controller.journal import Journal
from hall_controller.simulation.habits import Habits, load
from hall_controller.simulation.season import Period, Tally, season
from tests.hall_controller.conftest import FIRST_DAY, LAST_DAY, GoldenSeason
from tests.hall_controller.settings_files import reference_hall

MONDAY: Final = date(2022, 3, 7)
SATURDAY: Final = 5


@pytest.fixture(scope="module")
def hall() -> Catalogue:
    return reference_hall()


@pytest.fixture(scope="module")
def habits() -> Habits:
    return load()


def played(hall: Catalogue, habits: Habits, first: date, last: date, seed: int = 1) -> list[Fact]:
    return [fact for facts in season(hall, habits, Period(first, last, seed), Tally()) for fact in facts]


def of_day(facts: list[Fact], day: date) -> list[Fact]:
    return [fact for fact in facts if fact.at.astimezone(VIETNAM).date() == day]


def test_the_same_seed_gives_the_same_facts_and_another_seed_others(hall: Catalogue, habits: Habits) -> None:
    facts = played(hall, habits, MONDAY, MONDAY)
    assert played(hall, habits, MONDAY, MONDAY) == facts
    assert played(hall, habits, MONDAY, MONDAY, seed=2) != facts


def test_the_same_people_come_whatever_the_days_before_were_and_only_the_waits_told_are_better_known(
    hall: Catalogue, habits: Habits
) -> None:
    tuesday = MONDAY + timedelta(days=1)
    alone = [f for f in played(hall, habits, tuesday, tuesday) if isinstance(f, TicketIssued)]
    issued = [f for f in played(hall, habits, MONDAY, tuesday) if isinstance(f, TicketIssued)]
    after_monday = [f for f in issued if f.at.astimezone(VIETNAM).date() == tuesday]
    known = [sum(f.estimated_wait_s is not None for f in day) for day in (alone, after_monday)]
    assert known[0] < known[1]
    blank = [
        [replace(f, estimated_wait_s=None, wait_low_s=None, wait_high_s=None) for f in day]
        for day in (alone, after_monday)
    ]
    assert blank[0] == blank[1]


def test_a_week_has_everything_that_happens_in_a_hall(hall: Catalogue, habits: Habits) -> None:
    facts = played(hall, habits, MONDAY, MONDAY + timedelta(days=6))
    kinds = Counter(type(fact) for fact in facts)
    assert isinstance(facts[0], ControllerStarted)
    assert facts[0].training, "a simulated journal must not be taken for a measured one"
    assert kinds[DayOpened] == 7, "the controller runs on Sundays too"
    assert 800 < kinds[TicketIssued] < 1150
    for kind in (TicketMissed, TicketHeld, TicketResumed, TicketTransferred, CounterPaused, TicketRated):
        assert kinds[kind] > 3, kind
    issued = [fact for fact in facts if isinstance(fact, TicketIssued)]
    assert {fact.purpose for fact in issued} == {"submit", "collect", "guidance"}
    assert {fact.priority for fact in issued} == {None, "elderly", "pregnant", "disabled"}
    assert {fact.language for fact in issued} == {"vi", "en"}
    mornings = Counter(fact.at.astimezone(VIETNAM).hour for fact in issued)
    assert mornings[8] > 2 * mornings[16], "most people come early"


def test_a_stand_in_of_the_post_receives_for_the_land_agency(hall: Catalogue, habits: Habits) -> None:
    day = date(2022, 2, 14)
    calls = [fact for fact in played(hall, habits, day, day) if isinstance(fact, TicketCalled)]
    stood_in = {(fact.agency, fact.staffing) for fact in calls if fact.counter == "1"}
    assert stood_in == {("tnmt", "bd")}


def test_nobody_is_served_without_having_been_called_and_nobody_is_left(
    hall: Catalogue, habits: Habits
) -> None:
    facts = of_day(played(hall, habits, MONDAY, MONDAY), MONDAY)
    issued = {fact.ticket for fact in facts if isinstance(fact, TicketIssued)}
    called = {fact.ticket for fact in facts if isinstance(fact, TicketCalled)}
    ended = {fact.ticket for fact in facts if isinstance(fact, TicketCompleted | TicketMissed | TicketVoided)}
    assert called == issued == ended


@pytest.fixture(scope="module")
def golden(golden_season: GoldenSeason) -> tuple[list[Fact], Tally]:
    """The facts of the reference period that the counts are about."""
    counted = (TicketIssued, TicketRated)
    with Journal.open(golden_season.journal) as journal:
        facts: list[Fact] = [one.fact for one in journal.read() if isinstance(one.fact, counted)]
    return facts, golden_season.tally


@pytest.mark.timeout(300)
def test_the_reference_period_has_the_published_counts(
    hall: Catalogue, golden: tuple[list[Fact], Tally]
) -> None:
    facts, tally = golden
    issued = [fact for fact in facts if isinstance(fact, TicketIssued)]
    days = {fact.at.astimezone(VIETNAM).date() for fact in issued}
    saturdays = [fact for fact in issued if fact.at.astimezone(VIETNAM).weekday() == SATURDAY]
    agencies = Counter(hall.services[fact.service].agency for fact in issued)
    assert tally.open_days == 131
    assert tally.tickets == len(issued) == 22_000
    assert tally.turned_away == 0
    assert len(saturdays) == 200
    assert {hall.services[fact.service].agency for fact in saturdays} == {"tnmt", "ldtbxh", "tp"}
    assert sum(day.weekday() < SATURDAY for day in days) == 113
    low = ("thue", "sct", "tttt", "vhttdl", "gddt", "ngv", "tc", "khcn", "kcn")
    assert [agencies[agency] for agency in low] == [0, 59, 12, 20, 59, 0, 3, 8, 0]


@pytest.mark.timeout(300)
def test_5251_ratings_are_all_satisfied_and_pressed_after_handing_in(
    golden: tuple[list[Fact], Tally],
) -> None:
    ratings = [fact for fact in golden[0] if isinstance(fact, TicketRated)]
    assert len(ratings) == 5_251
    assert {fact.score for fact in ratings} == {4, 5}
    assert {fact.stage for fact in ratings} == {"submit"}


def test_published_counts_hold_for_their_own_period_only(hall: Catalogue, habits: Habits) -> None:
    with pytest.raises(ConfigError, match="use --from 2021-11-01 --to 2022-04-15"):
        next(season(hall, habits, Period(MONDAY, MONDAY, golden=True), Tally()))


def test_habits_without_published_counts_say_so(hall: Catalogue) -> None:
    with pytest.raises(ConfigError, match=r"no \[published\] counts"):
        next(season(hall, Habits(), Period(FIRST_DAY, LAST_DAY, golden=True), Tally()))


def test_published_counts_of_an_agency_that_the_hall_does_not_have_are_told(
    hall: Catalogue, habits: Habits
) -> None:
    assert habits.published is not None
    strange = habits.published.model_copy(update={"agencies": {"mars": 3}})
    with pytest.raises(ConfigError, match="mars"):
        next(
            season(
                hall,
                habits.model_copy(update={"published": strange}),
                Period(FIRST_DAY, LAST_DAY, golden=True),
                Tally(),
            )
        )
