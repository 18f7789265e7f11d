"""Backups and the way back to one: nothing that can be saved is lost, and no number is given out twice."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hall_controller import backup as backups_of
from hall_controller.domain.facts import ControllerStarted, DayOpened, QueueOpened, TicketIssued
from hall_controller.errors import JournalBroken, JournalBusy, JournalUnavailable
from hall_controller.journal import Entry, Journal
from hall_controller.journal_check import verify
from hall_controller.restore import recover, restore, set_aside
from hall_controller.restored import epoch_to_use, last_restore

NOW = datetime(2021, 11, 1, 1, 2, 3, 456_000, tzinfo=UTC)
MONDAY, TUESDAY = date(2021, 11, 1), date(2021, 11, 2)


def opened(day: date) -> Entry:
    return Entry(DayOpened(NOW, time_trusted=True, day=day))


def started(epoch: int) -> Entry:
    return Entry(ControllerStarted(NOW, time_trusted=True, version="0.1.0", epoch=epoch))


def ticket(number: int, queue: str = "dat-dai") -> Entry:
    letter = queue[0].upper()
    return Entry(
        TicketIssued(
            NOW,
            time_trusted=True,
            ticket=f"{letter}{number:03}",
            queue=queue,
            service=queue,
            purpose="submit",
            code=f"x{number}",
        )
    )


def tickets(path: Path) -> list[str]:
    with Journal.open(path) as journal:
        return [r.fact.ticket for r in journal.read() if isinstance(r.fact, TicketIssued)]


def flip(path: Path, text: bytes) -> None:
    """Damage the page that holds this text."""
    content = path.read_bytes()
    assert content.count(text) == 1
    path.write_bytes(content.replace(text, text[::-1]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.sqlite"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def monday(path: Path) -> Path:
    """A Monday with five tickets, and the journal closed in the evening."""
    with Journal.open(path) as journal:
        journal.append([started(1), opened(MONDAY), *(ticket(n) for n in range(1, 6))])
    return path


def write(path: Path, *entries: Entry) -> None:
    with Journal.open(path) as journal:
        journal.append(entries)


def test_a_backup_is_one_verified_file_made_while_the_hall_is_open(path: Path, folder: Path) -> None:
    with Journal.open(path) as journal:
        journal.append([opened(MONDAY), ticket(1)])
        made = backups_of.backup(path, folder)
        journal.append([ticket(2)])
        assert made.name == "journal-e0001-s0000000002.sqlite"
        assert [file.name for file in folder.iterdir()] == [made.name]
        assert verify(made).head.seq == 2
        journal.backup(folder / "named.sqlite")
        assert verify(folder / "named.sqlite").head.seq == 3


def test_the_newest_backup_that_verifies_is_found(monday: Path, folder: Path) -> None:
    assert backups_of.newest_verified(folder) is None
    first = backups_of.backup(monday, folder)
    write(monday, ticket(6))
    second = backups_of.backup(monday, folder)
    assert backups_of.newest_verified(folder) == second
    second.write_bytes(bytes(second.stat().st_size))
    assert backups_of.newest_verified(folder) == first


def test_old_backups_make_room(monday: Path, folder: Path) -> None:
    for number in range(6, 10):
        write(monday, ticket(number))
        backups_of.backup(monday, folder, keep=2)
    assert [verify(file).head.seq for file in backups_of.backups(folder)] == [11, 10]


def test_a_damaged_journal_makes_no_backup(monday: Path, folder: Path) -> None:
    flip(monday, b'"ticket":"D003"')
    with pytest.raises(JournalBroken, match="No backup was made"):
        backups_of.backup(monday, folder)
    assert not list(folder.iterdir())


def test_a_backup_without_a_journal_or_without_room_ends_in_one_sentence(
    monday: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(JournalUnavailable, match="cannot be used"):
        backups_of.backup(monday, tmp_path / "file")
    with pytest.raises(JournalUnavailable, match="There is no journal"):
        backups_of.backup(tmp_path / "absent.sqlite", tmp_path)


def test_yesterdays_backup_restored_at_noon_loses_nothing(monday: Path, folder: Path) -> None:
    made = backups_of.backup(monday, folder)
    write(monday, started(1), opened(TUESDAY), ticket(1), ticket(2), ticket(1, "ho-tich"))
    restored = restore(made, monday)
    assert restored.complete
    assert restored.carried == 5
    assert restored.epoch == epoch_to_use(monday) == 2
    assert restored.day == TUESDAY
    assert restored.highest == {"dat-dai": 2, "ho-tich": 1}
    assert tickets(monday)[5:] == ["D001", "D002", "H001"]
    assert verify(monday).good
    assert "nothing was lost" in restored.sentence


def test_going_back_on_purpose_tells_which_numbers_are_out(monday: Path, folder: Path) -> None:
    made = backups_of.backup(monday, folder)
    write(monday, ticket(6), ticket(7), ticket(1, "ho-tich"))
    restored = restore(made, monday, carry=False)
    assert not restored.complete
    assert restored.highest == {"dat-dai": 7, "ho-tich": 1}
    assert tickets(monday) == ["D001", "D002", "D003", "D004", "D005"]
    assert restored.set_aside == "journal.set-aside-1.sqlite"
    assert len(tickets(monday.with_name(restored.set_aside))) == 8


def test_the_day_of_a_loss_is_told_only_where_it_is_sure(monday: Path, folder: Path) -> None:
    made = backups_of.backup(monday, folder)
    write(monday, ticket(6))
    assert restore(made, monday, carry=False).day is None
    write(monday, opened(TUESDAY), ticket(7))
    assert restore(made, monday, carry=False).day == TUESDAY
    note = last_restore(monday)
    assert note is not None
    assert (note.day, note.highest, note.complete) == (TUESDAY, {"dat-dai": 7}, False)


def test_a_damaged_journal_is_saved_up_to_the_damage_and_beyond_it_its_numbers(
    monday: Path, folder: Path
) -> None:
    backups_of.backup(monday, folder)
    write(monday, *(ticket(n) for n in range(6, 61)))
    flip(monday, b'"ticket":"D030"')
    with pytest.raises(JournalBroken):
        Journal.open(monday)
    restored = recover(monday, folder)
    assert not restored.complete
    assert restored.highest["dat-dai"] == 60
    assert tickets(monday) == [f"D{n:03}" for n in range(1, 30)]
    assert restored.epoch == epoch_to_use(monday) == 2
    assert "skipped ahead" in restored.sentence


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_bytes(bytes(path.stat().st_size)),
        lambda path: os.truncate(path, 0),
        lambda path: os.truncate(path, 2_000),
        lambda path: path.write_bytes(b"\xff" * 30_000),
    ],
    ids=["wiped", "emptied", "cut off", "garbage"],
)
def test_a_destroyed_journal_is_replaced_by_the_newest_good_backup(
    monday: Path, folder: Path, harm: object
) -> None:
    assert callable(harm)
    backups_of.backup(monday, folder)
    write(monday, ticket(6))
    bad = backups_of.backup(monday, folder)
    bad.write_bytes(bytes(bad.stat().st_size))
    write(monday, ticket(7))
    harm(monday)
    restored = recover(monday, folder)
    assert not restored.complete
    assert tickets(monday) == ["D001", "D002", "D003", "D004", "D005"]
    assert restored.day is None
    assert restored.highest == {"dat-dai": 5}
    assert restored.epoch == 2
    write(monday, started(epoch_to_use(monday)))
    assert epoch_to_use(monday) == 2


def test_without_any_backup_what_can_be_read_is_saved(monday: Path, folder: Path) -> None:
    write(monday, *(ticket(n) for n in range(6, 61)))
    flip(monday, b'"ticket":"D030"')
    restored = recover(monday, folder)
    assert restored.backup is None
    assert tickets(monday) == [f"D{n:03}" for n in range(1, 30)]


def test_the_log_of_a_killed_controller_is_carried_over_too(monday: Path, folder: Path) -> None:
    made = backups_of.backup(monday, folder)
    other = monday.with_name("killed.sqlite")
    with Journal.open(monday) as journal:
        journal.append([ticket(6)])
        shutil.copy(monday, other)
        shutil.copy(f"{monday}-wal", f"{other}-wal")
    restored = restore(made, other)
    assert restored.complete
    assert tickets(other)[-1] == "D006"
    assert tickets(other.with_name("killed.set-aside-1.sqlite"))[-1] == "D006"


def test_each_restore_raises_the_epoch_whatever_the_backup_says(monday: Path, folder: Path) -> None:
    made = backups_of.backup(monday, folder)
    for epoch in (2, 3, 4):
        assert restore(made, monday).epoch == epoch_to_use(monday) == epoch
    write(monday, started(4))
    assert restore(made, monday, carry=False).epoch == 5
    note = Path(f"{monday}.restored")
    note.write_text("{")
    with pytest.raises(JournalBroken, match="hall restore"):
        epoch_to_use(monday)
    assert restore(made, monday).epoch > 1


def test_a_new_hall_begins_with_epoch_one(path: Path) -> None:
    assert epoch_to_use(path) == 1
    Journal.open(path).close()
    assert epoch_to_use(path) == 1
    assert last_restore(path) is None


def test_nothing_is_restored_while_a_controller_runs(monday: Path, folder: Path) -> None:
    made = backups_of.backup(monday, folder)
    with Journal.open(monday):
        for attempt in (
            lambda: restore(made, monday),
            lambda: set_aside(monday),
            lambda: recover(monday, folder),
        ):
            with pytest.raises(JournalBusy):
                attempt()


def test_a_bad_backup_changes_nothing(monday: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.sqlite"
    bad.write_bytes(b"nothing" * 1000)
    before = monday.read_bytes()
    with pytest.raises(JournalBroken):
        restore(bad, monday)
    assert monday.read_bytes() == before
    assert epoch_to_use(monday) == 1


def test_a_backup_of_another_hall_takes_nothing_over(monday: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    write(other, opened(MONDAY), ticket(1, "ho-tich"))
    restored = restore(other, monday)
    assert restored.carried == 0
    assert not restored.complete
    assert tickets(monday) == ["H001"]
    assert restored.highest == {"dat-dai": 5, "ho-tich": 1}


def test_a_journal_set_aside_is_kept_and_the_next_one_has_a_greater_epoch(monday: Path) -> None:
    aside = set_aside(monday)
    assert not monday.exists()
    assert verify(aside).good
    assert epoch_to_use(monday) == 2
    write(monday, started(2), opened(MONDAY))
    note = last_restore(monday)
    assert note is not None
    assert (note.day, note.highest, note.complete) == (MONDAY, {"dat-dai": 5}, False)
    assert set_aside(monday).name == "journal.set-aside-2.sqlite"


def test_a_file_that_never_was_this_halls_journal_is_not_touched(path: Path, folder: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"a letter to grandmother " * 300)
    with pytest.raises(JournalBroken, match="is not a journal"):
        recover(path, folder)
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE contacts (name)")
    with pytest.raises(JournalBroken, match="not a journal"):
        recover(path, folder)


def test_a_journal_of_a_newer_version_is_not_recovered_to_an_older_one(monday: Path, folder: Path) -> None:
    backups_of.backup(monday, folder)
    with closing(sqlite3.connect(monday)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalBroken, match="install that version"):
        recover(monday, folder)


def test_other_facts_are_carried_over_unchanged(monday: Path, folder: Path) -> None:
    made = backups_of.backup(monday, folder)
    write(monday, Entry(QueueOpened(NOW, time_trusted=False, queue="đất đai"), "pad-1/2/3"))
    before = verify(monday).head
    restore(made, monday)
    assert verify(monday).head == before
