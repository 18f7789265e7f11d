"""The power goes off at any write or sync of the real journal, again and again: what was acknowledged is there.

What is tried here is the writing and what survives of it. The last opening is the product's own, with the standard
library's SQLite on real files.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hall_controller import journal_file
from hall_controller.domain.facts import DayOpened, Fact, QueueOpened
from hall_controller.errors import JournalBroken
from hall_controller.journal import Entry, Journal
from hall_controller.journal_check import verify
from tests.hall_controller.power_cut_disk import Disk, PowerCut
from tests.hall_controller.power_cut_vfs import connecting_to

SEEDS = 1_200
START = datetime(2021, 11, 1, 0, 30, tzinfo=UTC)


class Lost(AssertionError):
    """An acknowledged fact is not there, or something is there that nobody wrote."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """In memory where there is such a place: the disk under test is the model, not this machine's."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(autouse=True)
def _many_checkpoints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_file, "WAL_BYTES", 24 * 1024)


@pytest.mark.timeout(300)
def test_a_power_cut_at_any_moment_loses_no_acknowledged_fact(folder: Path) -> None:
    cuts = sum(_hall_through_power_cuts(folder, seed) for seed in range(SEEDS))
    assert cuts >= SEEDS


def test_without_syncing_the_same_power_cuts_lose_facts(folder: Path) -> None:
    """Proves that the test above can fail."""
    with pytest.raises((Lost, JournalBroken)):
        sum(_hall_through_power_cuts(folder, seed, synchronous="OFF") for seed in range(SEEDS))


def _hall_through_power_cuts(folder: Path, seed: int, *, synchronous: str = "FULL") -> int:
    chance = random.Random(seed)
    path = folder / f"{synchronous}-{seed}.sqlite"
    disk = Disk(chance, cut_at=chance.randint(1, 300))
    told = Told()
    lives = chance.randint(1, 3)
    for _ in range(lives):
        _live_until_the_power_goes(disk, path, told, chance, synchronous=synchronous)
        disk = disk.after_the_cut(cut_at=chance.randint(1, 150))
    for name, inode in disk.seen.items():
        Path(name).write_bytes(inode.seen)
    with Journal.open(path) as journal:
        told.compare(journal)
        _append(journal, told, chance)
        told.compare(journal)
    if not (verdict := verify(path)).good:
        raise Lost(verdict.sentence)
    for left in folder.glob(f"{path.name}*"):
        left.unlink()
    return lives


def _live_until_the_power_goes(
    disk: Disk, path: Path, told: Told, chance: random.Random, *, synchronous: str
) -> None:
    journal = None
    try:
        journal = Journal.open(path, connect=connecting_to(disk, synchronous=synchronous))
        told.compare(journal)
        while True:
            _append(journal, told, chance)
    except PowerCut:
        pass
    finally:
        if journal is not None:
            journal.close()


def _append(journal: Journal, told: Told, chance: random.Random) -> None:
    batch = [_entry(journal.last_seq + n, chance) for n in range(1, chance.choice([1, 1, 1, 2, 5, 12]) + 1)]
    told.asked = batch
    told.acknowledged(journal.append(batch))


def _entry(number: int, chance: random.Random) -> Entry:
    at = START + timedelta(milliseconds=number)
    fact: Fact = QueueOpened(at, time_trusted=True, queue=f"queue-{number}-{'x' * chance.randint(0, 90)}")
    if number % 100 == 1:
        fact = DayOpened(at, time_trusted=True, day=date(2021, 11, 1) + timedelta(days=number // 100))
    return Entry(fact, f"request:{number}")


class Told:
    """What the journal has acknowledged, and the batch that it was last asked to write."""

    def __init__(self) -> None:
        self.safe: list[Entry] = []
        self.asked: list[Entry] = []

    def acknowledged(self, last_seq: int) -> None:
        self.safe += self.asked
        self.asked = []
        if last_seq != len(self.safe):
            raise Lost(f"acknowledged as {last_seq}, but it is fact {len(self.safe)}")

    def compare(self, journal: Journal) -> None:
        """All that was acknowledged is there, and beyond it the whole batch in doubt or nothing."""
        after = max((n for n, e in enumerate(self.safe) if isinstance(e.fact, DayOpened)), default=0)
        in_doubt = [*self.safe, *self.asked]
        opened = max((n for n, e in enumerate(in_doubt) if isinstance(e.fact, DayOpened)), default=0)
        if journal.last_seq == len(in_doubt):
            self.safe, after = in_doubt, opened
        elif journal.last_seq != len(self.safe):
            raise Lost(f"{len(self.safe)} facts were acknowledged, {journal.last_seq} are there")
        self.asked = []
        replayed = [(seq, Entry(fact, cause)) for seq, fact, cause in journal.replay()]
        if replayed != [*enumerate(self.safe[after:], start=after + 1)]:
            raise Lost("a fact is not as it was written")
