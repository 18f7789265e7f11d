"""`hall whatif` from a journal to an answer, and its mistakes in one sentence each."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hall_controller.__main__ import cli
from hall_controller.simulation.habits import load
from hall_controller.simulation.recording import record
from hall_controller.simulation.season import Period
from tests.hall_controller.whatif.recorded_days import FIRST_DAY, HALL, LAST_DAY, PEOPLE, land_desk


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("whatif") / "j.sqlite"
    record(path, land_desk(), load(PEOPLE), Period(FIRST_DAY, LAST_DAY), "test")
    return path


def ask(journal: Path, *more: str, queue: str = "tnmt", last: str = str(LAST_DAY)) -> Result:
    words = ("--journal", str(journal), "--hall", str(HALL), "--from", str(FIRST_DAY), "--to", last)
    return CliRunner().invoke(cli, ["whatif", *words, "--queue", queue, *more])


def test_one_more_counter_is_answered_from_the_journal(journal: Path) -> None:
    told = ask(journal, "--counters", "+1", "--seeds", "2")
    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.startswith("Nếu thêm 1 quầy: Đất đai\n01/03/2022 đến 04/03/2022: 4 ngày")
    assert "Thời gian chờ bình quân giảm từ" in told.stdout
    assert ask(journal, "--counters", "+1", "--seeds", "2").stdout == told.stdout, "the same seeds"


def test_the_page_is_a_file_that_needs_no_other(journal: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    told = ask(journal, "--counters", "+1", "--seeds", "1", "--format", "html", "--out", str(out))
    assert (told.exit_code, told.stdout) == (0, "")
    page = out.read_text("utf-8")
    assert "data:font/woff2" in page
    assert 'href="' not in page
    assert 'src="' not in page


def test_other_hours_and_another_profile_are_answered_too(journal: Path) -> None:
    told = ask(journal, "--opening", "07:30-17:00", "--profile", "1=dat-dai", "--seeds", "1")
    assert told.exit_code == 0
    assert told.stdout.startswith("Nếu mở cửa 07:30-17:00, đổi thứ tự gọi của quầy 1: Đất đai")


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (("--counters", "-1"), "--counters -1: 1 counters call from there, and one must stay"),
        (("--pooled",), "--pooled needs two queues or more: name them with --queue A --queue B"),
        (("--queue", "sct"), "--queue sct: there is no such queue or agency; there are dat-dai"),
    ],
)
def test_what_the_hall_does_not_have_is_told(journal: Path, more: tuple[str, ...], sentence: str) -> None:
    told = ask(journal, *more)
    assert (told.exit_code, told.stderr) == (1, sentence + "\n")


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        ("2022-02-01", "--from 2022-03-01 is after --to 2022-02-01: swap the two days"),
        ("2024-03-01", "--from 2022-03-01 --to 2024-03-01: a year at most can be replayed"),
        ("soon", "--to soon: not a day; write it as 2022-03-01"),
    ],
)
def test_days_that_cannot_be_replayed_are_told(journal: Path, last: str, sentence: str) -> None:
    told = ask(journal, last=last)
    assert (told.exit_code, told.stderr) == (1, sentence + "\n")


def test_a_page_that_cannot_be_written_is_told_and_nothing_is_left(journal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    told = ask(journal, "--counters", "+1", "--seeds", "1", "--out", str(folder))
    assert told.exit_code == 1
    assert told.stderr == f"--out {folder}: Is a directory; name a file in a folder that can be written\n"
    assert [*tmp_path.glob(".*.new"), *folder.iterdir()] == []


def test_a_journal_without_such_days_is_told(journal: Path, tmp_path: Path) -> None:
    early = ["--from", "2020-01-01", "--to", "2020-01-31"]
    words = ["whatif", "--journal", str(journal), "--hall", str(HALL), *early, "--queue", "tnmt"]
    told = CliRunner().invoke(cli, words)
    assert told.exit_code == 1
    assert told.stderr.endswith("has no day with visitors from 2020-01-01 to 2020-01-31: name other days\n")
    assert ask(tmp_path / "none.sqlite").exit_code == 1
