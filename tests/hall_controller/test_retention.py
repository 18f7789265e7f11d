"""Days past the limit are gone from every file, and the hall, its reports and its proofs go on as before."""

from __future__ import annotations

import multiprocessing
import os
import signal
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from hall_controller import journal_cutting, journal_days, journal_file
from hall_controller.domain.facts import ControllerStarted, DayOpened
from hall_controller.domain.hall import Hall, evolve
from hall_controller.errors import HallError, JournalBroken, JournalBusy, JournalUnavailable
from hall_controller.explain_calls import Names
from hall_controller.journal import Entry, Journal
from hall_controller.journal_check import verify
from hall_controller.journal_copy import name_durably
from hall_controller.restore import recover, restore
from hall_controller.restored import journal_epoch
from hall_controller.retention import Part
from hall_controller.ticket_story import tell
from hall_controller.whatif_commands import days as replayed
from tests.hall_controller.domain.small_hall import TUESDAY
from tests.hall_controller.kept_days import LAST, Week, among, day


@pytest.fixture
def week(tmp_path: Path) -> Week:
    return Week(tmp_path)


def hall_of(week: Week) -> tuple[Hall, int]:
    """The hall as a start of the controller finds it, and the last number."""
    hall = Hall(week.play.hall.catalogue)
    with Journal.open(week.path) as journal:
        for record in journal.replay():
            hall = evolve(hall, record.fact)
        return hall, journal.last_seq


def test_nothing_of_a_day_past_the_limit_is_left_in_any_file(week: Week) -> None:
    week.backup()
    assert among(week.codes(0, 1, 2, 3), week.bytes_of_all_files()) == week.codes(0, 1, 2, 3)
    assert [cut.day for cut in week.retain(2).days] == [day(n).isoformat() for n in range(4)]
    left = week.bytes_of_all_files()
    assert among(week.codes(0, 1, 2, 3), left) == set()
    assert among(week.codes(4, 5, 6), left) == week.codes(4, 5, 6)
    assert week.days_with_rows() == [day(4), day(5), day(6)]


def test_the_limit_itself_is_still_kept(week: Week) -> None:
    assert week.retain(6).days == ()
    assert [cut.day for cut in week.retain(5).days] == [TUESDAY.isoformat()]


def test_reports_over_removed_days_give_the_same_figures(week: Week) -> None:
    before = week.reported()
    week.retain(2)
    assert week.reported() == before
    assert [one.visits for one in before] == [1, 2, 3, 4, 5, 6, 7]


def test_the_hall_begins_again_as_if_nothing_had_been_removed(week: Week) -> None:
    before = hall_of(week)
    week.retain(1)
    assert hall_of(week) == before


def test_the_hall_goes_on_with_the_next_number_and_is_cut_again_later(week: Week) -> None:
    before = week.reported()
    week.retain(3)
    week.visitors(LAST + timedelta(1), 2)
    week.visitors(LAST + timedelta(2), 2)
    assert len(week.retain(3, LAST + timedelta(2)).days) == 2
    assert week.reported()[:6] == before[:6], "the last one was open still"
    found = verify(week.path)
    assert found.good
    assert found.head.seq == len(week.play.facts)
    assert f"up to {day(4)} only summaries are kept" in found.sentence


def test_doing_it_again_does_nothing(week: Week) -> None:
    week.retain(2)
    before = week.path.read_bytes()
    assert week.retain(2).sentence == "Nothing is past the limits of the retention settings."
    assert week.path.read_bytes() == before


def test_what_would_be_removed_is_told_while_the_hall_is_running(week: Week) -> None:
    with Journal.open(week.path):
        assert len(week.due(2).days) == 4
        with pytest.raises(JournalBusy):
            week.retain(2)
    assert len(week.days_with_rows()) == 7


@pytest.mark.parametrize("today", [date(2099, 1, 1), date(2031, 5, 5)])
def test_a_clock_that_is_ahead_removes_no_day_that_the_journal_says_is_new(week: Week, today: date) -> None:
    assert len(week.retain(3, today).days) == 3


