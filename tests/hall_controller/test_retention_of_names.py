"""Who served is forgotten after its time: no byte of the hall's files holds a name or identifier of such months."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date, datetime, time
from pathlib import Path
from typing import Final

import pytest

from hall_controller import journal_days
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.journal_check import verify
from hall_controller.officer_codes import KEY_NAME, officer_codes
from hall_controller.reports.day_summary import DaySummary
from hall_controller.restore import restore
from hall_controller.restored import journal_epoch
from hall_controller.staff import presence
from hall_controller.staff.register import NAME as REGISTER
from hall_controller.staff.register import Entry, Register
from hall_controller.summary_file import beside
from tests.hall_controller.kept_days import Week, among

MARCH: Final = (date(2022, 3, 1), date(2022, 3, 2), date(2022, 3, 31))
APRIL: Final = (date(2022, 4, 1), date(2022, 4, 29))
NEWEST: Final = date(2022, 5, 10)
SERVED_IN_MARCH: Final = "hoa"
NAMES_DAYS: Final = 35
"""Reaches into April on the newest day: March is over for good, of April something is kept, so all of it."""
GONE: Final = "Nguyễn Thị Hoa"
HERE: Final = "Lê Thị Lan"


@pytest.fixture
def spring(tmp_path: Path) -> Week:
    """Hoa served in March and is gone, Lan serves since; reports were made, a backup too."""
    week = Week(tmp_path, days=0)
    for day in (*MARCH, *APRIL, NEWEST):
        week.visitors(day, 3, SERVED_IN_MARCH if day in MARCH else "lan")
    with Register(tmp_path / REGISTER) as register:
        register.put(Entry("old-1", "officer", "-", GONE))
        register.put(Entry("lan", "officer", "-", HERE))
        with register.writing() as file:
            file.execute("UPDATE presence SET at = ? WHERE person = 'old-1'", (noon(MARCH[-1]),))
    week.backup()
    summaries(week)
    return week


def noon(day: date) -> float:
    return datetime.combine(day, time(12), VIETNAM).timestamp()


def summaries(week: Week) -> list[DaySummary]:
    return week.reported(until=NEWEST)


def by_officer(found: list[DaySummary]) -> Counter[str]:
    """The visits that each served."""
    served: Counter[str] = Counter()
    for day in found:
        served.update({key.officer: count for key, count in day.desks.items() if key.what == "served"})
    return served


def kept_summaries(week: Week) -> list[bytes]:
    with closing(sqlite3.connect(beside(week.path))) as file:
        return [content for (content,) in file.execute("SELECT content FROM summary ORDER BY first")]


def test_names_rows_and_identifiers_past_their_time_are_in_no_byte_of_any_file(spring: Week) -> None:
    tickets = spring.codes_of(*MARCH, *APRIL)
    counted = set(kept_summaries(spring)[:5])
    who = {f'"{SERVED_IN_MARCH}"'.encode(), GONE.encode()}
    sought = tickets | counted | who
    assert len(tickets) == 15
    assert among(sought, spring.bytes_of_all_files()) == sought
    done = spring.retain(2, NEWEST, names_days=NAMES_DAYS)
    assert (len(done.days), len(done.backups), done.people) == (5, 1, ("old-1",))
    left = spring.bytes_of_all_files()
    assert among(sought, left) == set()
    assert among({HERE.encode(), b'"lan"'}, left) == {HERE.encode(), b'"lan"'}
    with Register(spring.folder / REGISTER) as register:
        assert [(one.id, one.name) for one in register.people()] == [("lan", HERE), ("old-1", "")]


def test_the_figures_are_the_same_and_those_of_one_officer_stay_together(spring: Week) -> None:
    before = summaries(spring)
    spring.retain(2, NEWEST, names_days=NAMES_DAYS)
    after = summaries(spring)
    code = officer_codes(spring.folder, keep=False)(SERVED_IN_MARCH)
    assert code.startswith("#")
    assert by_officer(before) == {SERVED_IN_MARCH: 9, "lan": 9}
    assert by_officer(after) == {code: 9, "lan": 9}
    assert [one.tickets for one in after] == [one.tickets for one in before]
    named = Counter({k._replace(officer=k.officer and code): n for k, n in before[0].desks.items()})
    assert after[0].desks == named


def test_the_chain_verifies_before_and_after_and_goes_on(spring: Week) -> None:
    for names_days in (None, NAMES_DAYS):
        spring.retain(2, NEWEST, names_days=names_days)
        found = verify(spring.path)
        assert found.good, found.sentence
        assert found.head.seq == len(spring.play.facts)
    spring.visitors(date(2022, 5, 11), 2)
    assert verify(spring.path).head.seq == len(spring.play.facts)


def test_days_that_were_cut_long_before_lose_their_officers_when_their_time_comes(spring: Week) -> None:
    spring.retain(2, NEWEST)
    seal = journal_days.cut_days(spring.path)[-1].seal
    assert among({b'"hoa"'}, spring.bytes_of_all_files()) == {b'"hoa"'}
    told = spring.due(2, NEWEST, names_days=NAMES_DAYS)
    assert not (spring.folder / KEY_NAME).exists(), "telling makes no key"
    done = spring.retain(2, NEWEST, names_days=NAMES_DAYS)
    assert (
        (done.days, done.coded, len(done.backups)) == (told.days, told.coded, len(told.backups)) == ((), 3, 1)
    )
    assert among({b'"hoa"'}, spring.bytes_of_all_files()) == set()
    assert journal_days.cut_days(spring.path)[-1].seal != seal
    assert not any(spring.due(2, NEWEST, names_days=NAMES_DAYS))


def test_a_month_of_which_a_day_is_kept_is_kept_whole(spring: Week) -> None:
    assert spring.due(2, date(2022, 5, 4), names_days=34).coded == 0
    assert spring.retain(2, date(2022, 5, 5), names_days=34).days[0].summary.count("#") > 0
    kept = [day for day in journal_days.cut_days(spring.path) if "#" not in day.summary]
    assert [day.day for day in kept] == [day.isoformat() for day in APRIL]


def test_a_clock_that_is_ahead_takes_no_name(spring: Week) -> None:
    done = spring.retain(2, date(2099, 1, 1), names_days=NAMES_DAYS)
    assert done.people == ("old-1",)
    assert [day.day for day in done.days if "#" in day.summary] == [day.isoformat() for day in MARCH]


def test_whoever_signed_in_since_keeps_the_name(spring: Week) -> None:
    with Register(spring.folder / REGISTER) as register, register.writing() as file:
        presence.seen(file, "old-1", noon(APRIL[-1]))
    assert spring.retain(2, NEWEST, names_days=NAMES_DAYS).people == ()
    assert GONE.encode() in spring.bytes_of_all_files()


def test_the_hall_comes_back_from_a_backup_with_codes(spring: Week) -> None:
    spring.retain(2, NEWEST, names_days=NAMES_DAYS)
    before = summaries(spring)
    (backup,) = spring.backups.glob("*.sqlite")
    epoch = journal_epoch(spring.path)
    assert restore(backup, spring.path).complete
    assert journal_epoch(spring.path) >= epoch
    assert summaries(spring) == before
    assert among({b'"hoa"', GONE.encode()}, spring.bytes_of_all_files()) == set()
    assert verify(spring.path).good


def test_a_backup_that_somebody_brought_and_a_copy_that_was_never_finished_go_too(spring: Week) -> None:
    made = spring.backup()
    brought, torn = spring.backups / "uploaded.sqlite", spring.backups / "arriving.sqlite.partial"
    for copy in (brought, torn):
        copy.write_bytes(made.read_bytes())
    os.utime(torn, (noon(APRIL[0]),) * 2)
    spring.retain(2, NEWEST, names_days=NAMES_DAYS)
    assert verify(brought).good
    assert not torn.exists()
    assert among(spring.codes_of(*MARCH), spring.bytes_of_all_files()) == set()


def test_an_old_journal_with_days_past_the_limit_is_kept_a_month_and_no_longer(spring: Week) -> None:
    restore(None, spring.path)
    (aside,) = spring.folder.glob("*set-aside*.sqlite")
    for day, kept in ((date(2022, 4, 12), True), (date(2022, 4, 1), False)):
        for part in spring.folder.glob("*set-aside*"):
            os.utime(part, (noon(day),) * 2)
        spring.retain(36, NEWEST)
        assert aside.exists() is kept
