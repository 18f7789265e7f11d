"""Kept days are what the journal says, whatever happens to the journal, to the program or to the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from hall_controller import counting_days, journal_days, report_commands, summary_file
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.domain.commands import RateEarlierTicket
from hall_controller.domain.earlier import earlier_visit
from hall_controller.domain.facts import Fact, TicketIssued
from hall_controller.journal import Entry, Journal
from hall_controller.reports.day_summary import DaySummary
from hall_controller.reports.summing import summarise
from hall_controller.summary_file import SummaryFile, beside
from tests.hall_controller.conftest import GoldenSeason
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, TUESDAY, HallInPlay, small_hall

LAST = TUESDAY + timedelta(4)
Counted = list[date]


class Week:
    """Five days in a journal, which goes on."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.play = HallInPlay(small_hall(DAY_AND_NIGHT), clock="09:00")
        self._written = 0
        for n in range(5):
            if n:
                self.play.at(TUESDAY + timedelta(n), "09:00")
            self.play.open("1")
            for _ in range(n + 1):
                self.play.take()
                self.play.serve("1", 60)
        self.write()

    def write(self) -> None:
        with Journal.open(self.path) as journal:
            journal.append([Entry(fact) for fact in self.play.facts[self._written :]])
        self._written = len(self.play.facts)

    def from_the_tickets(self) -> list[DaySummary]:
        """What the journal says, kept days or not."""
        opened = journal_days.each_day(self.path, TUESDAY, LAST)
        found = (summarise(one.facts, VIETNAM, training=one.training) for one in opened)
        return [one for one in found if one is not None]

    def reported(self) -> list[DaySummary]:
        return list(report_commands.summaries(self.path, TUESDAY, LAST, VIETNAM))

    @property
    def kept(self) -> Path:
        return beside(self.path)


@pytest.fixture
def week(tmp_path: Path) -> Week:
    return Week(tmp_path / "journal.sqlite")


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    """The days that were counted from their tickets since the list was cleared."""
    found: Counted = []

    def counting(facts: list[Fact], *given: object, **more: object) -> DaySummary | None:
        summary = summarise(facts, *given, **more)  # type: ignore[arg-type]  # handed on as given
        if summary is not None:
            found.append(summary.day)
        return summary

    monkeypatch.setattr(counting_days, "summarise", counting)
    return iter([found])


def days(*places: int) -> Counted:
    return [TUESDAY + timedelta(n) for n in places]


def test_the_second_report_counts_no_ticket_and_says_the_same(week: Week, counted: Iterator[Counted]) -> None:
    seen = next(counted)
    first = week.reported()
    assert seen == days(0, 1, 2, 3, 4)
    seen.clear()
    assert week.reported() == first == week.from_the_tickets()
    assert seen == []


def test_only_the_day_that_went_on_is_counted_again(week: Week, counted: Iterator[Counted]) -> None:
    seen = next(counted)
    week.reported()
    week.play.take()
    week.write()
    seen.clear()
    assert week.reported() == week.from_the_tickets()
    assert seen == days(4)


def test_a_late_rating_is_a_fact_of_the_day_on_which_it_came(week: Week, counted: Iterator[Counted]) -> None:
    seen = next(counted)
    week.reported()
    first = week.play.facts
    issued = next(fact for fact in first if isinstance(fact, TicketIssued))
    visit = earlier_visit(TUESDAY, issued.ticket, first)
    assert visit is not None
    week.play.do(RateEarlierTicket(visit, issued.code, 2))
    week.write()
    seen.clear()
    again = week.reported()
    assert again == week.from_the_tickets()
    assert seen == days(4)
    assert sum(again[4].scores.values()) == 1


def test_a_new_day_leaves_the_old_ones_as_they_are(week: Week, counted: Iterator[Counted]) -> None:
    seen = next(counted)
    week.reported()
    week.play.at(LAST + timedelta(1), "09:00")
    week.play.take()
    week.write()
    seen.clear()
    assert week.reported() == week.from_the_tickets()
    assert set(seen) == {LAST, LAST + timedelta(1)}, (
        "the last one had been open still, and closes at midnight"
    )


