"""Open lines, as the system gives them: a serial port, an SPI bus, a TCP converter, a file, the terminal.

Belongs here: opening, writing, reading and closing, each blocking. Never here: what a byte means, whose turn it is, a
second try.
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import sys
import time
from pathlib import Path
from typing import Final, Protocol

import serial

from displays.line_address import Address

OPEN_TIMEOUT_S: Final = 1.0
"""A TCP to RS-485 converter on the same switch answers within milliseconds; a second means that it is not there."""
BAUDRATE: Final = 9600
SPI_SPEED_HZ: Final = 1_000_000
"""A MAX7219 takes 10 MHz, but not over a metre of ribbon cable."""
SPI_IOC_WR_MAX_SPEED_HZ: Final = 0x40046B04
"""linux/spi/spidev.h: _IOW('k', 4, __u32)."""


class Port(Protocol):
    """An open line: bytes out, bytes in; both raise OSError."""

    def write(self, frame: bytes) -> None: ...
    def read(self, timeout_s: float) -> bytes: ...
    def close(self) -> None: ...


def open_port(address: Address) -> Port:
    """Open a line; raises OSError."""
    match address.scheme:
        case "serial":
            return _SerialPort(address)
        case "spi":
            return _spi(address)
        case "tcp":
            return _TcpPort(address.where, address.port)
        case "file":
            return _FilePort(Path(address.where))
        case _:
            return _ConsolePort()


class _SerialPort:
    """A serial port; two programs cannot have it at the same time."""

    def __init__(self, address: Address) -> None:
        self._port = serial.Serial(
            address.where,
            int(address.settings.get("baudrate", BAUDRATE)),
            parity=str(address.settings.get("parity", "N")),
            stopbits=int(address.settings.get("stopbits", 1)),
            timeout=0,
            write_timeout=OPEN_TIMEOUT_S,
            exclusive=True,
        )

    def write(self, frame: bytes) -> None:
        self._port.reset_input_buffer()  # a late answer to the last frame is not the answer to this one
        self._port.write(frame)

    def read(self, timeout_s: float) -> bytes:
        self._port.timeout = timeout_s
        first: bytes = self._port.read(1)
        return first + bytes(self._port.read(self._port.in_waiting)) if first else first

    def close(self) -> None:
        self._port.close()


def _spi(address: Address) -> SpiPort:
    """An SPI bus in mode 0; raises OSError for a file that is none."""
    bus = os.open(address.where, os.O_RDWR)
    try:
        fcntl.ioctl(
            bus,
            SPI_IOC_WR_MAX_SPEED_HZ,
            struct.pack("I", int(address.settings.get("speed_hz", SPI_SPEED_HZ))),
        )
    except OSError as error:
        os.close(bus)
        raise OSError(error.errno, f"{address.where} is no SPI bus; switch SPI on in raspi-config") from error
    return SpiPort(bus)


class SpiPort:
    """An SPI bus with one chain of chips: each write is one transfer, at whose end they take over (chip select)."""

    def __init__(self, bus: int) -> None:
        """Take over an open descriptor of spidev."""
        self._bus = bus

    def write(self, frame: bytes) -> None:
        if os.write(self._bus, frame) != len(frame):
            raise OSError("the SPI bus took only a part of a transfer")

    def read(self, timeout_s: float) -> bytes:
        time.sleep(timeout_s)
        return b""

    def close(self) -> None:
        os.close(self._bus)


class _TcpPort:
    """A converter between Ethernet and RS-485 in its raw mode."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), timeout=OPEN_TIMEOUT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, frame: bytes) -> None:
        self._socket.settimeout(0)
        try:
            while late := self._socket.recv(4096):
                del late  # a late answer to the last frame is not the answer to this one
            raise ConnectionResetError("the converter closed the connection")
        except BlockingIOError:
            pass
        self._socket.settimeout(OPEN_TIMEOUT_S)
        self._socket.sendall(frame)

    def read(self, timeout_s: float) -> bytes:
        self._socket.settimeout(timeout_s)
        try:
            heard = self._socket.recv(4096)
        except TimeoutError:
            return b""
        if not heard:
            raise ConnectionResetError("the converter closed the connection")
        return heard

    def close(self) -> None:
        self._socket.close()


class _FilePort:
    """A file that grows by what the panel would show."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab", buffering=0)

    def write(self, frame: bytes) -> None:
        self._file.write(frame)

    def read(self, timeout_s: float) -> bytes:
        time.sleep(timeout_s)
        return b""

    def close(self) -> None:
        self._file.close()


class _ConsolePort:
    """The terminal that the program was started from."""

    def write(self, frame: bytes) -> None:
        sys.stdout.write(frame.decode("utf-8", "backslashreplace"))
        sys.stdout.flush()

    def read(self, timeout_s: float) -> bytes:
        time.sleep(timeout_s)
        return b""

    def close(self) -> None:
        sys.stdout.flush()
