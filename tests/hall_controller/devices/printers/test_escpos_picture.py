"""The reader of ESC/POS, against bytes written here by hand from Epson's reference."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from hall_controller.devices.printers import escpos_picture
from hall_controller.devices.printers.escpos import Driver
from tests.hall_controller.devices.tickets import ticket

EDGE = 24


def black(picture: Image.Image) -> set[tuple[int, int]]:
    return {
        (x, y - EDGE)
        for x in range(picture.width)
        for y in range(picture.height)
        if picture.getpixel((x, y)) == 0
    }


def test_dots_stand_where_the_reference_puts_them() -> None:
    (picture,) = escpos_picture.pictures(
        b"\x1b@\x1bJ\x02\x1dv0\x00\x02\x00\x02\x00\x80\x01\x00\x40\x1dV\x00", 58
    )
    assert black(picture) == {(0, 2), (15, 2), (9, 3)}
    assert picture.width == 384


def test_what_is_centred_stands_in_the_middle_until_the_printer_is_reset() -> None:
    raster = b"\x1dv0\x00\x02\x00\x01\x00\x80\x00"
    (picture,) = escpos_picture.pictures(b"\x1ba\x01" + raster + b"\x1b@" + raster, 58)
    assert black(picture) == {((384 - 16) // 2, 0), (0, 1)}


@pytest.mark.parametrize(("mode", "dots"), [(0, 1), (1, 2), (2, 2), (3, 4)])
def test_dots_are_doubled_as_the_mode_says(mode: int, dots: int) -> None:
    (picture,) = escpos_picture.pictures(b"\x1dv0" + bytes((mode,)) + b"\x01\x00\x01\x00\x80", 58)
    assert len(black(picture)) == dots


def test_a_cut_ends_a_paper() -> None:
    cut = b"\x1bJ\x0a\x1dV\x41\x00"
    assert len(escpos_picture.pictures(cut * 2 + b"\x1bd\x01", 80)) == 3


@pytest.mark.parametrize(
    ("stream", "sentence"),
    [
        (b"\x1b@A012", "byte 2: 41 30 begins no command that tickets use"),
        (b"\x1dv0\x00\x02\x00\x09\x00\x00", "byte 0: the stream ends within a command"),
        (b"\x1dv0\x00\x50\x00\x01\x00" + bytes(80), "640 dots do not fit on paper of 576"),
        (b"\x1d(k\x03\x002Q0", "is no QR code"),
    ],
)
def test_what_no_printer_would_print_is_told(stream: bytes, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        escpos_picture.pictures(stream, 80)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_told_to_be_none(stream: bytes) -> None:
    try:
        commands, taken = escpos_picture.split(stream)
    except ValueError as error:
        assert str(error).startswith("byte ")  # noqa: PT017 - either way out is right
    else:
        assert 0 <= taken <= len(stream)
        assert sum(2 + len(command.data) for command in commands) <= taken


def test_a_stream_cut_anywhere_goes_on_where_it_was_cut() -> None:
    stream = Driver(width_mm=58).ticket(ticket())
    whole, _ = escpos_picture.split(stream)
    for at in range(0, len(stream), 61):
        first, taken = escpos_picture.split(stream[:at])
        rest, _ = escpos_picture.split(stream[taken:])
        assert first + rest == whole


def test_the_last_ticket_of_a_file_is_saved_as_a_picture(tmp_path: Path) -> None:
    file = tmp_path / "ticket.png"
    stream = b"".join(Driver().ticket(ticket(number=number)) for number in ("A011", "A012"))
    escpos_picture.save(stream, file)
    with Image.open(file) as saved:
        assert saved.tobytes() == escpos_picture.pictures(Driver().ticket(ticket()), 80)[0].tobytes()
    with pytest.raises(ValueError, match="nothing was printed"):
        escpos_picture.save(b"", file)
