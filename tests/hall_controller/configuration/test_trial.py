"""A version of the settings is on trial until the hall has run with it; a second start takes it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from hall_controller.configuration import trial
from hall_controller.configuration.trial import Trial
from hall_controller.configuration.versions import Versions

GOOD, NEW = 'hall.id = "good"\n', 'hall.id = "new"\n'


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    """Version 1 was good; version 2 has just been put in place."""
    file = tmp_path / "hall.toml"
    file.write_text(GOOD, "utf-8")
    versions = Versions(file, tmp_path / "data")
    versions.take_in()
    Trial(versions).begin(2, 1)
    versions.replace(NEW, "kim", "a new name")
    return versions


def test_the_first_start_gives_the_version_its_chance(versions: Versions) -> None:
    assert Trial(versions).starting() is None
    assert versions.present() == NEW


def test_a_second_start_means_that_the_first_did_not_come_up(versions: Versions) -> None:
    Trial(versions).starting()
    taken_back = Trial(versions).starting()
    assert taken_back is not None
    assert (taken_back.number, taken_back.took_back) == (3, 2)
    assert "version 1 again, because of version 2: the hall did not come up with it" in taken_back.reason
    assert versions.present() == GOOD
    assert Trial(versions).starting() is None, "what is taken back is not on trial itself"


def test_a_version_that_has_passed_stays_however_often_the_hall_starts(versions: Versions) -> None:
    one = Trial(versions)
    one.starting()
    one.passed()
    one.passed()
    assert [Trial(versions).starting() for _ in range(3)] == [None] * 3
    assert versions.present() == NEW


def test_an_error_at_the_start_takes_the_version_back_at_once(versions: Versions) -> None:
    taken_back = Trial(versions).take_back("the password file is not there")
    assert taken_back is not None
    assert taken_back.reason.endswith("the password file is not there")
    assert Trial(versions).take_back("again") is None


async def test_it_has_passed_when_the_hall_has_run_for_a_while(
    versions: Versions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "KEPT_AFTER_S", 0.01)
    one = Trial(versions)
    one.starting()
    await one.run()
    assert one.take_back("too late") is None
    assert versions.present() == NEW


@pytest.mark.parametrize("note", ["", "{", '{"other": 1}', "null", "[]"])
def test_a_note_that_a_power_cut_has_spoiled_is_no_trial(versions: Versions, note: str) -> None:
    (versions.folder / trial.NAME).write_text(note, "utf-8")
    assert Trial(versions).starting() is None
    assert versions.present() == NEW


def test_without_a_trial_nothing_is_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(GOOD, "utf-8")
    versions = Versions(file, tmp_path / "data")
    assert Trial(versions).starting() is None
    assert Trial(versions).take_back("no reason") is None
    assert versions.present() == GOOD
