"""Open lines: an SPI bus whose transfers are kept apart, a port that is none, one that somebody else has."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from displays.line_address import parse
from displays.lines import Line
from displays.panels import Step
from displays.ports import SpiPort, open_port
from hall_controller.errors import LineError
from tests.displays.led_panel import led_panel


def test_each_transfer_on_an_spi_bus_is_one_write_and_nothing_is_heard() -> None:
    chain, bus = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with chain:
        port = SpiPort(bus.detach())
        port.write(b"\x01\x80\x01\x00")
        port.write(b"\x02\x40\x02\x00")
        assert [chain.recv(99), chain.recv(99)] == [b"\x01\x80\x01\x00", b"\x02\x40\x02\x00"]
        assert port.read(0) == b""
        port.close()
        assert chain.recv(99) == b""


async def test_a_file_that_is_no_spi_bus_is_told_with_what_to_do() -> None:
    line = Line("spi:///dev/null")
    with pytest.raises(LineError, match=r"/dev/null is no SPI bus; switch SPI on in raspi-config"):
        await line.exchange(Step(b"\x01\x80", lambda _: "taken"), 0)
    await line.close()


async def test_a_frame_with_latches_is_sent_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "bus"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    line = Line(f"file://{path}")
    sizes: list[int] = []
    step = Step(b"abcdefgh", lambda _: "taken", latch_bytes=4)
    await line.exchange(step, 0)
    sizes += [len(os.read(reader, 4)), len(os.read(reader, 9))]
    assert sizes == [4, 4]
    await line.close()
    os.close(reader)


def test_two_programs_cannot_have_the_same_serial_port() -> None:
    with led_panel(7) as panel:
        address = parse(f"serial://{panel.device}?baudrate=19200&stopbits=2")
        port = open_port(address)
        with pytest.raises(OSError, match="lock"):
            open_port(address)
        port.close()
        open_port(address).close()


async def test_a_port_that_cannot_be_set_as_wished_is_told() -> None:
    with led_panel(7) as panel:
        address = f"serial://{panel.device}?parity=E"
        open_port(parse(address)).close()
        line = Line(address)  # a pseudo terminal has no parity, and says so the second time
        with pytest.raises(LineError, match="check the cable and the address"):
            await line.exchange(Step(b"?", lambda _: "taken"), 0)
        await line.close()


async def test_frames_that_are_separated_by_silence_get_it() -> None:
    with led_panel(7) as panel:
        line = Line(f"serial://{panel.device}")
        step = Step(b"\x0207D0A01201\x03", lambda heard: "taken" if len(heard) >= 7 else "more", gap_s=0.03)
        for _ in range(4):
            await line.exchange(step, 1.0)
        await line.close()
        gaps = [later.at_s - former.at_s for former, later in zip(panel.shown, panel.shown[1:], strict=False)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.03
