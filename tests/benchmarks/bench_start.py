"""From the start of the program to the first ticket, with a journal of a million facts behind it.

Prints a table; judges nothing. The journal holds one simulated day of the reference hall over and over, as two and a
half years would; everything happens in a temporary folder, which BENCH_DIR may name (a card, a disk).
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from hall_controller import config, journal_file
from hall_controller.domain.facts import DayOpened, Fact
from hall_controller.hall_catalogue import catalogue
from hall_controller.journal import Entry
from hall_controller.journal_rows import ORIGIN, Head, chained
from hall_controller.simulation.habits import load
from hall_controller.simulation.season import Period, Tally, season
from tests.running_hall import EXAMPLE, RunningHall

FACTS: Final = 1_000_000
A_DAY: Final = date(2022, 2, 28)
"""The Monday before the day on which the hall is started here."""
STARTS: Final = 3


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR"), prefix="bench-start-") as name:
        print(f"{'seconds, the best of three':34}{'ready':>8}{'ticket':>8}")
        for facts in (0, FACTS):
            hall = RunningHall(Path(name) / str(facts))
            hall.data.mkdir()
            if facts:
                fill(hall.data / "journal.sqlite", facts)
            starts = [start(hall) for _ in range(STARTS)]
            ready_s, ticket_s = min(starts, key=lambda both: both[1])
            print(f"{f'journal of {facts:,} facts':34}{ready_s:8.2f}{ticket_s:8.2f}")


def start(hall: RunningHall) -> tuple[float, float]:
    """Seconds until the hall says that it is ready, and until a ticket has been given out."""
    began_s = time.perf_counter()
    ready_s = hall.start()
    hall.post("/api/tickets", {"service": "dat-dai", "purpose": "submit", "print": False})
    ticket_s = time.perf_counter() - began_s
    hall.stop()
    return ready_s, ticket_s


def fill(path: Path, facts: int) -> None:
    """Write the same day again and again, the last time on A_DAY, with SQLite's own speed: no fsync."""
    day = one_day()
    days = -(-facts // len(day))
    with closing(journal_file.connect(path)) as connection:
        journal_file.prepare(connection, path)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        head = ORIGIN
        for back in reversed(range(days)):
            rows = chained(earlier(day, timedelta(days=back)), head)
            connection.executemany(journal_file.INSERT, rows)
            head = Head(rows[-1][0], rows[-1][6])
        connection.execute("COMMIT")


def one_day() -> list[Fact]:
    """A simulated day of the reference hall."""
    hall = catalogue(config.load(EXAMPLE), b"key")
    return [
        fact
        for facts in season(hall, load(), Period(A_DAY, A_DAY), Tally())
        for fact in facts
        if fact.at.date() <= A_DAY
    ]


def earlier(day: list[Fact], by: timedelta) -> Iterator[Entry]:
    """The same facts so much earlier."""
    for fact in day:
        moved = replace(fact, at=fact.at - by)
        yield Entry(replace(moved, day=moved.day - by) if isinstance(moved, DayOpened) else moved)
