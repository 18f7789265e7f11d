"""The register of staff: who is in it, who may read the file, and that a change counts at once."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from hall_controller.errors import HallError
from hall_controller.staff.register import NAME, Register
from tests.hall_controller.staff.registers import GIANG, KIM, LAN, MAI, register


def test_everybody_is_listed_by_role_and_identifier(tmp_path: Path) -> None:
    with register(tmp_path, MAI, KIM, LAN, GIANG) as staff:
        assert staff.people() == [GIANG, LAN, MAI, KIM]
        assert staff.person("mai-2") == MAI
        assert staff.person("nobody") is None


def test_only_the_controllers_own_account_can_read_the_file(tmp_path: Path) -> None:
    (tmp_path / NAME).touch(mode=0o644)
    with register(tmp_path, LAN):
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes.keys() >= {NAME, f"{NAME}-wal"}
    assert set(modes.values()) == {0o600}


def test_a_hall_has_no_technician_until_one_is_entered(tmp_path: Path) -> None:
    with register(tmp_path, LAN, GIANG) as staff:
        assert not staff.has_technician()
        staff.put(KIM)
        assert staff.has_technician()


def test_what_one_program_writes_another_reads_at_once(tmp_path: Path) -> None:
    with register(tmp_path) as of_the_hall, Register(tmp_path / NAME) as of_the_command_line:
        of_the_command_line.put(LAN)
        assert of_the_hall.person("lan-1") == LAN
        assert of_the_command_line.remove("lan-1")
        assert of_the_hall.person("lan-1") is None


def test_reading_does_not_wait_for_somebody_who_writes(tmp_path: Path) -> None:
    with register(tmp_path, LAN) as staff, staff.writing() as file:
        file.execute("UPDATE person SET name = 'Lê Thị Lan'")
        assert staff.person("lan-1") == LAN


def test_a_change_that_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    with register(tmp_path, LAN) as staff:
        with pytest.raises(sqlite3.IntegrityError), staff.writing() as file:
            file.execute(
                "INSERT INTO person VALUES ('x', 'guide', '', '', ''), ('lan-1', 'guide', '', '', '')"
            )
        assert staff.people() == [LAN]


def test_a_removed_person_leaves_no_name_behind(tmp_path: Path) -> None:
    with register(tmp_path, LAN) as staff:
        assert staff.remove("lan-1")
        assert not staff.remove("lan-1")
    assert "Nguyễn".encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_file_that_is_no_register_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"not a database at all, but a letter to somebody")
    with pytest.raises(HallError, match="move it away") as told:
        Register(tmp_path / NAME)
    assert "\n" not in str(told.value)


def test_a_register_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / NAME)) as newer:
        newer.execute("PRAGMA user_version = 9")
    with pytest.raises(HallError, match="newer version"):
        Register(tmp_path / NAME)


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HallError, match="must be writable"):
        Register(tmp_path / "file" / NAME)


def test_no_byte_of_a_name_is_left_when_its_person_was_removed_while_the_hall_runs(tmp_path: Path) -> None:
    name = LAN.name.encode()
    with register(tmp_path, LAN, MAI) as of_the_hall, Register(tmp_path / NAME) as of_the_command_line:
        assert of_the_hall.person("lan-1") == LAN
        assert any(name in file.read_bytes() for file in tmp_path.iterdir())
        assert of_the_command_line.remove("lan-1")
        assert not any(name in file.read_bytes() for file in tmp_path.iterdir())
        assert of_the_hall.person("mai-2") == MAI
