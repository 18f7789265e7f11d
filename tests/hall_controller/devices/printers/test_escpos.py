"""The ESC/POS driver: its status bits, its raster and its recovery, against Epson's reference."""

from __future__ import annotations

import pytest

from hall_controller.devices import paper
from hall_controller.devices.printers import escpos_picture
from hall_controller.devices.printers.escpos import Driver
from tests.hall_controller.devices.tickets import ticket

READY = 0b0001_0010


def status(printer: int = 0, cause: int = 0, fault: int = 0, roll: int = 0) -> tuple[str, bool, bool, bool]:
    """Each argument holds the bits that are set besides the fixed ones."""
    found = Driver().status([bytes((READY | bits,)) for bits in (printer, cause, fault, roll)])
    return found.paper, found.online, found.cover_open, found.error


def test_a_printer_that_is_well_can_print() -> None:
    assert status() == ("ok", True, False, False)
    assert status(printer=0b0000_0100) == (
        "ok",
        True,
        False,
        False,
    )  # the drawer's pin says nothing about paper


@pytest.mark.parametrize("roll", range(0, 256, 4))
def test_the_paper_is_told_by_either_of_the_two_sensors(roll: int) -> None:
    bits = roll & 0b0110_1100
    expected = "out" if bits & 0b0110_0000 else "low" if bits & 0b0000_1100 else "ok"
    assert status(roll=bits)[0] == expected


def test_the_cover_the_paper_end_and_errors_are_told_apart() -> None:
    assert status(printer=0b1000, cause=0b0000_0100) == ("ok", False, True, False)
    assert status(printer=0b1000, cause=0b0010_0000) == ("out", False, False, False)
    assert status(printer=0b1000, cause=0b0100_0000) == ("ok", False, False, True)
    assert status(printer=0b1000, cause=0b0000_1000) == ("ok", False, False, False)


@pytest.mark.parametrize("bit", [0b0000_0100, 0b0000_1000, 0b0010_0000, 0b0100_0000])
def test_every_cause_of_an_error_is_an_error(bit: int) -> None:
    assert status(fault=bit)[3] is True


def test_only_a_byte_of_the_right_form_is_an_answer() -> None:
    right = {0b0001_0010 | x << 2 | y << 5 for x in range(4) for y in range(4)}
    assert {byte for byte in range(256) if Driver.is_answer(byte)} == right
    assert not Driver.is_answer(0x11)  # XON
    assert not Driver.is_answer(0x13)  # XOFF


def test_a_printer_that_says_nothing_of_its_roll_is_not_said_to_have_paper() -> None:
    assert Driver().status([b"\x12", b"\x12", b"\x12", b""]).paper == "unknown"
    assert Driver().status([b"\x12", b"\x12", b"\x12", b""]).can_print is True


@pytest.mark.parametrize("width_mm", [58, 80])
def test_a_plain_printer_shows_the_same_paper(width_mm: int) -> None:
    able = Driver(width_mm=width_mm).ticket(ticket())
    plain = Driver(width_mm=width_mm, zooms=False, native_qr=False).ticket(ticket())
    assert b"\x1d(k" in able
    assert b"\x1d(k" not in plain
    assert (
        escpos_picture.pictures(able, width_mm)[0].tobytes()
        == escpos_picture.pictures(plain, width_mm)[0].tobytes()
    )


def test_blank_rows_are_fed_and_not_sent() -> None:
    strip = paper.Strip(gap=0, width=384, rows=b"\xff" * 48 + bytes(48 * 600) + b"\xff" * 48)
    data = Driver(width_mm=58).encode([strip])
    (picture,) = escpos_picture.pictures(data, 58)
    assert len(data) < 200
    assert [row for row in range(picture.height) if picture.getpixel((0, row)) == 0] == [24, 625]


def test_dots_like_a_command_to_the_printer_get_one_dot_more() -> None:
    for harmful in (b"\x10\x04", b"\x10\x05", b"\x10\x14"):
        data = Driver(width_mm=58).encode([paper.Strip(0, 16, harmful * 3)])
        assert harmful not in data
        assert b"\x18" + harmful[1:] in data


def test_the_cut_is_the_one_that_was_set() -> None:
    assert Driver(cut="full").ticket(ticket()).endswith(b"\x1dV\x00")
    assert Driver(cut="partial").ticket(ticket()).endswith(b"\x1dV\x01")
    assert Driver(cut="none").ticket(ticket()).endswith(b"\x1bJ\x78")


@pytest.mark.parametrize("width_mm", [58, 80])
def test_after_a_ticket_torn_off_at_any_byte_the_next_one_is_whole(width_mm: int) -> None:
    driver = Driver(width_mm=width_mm)
    data = driver.ticket(ticket())
    for torn in (*range(0, len(data), 97), *range(40)):
        stream = data[:torn] + driver.recovery + data
        commands, _ = escpos_picture.split(stream)
        whole, _ = escpos_picture.split(data)
        assert commands[-len(whole) :] == whole
