"""`hall officer`: people are entered, get secrets, are listed and forgotten, and a running hall knows at once."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hall_controller.__main__ import cli
from hall_controller.journal_file import NAME as JOURNAL_NAME
from hall_controller.staff import changes
from hall_controller.staff.hash_worker import answer
from hall_controller.staff.register import NAME, Register
from tests.hall_controller.settings_files import EXAMPLE
from tests.running_hall import RunningHall

PASSWORD = "bốn từ ghép lại"
PATIENCE_S = 10.0


class Desk:
    """A technician at a terminal, with the reference hall's settings and a data folder of their own."""

    def __init__(self, data: Path) -> None:
        self.data = data

    def officer(self, command: str, *words: str, typed: str = "") -> Result:
        told = [command, str(EXAMPLE), *words, "--data", str(self.data)]
        return CliRunner().invoke(cli, ["officer", *told], input=f"{typed}\n")

    def refused(self, command: str, *words: str, typed: str = "") -> str:
        """The one line that it ends with."""
        done = self.officer(command, *words, typed=typed)
        assert done.exit_code == 1, done.output
        (line,) = done.stderr.strip().splitlines()
        return line

    def fits(self, who: str, secret: str) -> bool:
        with Register(self.data / NAME) as register:
            entry = register.person(who)
        return entry is not None and answer({"secret": secret, "stored": entry.hash}) == {"fits": True}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "data")


def test_an_officer_gets_the_pin_that_was_typed_and_it_is_shown_nowhere(desk: Desk) -> None:
    done = desk.officer(
        "add", "tnmt-1", "--counter", "1", "--counter", "2", "--name", " Lê  Lan", typed="4711"
    )
    assert done.exit_code == 0, done.output
    assert "4711" not in done.output
    assert desk.fits("tnmt-1", "4711")
    with Register(desk.data / NAME) as register:
        entry = register.person("tnmt-1")
    assert entry is not None
    assert (entry.role, entry.counters, entry.name) == ("officer", ("1", "2"), "Lê Lan")


def test_a_secret_made_by_the_machine_is_shown_once(desk: Desk) -> None:
    done = desk.officer("add", "tnmt-1", "--generate")
    made = done.output.splitlines()[0].removeprefix("PIN of tnmt-1: ")
    assert made.isdigit()
    assert desk.fits("tnmt-1", made)
    assert made not in desk.officer("list").output


def test_a_technician_gets_a_password(desk: Desk) -> None:
    assert desk.officer("add", "kim", "--role", "technician", typed=PASSWORD).exit_code == 0
    assert desk.fits("kim", PASSWORD)


def test_a_new_pin_takes_the_place_of_the_old_one(desk: Desk) -> None:
    desk.officer("add", "tnmt-1", typed="4711")
    assert "new PIN" in desk.officer("pin", "tnmt-1", typed="8074").output
    assert desk.fits("tnmt-1", "8074")
    assert not desk.fits("tnmt-1", "4711")


def test_the_list_tells_who_can_sign_in_and_which_officers_cannot_yet(desk: Desk) -> None:
    desk.officer("add", "tnmt-1", "--name", "Lê Lan", "--counter", "1", typed="4711")
    desk.officer("add", "kim", "--role", "technician", typed=PASSWORD)
    lines = desk.officer("list").output.splitlines()
    assert lines[0].split() == ["officer", "tnmt-1", "counter", "1", "Lê", "Lan"]
    assert lines[1].split() == ["technician", "kim"]
    assert lines[2].startswith("2 can sign in; officers without a PIN: sct-1, sct-2,")
    assert "tnmt-1," not in lines[2]


def test_a_removed_person_cannot_sign_in_and_may_come_back(desk: Desk) -> None:
    desk.officer("add", "tnmt-1", typed="4711")
    assert "no longer" in desk.officer("remove", "tnmt-1").output
    assert "not in the register" in desk.refused("remove", "tnmt-1")
    assert desk.officer("add", "tnmt-1", typed="4711").exit_code == 0


@pytest.mark.parametrize(
    ("words", "typed", "sentence"),
    [
        (("nobody-7",), "4711", "hall.toml has no such officer"),
        (("tnmt-1", "--counter", "99"), "4711", "--counter 99: hall.toml has no such counter"),
        (("kim", "--role", "chef"), PASSWORD, "--role chef: is none of officer, guide"),
        (("Kim!", "--role", "guide"), PASSWORD, "an identifier has small letters"),
        (("tnmt-1",), "1234", "the first that anybody would try"),
        (("tnmt-1",), PASSWORD, "A PIN has 4 to 12 digits"),
        (("kim", "--role", "manager"), "4711", "A password has 10 to 128 characters"),
    ],
)
def test_what_cannot_be_entered_is_told_in_one_line(
    desk: Desk, words: tuple[str, ...], typed: str, sentence: str
) -> None:
    assert sentence in desk.refused("add", *words, typed=typed)
    with Register(desk.data / NAME) as register:
        assert register.people() == []


def test_nobody_is_entered_twice_by_mistake(desk: Desk) -> None:
    desk.officer("add", "tnmt-1", typed="4711")
    assert "already" in desk.refused("add", "tnmt-1", typed="8074")
    assert desk.fits("tnmt-1", "4711")
    assert "not in the register" in desk.refused("pin", "tnmt-2", typed="8074")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_root_enters_the_controllers_account_can_read(desk: Desk) -> None:
    desk.data.mkdir()
    os.chown(desk.data, 12_345, 12_345)
    desk.officer("add", "tnmt-1", typed="4711")
    assert {path.stat().st_uid for path in desk.data.iterdir()} == {12_345}


def written_down(data: Path) -> list[tuple[str, str, str]]:
    """What the journal knows of people who were entered, changed and forgotten, when nothing waits to be told."""
    until_s = time.monotonic() + PATIENCE_S
    with Register(data / NAME) as register:
        while changes.untold(register) and time.monotonic() < until_s:
            time.sleep(0.02)
    with closing(sqlite3.connect(f"file:{data / JOURNAL_NAME}?mode=ro", uri=True)) as journal:
        rows = journal.execute("SELECT data FROM fact WHERE type = 'staff.changed' ORDER BY seq").fetchall()
    facts = [json.loads(row[0]) for row in rows]
    return [(fact["person"], fact["change"], fact["by"]) for fact in facts]


def test_a_running_hall_shows_its_set_up_code_and_knows_new_staff_at_once(tmp_path: Path) -> None:
    hall = RunningHall(tmp_path / "data")
    desk = Desk(hall.data)
    try:
        hall.start()
        log = hall.log.read_text()
        assert "no technician yet" in log
        assert hall.get("/api/session")[1]["set_up_needed"] is True
        desk.officer("add", "kim", "--role", "technician", typed=PASSWORD)
        desk.officer("add", "tnmt-1", typed="4711")
        assert hall.get("/api/session")[1]["set_up_needed"] is False
        entered = [(person, "added", "@terminal") for person in ("kim", "tnmt-1")]
        assert written_down(hall.data) == entered
        status, session = hall.post("/api/session", {"person": "tnmt-1", "secret": "4711", "counter": "1"})
        assert (status, session["counter"]) == (200, "1")
        assert hall.stop() == 0
        desk.officer("remove", "tnmt-1")
        hall.start()
        assert written_down(hall.data) == [*entered, ("tnmt-1", "removed", "@terminal")]
        assert hall.log.read_text().count("no technician yet") == 1
        assert "4711" not in hall.log.read_text()
    finally:
        hall.kill()
