"""The journal when the kernel says no: killed at any system call, failing fsync, full disk.

The faults are injected into a program of its own (keep_appending.py): by strace into its system calls, by the kernel's
file size limit, and where the tests may mount, by a small file system.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from hall_controller import journal_file
from hall_controller.domain.facts import QueueOpened
from hall_controller.errors import JournalBroken, JournalUnavailable
from hall_controller.journal import Journal
from hall_controller.journal_check import verify
from tests.hall_controller.keep_appending import batch

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "tests" / "hall_controller" / "keep_appending.py"
BATCHES = 25
KILLED = -9
STRACE = ("strace", "-f", "-qq", "-e", "trace=openat,pwrite64,fsync,fdatasync")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "journal.sqlite"


def run(path: Path, *arguments: object, strace: tuple[str, ...] = ()) -> tuple[int, list[str]]:
    """Run the program, perhaps under strace; its exit code (negative: the signal) and the lines that it printed."""
    program = [sys.executable, str(PROGRAM), str(path), *map(str, arguments)]
    tracer = [*STRACE, "-o", str(path.parent.parent / "trace"), *strace] if strace else []
    done = subprocess.run(
        [*tracer, *program],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    if strace and "PTRACE" in done.stderr:
        pytest.skip(f"strace may not trace here (a container without CAP_SYS_PTRACE?): {done.stderr.strip()}")
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout.splitlines()


def acknowledged(lines: list[str]) -> int:
    return max((int(line.split()[1]) for line in lines if line.startswith("ok")), default=0)


def assert_every_fact_once(path: Path, at_least: int, *, in_doubt: int = 3) -> None:
    """All that was acknowledged is there and nothing else, but perhaps the batch that was under way."""
    with Journal.open(path) as journal:
        told = [int(r.fact.queue) for r in journal.read() if isinstance(r.fact, QueueOpened)]
        assert told == [*range(1, journal.last_seq + 1)]
        assert at_least <= journal.last_seq <= at_least + in_doubt
        journal.append(batch(journal.last_seq, 2))
    assert verify(path).good


@pytest.mark.needs_debian("strace")
@pytest.mark.parametrize(("call", "times"), [("fdatasync", range(1, 18, 2)), ("pwrite64", range(1, 56, 6))])
def test_killed_at_any_write_or_sync_keeps_what_was_acknowledged(
    tmp_path: Path, call: str, times: range
) -> None:
    kills = 0
    for n in times:
        path = tmp_path / f"{n}" / "journal.sqlite"
        code, lines = run(path, BATCHES, strace=("-e", f"inject={call}:signal=SIGKILL:when={n}"))
        kills += code == KILLED
        assert_every_fact_once(path, acknowledged(lines))
    assert kills == len(times)


@pytest.mark.needs_debian("strace")
@pytest.mark.parametrize("n", [9, 10, 15, 21])
def test_a_failing_sync_is_refused_and_the_hall_goes_on_with_a_new_descriptor(path: Path, n: int) -> None:
    code, lines = run(path, BATCHES, strace=("-e", f"inject=fdatasync:error=EIO:when={n}"))
    assert code == 0
    assert [line[:2] for line in lines].count("no") == 1
    assert_every_fact_once(path, acknowledged(lines), in_doubt=0)
    calls = (path.parent.parent / "trace").read_text().splitlines()
    failed = next(i for i, call in enumerate(calls) if "INJECTED" in call)
    opened_anew = next(i for i, call in enumerate(calls) if i > failed and "journal.sqlite-wal" in call)
    assert not any("sync(" in call for call in calls[failed + 1 : opened_anew])


@pytest.mark.needs_debian("strace")
@pytest.mark.parametrize("n", [2, 9, 14])
def test_killed_after_a_failed_sync_keeps_what_was_acknowledged(path: Path, n: int) -> None:
    """What the failed batch left in the page cache is either made durable at the next start, or it is not there."""
    code, lines = run(path, BATCHES, strace=("-e", f"inject=fdatasync:error=EIO:signal=SIGKILL:when={n}"))
    assert code == KILLED
    assert_every_fact_once(path, acknowledged(lines))


@pytest.mark.needs_debian("strace")
@pytest.mark.parametrize(
    "fault",
    ["fdatasync,fsync:error=EIO:when=20+", "pwrite64:error=EROFS:when=60+"],
    ids=["broken", "read-only"],
)
def test_a_disk_that_never_syncs_again_or_turns_read_only_takes_no_ticket(path: Path, fault: str) -> None:
    code, lines = run(path, BATCHES, strace=("-e", f"inject={fault}"))
    assert code == 0
    first = next(i for i, line in enumerate(lines) if line.startswith("no"))
    assert 0 < first < BATCHES
    assert all(line.startswith("no") for line in lines[first:])
    assert_every_fact_once(path, acknowledged(lines))


def test_files_that_may_not_grow_refuse_tickets_until_they_may(path: Path) -> None:
    code, lines = run(path, 60, 20, 40)
    assert code == 0
    assert [line[:2] for line in lines[:20]] == ["ok"] * 20
    assert "no" in {line[:2] for line in lines[20:40]}
    assert [line[:2] for line in lines[40:]] == ["ok"] * 20
    assert_every_fact_once(path, acknowledged(lines), in_doubt=0)


def test_a_full_disk_refuses_whole_batches_and_goes_on_when_there_is_room(path: Path) -> None:
    """SQLite's own limit of pages says exactly what a full disk says: SQLITE_FULL."""
    connections: list[sqlite3.Connection] = []

    def connect(file: Path) -> sqlite3.Connection:
        connections.append(journal_file.connect(file))
        return connections[-1]

    with Journal.open(path, connect=connect) as journal:
        known = journal.append(batch(0, 2))
        connections[0].execute("PRAGMA max_page_count = 40")
        known, refusal = append_until_refused(journal, known)
        assert "is full: make room" in refusal
        for _ in range(3):
            with pytest.raises(JournalUnavailable):
                journal.append([entry for n in range(99) for entry in batch(known + 3 * n, 2)])
            assert [r.seq for r in journal.replay()] == [*range(1, known + 1)]
        connections[0].execute("PRAGMA max_page_count = 1000000")
        known = journal.append(batch(known, 2))
        assert len(connections) == 1
    assert_every_fact_once(path, known, in_doubt=0)


