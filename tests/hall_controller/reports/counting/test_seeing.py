"""A summary leaves rows unread only because they change nothing: held against the whole day."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from hall_controller import journal_days
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.domain.facts import (
    BellRung,
    ControllerStarted,
    DayOpened,
    DevicesWatched,
    Fact,
    QueueOpened,
    RatingExpired,
    TicketIssued,
)
from hall_controller.errors import JournalBroken
from hall_controller.journal import Entry, Journal
from hall_controller.reports.summing import PASSED_OVER, summarise
from tests.hall_controller.domain.small_hall import TUESDAY, local
from tests.hall_controller.one_of_each_fact import RELEASE_0_1, SINCE_0_1
from tests.hall_controller.reports.played_days import played

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS


def written(folder: Path, facts: list[Fact]) -> Path:
    path = folder / "journal.sqlite"
    with Journal.open(path) as journal:
        journal.append([Entry(fact) for fact in facts])
    return path


def day(path: Path, *passed_over: str) -> list[Fact]:
    (span,) = journal_days.spans(path, TUESDAY, TUESDAY)
    return journal_days.opened_day(path, span, passed_over).facts


def test_a_day_without_the_facts_that_do_not_count_comes_to_the_same(tmp_path: Path) -> None:
    whole: list[Fact] = [
        entry.fact for entry in (*RELEASE_0_1, *SINCE_0_1) if not isinstance(entry.fact, DayOpened)
    ]
    whole.insert(0, DayOpened(whole[0].at, time_trusted=True, day=TUESDAY))
    whole.append(BellRung(whole[-1].at, time_trusted=True, counter="1"))
    path = written(tmp_path, whole)
    read = day(path, *PASSED_OVER)
    assert {fact.type for fact in whole} - {fact.type for fact in read} == PASSED_OVER
    assert summarise(read, VIETNAM) == summarise(day(path), VIETNAM)


def test_a_counter_that_stays_open_is_charged_up_to_a_fact_that_does_not_count(tmp_path: Path) -> None:
    play = played(lambda p: p.take())
    last = RatingExpired(
        play.facts[-1].at + timedelta(hours=1), time_trusted=True, ticket="A001", counter="1"
    )
    assert last.type in PASSED_OVER
    found = summarise(day(written(tmp_path, [*play.facts, last]), *PASSED_OVER), VIETNAM)
    assert found is not None
    assert sum(ms for desk, ms in found.desks.items() if desk.what == "open_ms") == HOUR_MS


def test_until_when_somebody_knew_of_a_device_is_told_by_facts_that_do_not_count(tmp_path: Path) -> None:
    def expired(clock: str, day: date = TUESDAY) -> Fact:
        return RatingExpired(local(day, clock), time_trusted=True, ticket="A001", counter="1")

    tomorrow = TUESDAY + timedelta(1)
    restarted = ControllerStarted(local(TUESDAY, "11:14"), time_trusted=True, version="1.0", epoch=2)
    facts = [
        DayOpened(local(TUESDAY, "07:00"), time_trusted=True, day=TUESDAY),
        QueueOpened(local(TUESDAY, "08:00"), time_trusted=True, queue="land"),
        DevicesWatched(local(TUESDAY, "08:00"), time_trusted=True, ready=("pad-1",)),
        *(expired(clock) for clock in ("11:01", "11:02", "11:03")),
        restarted,
        DevicesWatched(local(TUESDAY, "11:14"), time_trusted=True, ready=("pad-1",)),
        *(expired(clock) for clock in ("23:48", "23:50", "23:57")),
        *(expired(clock, tomorrow) for clock in ("00:02", "00:03")),
    ]
    path = written(tmp_path, facts)
    assert len(day(path, *PASSED_OVER)) == len(facts) - 2 - 2 - 1
    found = summarise(day(path, *PASSED_OVER), VIETNAM)
    assert found == summarise(facts, VIETNAM)
    assert found is not None
    minutes = {key.what: ms / MINUTE_MS for key, ms in found.devices.items()}
    assert minutes == {"watched_ms": 15 * 60 + 57, "unknown_ms": 11}


def test_tickets_are_never_passed_over() -> None:
    assert TicketIssued.type not in PASSED_OVER


def test_a_fact_that_only_a_newer_program_knows_is_not_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path, played(lambda p: p.take()).facts)
    with closing(sqlite3.connect(path)) as journal, journal:
        journal.execute(
            "INSERT INTO fact SELECT max(seq) + 1, at, 1, 'ticket.framed', '{}', NULL, hash FROM fact"
        )
    with pytest.raises(JournalBroken, match="newer version"):
        day(path, *PASSED_OVER)
