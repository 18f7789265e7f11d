"""The journal on a real file system: a power cut under ext4, a card that is read-only, and what a day writes.

Belongs here: what needs a file system of its own, so root (faults 1, 6), and the card's wear (34). Never here: faults
that are injected into system calls (test_journal_faults.py).
"""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from hall_controller.domain.facts import QueueOpened
from hall_controller.journal import Entry, Journal
from hall_controller.journal_check import verify
from hall_controller.simulation.habits import load
from hall_controller.simulation.season import Period, Tally, season
from tests.hall_controller.settings_files import reference_hall
from tests.running_hall import EXAMPLE, ROOT, RunningHall

PROGRAM = ROOT / "tests" / "hall_controller" / "keep_appending.py"
EXT4_IOC_SHUTDOWN = 0x8004587D
WITHOUT_ITS_LOG = 2
"""Linux, fs/ext4: nothing that was not synced reaches the disk any more, as when the power goes."""
CUTS = 5
A_BUSY_DAY = date(2022, 3, 1)
MOST_WRITTEN_A_DAY = 50e6
BLOCK = 4096


def system(*words: object) -> None:
    subprocess.run([str(word) for word in words], check=True)


@contextmanager
def mounted(folder: Path, *words: object) -> Iterator[Path]:
    """Only root may mount; where the machine allows it to nobody, the test is skipped and says why."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *map(str, words), folder], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip(f"nothing may be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        system("umount", folder)


def cut_the_power(card: Path) -> None:
    folder = os.open(card, os.O_RDONLY)
    try:
        fcntl.ioctl(folder, EXT4_IOC_SHUTDOWN, struct.pack("I", WITHOUT_ITS_LOG))
    finally:
        os.close(folder)


def highest(said: list[str]) -> int:
    """The last fact that was acknowledged."""
    return max(int(line.split()[1]) for line in said if line.startswith("ok"))


def test_fault_1_a_power_cut_under_ext4_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    disk, known = tmp_path / "disk.img", 0
    with disk.open("wb") as file:
        file.truncate(16 << 20)
    system("mkfs.ext4", "-q", "-F", disk)
    for cut in range(CUTS):
        with mounted(tmp_path / "card", "-o", "loop", disk) as card:
            program = subprocess.Popen(
                [sys.executable, PROGRAM, card / "journal.sqlite", "100000"],
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
                env={"PYTHONPATH": str(ROOT)},
            )
            assert program.stdout is not None
            said = [program.stdout.readline() for _ in range(10 + 7 * cut)]
            acknowledged = highest(said)
            cut_the_power(card)
            program.send_signal(signal.SIGKILL)
            said += program.stdout.read().splitlines(
                keepends=True
            )  # what is said now comes from a dead machine
            program.wait()
            program.stdout.close()
            assert acknowledged > known, "the hall had gone on after the last cut"
        with mounted(tmp_path / "card", "-o", "loop", disk) as card:
            path = card / "journal.sqlite"
            with Journal.open(path) as journal:
                told = [
                    int(record.fact.queue)
                    for record in journal.read()
                    if isinstance(record.fact, QueueOpened)
                ]
            known = len(told)
            assert told == [*range(1, known + 1)], "each fact once"
            assert acknowledged <= known <= highest(said) + 3
            assert verify(path).good


def test_fault_6_a_hall_on_a_read_only_card_does_not_start_and_says_so(tmp_path: Path) -> None:
    with mounted(tmp_path / "card", "-t", "tmpfs", "-o", "size=4m", "tmpfs") as card:
        (card / "data").mkdir()
        system("mount", "-o", "remount,ro", card)
        hall = RunningHall(card / "data")
        for words in (hall.arguments(), ["doctor", str(EXAMPLE), "--set", f"data.dir={card / 'data'}"]):
            done = subprocess.run(
                [sys.executable, "-m", "hall_controller", *words],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
                timeout=30,
            )
            said = done.stdout + done.stderr
            assert done.returncode == 1, said
            assert str(card / "data") in said
            assert "Traceback" not in said


def test_fault_34_a_day_of_the_reference_hall_writes_little_to_the_card(tmp_path: Path) -> None:
    """An upper bound: each write touches one block more than it is long. Facts of one moment are one commit."""
    (facts,) = season(reference_hall(), load(), Period(A_BUSY_DAY, A_BUSY_DAY), Tally())
    assert len(facts) > 1000
    commits = [[Entry(fact) for fact in moment] for _, moment in groupby(facts, key=lambda fact: fact.at)]
    tried = commits[: len(commits) // 4]
    with Journal.open(tmp_path / "journal.sqlite") as journal:
        before = written()
        for entries in tried:
            journal.append(entries)
        a_quarter = written() - before
    assert a_quarter * len(commits) / len(tried) < MOST_WRITTEN_A_DAY


def written() -> float:
    """Bytes that this program has had written so far, blocks counted whole."""
    told = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(told["wchar"]) + int(told["syscw"]) * BLOCK