def append_until_refused(journal: Journal, known: int) -> tuple[int, str]:
    """The last fact that was acknowledged, and the sentence of the refusal."""
    try:
        while True:
            known = journal.append(batch(known, 2))
    except JournalUnavailable as refusal:
        return known, str(refusal)


def fill(filler: Path) -> None:
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(bytes(4096)):
            pass


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip(f"only root may mount a small disk: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_really_full_disk_is_told_and_survived(small_disk: Path) -> None:
    path = small_disk / "journal.sqlite"
    filler = small_disk / "filler"
    with Journal.open(path) as journal:
        known = journal.append(batch(0, 2))
        fill(filler)
        known, refusal = append_until_refused(journal, known)
        assert "is full: make room" in refusal
        assert [r.seq for r in journal.replay()] == [*range(1, known + 1)]
        with pytest.raises(JournalUnavailable, match="is full"):
            journal.backup(small_disk / "backup.sqlite")
        assert not (small_disk / "backup.sqlite").exists()
        filler.unlink()
        known = journal.append(batch(known, 2))
    assert_every_fact_once(path, known, in_doubt=0)


def test_a_batch_thought_lost_and_found_again_is_told_before_anything_is_built_on_it(path: Path) -> None:
    """A sync fails, but the facts were on the disk after all: the state is rebuilt, and no number comes twice."""
    fail = False

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
            done = super().execute(sql, *values)  # type: ignore[arg-type]
            if fail and sql == "COMMIT":
                error = sqlite3.OperationalError("disk I/O error")
                error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
                raise error
            return done

    def connect(file: Path) -> sqlite3.Connection:
        return sqlite3.connect(file, isolation_level=None, factory=Connection)

    with Journal.open(path, connect=connect) as journal:
        known = journal.append(batch(0, 2))
        fail = True
        with pytest.raises(JournalUnavailable, match="disk I/O error"):
            journal.append(batch(known, 2))
        fail = False
        with pytest.raises(JournalUnavailable, match="built anew"):
            journal.append(batch(known, 2))
        known = max(record.seq for record in journal.replay())
        assert known == 6
        assert journal.append(batch(known, 2)) == 9
    assert_every_fact_once(path, 9, in_doubt=0)


def test_a_journal_swapped_under_a_running_controller_is_never_written_to(path: Path) -> None:
    connections: list[sqlite3.Connection] = []

    def connect(file: Path) -> sqlite3.Connection:
        connections.append(journal_file.connect(file))
        return connections[-1]

    with Journal.open(path, connect=connect) as journal:
        known = journal.append(batch(0, 2))
        connections[0].close()
        for file in path.parent.glob("journal.sqlite*"):
            if file.suffix != ".lock":
                file.unlink()
        with pytest.raises(JournalUnavailable):
            journal.append(batch(known, 2))
        with pytest.raises(JournalBroken, match="lost facts that were written down: run `hall restore`"):
            journal.append(batch(known, 2))
