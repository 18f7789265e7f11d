"""Reports of six months and of ten years: seconds and memory, beside reading the same rows and doing nothing.

Prints a table; judges nothing. Six months are the simulated reference period with its published counts; what the ten
years are made of says ten_years.
"""

from __future__ import annotations

import os
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
from hall_controller.summary_file import beside
from tests.benchmarks import ten_years
from tests.running_hall import EXAMPLE, ROOT

FIRST_DAY: Final = date(2021, 11, 1)
LAST_DAY: Final = date(2022, 4, 15)
IMPORTS: Final = ROOT / "firmware_config" / "imports.example.csv"
TIMES: Final = 3
MB: Final = 1024


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR"), prefix="bench-report-") as name:
        six_months(Path(name) / "journal.sqlite")
        ten_years_of_a_full_hall(Path(name) / "ten.sqlite")


def six_months(journal: Path) -> None:
    """The first report counts every ticket, the next ones read the kept days."""
    period = Period(FIRST_DAY, LAST_DAY, golden=True)
    print(record(journal, catalogue(config.load(EXAMPLE), b"key"), load(), period, "bench"))
    print(f"\n{'six months, the best of three':34}{'seconds':>8}{'MB':>8}")
    print(f"{'reading the rows, nothing else':34}{min(read_s(journal) for _ in range(TIMES)):8.2f}")
    print(
        f"{'a Python that imports and ends':34}{min(run('report', '--help')[0] for _ in range(TIMES)):8.2f}"
    )
    for format_ in ("json", "html", "xlsx"):
        for what in ("the first", "the next"):
            runs = []
            for _ in range(TIMES):
                if what == "the first":
                    beside(journal).unlink(missing_ok=True)
                runs.append(report(journal, format_, FIRST_DAY, LAST_DAY))
            print(f"{f'hall report --format {format_}, {what}':34}{min(runs)[0]:8.2f}{min(runs)[1]:8.0f}")


def ten_years_of_a_full_hall(journal: Path) -> None:
    """How time and memory grow with the period."""
    hall = catalogue(config.load(EXAMPLE), b"key")
    days = ten_years.sample(hall)
    tickets = ten_years.write(journal, hall, days)
    kept = beside(journal)
    size_mb = kept.stat().st_size / MB / MB
    began_s = time.perf_counter()
    kept.read_bytes()
    raw_s = time.perf_counter() - began_s
    print(f"\n{tickets:,} tickets; kept days {size_mb:.0f} MB, read as bytes in {raw_s:.2f} s")
    print(f"{'hall report --format json of':34}{'seconds':>8}{'MB':>8}")
    for years in (1, 2, 5, 10):
        first = date(ten_years.LAST_DAY.year - years + 1, 1, 1)
        took_s, memory_mb = report(journal, "json", first, ten_years.LAST_DAY)
        print(f"{f'{years} years':34}{took_s:8.2f}{memory_mb:8.0f}")


def read_s(journal: Path) -> float:
    """Seconds to fetch every row of the journal."""
    began_s = time.perf_counter()
    with closing(journal_file.connect_to_read(journal)) as connection:
        for _ in journal_file.rows(connection, 0):
            pass
    return time.perf_counter() - began_s


def report(journal: Path, format_: str, first_day: date, last_day: date) -> tuple[float, float]:
    """Seconds and megabytes of one report, from the start of the program."""
    days = ("--from", str(first_day), "--to", str(last_day))
    out = journal.with_suffix(".report")
    files = ("--journal", str(journal), "--hall", str(EXAMPLE), "--imports", str(IMPORTS), "--out", str(out))
    return run("report", *days, *files, "--format", format_)


def run(*words: str) -> tuple[float, float]:
    """Seconds of the program `hall`, and the most memory that it held."""
    began_s = time.perf_counter()
    program = [sys.executable, "-m", "hall_controller", *words]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, program)
    return time.perf_counter() - began_s, used.ru_maxrss / MB
