"""A list of dossiers is read whole or not at all, and every mistake in it is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hall_controller.domain.dossiers import STATES, plain_code
from hall_controller.dossier_file import MOST_TOLD, read
from hall_controller.errors import ConfigError
from tests.hall_controller.settings_files import FIRMWARE_CONFIG

SERVICES = ("dat-dai", "ly-lich-tu-phap")
HEADER = "code,state,date,service"


def listed(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "dossiers.csv"
    path.write_text("\n".join([header, *rows]), "utf-8")
    return path


def test_the_example_has_every_state() -> None:
    found = read(FIRMWARE_CONFIG / "dossiers.example.csv", SERVICES)
    assert {line.split(b";")[1].decode() for line in found.lines.split()} == set(STATES)


@pytest.mark.parametrize("typed", ["H60.01-0007", "h60.01-0007", " H60.01-0007\n", "h60.01 - 0007"])
def test_a_code_is_found_however_it_was_typed(tmp_path: Path, typed: str) -> None:
    found = read(listed(tmp_path, "H60.01-0007,ready,28/02/2022,dat-dai"), SERVICES).find(typed)
    assert found is not None
    assert (found.code, found.state, found.since, found.service) == (
        "H60.01-0007",
        "ready",
        date(2022, 2, 28),
        "dat-dai",
    )


@pytest.mark.parametrize(
    "typed", ["H60.01-000", "60.01-0007", "0007", "", "ready", "\n", ";", "H60.01-0007;ready", "Ệ"]
)
def test_a_part_of_a_code_finds_nothing(tmp_path: Path, typed: str) -> None:
    assert read(listed(tmp_path, "H60.01-0007,ready,2022-02-28,"), SERVICES).find(typed) is None


def test_a_list_with_semicolons_and_without_fields_is_read_too(tmp_path: Path) -> None:
    found = read(listed(tmp_path, "H60.01-0007;ready;2022-02-28", header="code;state;date"), SERVICES)
    dossier = found.find("H60.01-0007")
    assert dossier is not None
    assert dossier.service == ""


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (",ready,2022-02-28,", "code: is '', but must be 5 to 40"),
        ("Nguyễn Văn A,ready,2022-02-28,", "code: is 'Nguyễn Văn A'"),
        ("H60.01-2,done,2022-02-28,", "state: is 'done', but must be one of received, processing"),
        ("H60.01-2,ready,28.2.2022,", "date: is '28.2.2022', but must be a day such as 2022-03-01"),
        (
            "H60.01-2,ready,2022-02-28,dat-dia",
            "service: is 'dat-dia', which hall.toml does not have; did you mean",
        ),
        ("H60.01-1,ready,2022-02-28,", "code: is 'H60.01-1', which line 2 has already"),
        ("H60.01-2,ready", "has 2 cells, but there are 4 columns"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(tmp_path: Path, row: str, sentence: str) -> None:
    with pytest.raises(ConfigError) as told:
        read(listed(tmp_path, "H60.01-1,ready,2022-02-28,", row), SERVICES)
    (mistake,) = told.value.mistakes
    assert mistake.startswith("dossiers.csv line 3")
    assert sentence in mistake


def test_a_column_with_names_is_refused(tmp_path: Path) -> None:
    path = listed(tmp_path, "H60.01-1,ready,2022-02-28,Lan", header="code,state,date,name")
    with pytest.raises(ConfigError, match="name: is not a column"):
        read(path, SERVICES)


def test_a_list_that_is_wrong_all_through_is_told_in_fifty_sentences(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as told:
        read(listed(tmp_path, *["H60.01-1,gone,2022-02-28,"] * 200), SERVICES)
    assert len(told.value.mistakes) == MOST_TOLD


def test_forty_thousand_dossiers_weigh_two_megabytes(tmp_path: Path) -> None:
    rows = [f"H60.{n % 21:02}-220{n % 900:03}-{n:05},ready,2022-02-28,dat-dai" for n in range(40_000)]
    found = read(listed(tmp_path, *rows), SERVICES)
    assert len(found.lines) < 2_000_000
    assert found.find(rows[-1].split(",")[0]) is not None


def test_a_code_is_the_same_in_small_letters_and_with_blanks() -> None:
    assert plain_code(" h60.22 - 12\t") == "H60.22-12"
