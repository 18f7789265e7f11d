"""Who was there last when, and whose name goes because that was long ago."""

from __future__ import annotations

import time
from pathlib import Path

from hall_controller.staff import presence
from hall_controller.staff.register import NAME, Register
from hall_controller.staff.roles import Person
from hall_controller.staff.sessions import Sessions
from tests.hall_controller.staff.registers import KIM, LAN, MAI, Hands, register

LONG_AGO = 1_000_000.0
A_DAY = 86_400.0


def last_there(staff: Register, at: float) -> None:
    """Everybody was there at that time and not since."""
    with staff.writing() as file:
        file.execute("UPDATE presence SET at = ?", (at,))


def test_who_was_just_entered_is_there(tmp_path: Path) -> None:
    with register(tmp_path, LAN) as staff:
        assert presence.long_gone(staff, time.time() - A_DAY) == []
        assert presence.long_gone(staff, time.time() + A_DAY) == [LAN.id]


def test_a_name_goes_after_its_time_and_nothing_else_of_the_person(tmp_path: Path) -> None:
    with register(tmp_path, LAN, MAI, KIM) as staff:
        last_there(staff, LONG_AGO)
        assert presence.long_gone(staff, LONG_AGO + A_DAY) == [LAN.id], "the others never had a name"
        assert presence.forget_names(staff, LONG_AGO + A_DAY) == [LAN.id]
        assert staff.person(LAN.id) == LAN._replace(name="")
        files = b"".join(file.read_bytes() for file in tmp_path.iterdir())
        assert LAN.name.encode() not in files
        assert LAN.hash.encode() in files
        assert presence.forget_names(staff, LONG_AGO + A_DAY) == []


def test_who_signs_in_or_gets_a_new_secret_was_there(tmp_path: Path) -> None:
    clock = Hands(LONG_AGO)
    with register(tmp_path, LAN) as staff:
        last_there(staff, LONG_AGO)
        clock.go(10 * A_DAY)
        Sessions(staff, wall=clock, monotonic=clock).open(Person(LAN.id, "officer", "5"))
        assert presence.long_gone(staff, LONG_AGO + 9 * A_DAY) == []
        assert presence.long_gone(staff, LONG_AGO + 11 * A_DAY) == [LAN.id]
        staff.put(LAN)
        assert presence.long_gone(staff, LONG_AGO + 11 * A_DAY) == []


def test_a_clock_that_went_back_makes_nobody_long_gone(tmp_path: Path) -> None:
    with register(tmp_path, LAN) as staff, staff.writing() as file:
        presence.seen(file, LAN.id, 0.0)
        assert presence.long_gone(staff, LONG_AGO) == []


def test_people_of_an_older_version_count_from_the_first_start_of_this_one(tmp_path: Path) -> None:
    with register(tmp_path, LAN) as staff, staff.writing() as file:
        file.execute("DROP TABLE presence")
    with Register(tmp_path / NAME) as staff:
        assert presence.long_gone(staff, time.time() - A_DAY) == []
        assert presence.long_gone(staff, time.time() + A_DAY) == [LAN.id]


def test_who_is_removed_leaves_no_trace_of_when(tmp_path: Path) -> None:
    with register(tmp_path, LAN) as staff:
        staff.remove(LAN.id)
        with staff.reading() as file:
            assert file.execute("SELECT * FROM presence").fetchall() == []
