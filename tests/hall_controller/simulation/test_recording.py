"""`hall simulate` writes a journal that holds, never over another one, and says in a line what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hall_controller.__main__ import cli
from hall_controller.journal_check import verify
from tests.hall_controller.settings_files import EXAMPLE


def simulate(journal: Path, *more: str, first: str = "2022-03-05", last: str = "2022-03-06") -> Result:
    words = ["simulate", str(EXAMPLE), "--from", first, "--to", last, "--journal", str(journal), *more]
    return CliRunner().invoke(cli, words)


def test_a_simulated_saturday_is_a_journal_that_holds(tmp_path: Path) -> None:
    told = simulate(tmp_path / "j.sqlite", "--seed", "3")
    assert told.exit_code == 0
    table = dict(line.rsplit(maxsplit=1) for line in told.stdout.splitlines())
    assert list(table) == "open days,tickets,got no number,calls,missed,ratings,facts,seconds".split(",")
    assert table["open days"] == "1"
    assert 3 <= int(table["tickets"]) <= 30
    verdict = verify(tmp_path / "j.sqlite")
    assert verdict.good
    assert f"{verdict.head.seq:,}" == table["facts"]


def test_the_same_seed_gives_the_same_chain_and_another_seed_another(tmp_path: Path) -> None:
    seeds = {"a": "1", "b": "1", "c": "2"}
    for name, seed in seeds.items():
        simulate(tmp_path / name, "--seed", seed)
    chain = {name: verify(tmp_path / name).head.hash for name in seeds}
    assert chain["a"] == chain["b"] != chain["c"]


def test_a_journal_that_exists_is_not_written_to(tmp_path: Path) -> None:
    (tmp_path / "j.sqlite").write_text("ten years of facts")
    told = simulate(tmp_path / "j.sqlite")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr == f"{tmp_path / 'j.sqlite'} exists already: name another file, or move it away\n"
    assert (tmp_path / "j.sqlite").read_text() == "ten years of facts"


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (("2022-3-5", "2022-03-06"), "--from 2022-3-5: not a day; write it as 2022-03-01"),
        (("2022-03-06", "soon"), "--to soon: not a day; write it as 2022-03-01"),
        (("2022-03-06", "2022-03-05"), "--from 2022-03-06 is after --to 2022-03-05: swap the two days"),
    ],
)
def test_days_that_are_none_are_told_in_one_line(
    days: tuple[str, str], sentence: str, tmp_path: Path
) -> None:
    told = simulate(tmp_path / "j.sqlite", first=days[0], last=days[1])
    assert (told.exit_code, told.stderr) == (1, sentence + "\n")
    assert not (tmp_path / "j.sqlite").exists()


def test_a_setting_can_be_overridden(tmp_path: Path) -> None:
    told = simulate(tmp_path / "j.sqlite", "--set", "officers.sign_in=required")
    assert told.exit_code == 0
    assert "calls              0" not in told.stdout


def test_wrong_habits_are_told_with_their_place(tmp_path: Path) -> None:
    habits = tmp_path / "mine.toml"
    habits.write_text("[visitors]\nabsent = 3\nsleepy = 1\n")
    told = simulate(tmp_path / "j.sqlite", "--habits", str(habits))
    assert told.exit_code == 1
    absent, sleepy = told.stderr.splitlines()
    assert absent.startswith("mine.toml visitors.absent: input should be less than or equal to 1;")
    assert sleepy.startswith("mine.toml visitors.sleepy: extra inputs are not permitted;")
    habits.write_text("[visitors")
    assert "mine.toml: is not TOML" in simulate(tmp_path / "j.sqlite", "--habits", str(habits)).stderr
    gone = simulate(tmp_path / "j.sqlite", "--habits", str(tmp_path / "gone.toml"))
    assert "gone.toml: cannot be read (No such file or directory)" in gone.stderr