def test_a_clock_that_is_behind_removes_less(week: Week) -> None:
    assert week.retain(3, TUESDAY).days == ()


def test_the_last_day_stays_however_long_the_hall_is_closed(tmp_path: Path) -> None:
    week = Week(tmp_path, days=1)
    assert week.retain(1, TUESDAY + timedelta(400)).days == ()
    assert week.days_with_rows() == [TUESDAY]


def test_a_day_of_a_clock_not_trusted_goes_only_with_a_later_one(tmp_path: Path) -> None:
    week = Week(tmp_path)
    facts = list(week.play.facts)
    first = next(n for n, fact in enumerate(facts) if isinstance(fact, DayOpened))
    facts[first] = replace(facts[first], time_trusted=False)
    week.path.unlink()
    Path(f"{week.path}.lock").unlink()
    with Journal.open(week.path) as journal:
        journal.append([Entry(fact) for fact in facts])
    assert week.retain(5).days == ()
    assert len(week.retain(4).days) == 2


def test_the_epoch_of_a_start_that_was_removed_is_not_given_out_again(tmp_path: Path) -> None:
    week = Week(tmp_path, days=0)
    started = next(fact for fact in week.play.facts if isinstance(fact, ControllerStarted))
    week.play.facts[week.play.facts.index(started)] = replace(started, epoch=9, training=True)
    for n in range(4):
        week.visitors(day(n), 1)
    before = week.reported()
    assert len(week.retain(1, day(3)).days) == 2
    assert journal_epoch(week.path) == 9
    assert week.reported() == before
    assert all(one.training for one in before)


def test_backups_are_written_anew_while_the_hall_is_running_again(week: Week) -> None:
    backup = week.backup()
    assert week.retain(2, only=Part.JOURNAL).backups == ()
    assert among(week.codes(0, 1, 2, 3), backup.read_bytes()) == week.codes(0, 1, 2, 3)
    week.visitors(LAST + timedelta(1), 1)
    with Journal.open(week.path):
        done = week.retain(2, LAST + timedelta(1), only=Part.FILES)
        assert (done.days, done.backups) == ((), (backup,)), (
            "the day that is due since waits for the next time"
        )
    assert among(week.codes(0, 1, 2, 3), week.bytes_of_all_files()) == set()
    assert verify(backup).good


def test_an_old_ticket_is_told_to_be_removed_and_not_unknown(week: Week) -> None:
    week.retain(2)
    assert "A001" in tell(week.path, "A001", LAST, Names(None))
    with pytest.raises(HallError, match="rows were removed under the retention setting"):
        tell(week.path, "A001", TUESDAY, Names(None))


def test_a_backup_that_holds_nothing_else_is_deleted_and_the_others_are_written_anew(tmp_path: Path) -> None:
    week = Week(tmp_path, days=3)
    old = week.backup()
    for n in range(3, 7):
        week.visitors(day(n), n + 1)
    new = week.backup()
    assert set(week.retain(2).backups) == {old, new}
    assert not old.exists()
    assert verify(new).good
    assert new.stat().st_mode == week.path.stat().st_mode


def test_the_hall_comes_back_from_a_backup_that_was_written_anew(week: Week) -> None:
    week.backup()
    before = hall_of(week)
    week.retain(2)
    reported = week.reported()
    content = bytearray(week.path.read_bytes())
    content[:200] = bytes(200)
    week.path.write_bytes(content)
    assert recover(week.path, week.backups).backup is not None
    assert hall_of(week) == before
    assert week.reported() == reported


def test_a_journal_without_backups_is_restored_from_itself_behind_the_cut(week: Week) -> None:
    week.retain(2)
    before, reported = hall_of(week), week.reported()
    restored = restore(None, week.path)
    assert restored.complete
    assert (hall_of(week), week.reported()) == (before, reported)


