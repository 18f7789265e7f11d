"""A code stands for one officer, for good, and only the key in the data folder could tell for whom."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from hall_controller.errors import HallError
from hall_controller.officer_codes import KEY_NAME, OfficerCodes, officer_codes

PEOPLE = [f"{agency}-{n}" for agency in ("tnmt", "tp", "khdt", "bd") for n in range(1, 26)]


def test_the_same_officer_has_the_same_code_after_every_start(tmp_path: Path) -> None:
    first = officer_codes(tmp_path, keep=True)
    again = officer_codes(tmp_path, keep=True)
    assert [first(who) for who in PEOPLE] == [again(who) for who in PEOPLE]
    assert len({first(who) for who in PEOPLE}) == len(PEOPLE)


def test_another_hall_has_other_codes_for_the_same_identifiers() -> None:
    here, there = OfficerCodes(b"a" * 32), OfficerCodes(b"b" * 32)
    assert not {here(who) for who in PEOPLE} & {there(who) for who in PEOPLE}


def test_nobody_and_a_code_stay_what_they_are() -> None:
    code = OfficerCodes(b"a" * 32)
    assert code("") == ""
    assert code(code("lan")) == code("lan") != "lan"


def test_the_key_is_for_the_controllers_own_account_alone(tmp_path: Path) -> None:
    officer_codes(tmp_path, keep=True)
    assert stat.S_IMODE((tmp_path / KEY_NAME).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [KEY_NAME]


def test_who_only_asks_makes_no_key(tmp_path: Path) -> None:
    officer_codes(tmp_path, keep=False)
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_was_never_written_is_made_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    (tmp_path / KEY_NAME).touch()
    assert officer_codes(tmp_path, keep=True)("lan") == officer_codes(tmp_path, keep=True)("lan")
    (tmp_path / KEY_NAME).write_bytes(b"short")
    with pytest.raises(HallError, match="is damaged: delete it"):
        officer_codes(tmp_path, keep=True)
