"""Days are read out of a journal one by one, whatever the clock said when they were opened."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from hall_controller.domain.catalogue import VIETNAM
from hall_controller.domain.commands import StartController
from hall_controller.domain.facts import ControllerStarted, DayCorrected, DayOpened, Fact, TicketIssued
from hall_controller.errors import JournalUnavailable
from hall_controller.journal import Entry, Journal
from hall_controller.journal_days import OpenedDay, days, each_day
from hall_controller.report_commands import summaries
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, TUESDAY, HallInPlay, local, small_hall

DAY = timedelta(days=1)


def week(*, training_from: int | None = None) -> list[Fact]:
    """Seven days from Tuesday on; so many visitors on each as its place, from 1."""
    play = HallInPlay(small_hall(DAY_AND_NIGHT), clock="09:00")
    for n in range(7):
        if n:
            play.at(TUESDAY + n * DAY, "09:00")
        if n == training_from:
            play.do(StartController("1.0", training=True))
        for _ in range(n + 1):
            play.take()
    return play.facts


def journal(folder: Path, facts: list[Fact]) -> Path:
    path = folder / "journal.sqlite"
    with Journal.open(path) as written:
        written.append([Entry(fact) for fact in facts])
    return path


def visits(path: Path, first: date, last: date) -> dict[date, int]:
    return {one.day: one.visits for one in summaries(path, first, last, VIETNAM) if first <= one.day <= last}


def opened(day: OpenedDay) -> list[date]:
    return [fact.day for fact in day.facts if isinstance(fact, DayOpened)]


def test_each_day_comes_by_itself_and_whole(tmp_path: Path) -> None:
    path = journal(tmp_path, week())
    found = list(each_day(path, TUESDAY, TUESDAY + 6 * DAY))
    assert [opened(one) for one in found] == [[day] for day in days(path)]
    issued = [sum(isinstance(fact, TicketIssued) for fact in one.facts) for one in found]
    assert issued == [1, 2, 3, 4, 5, 6, 7]
    assert sum(len(one.facts) for one in found) == len(week())


@pytest.mark.parametrize(("first", "last"), [(0, 6), (2, 3), (0, 0), (6, 6), (5, 20), (-9, 1)])
def test_a_stretch_of_days_is_read_whole(tmp_path: Path, first: int, last: int) -> None:
    path = journal(tmp_path, week())
    wanted = {TUESDAY + n * DAY: n + 1 for n in range(7) if first <= n <= last}
    assert visits(path, TUESDAY + first * DAY, TUESDAY + last * DAY) == wanted


def test_days_far_from_the_wanted_ones_are_not_read(tmp_path: Path) -> None:
    path = journal(tmp_path, week())
    read = [day for one in each_day(path, TUESDAY + 3 * DAY, TUESDAY + 3 * DAY) for day in opened(one)]
    assert read == [TUESDAY + n * DAY for n in (2, 3, 4)]


@pytest.mark.parametrize(("first", "last"), [(-30, -20), (20, 30)])
def test_where_the_journal_has_no_day_there_is_none(tmp_path: Path, first: int, last: int) -> None:
    path = journal(tmp_path, week())
    assert visits(path, TUESDAY + first * DAY, TUESDAY + last * DAY) == {}


def test_an_empty_journal_has_no_days(tmp_path: Path) -> None:
    assert list(each_day(journal(tmp_path, []), TUESDAY, TUESDAY)) == []


def test_a_journal_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(JournalUnavailable, match="check the name"):
        list(each_day(tmp_path / "nowhere.sqlite", TUESDAY, TUESDAY))


@pytest.mark.parametrize("told", [TUESDAY + 365 * DAY, TUESDAY - 365 * DAY, TUESDAY + 2 * DAY])
def test_a_day_that_was_opened_under_a_wrong_date_is_found_under_the_true_one(
    tmp_path: Path, told: date
) -> None:
    wrong: list[Fact] = []
    for fact in week()[:]:
        if isinstance(fact, DayOpened) and fact.day == TUESDAY + DAY:
            wrong.append(DayOpened(fact.at, False, day=told))  # noqa: FBT003 - of every fact
            wrong.append(DayCorrected(fact.at, True, day=fact.day))  # noqa: FBT003 - of every fact
        else:
            wrong.append(fact)
    path = journal(tmp_path, wrong)
    assert visits(path, TUESDAY, TUESDAY + 6 * DAY) == {TUESDAY + n * DAY: n + 1 for n in range(7)}


def test_training_lasts_from_the_start_that_said_so(tmp_path: Path) -> None:
    path = journal(tmp_path, week(training_from=3))
    told = [one.training for one in summaries(path, TUESDAY, TUESDAY + 6 * DAY, VIETNAM)]
    assert told == [False, False, False, True, True, True, True]


def test_training_is_known_of_days_in_the_middle_too(tmp_path: Path) -> None:
    path = journal(tmp_path, week(training_from=1))
    (friday,) = (
        one for one in summaries(path, TUESDAY + 4 * DAY, TUESDAY + 4 * DAY, VIETNAM) if one.visits == 5
    )
    assert friday.training


def test_a_start_without_training_ends_it(tmp_path: Path) -> None:
    facts = week(training_from=1)
    start = ControllerStarted(local(TUESDAY + 3 * DAY, "08:00"), True, "1.0", 1)  # noqa: FBT003 - of every fact
    place = next(n for n, f in enumerate(facts) if isinstance(f, DayOpened) and f.day == TUESDAY + 3 * DAY)
    path = journal(tmp_path, [*facts[: place + 1], start, *facts[place + 1 :]])
    told = [one.training for one in summaries(path, TUESDAY, TUESDAY + 6 * DAY, VIETNAM)]
    assert told == [False, True, True, True, False, False, False], "the day of the change was both"
