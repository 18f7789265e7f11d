"""A report of six months of the reference hall: seconds and memory, beside reading the same rows and doing nothing.

Prints a table; judges nothing. The journal is the simulated reference period with its published counts.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Final

from hall_controller import config, journal_file
from hall_controller.hall_catalogue import catalogue
from hall_controller.simulation.habits import load
from hall_controller.simulation.recording import record
from hall_controller.simulation.season import Period
from tests.running_hall import EXAMPLE, ROOT

FIRST_DAY: Final = date(2021, 11, 1)
LAST_DAY: Final = date(2022, 4, 15)
IMPORTS: Final = ROOT / "firmware_config" / "imports.example.csv"
TIMES: Final = 3
MB: Final = 1024


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR"), prefix="bench-report-") as name:
        journal = Path(name) / "journal.sqlite"
        period = Period(FIRST_DAY, LAST_DAY, golden=True)
        print(record(journal, catalogue(config.load(EXAMPLE), b"key"), load(), period, "bench"))
        print(f"\n{'six months, the best of three':34}{'seconds':>8}{'MB':>8}")
        print(f"{'reading the rows, nothing else':34}{min(read_s(journal) for _ in range(TIMES)):8.2f}")
        print(f"{'a Python that imports and ends':34}{min(run_s('--help')[0] for _ in range(TIMES)):8.2f}")
        for format_ in ("json", "html", "xlsx"):
            runs = [report(journal, format_, Path(name) / "report") for _ in range(TIMES)]
            seconds, memory_mb = min(runs)
            print(f"{f'hall report --format {format_}':34}{seconds:8.2f}{memory_mb:8.0f}")


def read_s(journal: Path) -> float:
    """Seconds to fetch every row of the journal."""
    began_s = time.perf_counter()
    with closing(journal_file.connect_to_read(journal)) as connection:
        for _ in journal_file.rows(connection, 0):
            pass
    return time.perf_counter() - began_s


def report(journal: Path, format_: str, out: Path) -> tuple[float, float]:
    """Seconds and megabytes of one report, from the start of the program."""
    days = ("--from", str(FIRST_DAY), "--to", str(LAST_DAY))
    files = ("--journal", str(journal), "--hall", str(EXAMPLE), "--imports", str(IMPORTS), "--out", str(out))
    return run_s(*days, *files, "--format", format_)


def run_s(*options: str) -> tuple[float, float]:
    """Seconds of the program `hall report`, and the most memory that any of its runs needed so far."""
    began_s = time.perf_counter()
    words = [sys.executable, "-m", "hall_controller", "report", *options]
    subprocess.run(words, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    took_s = time.perf_counter() - began_s
    return took_s, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MB
