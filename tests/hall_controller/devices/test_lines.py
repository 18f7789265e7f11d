"""Lines: what they carry, when they give up, and what they then say."""

from __future__ import annotations

import os
import socket
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall_controller.devices.lines import open_line
from hall_controller.errors import LineError, LineTimeout
from tests.hall_controller.devices.pretended_lines import SerialPrinter

LOOPBACK = "127.0.0.1"
MORE_THAN_ANY_BUFFER = bytes(16 * 1024 * 1024)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server((LOOPBACK, 0)) as server:
        yield server


def address_of(listener: socket.socket) -> str:
    return f"tcp://{LOOPBACK}:{listener.getsockname()[1]}"


def test_bytes_go_there_and_back_over_tcp(listener: socket.socket) -> None:
    line = open_line(address_of(listener), 1)
    other, _ = listener.accept()
    with other:
        line.write(b"A012", 1)
        assert other.recv(10) == b"A012"
        other.sendall(b"\x12")
        assert line.read(10, 1) == b"\x12"
        assert line.read(10, 0.01) == b""
        line.close()
        assert other.recv(10) == b""


def test_all_that_was_written_arrives_though_the_printer_said_things_nobody_read(
    listener: socket.socket,
) -> None:
    data = os.urandom(200_000)
    line = open_line(address_of(listener), 1)
    other, _ = listener.accept()
    with other:
        other.sendall(b"\x12" * 100)
        found = bytearray()

        def receive() -> None:
            while chunk := other.recv(65536):
                found.extend(chunk)

        reader = threading.Thread(target=receive)
        reader.start()
        line.write(data, 2)
        line.close()
        reader.join()
    assert bytes(found) == data


@pytest.mark.alone
def test_a_device_that_takes_no_more_ends_in_a_time_out_that_says_how_much_it_took(
    listener: socket.socket,
) -> None:
    line = open_line(address_of(listener), 1)
    other, _ = listener.accept()
    with other:
        begin = time.monotonic()
        with pytest.raises(LineTimeout) as raised:
            line.write(MORE_THAN_ANY_BUFFER, 0.3)
        assert 0.3 <= time.monotonic() - begin < 1
        assert 0 < raised.value.taken < len(MORE_THAN_ANY_BUFFER)
        assert f"took {raised.value.taken} of {len(MORE_THAN_ANY_BUFFER)} bytes in 0.3 s" in str(raised.value)
        begin = time.monotonic()
        line.close()
        assert time.monotonic() - begin < 0.5


def test_a_connection_that_breaks_is_told_with_what_was_given(listener: socket.socket) -> None:
    line = open_line(address_of(listener), 1)
    other, _ = listener.accept()
    other.close()
    with pytest.raises(LineError, match="was closed from the other end"):
        line.read(1, 1)
    with pytest.raises(LineError, match=r"broke after \d+ of 16777216 bytes"):
        line.write(MORE_THAN_ANY_BUFFER, 1)
    line.close()


def test_a_host_where_nothing_listens_is_told_with_what_to_do(listener: socket.socket) -> None:
    address = address_of(listener)
    listener.close()
    with pytest.raises(LineError, match=r"cannot be opened: nothing listens at that port; check the address"):
        open_line(address, 1)


def test_a_file_grows_and_never_answers(tmp_path: Path) -> None:
    file = tmp_path / "ticket.escpos"
    for part in (b"first", b"second"):
        line = open_line(f"file://{file}", 1)
        assert line.answers is False
        line.write(part, 1)
        line.close()
    assert file.read_bytes() == b"firstsecond"


def test_a_device_file_that_is_away_is_not_made_as_a_plain_file() -> None:
    address = "file:///dev/no-such-printer"
    with pytest.raises(LineError, match="it is not plugged in, or has another name"):
        open_line(address, 1)
    assert not Path("/dev/no-such-printer").exists()


def test_a_full_device_is_told() -> None:
    line = open_line("file:///dev/full", 1)
    with pytest.raises(LineError, match="broke after 0 of 4 bytes: No space left on device"):
        line.write(b"A012", 1)
    line.close()


def test_bytes_go_there_and_back_over_a_serial_line() -> None:
    with SerialPrinter() as printer:
        line = open_line(f"serial://{printer.path}?baudrate=115200", 1)
        line.write(b"\x10\x04\x01", 1)
        assert line.read(1, 1) == b"\x12"
        line.write(bytes(100_000), 2)
        line.write(b"\x10\x04\x04", 1)
        assert line.read(1, 2) == b"\x12"
        line.close()
        assert len(printer.received) == 100_000


@pytest.mark.alone
def test_a_serial_device_that_takes_no_more_ends_in_a_time_out() -> None:
    own, theirs = os.openpty()
    try:
        line = open_line(f"serial://{os.ttyname(theirs)}?baudrate=115200", 1)
        with pytest.raises(LineTimeout) as raised:
            line.write(bytes(1_000_000), 0.2)
        assert raised.value.taken < 1_000_000
        begin = time.monotonic()
        line.close()
        assert time.monotonic() - begin < 0.5
    finally:
        os.close(own)
        os.close(theirs)


def test_a_serial_port_belongs_to_one_program() -> None:
    with SerialPrinter() as printer:
        line = open_line(f"serial://{printer.path}?baudrate=115200", 1)
        with pytest.raises(LineError, match="another program has it open"):
            open_line(f"serial://{printer.path}?baudrate=115200", 1)
        line.close()


@pytest.mark.parametrize("moment", ["tcsetattr", "tcflush"])
def test_an_adapter_that_is_pulled_out_while_its_port_is_opened_is_told(
    moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, theirs = os.openpty()
    port, really = os.ttyname(theirs), getattr(termios, moment)
    os.close(theirs)

    def pulled_out(*settings: object) -> None:
        monkeypatch.undo()
        os.close(own)
        really(*settings)

    monkeypatch.setattr(termios, moment, pulled_out)
    with pytest.raises(LineError, match="cannot be opened: Input/output error"):
        open_line(f"serial://{port}", 1)


def test_a_usb_printer_that_is_away_is_told() -> None:
    with pytest.raises(
        LineError, match=r"usb://0001:0002 cannot be opened: (it is not plugged in|libusb is missing)"
    ):
        open_line("usb://0001:0002", 1)


@pytest.mark.parametrize("address", ["mqtt:", "gpio://17"])
def test_a_line_that_carries_no_bytes_is_not_opened(address: str) -> None:
    with pytest.raises(LineError, match="no bytes can be sent over a line of this kind"):
        open_line(address, 1)
