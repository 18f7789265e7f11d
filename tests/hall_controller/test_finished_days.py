"""A finished day is counted by the hall itself, once, in another process, and no report waits for its tickets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from hall_controller import counting_days, counting_process, finished_days, journal_days, report_commands
from hall_controller.clock import Clock
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.domain.facts import Fact
from hall_controller.errors import ReportBehind, ReportFailed
from hall_controller.finished_days import FinishedDays
from hall_controller.report_process import DaysLeft, ReportProcess
from hall_controller.reports.day_summary import DaySummary
from hall_controller.reports.summing import summarise
from hall_controller.summary_file import SummaryFile, beside
from tests.hall_controller.live_hall import LiveHall
from tests.hall_controller.test_summary_file import LAST, Week

TUESDAY = date(2022, 3, 1)
LATE = datetime(2022, 3, 1, 23, 59, 58, tzinfo=VIETNAM)
ZONE = "Asia/Ho_Chi_Minh"
SOON_S = 20.0


@pytest.fixture
def week(tmp_path: Path) -> Week:
    return Week(tmp_path / "journal.sqlite")


def kept(journal: Path) -> dict[date, DaySummary]:
    """The days that need no counting any more."""
    with SummaryFile(beside(journal), VIETNAM) as file:
        spans = journal_days.spans(journal, date.min, date.max)
        return {span.day: summary for span in spans if (summary := file.get(span))}


def from_the_tickets(journal: Path, day: date) -> DaySummary | None:
    (span,) = (span for span in journal_days.spans(journal, day, day) if span.day == day)
    opened = journal_days.opened_day(journal, span)
    return summarise(opened.facts, VIETNAM, training=opened.training)


@asynccontextmanager
async def at_work(
    hall: LiveHall, journal: Path, left: DaysLeft | None = None, *, later_s: float = 0.0
) -> AsyncIterator[FinishedDays]:
    """The hall's own counting, at work beside it and without its patience."""
    days = FinishedDays(hall.controller, left or DaysLeft(), journal, ZONE, later_s=later_s)
    task = asyncio.create_task(days.run())
    try:
        yield days
    finally:
        task.cancel()
        await asyncio.wait({task})


async def test_after_a_change_of_day_the_day_is_kept_and_no_report_reads_its_tickets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = tmp_path / "journal.sqlite"
    async with LiveHall(tmp_path, clock=Clock(LATE)) as hall, at_work(hall, journal):
        await hall.take(3)
        async with asyncio.timeout(SOON_S):
            while TUESDAY not in kept(journal):  # noqa: ASYNC110 - another process writes it
                await asyncio.sleep(0.1)
        await hall.take(2)
    found = kept(journal)
    assert found == {TUESDAY: from_the_tickets(journal, TUESDAY)}, "and not the day that is open still"

    read: list[date] = []

    def summed(facts: list[Fact], *given: object, **more: object) -> DaySummary | None:
        summary = summarise(facts, *given, **more)  # type: ignore[arg-type]  # handed on as given
        read.append(summary.day if summary else date.min)
        return summary

    monkeypatch.setattr(counting_days, "summarise", summed)
    told = list(report_commands.summaries(journal, TUESDAY, TUESDAY, VIETNAM))
    assert told[0] == found[TUESDAY]
    assert TUESDAY not in read


async def test_days_from_before_are_counted_some_at_a_time_and_only_once(
    week: Week, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finished_days, "AT_ONCE", 3)
    (tmp_path / "hall").mkdir()
    async with LiveHall(tmp_path / "hall") as hall:
        days = FinishedDays(hall.controller, DaysLeft(), week.path, ZONE)
        assert await days.count() == 4, "the fifth is open"
        assert LAST not in kept(week.path)
        assert list(kept(week.path).values()) == week.from_the_tickets()[:4]
        assert await days.count() == 0


def test_the_newest_day_is_the_first_to_be_counted(week: Week) -> None:
    asked = {"journal": str(week.path), "zone": ZONE, "before": None, "most": 1}
    told = counting_process.answer(asked)
    assert told["counted"] == ["2022-03-04"]
    again = counting_process.answer(asked | {"before": told["before"], "most": 9})
    assert again == {"counted": ["2022-03-03", "2022-03-02", "2022-03-01"], "before": None}


async def test_what_fails_is_a_line_in_the_log_and_is_tried_after_the_next_change_of_day(
    tmp_path: Path,
) -> None:
    with capture_logs() as lines:
        async with LiveHall(tmp_path, clock=Clock(LATE)) as hall:
            async with asyncio.timeout(SOON_S), at_work(hall, tmp_path / "lost.sqlite"):
                while len(lines) < 2:  # noqa: ASYNC110 - a line in a log is no event
                    await asyncio.sleep(0.1)
            assert await hall.take(1) == ["A001"], "the hall goes on"
    assert [line["event"].partition(";")[0] for line in lines] == ["Finished days could not be counted"] * 2
    assert "There is no journal at" in lines[0]["why"]


async def test_a_report_and_the_counting_wait_for_each_other(week: Week, tmp_path: Path) -> None:
    reports = ReportProcess((), week.path)
    (tmp_path / "hall").mkdir()
    async with LiveHall(tmp_path / "hall") as hall:
        days = FinishedDays(hall.controller, reports.days_left, week.path, ZONE)
        await reports.days_left.alone.acquire()
        counting = asyncio.create_task(days.count())
        report = asyncio.create_task(reports.make("hall", TUESDAY, TUESDAY, "json"))
        await asyncio.wait({counting, report}, timeout=0.2)
        assert not beside(week.path).exists()
        reports.days_left.alone.release()
        file = await report
        assert await counting == 4
    assert "in_person" in file.read_text("utf-8")
    file.unlink()


async def test_a_report_that_could_not_wait_has_the_days_counted_now_and_is_then_made(
    week: Week, tmp_path: Path
) -> None:
    reports = ReportProcess((), week.path, time_limit_s=0.01)
    (tmp_path / "hall").mkdir()
    async with LiveHall(tmp_path / "hall") as hall:
        days = at_work(hall, week.path, reports.days_left, later_s=3_600.0)
        async with days, asyncio.timeout(SOON_S):
            with pytest.raises(ReportBehind, match="still being counted"):
                await reports.make("hall", TUESDAY, LAST, "json")
            while reports.days_left.some:  # noqa: ASYNC110 - another process does it
                await asyncio.sleep(0.05)
    assert list(kept(week.path).values()) == week.from_the_tickets()[:4]
    with pytest.raises(ReportFailed, match="ask for fewer days") as late:
        await reports.make("hall", TUESDAY, LAST, "json")
    assert not isinstance(late.value, ReportBehind), "waiting would not help"
