"""`hall report` on the command line: which files it reads, what it prints, and what it says when it cannot."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from hall_controller import report_commands
from hall_controller.__main__ import cli
from hall_controller.journal import Entry, Journal
from hall_controller.reports.kinds import REPORTS
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay
from tests.hall_controller.reports.played_days import played
from tests.hall_controller.settings_files import EXAMPLE, SMALL

HEADER: Final = "first_day,last_day,on,agency,service,figure,count,name\n"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    """A Tuesday with three visitors, of whom one was served."""
    play: HallInPlay = played()
    for service in ("land", "land", "notary"):
        play.take(service)
    play.wait(minutes=20)
    play.serve("1", 300)
    path = tmp_path / "journal.sqlite"
    with Journal.open(path) as written:
        written.append([Entry(fact) for fact in play.facts])
    return path


@pytest.fixture
def hall(tmp_path: Path) -> Path:
    path = tmp_path / "hall.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


def asked(journal: Path, *options: str, first: str = "2022-03-01", last: str = "2022-03-01") -> Result:
    words = ["report", "--journal", str(journal), "--from", first, "--to", last, *options]
    return CliRunner().invoke(cli, words)


def test_a_report_is_printed_as_text(journal: Path) -> None:
    answer = asked(journal)
    assert answer.exit_code == 0, answer.output
    assert "BÁO CÁO từ 01/03/2022 đến 01/03/2022" in answer.output
    assert "Trực tiếp (số đã cấp, đo được)" in answer.output
    assert "--hall" in answer.output, "what is missing is told at the head"


def test_with_the_hall_there_are_names(journal: Path, hall: Path) -> None:
    answer = asked(journal, "--hall", str(hall))
    assert "Trung tâm nhỏ" in answer.output
    assert "Sở Tài nguyên" in answer.output
    assert "--hall" not in answer.output


def test_imports_are_counted_and_checked(journal: Path, tmp_path: Path) -> None:
    imports = tmp_path / "imports.csv"
    rows = "2022-03-01,,,,,online,5,\n2022-03-01,,,,,post,2,\n2022-03-01,,,,,printed,11,received\n"
    imports.write_text(HEADER + rows, encoding="utf-8")
    answer = asked(journal, "--imports", str(imports), "--format", "json")
    whole = json.loads(answer.stdout)
    assert whole["figures"]["received"] == 10
    (wrong,) = (check for check in whole["checks"] if not check["right"])
    assert (wrong["told"], wrong["found"]) == (11, 10)


def test_mistakes_in_imports_are_told_all_at_once(journal: Path, tmp_path: Path) -> None:
    imports = tmp_path / "imports.csv"
    imports.write_text(HEADER + "x,,,,,online,5,\n2022-03-01,,,,,onlin,y,\n", encoding="utf-8")
    answer = asked(journal, "--imports", str(imports))
    assert answer.exit_code == 1
    assert [line.split(":")[0] for line in answer.output.splitlines()] == [
        "imports.csv line 2, first_day",
        "imports.csv line 3, figure",
        "imports.csv line 3, count",
    ]


def test_lines_beyond_the_period_are_left_out_and_told(journal: Path, tmp_path: Path) -> None:
    imports = tmp_path / "imports.csv"
    imports.write_text(HEADER + "2022-02-01,2022-03-31,,,,online,5,\n", encoding="utf-8")
    answer = asked(journal, "--imports", str(imports))
    assert "Lines 2 of the imports reach beyond the period" in answer.output


@pytest.mark.parametrize("format_", ["text", "csv", "json", "html", "xlsx"])
def test_a_file_is_written_whole(journal: Path, tmp_path: Path, format_: str) -> None:
    out = tmp_path / f"report.{format_}"
    out.write_text("an older one", encoding="utf-8")
    answer = asked(journal, "--format", format_, "--out", str(out))
    assert (answer.exit_code, answer.output) == (0, "")
    assert out.stat().st_size > 1000
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_page_in_a_file_needs_nothing_beside_it(journal: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    asked(journal, "--format", "html", "--out", str(out))
    page = out.read_text("utf-8")
    assert "fonts/" not in page
    assert page.count("data:font/woff2;base64,") == 2
    assert "<link" not in page


def test_a_spreadsheet_opens_again(journal: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.xlsx"
    asked(journal, "--format", "xlsx", "--out", str(out))
    sheet = load_workbook(io.BytesIO(out.read_bytes()))["figures"]
    figures = {row[0]: row[2] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert figures["in_person"] == 3


@pytest.mark.parametrize("table", sorted(REPORTS - {"hall"}))
def test_one_table_can_be_asked_for(journal: Path, table: str) -> None:
    made = report_commands.made(journal, TUESDAY, TUESDAY, None, None)
    (alone,) = report_commands.only(made, table).tables
    assert alone.id == table
    assert not alone.detail, "who asks for a long table wants to see it"


@pytest.mark.parametrize(
    ("options", "first", "last", "told"),
    [
        ((), "2022-03-02", "2022-03-01", "--from 2022-03-02 is after --to 2022-03-01: swap the two days"),
        ((), "yesterday", "2022-03-01", "--from yesterday: not a day; write it as 2022-03-01"),
        ((), "1900-01-01", "2022-03-01", "a report is of 12 years at most"),
        (
            ("--imports", "/nowhere.csv"),
            "2022-03-01",
            "2022-03-01",
            "there is an example of every list in firmware_config",
        ),
        (("--hall", "/nowhere.toml"), "2022-03-01", "2022-03-01", "there is no such file"),
        (("--table", "turnips"), "2022-03-01", "2022-03-01", "--table turnips: there is no such table"),
        (
            ("--out", "/nowhere/r.txt"),
            "2022-03-01",
            "2022-03-01",
            "--out /nowhere/r.txt: No such file or directory; name a file in a folder that can be written",
        ),
    ],
)
def test_what_cannot_be_done_is_one_line(
    journal: Path, options: tuple[str, ...], first: str, last: str, told: str
) -> None:
    answer = asked(journal, *options, first=first, last=last)
    assert answer.exit_code == 1
    assert told in answer.output
    assert "Traceback" not in answer.output


def test_a_folder_in_place_of_a_file_is_told_and_nothing_stays_beside_it(
    journal: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    answer = asked(journal, "--out", str(folder))
    assert answer.exit_code == 1
    assert answer.output == f"--out {folder}: Is a directory; name a file in a folder that can be written\n"
    assert [*tmp_path.glob("*.new"), *folder.iterdir()] == []


def test_a_journal_that_is_not_there_is_told(tmp_path: Path) -> None:
    answer = asked(tmp_path / "nowhere.sqlite")
    assert answer.exit_code == 1
    assert "There is no journal" in answer.output


def test_an_unknown_format_is_wrong_usage(journal: Path) -> None:
    assert asked(journal, "--format", "doc").exit_code == 2


def test_a_period_without_days_is_a_report_that_says_so(journal: Path) -> None:
    answer = asked(journal, first="2030-01-01", last="2030-01-31")
    assert answer.exit_code == 0
    assert "holds no day of this period" in answer.output


def test_settings_can_be_overridden(journal: Path) -> None:
    answer = asked(
        journal, "--hall", str(EXAMPLE), "--set", "hall.id=other", "--set", "hall.name.vi=Trung tâm khác"
    )
    assert answer.exit_code == 0, answer.output
    assert "Trung tâm khác" in answer.output


def test_days_outside_of_the_period_do_not_count(journal: Path) -> None:
    made = report_commands.made(journal, date(2022, 2, 1), date(2022, 2, 28), None, None)
    assert made.figures["in_person"].value == 0
