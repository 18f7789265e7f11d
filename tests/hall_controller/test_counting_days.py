"""Many days are counted on all processors, and come to the same in the same order."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from hall_controller import journal_days, processors, report_commands, summary_file
from hall_controller.counting_days import FEW, Counting, counted
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.errors import JournalError
from hall_controller.journal import Entry, Journal
from hall_controller.journal_days import Span
from hall_controller.report_commands import keep_days, summaries
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, TUESDAY, HallInPlay, small_hall

DAYS = FEW + 3
LAST = TUESDAY + timedelta(DAYS - 1)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """As many days as need a second process; each day has one visitor more."""
    play = HallInPlay(small_hall(DAY_AND_NIGHT), clock="09:00")
    for n in range(DAYS):
        if n:
            play.at(TUESDAY + timedelta(n), "09:00")
        for _ in range(n + 1):
            play.take()
    path = tmp_path / "journal.sqlite"
    with Journal.open(path) as written:
        written.append([Entry(fact) for fact in play.facts])
    return path


@pytest.mark.parametrize("processors", [1, 2])
def test_days_come_in_their_order_from_however_many_processes(
    journal: Path, processors: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    spans = journal_days.spans(journal, TUESDAY, LAST)
    with Counting(journal, VIETNAM) as counting:
        found = list(counting.of(spans))
    assert found == [counted(journal, VIETNAM, span) for span in spans]
    assert [day.visits for day in found if day] == list(range(1, DAYS + 1))


def test_where_no_second_process_can_be_made_days_are_counted_all_the_same(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_shared_memory(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(processors, "ProcessPoolExecutor", no_shared_memory)
    assert [day.visits for day in summaries(journal, TUESDAY, LAST, VIETNAM)] == list(range(1, DAYS + 1))


def test_what_cannot_be_read_is_told_from_another_process_too(
    journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    nowhere = journal.with_name("nowhere.sqlite")
    spans = [Span(TUESDAY, 1, 2, b"")] * DAYS
    with Counting(nowhere, VIETNAM) as counting, pytest.raises(JournalError, match=r"nowhere\.sqlite"):
        list(counting.of(spans))


def test_days_that_were_kept_are_not_counted_again(journal: Path) -> None:
    keep_days(journal, TUESDAY, LAST, VIETNAM)
    kept = summary_file.beside(journal)
    before = kept.read_bytes()
    assert [day.visits for day in summaries(journal, TUESDAY, LAST, VIETNAM)] == list(range(1, DAYS + 1))
    assert kept.read_bytes() == before


@pytest.mark.parametrize("at_a_time", [1, 5, DAYS, 100])
def test_days_stay_in_their_order_however_many_are_counted_ahead(
    journal: Path, at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_commands, "AT_A_TIME", at_a_time)
    assert [day.visits for day in summaries(journal, TUESDAY, LAST, VIETNAM)] == list(range(1, DAYS + 1))
    again = [day.visits for day in summaries(journal, TUESDAY, LAST, VIETNAM)]
    assert again == list(range(1, DAYS + 1)), "those that were kept"


def test_what_else_is_to_be_done_is_done_once_before_the_first_day_is_told(journal: Path) -> None:
    done: list[str] = []
    days = summaries(journal, TUESDAY, LAST, VIETNAM, meanwhile=lambda: done.append("loaded"))
    assert done == []
    next(days)
    assert done == ["loaded"]
    assert len([*days]) == DAYS - 1
    assert done == ["loaded"]


ENDLESS = """
import multiprocessing, os, sys, time
from pathlib import Path
from hall_controller import counting_days
from hall_controller.domain.catalogue import VIETNAM

def told(journal, zone, span):
    os.write(1, b"%d " % os.getpid())
    time.sleep(3600)

counting_days.counted = told
os.cpu_count = lambda: 2
with counting_days.Counting(Path("none"), VIETNAM) as counting:
    list(counting.of(range(counting_days.FEW)))
"""


def test_no_process_stays_behind_when_the_first_one_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        told = b""
        while told.count(b" ") < 2:
            told += first.stdout.read(1)
        first.kill()
        assert first.stdout.read() == b"", "the pipe ends when the last process that could write has ended"