def test_another_journal_of_the_same_name_is_not_told_from_the_old_one_s_days(
    week: Week, tmp_path: Path, counted: Iterator[Counted]
) -> None:
    seen = next(counted)
    week.reported()
    with Journal.open(tmp_path / "other.sqlite") as journal:
        journal.append([Entry(fact, "request:x") for fact in week.play.facts])
    for name in ("", "-wal", "-shm"):
        Path(f"{week.path}{name}").unlink(missing_ok=True)
    (tmp_path / "other.sqlite").rename(week.path)
    seen.clear()
    assert week.reported() == week.from_the_tickets()
    assert seen == days(0, 1, 2, 3, 4), "the same days, another chain"


def test_summaries_of_another_program_or_zone_are_not_believed(
    week: Week, counted: Iterator[Counted], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = next(counted)
    week.reported()
    seen.clear()
    assert len(list(report_commands.summaries(week.path, TUESDAY, LAST, UTC))) == 5
    assert seen == days(0, 1, 2, 3, 4)
    week.reported()
    seen.clear()
    monkeypatch.setattr(summary_file, "SHAPE", "another one")
    week.reported()
    assert seen == days(0, 1, 2, 3, 4)


def overwritten(path: Path) -> None:
    path.write_bytes(b"this was never a database" * 400)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def changed_by_hand(path: Path) -> None:
    """Somebody moved one day's counts into the place of another."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE summary SET content = (SELECT content FROM summary ORDER BY first DESC LIMIT 1)"
        )


@pytest.mark.parametrize("spoil", [overwritten, truncated, changed_by_hand, Path.unlink])
def test_a_spoilt_file_never_changes_a_report(week: Week, spoil: Callable[[Path], None]) -> None:
    told = week.reported()
    spoil(week.kept)
    assert week.reported() == told
    assert week.reported() == told


def test_a_flipped_byte_anywhere_never_changes_a_report(week: Week) -> None:
    told = week.reported()
    sound = week.kept.read_bytes()
    for place in [*range(0, 200, 5), *range(200, len(sound), 401)]:
        spoilt = bytearray(sound)
        spoilt[place] ^= 0x55
        week.kept.write_bytes(spoilt)
        assert week.reported() == told, f"byte {place}"


def test_after_damage_days_are_kept_again(week: Week, counted: Iterator[Counted]) -> None:
    seen = next(counted)
    week.reported()
    overwritten(week.kept)
    week.reported()
    seen.clear()
    week.reported()
    assert seen == []


def test_a_report_is_made_where_nothing_can_be_kept(week: Week) -> None:
    week.kept.mkdir()
    assert week.reported() == week.from_the_tickets()
    assert list(week.kept.iterdir()) == []


def test_two_reports_at_once_do_not_disturb_each_other(week: Week) -> None:
    span = journal_days.spans(week.path, TUESDAY, LAST)[0]
    summary = week.from_the_tickets()[0]
    with SummaryFile(week.kept, VIETNAM) as one, SummaryFile(week.kept, VIETNAM) as other:
        one.keep(span, summary)
        other.keep(span, summary)
    with SummaryFile(week.kept, VIETNAM) as again:
        assert again.get(span) == summary


def test_a_file_that_another_program_has_locked_is_done_without(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary_file, "WAIT_S", 0.05)
    told = week.reported()
    with closing(sqlite3.connect(week.kept)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert week.reported() == told


@pytest.mark.timeout(300)
def test_the_kept_days_of_the_reference_period_are_those_of_its_tickets(golden_season: GoldenSeason) -> None:
    first, last = date(2022, 3, 1), date(2022, 3, 12)
    told = [list(report_commands.summaries(golden_season.journal, first, last, VIETNAM)) for _ in range(2)]
    opened = journal_days.each_day(golden_season.journal, first, last)
    assert told[0] == told[1] == [summarise(o.facts, VIETNAM, training=o.training) for o in opened]


def test_forgotten_days_leave_no_byte_and_the_others_stay(week: Week) -> None:
    week.reported()
    path = beside(week.path)
    with closing(sqlite3.connect(path)) as file:
        before = file.execute("SELECT first, content FROM summary ORDER BY first").fetchall()
    summary_file.forget(path, before[1][0])
    left = path.read_bytes()
    assert [content in left for _, content in before] == [False, False, *([True] * (len(before) - 2))]


def test_a_file_that_cannot_be_cleaned_is_thrown_away_and_none_is_nothing_to_do(week: Week) -> None:
    path = beside(week.path)
    summary_file.forget(path, 5)
    assert not path.exists()
    path.write_bytes(b"no database" * 100)
    summary_file.forget(path, 5)
    assert not path.exists()
