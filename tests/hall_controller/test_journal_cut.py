"""What a cut proves: whoever changes a row, a hash, a number or a summary around it is found by `hall verify`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from hall_controller import journal_cut, journal_days
from hall_controller.journal import Journal
from hall_controller.journal_check import verify
from hall_controller.journal_rows import ORIGIN
from tests.hall_controller.domain.small_hall import TUESDAY
from tests.hall_controller.kept_days import Week


@pytest.fixture
def cut(tmp_path: Path) -> Path:
    """A journal without its first four days."""
    week = Week(tmp_path)
    week.retain(2)
    return week.path


def forge(path: Path, statement: str) -> None:
    """Somebody who knows SQL, and takes the guards away first."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for trigger in ("fact_stays", "fact_remains", "fact_follows", "cut_day_stays", "cut_day_remains"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(statement)


def test_a_cut_journal_is_right(cut: Path) -> None:
    found = verify(cut)
    assert found.good
    days = journal_days.cut_days(cut)
    assert found.cut == days[-1]
    assert days[-1].seal.hex()[:16] in found.sentence
    assert journal_cut.follow(days)[0].seq == days[-1].last


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cut_day SET hash = zeroblob(32) WHERE first = (SELECT max(first) FROM cut_day)",
        "UPDATE cut_day SET hash = zeroblob(32) WHERE first = 1",
        "UPDATE cut_day SET last = last + 1 WHERE first = (SELECT max(first) FROM cut_day)",
        "UPDATE cut_day SET day = '2022-03-09' WHERE first = 1",
        "UPDATE cut_day SET epoch = 7",
        "UPDATE cut_day SET summary = replace(summary, 'issued', 'served') WHERE first = 1",
        "DELETE FROM cut_day WHERE first = 1",
        "DELETE FROM cut_day WHERE first = (SELECT max(first) FROM cut_day)",
        "DELETE FROM cut_day",
        "DELETE FROM fact WHERE seq = (SELECT min(seq) FROM fact)",
        "UPDATE fact SET data = '{}' WHERE seq = (SELECT min(seq) FROM fact)",
    ],
)
def test_a_forged_cut_is_found(cut: Path, statement: str) -> None:
    forge(cut, statement)
    found = verify(cut)
    assert not found.good
    assert "The journal is wrong from row" in found.sentence


def test_a_hash_forged_with_its_seals_does_not_fit_the_rows_that_are_left(cut: Path) -> None:
    days = [*journal_days.cut_days(cut)]
    days[-1] = days[-1]._replace(hash=bytes(32))
    forged = journal_cut.sealed(days, None)
    assert journal_cut.follow(forged)[1] is None
    with closing(sqlite3.connect(cut)) as connection, connection:
        for trigger in ("cut_day_stays", "cut_day_remains"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute("DELETE FROM cut_day")
        connection.executemany(journal_cut.INSERT, forged)
    found = verify(cut)
    assert found.flaw is not None
    assert found.flaw.seq == days[-1].last + 1


def test_a_summary_forged_with_its_seals_changes_the_seal_that_was_printed(cut: Path) -> None:
    days = journal_days.cut_days(cut)
    forged = journal_cut.sealed([days[0]._replace(summary="{}"), *days[1:]], None)
    assert journal_cut.follow(forged)[1] is None
    assert forged[-1].seal != days[-1].seal


def test_seals_continue_those_before(cut: Path) -> None:
    days = journal_days.cut_days(cut)
    assert journal_cut.sealed(days[2:], days[1]) == days[2:]
    assert journal_cut.follow([]) == (ORIGIN, None)


@pytest.mark.parametrize("statement", ["DELETE FROM cut_day", "UPDATE cut_day SET epoch = 7"])
def test_a_cut_day_is_not_changed_by_mistake(cut: Path, statement: str) -> None:
    with (
        closing(sqlite3.connect(cut)) as connection,
        pytest.raises(sqlite3.Error, match="a cut day is never"),
    ):
        connection.execute(statement)


def test_rows_begin_behind_the_cut_for_everybody_who_reads(cut: Path) -> None:
    last = journal_days.cut_days(cut)[-1].last
    with Journal.open(cut) as journal:
        assert next(journal.read()).seq == last + 1
        assert all(record.seq > last for record in journal.answered())
    assert journal_days.naming(cut, TUESDAY, "A001") == []
