"""`hall verify` takes the journal by name or as an option, and says in one line whether it is right."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hall_controller.__main__ import cli
from hall_controller.journal import Journal
from tests.hall_controller.one_of_each_fact import RELEASE_0_1


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["verify", *words])


@pytest.fixture
def journal(tmp_path: Path) -> str:
    path = tmp_path / "j.sqlite"
    with Journal.open(path) as opened:
        opened.append(RELEASE_0_1)
    return str(path)


def test_a_journal_is_verified_by_its_name_or_as_an_option(journal: str) -> None:
    by_name, as_option = run(journal), run("--journal", journal)
    assert (by_name.exit_code, by_name.output) == (0, as_option.output)
    assert f"{len(RELEASE_0_1)} facts" in by_name.output


def test_a_changed_fact_is_found(journal: str) -> None:
    with sqlite3.connect(journal) as connection:
        connection.execute("DROP TRIGGER fact_stays")
        connection.execute("UPDATE fact SET data = '{}' WHERE seq = 3")
    connection.close()
    found = run(journal)
    assert found.exit_code == 1
    assert "3" in found.output
    assert "Traceback" not in found.output


def test_without_a_journal_or_with_two_it_is_wrong_usage(journal: str) -> None:
    for words in ((), (journal, "--journal", journal)):
        wrong = run(*words)
        assert wrong.exit_code == 2
        assert "hall verify journal.sqlite" in wrong.output
