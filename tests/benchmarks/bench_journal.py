"""How near the journal comes to the disk: appends beside raw fsyncs of the same run; the start with a million facts.

Prints tables; judges nothing. Everything happens in a temporary folder, which BENCH_DIR may name (a card, a disk).
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from hall_controller import journal_file
from hall_controller.domain.facts import DayOpened, TicketIssued
from hall_controller.journal import Entry, Journal
from hall_controller.journal_rows import ORIGIN, Head, chained

ROUNDS: Final = 40
PER_ROUND: Final = 25
BATCHES: Final = (1, 8, 64)
FACTS: Final = 1_000_000
FACTS_PER_DAY: Final = 24_000  # 3,000 visits
FIRST_DAY: Final = datetime(2021, 11, 1, 0, 30, tzinfo=UTC)


def main() -> None:
    """Print two tables: durable appends, and the start."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR"), prefix="bench-journal-") as folder:
        appends(Path(folder))
        start(Path(folder))


def appends(folder: Path) -> None:
    """Every kind of write in turn, many times over, so that a noisy neighbour hits all of them alike."""
    raw = os.open(folder / "raw", os.O_RDWR | os.O_CREAT)
    page = os.urandom(4096)
    end = 0

    def extend() -> None:
        nonlocal end
        os.pwrite(raw, page, end)
        os.fsync(raw)
        end += len(page)

    def overwrite() -> None:
        os.pwrite(raw, page, 0)
        os.fdatasync(raw)

    with Journal.open(folder / "journal.sqlite") as journal:
        journal.append([Entry(DayOpened(FIRST_DAY, time_trusted=True, day=FIRST_DAY.date()))])
        ways: dict[str, Callable[[], object]] = {
            "raw: 4 KB at the end, fsync": extend,
            "raw: 4 KB in place, fdatasync": overwrite,
        }
        for size in BATCHES:
            ways[f"append, {size} facts"] = _appending(journal, size)
        taken: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(ROUNDS):
            for name, way in ways.items():
                taken[name] += [_seconds(way) for _ in range(PER_ROUND)]
    os.close(raw)
    _print_appends(taken)


def _appending(journal: Journal, size: int) -> Callable[[], object]:
    batch = [Entry(_ticket(n, FIRST_DAY), f"request:{n:032x}") for n in range(size)]
    return lambda: journal.append(batch)


def _print_appends(taken: dict[str, list[float]]) -> None:
    limit = min((sorted(s) for n, s in taken.items() if n.startswith("raw")), key=sum)
    print(
        f"{'':32}{'per s':>8}{'facts/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'p50 / limit':>13}{'p99 / limit':>13}"
    )
    for name, seconds in taken.items():
        seconds.sort()
        facts = int(name.split()[1]) if name.startswith("append") else 0
        rate = len(seconds) / sum(seconds)
        print(
            f"{name:32}{rate:8.0f}{rate * facts:9.0f}{_at(seconds, 50) * 1e3:9.3f}{_at(seconds, 99) * 1e3:9.3f}"
            f"{_at(seconds, 50) / _at(limit, 50):13.2f}{_at(seconds, 99) / _at(limit, 99):13.2f}"
            if facts
            else f"{name:32}{rate:8.0f}{'':9}{_at(seconds, 50) * 1e3:9.3f}{_at(seconds, 99) * 1e3:9.3f}"
        )


def start(folder: Path) -> None:
    """From a file to a state that can go on: open, check the last day, replay it, find what was answered."""
    print()
    for facts in (FACTS_PER_DAY, FACTS):
        path = folder / f"{facts}.sqlite"
        _fill(path, facts)
        began = time.perf_counter()
        with Journal.open(path) as journal:
            opened = time.perf_counter()
            replayed = sum(1 for _ in journal.replay())
            answered = sum(1 for _ in journal.answered())
            ended = time.perf_counter()
        print(
            f"start with {facts:>9,} facts ({path.stat().st_size / 1e6:.0f} MB): open {opened - began:.3f} s, "
            f"replay of {replayed:,} and {answered:,} answers {ended - opened:.3f} s, together {ended - began:.3f} s"
        )


def _fill(path: Path, facts: int) -> None:
    """Many days at once, with SQLite's own speed: no fsync, no triggers, indexes at the end."""
    with closing(journal_file.connect(path)) as connection:
        journal_file.prepare(connection, path)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        head = ORIGIN
        for entries in _days(facts):
            rows = chained(entries, head)
            connection.executemany(journal_file.INSERT, rows)
            head = Head(rows[-1][0], rows[-1][6])
        connection.execute("COMMIT")


def _days(facts: int) -> Iterator[list[Entry]]:
    for first in range(0, facts, FACTS_PER_DAY):
        at = FIRST_DAY + timedelta(days=first // FACTS_PER_DAY)
        day = [Entry(DayOpened(at, time_trusted=True, day=at.date()))]
        many = min(FACTS_PER_DAY, facts - first) - 1
        day += [
            Entry(_ticket(n, at + timedelta(seconds=n)), f"request:{first + n:032x}" if n % 8 == 0 else None)
            for n in range(many)
        ]
        yield day


def _ticket(number: int, at: datetime) -> TicketIssued:
    ticket = f"A{number % 1000:03}"
    return TicketIssued(
        at,
        time_trusted=True,
        ticket=ticket,
        queue="dat-dai",
        service="dat-dai",
        purpose="submit",
        code=f"{number:06x}",
        source="kiosk-1",
        ahead=number % 40,
    )


def _seconds(way: Callable[[], object]) -> float:
    began = time.perf_counter()
    way()
    return time.perf_counter() - began


def _at(ordered: list[float], percent: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