def test_old_journals_that_a_restore_kept_go_when_they_are_past_the_limit(week: Week) -> None:
    restore(None, week.path)
    (aside,) = week.folder.glob("*set-aside*.sqlite")
    assert week.retain(2).set_aside == ()
    long_ago = week.play.facts[0].at.timestamp()
    os.utime(aside, (long_ago, long_ago))
    log = Path(f"{aside}-wal")
    log.touch()
    assert week.retain(2).set_aside == (), "its log is younger"
    os.utime(log, (long_ago, long_ago))
    assert week.retain(2).set_aside == (aside,)
    assert not list(week.folder.glob("*set-aside*"))
    assert among(week.codes(0, 1, 2, 3), week.bytes_of_all_files()) == set()


def test_a_journal_that_is_not_right_is_left_as_it_is(week: Week) -> None:
    code = min(week.codes(6))
    content = week.path.read_bytes()
    assert content.count(code) == 1
    week.path.write_bytes(content.replace(code, code[::-1]))
    with pytest.raises(JournalBroken):
        week.retain(2)
    assert len(week.days_with_rows()) == 7
    assert not list(week.folder.glob("*.cutting*"))


def test_a_journal_that_lost_facts_is_left_as_it_is(week: Week, tmp_path: Path) -> None:
    earlier = Week(tmp_path / "earlier", days=5)
    week.path.write_bytes(earlier.path.read_bytes())
    with pytest.raises(JournalBroken, match="were once safe"):
        week.retain(1)
    assert len(week.days_with_rows()) == 5


def killed_at(week: Week, call: int, *, after: bool) -> None:
    """Retain in a process that is killed when a file takes another one's place for the n-th time, before or after."""
    calls = iter(range(1, 10))

    def deadly(file: Path, name: Path) -> None:
        last = next(calls) == call
        if not last or after:
            name_durably(file, name)
        if last:
            os.kill(os.getpid(), signal.SIGKILL)

    def work() -> None:
        pytest.MonkeyPatch().setattr(journal_cutting, "name_durably", deadly)
        week.retain(2)

    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join(60)
    assert child.exitcode == -signal.SIGKILL


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("call", [1, 2])
def test_killed_in_the_middle_every_file_is_old_or_new(week: Week, call: int, *, after: bool) -> None:
    backup = week.backup()
    before, reported = hall_of(week), week.reported()
    killed_at(week, call, after=after)
    assert verify(backup).good
    assert (hall_of(week), week.reported()) == (before, reported)
    assert len(week.days_with_rows()) == (3 if call == 2 or after else 7)
    week.retain(2)
    assert (hall_of(week), week.reported()) == (before, reported)
    assert among(week.codes(0, 1, 2, 3), week.bytes_of_all_files()) == set()
    assert not list(week.folder.rglob("*.cutting*"))


def test_a_journal_of_the_first_format_is_cut_too(
    week: Week, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(journal_file, "MIGRATIONS", journal_file.MIGRATIONS[:1])
        old = Week(tmp_path / "first")
        assert journal_days.cut_days(old.path) == []
        assert verify(old.path).good
    assert len(old.retain(2).days) == 4
    assert verify(old.path).good


def test_removed_days_cannot_be_replayed_and_are_told_to_be_removed(week: Week) -> None:
    known = week.play.hall.catalogue
    assert len(replayed(week.path, TUESDAY, day(3), known)) == 4
    week.retain(2)
    with pytest.raises(HallError, match="removed under the retention setting"):
        replayed(week.path, TUESDAY, day(3), known)
    assert len(replayed(week.path, TUESDAY, LAST, known)) == 3


def test_while_somebody_reads_the_journal_nothing_is_removed(week: Week) -> None:
    with closing(journal_file.connect_to_read(week.path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM fact").fetchall()
        with pytest.raises(JournalUnavailable):
            week.retain(2)
    assert len(week.days_with_rows()) == 7
    assert len(week.retain(2).days) == 4
