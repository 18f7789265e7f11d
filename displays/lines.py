"""How bytes travel to a panel: a serial port, a file, the terminal, a TCP converter.

    Line.exchange(frame, judge, timeout_s)   one frame out, its answer judged, in the line's own thread

Belongs here: opening, writing, reading, time-outs. Never here: what a byte means. Everything that blocks does so in the
one thread of its line, so panels that share a line take turns and nothing else waits.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import SplitResult, parse_qs, urlsplit

import serial

from displays.panels import Verdict
from hall_controller.errors import LineError, LineTimeout

Judge = Callable[[bytes], Verdict]

SCHEMES: Final = ("console", "file", "serial", "tcp")
EXAMPLES: Final = (
    "console:, file:///var/log/panel.txt, serial:///dev/ttyUSB0?baudrate=9600, tcp://192.168.1.20:4001"
)
OPEN_TIMEOUT_S: Final = 1.0
"""A TCP to RS-485 converter on the same switch answers within milliseconds; a second means that it is not there."""
LONGEST_ANSWER_BYTES: Final = 256
"""More than this between question and answer is noise, not an answer."""


class Port(Protocol):
    """An open line: bytes out, bytes in; both raise OSError."""

    def write(self, frame: bytes) -> None: ...
    def read(self, timeout_s: float) -> bytes: ...
    def close(self) -> None: ...


class Line:
    """One address, opened when first needed and again after every failure."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._parts = parse(address)
        self._port: Port | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"line {address}")

    async def exchange(self, frame: bytes, judge: Judge, timeout_s: float) -> None:
        """Send a frame and wait for the answer that `judge` takes.

        Raises LineTimeout without an answer in `timeout_s`, LineError when the line breaks or the panel refuses.
        """
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._exchange, frame, judge, timeout_s)

    async def close(self) -> None:
        """Close the port after the frame that is under way; the line cannot be used again."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._shut)
        self._thread.shutdown(wait=False)

    def _shut(self) -> None:
        if self._port is not None:
            self._port.close()
            self._port = None

    def _exchange(self, frame: bytes, judge: Judge, timeout_s: float) -> None:
        try:
            if self._port is None:
                self._port = _open(self._parts)
            self._port.write(frame)
            verdict = _listen(self._port, judge, timeout_s)
        except (OSError, serial.SerialException) as error:
            self._shut()
            raise LineError(f"{self.address}: {error}; check the cable and the address") from error
        if verdict == "refused":
            raise LineError(
                f"{self.address}: the panel did not accept the frame; check the wiring's noise and length"
            )
        if verdict == "more":
            raise LineTimeout(
                f"{self.address}: no answer within {timeout_s:g} s; is the panel on, its address right?"
            )


def _listen(port: Port, judge: Judge, timeout_s: float) -> Verdict:
    """Read until the judge decides or the time is over; the monotonic clock counts."""
    heard = b""
    verdict = judge(heard)
    deadline = time.monotonic() + timeout_s
    while verdict == "more" and (left := deadline - time.monotonic()) > 0:
        heard = (heard + port.read(left))[-LONGEST_ANSWER_BYTES:]
        verdict = judge(heard)
    return verdict


def parse(address: str) -> SplitResult:
    """Split a line's address; raises ValueError with a sentence that says what is wrong."""
    parts = urlsplit(address)
    if parts.scheme not in SCHEMES:
        raise ValueError(f"a line is one of {EXAMPLES}")
    if parts.scheme in {"file", "serial"} and (parts.netloc or not parts.path.startswith("/")):
        raise ValueError(
            f"a {parts.scheme} line needs three slashes and a whole path, as in {parts.scheme}:///path"
        )
    if parts.scheme == "tcp" and not (parts.hostname and _port(parts)):
        raise ValueError("a tcp line needs a host and a port, as in tcp://192.168.1.20:4001")
    if parts.scheme == "serial" and not _baudrate(parts):
        raise ValueError("baudrate is a number like 9600")
    return parts


def _port(parts: SplitResult) -> int:
    """The port of a TCP address; 0 when it is none."""
    try:
        return parts.port or 0
    except ValueError:
        return 0


def _baudrate(parts: SplitResult) -> int:
    text = parse_qs(parts.query).get("baudrate", ["9600"])[0]
    return int(text) if text.isdigit() else 0


def _open(parts: SplitResult) -> Port:
    match parts.scheme:
        case "serial":
            return _SerialPort(parts.path, _baudrate(parts))
        case "tcp":
            return _TcpPort(str(parts.hostname), _port(parts))
        case "file":
            return _FilePort(Path(parts.path))
        case _:
            return _ConsolePort()


class _SerialPort:
    """A serial port; two programs cannot have it at the same time."""

    def __init__(self, device: str, baudrate: int) -> None:
        self._port = serial.Serial(device, baudrate, timeout=0, write_timeout=OPEN_TIMEOUT_S, exclusive=True)

    def write(self, frame: bytes) -> None:
        self._port.reset_input_buffer()  # a late answer to the last frame is not the answer to this one
        self._port.write(frame)

    def read(self, timeout_s: float) -> bytes:
        self._port.timeout = timeout_s
        first: bytes = self._port.read(1)
        return first + bytes(self._port.read(self._port.in_waiting)) if first else first

    def close(self) -> None:
        self._port.close()


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
