"""A wish to restore a backup is carried out once, at the next start, and told whatever became of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hall_controller.domain.facts import ControllerStarted, DayOpened, TicketIssued
from hall_controller.journal import Entry, Journal
from hall_controller.journal_copy import copy
from hall_controller.safekeeping.restoring import NAME, Wish, carry_out, wish

NOW = datetime(2022, 3, 1, 1, 30, tzinfo=UTC)


def ticket(number: int) -> Entry:
    code, place = f"x{number}", f"A{number:03}"
    return Entry(TicketIssued(NOW, True, place, "land", "land", "submit", code))  # noqa: FBT003 - a clock that is right


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """The day has begun, and one number was given out."""
    path = tmp_path / "journal.sqlite"
    with Journal.open(path) as open_:
        begun = ControllerStarted(NOW, time_trusted=True, version="1", epoch=1)
        day = DayOpened(NOW, time_trusted=True, day=date(2022, 3, 1))
        open_.append([Entry(begun), Entry(day), ticket(1)])
    return path


def numbers(path: Path) -> list[str]:
    with Journal.open(path) as open_:
        return [record.fact.ticket for record in open_.read() if isinstance(record.fact, TicketIssued)]


def test_a_wish_is_carried_out_once_with_all_that_came_after_the_backup(
    journal: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "backups" / "morning.sqlite"
    copy(journal, backup)
    with Journal.open(journal) as open_:
        open_.append([ticket(2)])
    wish(tmp_path, backup, "kim")
    outcome = carry_out(tmp_path, journal)
    assert outcome is not None
    assert outcome.wish == Wish(str(backup), "kim")
    assert outcome.restored is not None
    assert (outcome.restored.complete, outcome.restored.carried) == (True, 1)
    assert numbers(journal) == ["A001", "A002"]
    assert carry_out(tmp_path, journal) is None
    assert not (tmp_path / NAME).exists()


def test_a_backup_that_is_damaged_is_told_and_the_hall_goes_on_with_what_it_had(
    journal: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(journal.read_bytes()[:5000])
    wish(tmp_path, damaged, "kim")
    outcome = carry_out(tmp_path, journal)
    assert outcome is not None
    assert outcome.restored is None
    assert outcome.why_not
    assert "\n" not in outcome.why_not
    assert numbers(journal) == ["A001"]
    assert carry_out(tmp_path, journal) is None, "a wish that fails is not tried at every start"


def test_nothing_is_restored_that_nobody_wished_for(journal: Path, tmp_path: Path) -> None:
    assert carry_out(tmp_path, journal) is None
    for spoiled in ("", "{", "[1]", '{"file": "x"}'):
        (tmp_path / NAME).write_text(spoiled, "utf-8")
        assert carry_out(tmp_path, journal) is None
        assert not (tmp_path / NAME).exists()
    assert numbers(journal) == ["A001"]
