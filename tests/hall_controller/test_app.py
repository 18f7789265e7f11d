"""The whole controller as a process: started, killed, stopped, and started where it cannot run.

Belongs here: what only the wired-up program can show. Never here: a rule of the hall.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from hall_controller.domain.facts import TicketIssued
from hall_controller.journal import Journal
from hall_controller.journal_check import verify
from tests.running_hall import ROOT, RunningHall

KILLS = 20


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningHall]:
    running = RunningHall(tmp_path / "data")
    yield running
    running.kill()


def hall_command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hall_controller", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def numbers_in(data: Path) -> list[str]:
    with closing(Journal.open(data / "journal.sqlite")) as journal:
        return [record.fact.ticket for record in journal.replay() if isinstance(record.fact, TicketIssued)]


async def killed_in_a_burst(hall: RunningHall, after_s: float) -> list[dict[str, Any]]:
    acknowledged: list[dict[str, Any]] = []
    burst = asyncio.create_task(hall.burst("dat-dai", 8, acknowledged))
    await asyncio.sleep(after_s)
    hall.kill()
    await burst
    return acknowledged


@pytest.mark.timeout(180)
async def test_twenty_kills_in_a_burst_lose_no_ticket_and_repeat_none(hall: RunningHall) -> None:
    acknowledged: list[str] = []
    for kill in range(KILLS):
        hall.start()
        acknowledged += [
            answer["number"] for answer in await killed_in_a_burst(hall, after_s=0.01 + 0.004 * kill)
        ]
    written = Counter(numbers_in(hall.data))
    assert len(acknowledged) > KILLS
    assert max(Counter(acknowledged).values()) == 1
    assert max(written.values()) == 1
    assert set(acknowledged) <= set(written)
    assert verify(hall.data / "journal.sqlite").good


def test_the_hall_starts_again_with_the_next_number_after_a_kill(hall: RunningHall) -> None:
    hall.start()
    assert hall.post("/api/tickets", {"service": "dat-dai", "purpose": "submit"})[1]["number"] == "A001"
    hall.kill()
    hall.start()
    assert hall.post("/api/tickets", {"service": "dat-dai", "purpose": "submit"})[1]["number"] == "A002"


def test_the_same_request_gets_the_first_answer_after_a_restart(hall: RunningHall) -> None:
    wish = {"service": "dat-dai", "purpose": "submit", "request_id": "kiosk-1-77"}
    hall.start()
    first = hall.post("/api/tickets", wish)
    hall.kill()
    hall.start()
    again = hall.post("/api/tickets", wish)
    assert (first[1]["number"], first[1]["code"]) == (again[1]["number"], again[1]["code"])
    assert len(set(numbers_in_after_stop(hall))) == 1


def numbers_in_after_stop(hall: RunningHall) -> list[str]:
    hall.stop()
    return numbers_in(hall.data)


def test_ctrl_c_ends_the_hall_cleanly(hall: RunningHall) -> None:
    hall.start()
    assert hall.stop() == 0
    assert "Traceback" not in hall.log.read_text()


def test_without_a_broker_the_hall_works_and_says_so_once(hall: RunningHall) -> None:
    hall.start()
    assert hall.post("/api/tickets", {"service": "dat-dai", "purpose": "submit"})[0] == 201
    hall.stop()
    log = hall.log.read_text()
    assert log.count("cannot be reached") == 1
    assert "Traceback" not in log


def one_line(failed: subprocess.CompletedProcess[str]) -> str:
    assert failed.returncode == 1, failed.stderr
    assert failed.stdout == ""
    (line,) = failed.stderr.strip().splitlines()
    return line


def test_a_port_in_use_is_one_clear_line(hall: RunningHall, tmp_path: Path) -> None:
    hall.start()
    other = RunningHall(tmp_path / "other", settings=(f"http.port={hall.http_port}",))
    assert "http.port" in one_line(hall_command(*other.arguments()))


def test_a_second_controller_on_the_same_journal_is_one_clear_line(hall: RunningHall) -> None:
    hall.start()
    other = RunningHall(hall.data)
    assert "journal.sqlite" in one_line(hall_command(*other.arguments()))


def test_a_missing_settings_file_is_one_clear_line() -> None:
    assert "no-such.toml" in one_line(hall_command("run", "no-such.toml"))


def test_a_journal_that_is_none_is_one_clear_line(tmp_path: Path) -> None:
    hall = RunningHall(tmp_path / "data")
    hall.data.mkdir()
    (hall.data / "journal.sqlite").write_text("shopping list: rice, fish sauce\n" * 100)
    assert "journal" in one_line(hall_command(*hall.arguments()))


def test_a_data_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    hall = RunningHall(tmp_path / "data")
    assert str(tmp_path / "data") in one_line(hall_command(*hall.arguments()))


def test_a_wrong_time_for_the_clock_is_one_clear_line(tmp_path: Path) -> None:
    hall = RunningHall(tmp_path / "data")
    assert "--clock" in one_line(hall_command(*hall.arguments(), "--clock", "half past eight"))


def test_check_names_three_mistakes_in_three_sentences(tmp_path: Path) -> None:
    text = (ROOT / "firmware_config" / "hall.example.toml").read_text()
    wrong = tmp_path / "hall.toml"
    wrong.write_text(
        text.replace("port = 1883", 'port = "door"')
        .replace('queues = ["dat-dai", ', 'queues = ["dat-dia", ', 1)
        .replace("levels = 5", "levels = 9")
    )
    failed = hall_command("check", str(wrong))
    assert failed.returncode == 1
    sentences = failed.stderr.strip().splitlines()
    assert len(sentences) == 3, failed.stderr
    assert all(
        any(name in sentence for sentence in sentences) for name in ("mqtt.port", "dat-dia", "rating.levels")
    )


def test_check_describes_a_good_hall() -> None:
    done = hall_command("check", str(ROOT / "firmware_config" / "hall.example.toml"))
    assert done.returncode == 0
    assert "28" in done.stdout


def test_verify_finds_a_journal_good_after_a_day(hall: RunningHall) -> None:
    hall.start()
    hall.post("/api/tickets", {"service": "dat-dai", "purpose": "submit"})
    hall.stop()
    done = hall_command("verify", "--journal", str(hall.data / "journal.sqlite"))
    assert done.returncode == 0, done.stderr


def test_memory_stays_well_below_the_80_megabytes_of_a_controller(hall: RunningHall) -> None:
    hall.start()
    for _ in range(50):
        hall.post("/api/tickets", {"service": "dat-dai", "purpose": "submit", "print": False})
    assert hall.process is not None
    with suppress(FileNotFoundError):
        status = Path(f"/proc/{hall.process.pid}/status").read_text()
        (resident_kb,) = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")]
        assert resident_kb < 75 * 1024


def test_a_wrong_option_is_wrong_usage() -> None:
    assert hall_command("run", "--no-such-option").returncode == 2


def test_a_journal_that_the_card_damaged_is_restored_and_no_number_is_repeated(hall: RunningHall) -> None:
    wish = {"service": "dat-dai", "purpose": "submit", "print": False}
    journal = hall.data / "journal.sqlite"
    hall.start()
    before = [hall.post("/api/tickets", wish)[1]["number"] for _ in range(20)]
    hall.stop()
    made = hall_command("backup", "--journal", str(journal), "--to", str(hall.data / "backups"))
    assert made.returncode == 0, made.stderr
    hall.start()
    before += [hall.post("/api/tickets", wish)[1]["number"] for _ in range(20)]
    epoch = hall.get("/api/hall")[1]["epoch"]
    hall.stop()
    damaged = bytearray(journal.read_bytes())
    damaged[len(damaged) // 2 :] = bytes(len(damaged) - len(damaged) // 2)
    journal.write_bytes(damaged)
    took_s = hall.start()
    assert took_s < 10
    after = [hall.post("/api/tickets", wish)[1]["number"] for _ in range(20)]
    assert not set(before) & set(after)
    assert hall.get("/api/hall")[1]["epoch"] == epoch + 1


def test_yesterdays_backup_restored_at_noon_repeats_no_number(hall: RunningHall) -> None:
    wish = {"service": "dat-dai", "purpose": "submit", "print": False}
    journal, kept = hall.data / "journal.sqlite", hall.data.parent / "kept"
    hall.start()
    before = [hall.post("/api/tickets", wish)[1]["number"] for _ in range(5)]
    made = hall_command("backup", "--journal", str(journal), "--to", str(kept))
    before += [hall.post("/api/tickets", wish)[1]["number"] for _ in range(30)]
    refused = hall_command("restore", "--journal", str(journal), "--from", made.stdout.strip())
    assert refused.returncode == 1, "a running hall's journal must not be replaced"
    hall.stop()
    done = hall_command("restore", "--journal", str(journal), "--from", made.stdout.strip())
    assert done.returncode == 0, done.stderr
    hall.start()
    after = [hall.post("/api/tickets", wish)[1]["number"] for _ in range(20)]
    assert not set(before) & set(after)
