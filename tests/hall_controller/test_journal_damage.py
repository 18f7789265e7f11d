"""A card that flips, cuts off or wipes the journal is noticed, and the sentence says what to do."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hall_controller.domain.facts import DayOpened, QueueOpened
from hall_controller.errors import JournalBroken, JournalError
from hall_controller.journal import Entry, Journal
from hall_controller.journal_check import verify

NOW = datetime(2021, 11, 1, 1, 2, 3, 456_000, tzinfo=UTC)


def facts(many: int) -> list[Entry]:
    return [Entry(QueueOpened(NOW, time_trusted=True, queue=f"queue-{n:06}")) for n in range(many)]


def day(number: int) -> list[Entry]:
    return [Entry(DayOpened(NOW, time_trusted=True, day=date(2021, 11, number))), *facts(200)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three days, closed in good order: all is in one file."""
    path = tmp_path / "journal.sqlite"
    with Journal.open(path) as journal:
        for number in (1, 2, 3):
            journal.append(day(number))
    return path


@pytest.fixture
def killed(path: Path) -> Path:
    """The same three days after a kill -9: today stands in the log only."""
    folder = path.with_name("killed")
    folder.mkdir()
    with Journal.open(path) as journal:
        for n in range(50):
            journal.append(facts(n % 3 + 1))
        for file in path.parent.glob("journal.sqlite*"):
            shutil.copy(file, folder)
    return folder / path.name


def change(path: Path, seq: int, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for trigger in ("fact_stays", "fact_remains"):
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(sql, (seq,))
        connection.commit()


CHANGES = {
    "another number": "UPDATE fact SET data = replace(data, 'queue', 'quelle') WHERE seq = ?",
    "another time": "UPDATE fact SET at = at + 1 WHERE seq = ?",
    "trusted or not": "UPDATE fact SET time_trusted = 1 - time_trusted WHERE seq = ?",
    "another cause": "UPDATE fact SET cause = 'request:9' WHERE seq = ?",
    "another kind": "UPDATE fact SET type = 'queue.closed' WHERE seq = ?",
    "deleted": "DELETE FROM fact WHERE seq = ?",
}


@pytest.mark.parametrize("sql", CHANGES.values(), ids=CHANGES)
def test_a_changed_row_is_found_by_its_number(path: Path, sql: str) -> None:
    change(path, 77, sql)
    verdict = verify(path)
    assert not verdict.good
    assert verdict.flaw is not None
    assert verdict.flaw.seq == 77
    assert "wrong from row 77 on" in verdict.sentence


def test_a_change_of_today_stops_the_start_and_one_of_long_ago_does_not(path: Path) -> None:
    change(path, 77, CHANGES["another time"])
    Journal.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE fact SET at = at + 1 WHERE seq = 600")
        connection.commit()
    with pytest.raises(JournalBroken, match=r"row 600.*hall restore"):
        Journal.open(path)


def test_no_flipped_bytes_go_unnoticed(path: Path) -> None:
    """Sixteen bytes anywhere in the file: noticed, or in a place that holds nothing, and every fact is as it was."""
    before, whole = verify(path).head, path.read_bytes()
    noticed = 0
    for seed in range(80):
        chance = random.Random(seed)
        content = bytearray(whole)
        start = chance.randrange(len(content) - 16)
        content[start : start + 16] = chance.randbytes(16)
        path.write_bytes(content)
        verdict = verify(path)
        noticed += not verdict.good
        assert not verdict.good or verdict.head == before
    assert noticed > 60


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: os.truncate(path, path.stat().st_size // 2),
        lambda path: os.truncate(path, 100),
        lambda path: os.truncate(path, 0),
        lambda path: path.write_bytes(bytes(path.stat().st_size)),
        lambda path: path.write_bytes(path.read_bytes()[:-2048] + bytes(2048)),
    ],
    ids=["half", "a stump", "emptied", "wiped", "its end wiped"],
)
def test_a_cut_off_or_wiped_journal_is_refused_in_one_sentence(path: Path, harm: object) -> None:
    assert callable(harm)
    harm(path)
    assert not verify(path).good
    with pytest.raises(JournalBroken, match="hall restore") as told:
        Journal.open(path)
    assert "\n" not in str(told.value)


def test_a_killed_controller_leaves_a_good_journal(killed: Path) -> None:
    assert verify(killed).good
    with Journal.open(killed) as journal:
        assert journal.last_seq > 603


def test_damage_in_the_log_is_not_taken_for_a_power_cut(killed: Path) -> None:
    """SQLite alone would end at the damaged frame and silently forget all that was acknowledged after it."""
    log = Path(f"{killed}-wal")
    whole = log.read_bytes()
    last_commit = 4 * (1024 + 24)  # the end of the log may be torn by a power cut; that is no damage
    for seed in range(30):
        content = bytearray(whole)
        content[random.Random(seed).randrange(len(content) - last_commit)] ^= 0x10
        log.write_bytes(content)
        assert not verify(killed).good
        for _ in range(2):
            with pytest.raises(JournalBroken, match=r"log .* is damaged: run `hall restore`"):
                Journal.open(killed)


@pytest.mark.parametrize("lost", [0, 1, 31, 32, 500, 1024 + 24])
def test_a_torn_end_of_the_log_is_taken_for_a_power_cut(killed: Path, lost: int) -> None:
    log = Path(f"{killed}-wal")
    os.truncate(log, log.stat().st_size - lost)
    with Journal.open(killed) as journal:
        assert journal.append(facts(1)) == journal.last_seq
    assert verify(killed).good


def test_a_wiped_log_is_damage(killed: Path) -> None:
    log = Path(f"{killed}-wal")
    log.write_bytes(bytes(log.stat().st_size))
    with pytest.raises(JournalBroken, match="damaged"):
        Journal.open(killed)


def test_an_old_copy_put_in_place_by_hand_is_noticed(path: Path) -> None:
    old = path.read_bytes()
    with Journal.open(path) as journal:
        journal.append(facts(5))
    path.write_bytes(old)
    assert "608 were once safe" in verify(path).sentence
    with pytest.raises(JournalBroken, match=r"603 facts, but 608 were once safe: run `hall restore`"):
        Journal.open(path)


def test_a_log_thrown_away_is_noticed_within_a_few_hundred_facts(path: Path) -> None:
    with Journal.open(path) as journal:
        for _ in range(300):
            journal.append(facts(1))
        copy = path.with_name("copy.sqlite")
        shutil.copy(path, copy)
        shutil.copy(f"{path}.lock", f"{copy}.lock")
    with pytest.raises(JournalBroken, match="were once safe"):
        Journal.open(copy)


def test_a_missing_index_entry_is_found(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'day.opened', 'queue.opened')")
        connection.commit()
    verdict = verify(path)
    assert not verdict.good
    assert "file is damaged" in verdict.sentence


def test_a_journal_deleted_on_purpose_begins_anew(path: Path) -> None:
    path.unlink()
    with Journal.open(path) as journal:
        assert journal.append(facts(1)) == 1
    Journal.open(path).close()


def test_every_refusal_belongs_to_the_family_of_errors(path: Path) -> None:
    path.write_bytes(b"x" * 5000)
    with pytest.raises(JournalError):
        Journal.open(path)
