"""The journal in ordinary days: written down, read again, one writer, nothing changed afterwards."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall_controller import journal_file
from hall_controller.domain import codec
from hall_controller.domain.facts import DayOpened, QueueOpened
from hall_controller.errors import JournalBroken, JournalBusy, JournalUnavailable
from hall_controller.journal import Entry, Journal, Record
from hall_controller.journal_check import verify
from tests.hall_controller.one_of_each_fact import RELEASE_0_1

NOW = datetime(2021, 11, 1, 1, 2, 3, 456_000, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    with Journal.open(path) as opened:
        yield opened


def day(number: int) -> Entry:
    return Entry(DayOpened(NOW, time_trusted=True, day=date(2021, 11, number)))


def fact(name: str, cause: str | None = None) -> Entry:
    return Entry(QueueOpened(NOW, time_trusted=True, queue=name), cause)


def names(records: Iterator[Record]) -> list[str]:
    return [r.fact.queue if isinstance(r.fact, QueueOpened) else r.fact.type for r in records]


def test_every_kind_of_fact_is_read_as_it_was_written(journal: Journal) -> None:
    assert journal.append(RELEASE_0_1) == journal.last_seq == len(RELEASE_0_1)
    assert list(journal.read()) == [Record(n, *entry) for n, entry in enumerate(RELEASE_0_1, start=1)]


def test_facts_are_there_after_the_controller_was_started_again(path: Path) -> None:
    with Journal.open(path) as journal:
        journal.append([fact("a", "request:1"), fact("b")])
    with Journal.open(path) as journal:
        assert journal.last_seq == 2
        assert journal.append([fact("c")]) == 3
        assert names(journal.read()) == ["a", "b", "c"]


def test_an_empty_journal_replays_nothing(journal: Journal) -> None:
    assert journal.last_seq == 0
    assert journal.append([]) == 0
    assert not list(journal.replay()) + list(journal.answered()) + list(journal.read())


def test_the_hall_goes_on_from_the_last_day_opened(journal: Journal) -> None:
    journal.append([fact("before any day")])
    assert names(journal.replay()) == ["before any day"]
    journal.append([day(1), fact("first"), day(2), fact("second")])
    journal.append([fact("third")])
    assert names(journal.replay()) == ["day.opened", "second", "third"]


def test_presses_answered_yesterday_and_today_are_remembered(journal: Journal) -> None:
    journal.append([fact("too old", "a/1/1"), day(1), fact("yesterday", "a/1/2"), fact("unasked")])
    journal.append([day(2), fact("today", "request:1")])
    assert [(r.seq, r.cause) for r in journal.answered()] == [(3, "a/1/2"), (6, "request:1")]


def test_records_are_read_from_a_cursor(journal: Journal) -> None:
    journal.append([fact(str(n)) for n in range(2_500)])
    assert [r.seq for r in journal.read(2_498)] == [2_499, 2_500]
    assert [r.seq for r in journal.read(999, limit=3)] == [1_000, 1_001, 1_002]
    assert len(list(journal.read())) == 2_500


@settings(deadline=None, max_examples=50)  # each example waits for the disk
@given(
    ms=st.integers(0, 4_000_000_000_000),
    text=st.text(st.characters(codec="utf-8"), max_size=20),
    cause=st.none() | st.text(st.characters(codec="utf-8"), max_size=20),
    trusted=st.booleans(),
)
def test_times_to_the_millisecond_and_any_text_come_back_exactly(
    tmp_path_factory: pytest.TempPathFactory, ms: int, text: str, cause: str | None, *, trusted: bool
) -> None:
    at = datetime(1999, 12, 31, tzinfo=timezone(timedelta(hours=7))) + timedelta(milliseconds=ms)
    entry = Entry(QueueOpened(at, time_trusted=trusted, queue=text), cause)
    path = tmp_path_factory.mktemp("any") / "journal.sqlite"
    with Journal.open(path) as journal:
        journal.append([entry])
        assert list(journal.replay()) == [Record(1, *entry)]
    assert verify(path).good


def test_a_second_controller_is_refused_at_once(journal: Journal, path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from hall_controller.journal import Journal;"
        "Journal.open(Path(sys.argv[1]))"
    )
    with pytest.raises(JournalBusy, match=r"process \d+\): stop that one first"):
        Journal.open(path)
    other = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
    assert "JournalBusy" in other.stderr
    assert journal.append([fact("still open")]) == 1


def test_the_lock_goes_with_the_process_that_held_it(path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from hall_controller.journal import Journal;"
        "journal = Journal.open(Path(sys.argv[1])); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", program, path], check=True)
    Journal.open(path).close()


def test_others_read_and_verify_while_the_hall_is_open(journal: Journal, path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from hall_controller.journal_check import verify;"
        "print(verify(Path(sys.argv[1])).sentence)"
    )
    journal.append([fact("a"), fact("b")])
    stop = threading.Event()

    def write_on() -> None:
        while not stop.is_set():
            journal.append([fact("c")])

    writer = threading.Thread(target=write_on)
    writer.start()
    try:
        seen = subprocess.run(
            [sys.executable, "-c", program, path], capture_output=True, text=True, check=True
        )
        here = list(journal.read())
    finally:
        stop.set()
        writer.join()
    assert "The journal is right" in seen.stdout
    assert [r.seq for r in here] == [*range(1, len(here) + 1)]
    assert len(here) >= 2


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE fact SET data = '{}'",
        "DELETE FROM fact",
        "INSERT OR REPLACE INTO fact SELECT * FROM fact WHERE seq = 1",
        "INSERT INTO fact SELECT seq + 5, at, time_trusted, type, data, cause, hash FROM fact",
    ],
)
def test_what_is_written_cannot_be_changed_by_sql(path: Path, change: str) -> None:
    with Journal.open(path) as journal:
        journal.append([fact("a")])
    with closing(sqlite3.connect(path)) as stranger, pytest.raises(sqlite3.IntegrityError, match="a fact is"):
        stranger.execute(change)


def test_another_program_in_the_middle_of_writing_only_delays(journal: Journal, path: Path) -> None:
    journal.append([fact("a")])
    with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalUnavailable, match="Another program is writing"):
            journal.append([fact("b")])
        stranger.execute("ROLLBACK")
    assert journal.append([fact("b")]) == 2


@pytest.mark.parametrize("cause", [None, "half a letter \ud800", "\udc80"])
def test_a_batch_is_written_whole_or_not_at_all(journal: Journal, cause: str | None) -> None:
    journal.append([fact("a")])
    with pytest.raises((UnicodeEncodeError, TypeError)):
        journal.append([fact("b"), fact("c", cause) if cause else None])  # type: ignore[list-item]
    assert journal.append([fact("c")]) == 2
    assert names(journal.replay()) == ["a", "c"]


def test_the_log_stays_small_in_a_long_busy_day(journal: Journal, path: Path) -> None:
    batch = [fact("x" * 400) for _ in range(200)]
    for _ in range(150):
        journal.append(batch)
        assert Path(f"{path}-wal").stat().st_size < 16e6


def test_a_journal_of_a_newer_version_is_left_alone(path: Path) -> None:
    Journal.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalBroken, match=r"newer version \(format 99, .*install that version"):
        Journal.open(path)


def test_a_fact_of_a_newer_version_says_so(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    journal.append([fact("a")])
    monkeypatch.delitem(codec._READINGS, "queue.opened")  # noqa: SLF001 - as if this version did not know it
    with pytest.raises(JournalBroken, match=r"Row 1 .*'queue\.opened'.*newer version"):
        list(journal.replay())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"# not a journal\n" * 100, "is not a journal"),
        (b"SQLite format 3\0" + bytes(5000), "is not a journal|is damaged"),
    ],
)
def test_a_file_that_is_no_journal_ends_in_one_sentence(path: Path, content: bytes, sentence: str) -> None:
    path.write_bytes(content)
    with pytest.raises(JournalBroken, match=sentence) as told:
        Journal.open(path)
    assert "\n" not in str(told.value)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_not_touched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE contacts (name)")
    before = path.read_bytes()
    with pytest.raises(JournalBroken, match="a database but not a journal"):
        Journal.open(path)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_used_ends_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(JournalUnavailable, match=r"cannot be used \(File exists|Not a directory\)"):
        Journal.open(tmp_path / "file" / "journal.sqlite")
    with pytest.raises(JournalUnavailable, match="There is no journal"):
        verify(tmp_path / "absent.sqlite")


def test_an_older_format_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Journal.open(path) as journal:
        journal.append([fact("a")])
    later = (*journal_file.MIGRATIONS, ("CREATE TABLE place (id TEXT)", "INSERT INTO place VALUES ('here')"))
    monkeypatch.setattr(journal_file, "MIGRATIONS", later)
    for _ in range(2):
        with Journal.open(path) as journal:
            assert names(journal.replay()) == ["a"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT * FROM place").fetchall() == [("here",)]
