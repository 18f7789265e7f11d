"""What `hall officer` changes waits in the register until the journal knows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hall_controller.staff import changes
from hall_controller.staff.register import NAME, Register
from tests.hall_controller.staff.registers import KIM, LAN, register


def test_changes_are_kept_in_their_order_until_they_are_told(tmp_path: Path) -> None:
    with register(tmp_path) as staff:
        staff.put(LAN, "added")
        staff.put(LAN, "secret")
        assert staff.remove("lan-1", noted=True)
    with Register(tmp_path / NAME) as staff:
        waiting = changes.untold(staff)
        assert [(one.person, one.role, one.change) for one in waiting] == [
            ("lan-1", "officer", "added"),
            ("lan-1", "officer", "secret"),
            ("lan-1", "officer", "removed"),
        ]
        changes.told(staff, waiting[0])
        assert changes.untold(staff) == waiting[1:]


def test_what_the_controller_does_itself_is_not_told_twice(tmp_path: Path) -> None:
    with register(tmp_path, LAN, KIM) as staff:
        assert staff.remove("lan-1")
        assert changes.untold(staff) == []


def test_who_was_not_there_is_not_told_to_have_left(tmp_path: Path) -> None:
    with register(tmp_path) as staff:
        assert not staff.remove("nobody", noted=True)
        assert changes.untold(staff) == []


def test_a_note_has_a_cause_of_its_own_even_after_all_others_are_gone(tmp_path: Path) -> None:
    with register(tmp_path) as staff:
        staff.put(LAN, "added")
        (first,) = changes.untold(staff)
        changes.told(staff, first)
        staff.put(LAN, "secret")
        (second,) = changes.untold(staff)
    assert second.number > first.number
    assert first.cause != second.cause


@pytest.mark.parametrize("secret", [LAN.name, LAN.hash])
def test_no_note_has_a_name_or_a_secret(tmp_path: Path, secret: str) -> None:
    with register(tmp_path) as staff:
        staff.put(LAN, "added")
        assert secret not in changes.untold(staff)[0]


def test_a_register_of_before_there_were_notes_gets_room_for_them(tmp_path: Path) -> None:
    with register(tmp_path, LAN) as staff, staff.writing() as file:
        file.execute("DROP TABLE change")
    with Register(tmp_path / NAME) as staff:
        staff.put(KIM, "added")
        assert [one.person for one in changes.untold(staff)] == ["kim"]
        assert staff.person("lan-1") == LAN
