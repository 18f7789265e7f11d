"""Lines: how bytes travel to a device and back, each call with a time-out.

    tcp://192.168.1.50:9100                    serial:///dev/ttyUSB0?baudrate=115200      usb://04b8:0e28
    file:///path (a file grows, a device such as /dev/usb/lp0 is written to)              console:
    evdev:///dev/input/by-path/...-event-kbd   (a keyboard, for this program alone)

Belongs here: opening, writing, reading and closing, blocking, for a process of its own. Never here: what the bytes
mean, a second try, or a thread.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import select
import socket
import stat
import struct
import termios
import time
from collections.abc import Callable
from typing import Any, Final, Protocol

from hall_controller.devices.line_address import Address, parse
from hall_controller.errors import LineError, LineTimeout

USB_CHUNK: Final = 4096
DROP_AT_CLOSE: Final = struct.pack("ii", 1, 0)
DRAIN_STEP_S: Final = 0.002
MOST_AT_ONCE: Final = 65536
NOT_ALLOWED: Final = (
    "this user may not open it; add the user to its group: dialout for serial lines, lp, input for keyboards"
)
GRAB: Final = 0x40044590
"""EVIOCGRAB of <linux/input.h>: no key press goes anywhere else, not even to a login on the screen."""
NO_QUEUE: Final = (errno.ENOTTY, errno.EINVAL, errno.EOPNOTSUPP)


class Line(Protocol):
    """An open line to one device; `answers` is False where nothing can ever come back, as from a plain file."""

    @property
    def answers(self) -> bool: ...

    def write(self, data: bytes, timeout_s: float) -> None:
        """Return when all of it has left this machine; raise LineTimeout or LineError, telling how much surely had."""
        ...

    def read(self, most: int, timeout_s: float) -> bytes:
        """What the device sends, as soon as there is any; empty when nothing came in time. Raise LineError."""
        ...

    def close(self) -> None:
        """Let go of the device, dropping what has not left yet; never blocks."""
        ...


def open_line(address: str, timeout_s: float) -> Line:
    """Open the line; raise LineError, in one sentence, when the device is not there or is not ours to use."""
    parsed = parse(address)
    try:
        match parsed.scheme:
            case "tcp":
                return _tcp(parsed, timeout_s)
            case "serial":
                return _serial(parsed)
            case "usb":
                return UsbLine(parsed)
            case "file":
                return _file(parsed)
            case "evdev":
                return _keyboard(parsed)
            case "console":
                return DescriptorLine(address, os.dup(2), answers=False)
            case _:
                raise LineError(f"{address}: no bytes can be sent over a line of this kind")
    except TimeoutError:
        raise LineTimeout(
            f"{address} does not answer within {timeout_s:.1f} s: check its power and its cable"
        ) from None
    except OSError as error:
        raise LineError(_cannot_open(address, error)) from None


def _cannot_open(address: str, error: OSError) -> str:
    advice = {
        errno.ENOENT: "it is not plugged in, or has another name",
        errno.ENXIO: "it is not plugged in",
        errno.ENODEV: "it is not plugged in",
        errno.EACCES: NOT_ALLOWED,
        errno.EPERM: NOT_ALLOWED,
        errno.EBUSY: "another program has it open",
        errno.EAGAIN: "another program has it open",
        errno.ECONNREFUSED: "nothing listens at that port; check the address in the printer's own settings",
        errno.EHOSTUNREACH: "the host cannot be reached; check its power and its cable",
        errno.ENETUNREACH: "the host cannot be reached; check the network",
    }
    return f"{address} cannot be opened: {advice.get(error.errno or 0, error.strerror or str(error))}"


def _queued(descriptor: int) -> int:
    """Bytes that wait in this machine: not yet sent, or for TCP not yet acknowledged (Linux, TIOCOUTQ)."""
    try:
        answer = fcntl.ioctl(descriptor, termios.TIOCOUTQ, struct.pack("i", 0))
    except OSError as error:
        if error.errno in NO_QUEUE:
            return 0
        raise
    return int(struct.unpack("i", answer)[0])


def _wait_while_whole(descriptor: int, wait_s: float) -> None:
    """Wait; raise OSError at once for a line that broke, whose queue would stay as it is for ever."""
    watch = select.poll()
    watch.register(descriptor, 0)  # errors and hang-ups are told unasked
    if watch.poll(wait_s * 1000):
        raise ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))


class DescriptorLine:
    """A line that is a file descriptor of the system: a socket, a serial port, a device file, a plain file."""

    def __init__(
        self,
        address: str,
        descriptor: int,
        let_go: Callable[[], None] | None = None,
        *,
        answers: bool = True,
    ) -> None:
        """Take over an open descriptor, that `let_go` closes."""
        self.answers = answers
        self._address = address
        self._descriptor = descriptor
        self._let_go = let_go or (lambda: os.close(descriptor))
        os.set_blocking(descriptor, False)

    def write(self, data: bytes, timeout_s: float) -> None:
        deadline = time.monotonic() + timeout_s
        given = 0
        try:
            while given < len(data):
                left_s = deadline - time.monotonic()
                if left_s <= 0 or not select.select([], [self._descriptor], [], left_s)[1]:
                    raise self._late(given, len(data), timeout_s)
                with contextlib.suppress(BlockingIOError):
                    given += os.write(self._descriptor, data[given : given + MOST_AT_ONCE])
            while _queued(self._descriptor):
                if time.monotonic() >= deadline:
                    raise self._late(given, len(data), timeout_s)
                _wait_while_whole(self._descriptor, DRAIN_STEP_S)
        except OSError as error:
            sentence = f"{self._address} broke after {given} of {len(data)} bytes: {error.strerror}"
            raise LineError(sentence, taken=given) from None

    def _late(self, given: int, wanted: int, timeout_s: float) -> LineTimeout:
        taken = max(0, given - _queued(self._descriptor))
        return LineTimeout(
            f"{self._address} took {taken} of {wanted} bytes in {timeout_s:.1f} s and then no more",
            taken=taken,
        )

    def read(self, most: int, timeout_s: float) -> bytes:
        try:
            if not select.select([self._descriptor], [], [], max(0.0, timeout_s))[0]:
                return b""
            found = os.read(self._descriptor, most)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise LineError(f"{self._address} broke: {error.strerror}") from None
        if not found:
            raise LineError(f"{self._address} was closed from the other end")
        return found

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._let_go()


def _tcp(address: Address, timeout_s: float) -> DescriptorLine:
    try:
        connection = socket.create_connection((address.where, address.port), timeout_s)
    except socket.gaierror:
        raise LineError(
            f"{address} cannot be opened: no such host; write its number or correct its name"
        ) from None
    connection.settimeout(0)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def let_go() -> None:
        # What lies unread at a close would reset the connection, and the printer might drop a ticket half printed.
        with contextlib.suppress(OSError):
            if _queued(connection.fileno()):
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, DROP_AT_CLOSE)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(MOST_AT_ONCE):
                pass
        connection.close()

    return DescriptorLine(str(address), connection.fileno(), let_go)


def _serial(address: Address) -> DescriptorLine:
    import serial

    settings: dict[str, Any] = dict(address.settings)
    try:
        port = serial.Serial(address.where, timeout=0, write_timeout=0, exclusive=True, **settings)
    except serial.SerialException as error:
        raise OSError(error.errno or errno.EBUSY, str(error)) from None
    except (
        termios.error
    ) as error:  # an adapter that goes while it is being set up; no OSError, unlike all others
        raise OSError(*error.args) from None

    with contextlib.suppress(ValueError):  # ports that have no such mode are quick already
        # Most USB adapters hold what they hear for 16 ms: as long as a whole exchange with a module takes.
        port.set_low_latency_mode(True)

    def let_go() -> None:
        # A port that holds unsent bytes would keep close() waiting for as long as the device holds them up.
        with contextlib.suppress(OSError, termios.error):
            port.reset_output_buffer()
        port.close()

    return DescriptorLine(str(address), port.fileno(), let_go)


def _file(address: Address) -> DescriptorLine:
    """A file is made when it is not there, but never a device: a plain file in /dev would swallow every ticket."""
    path = address.where
    with contextlib.suppress(FileNotFoundError):
        if stat.S_ISCHR(os.stat(path).st_mode):  # noqa: PTH116 - the descriptor is what is wanted here, not a Path
            return DescriptorLine(str(address), os.open(path, os.O_RDWR | os.O_NONBLOCK))
    create = 0 if path.startswith("/dev/") else os.O_CREAT
    opened = os.open(path, os.O_WRONLY | os.O_APPEND | create, 0o640)
    return DescriptorLine(str(address), opened, answers=False)


def _keyboard(address: Address) -> DescriptorLine:
    opened = os.open(address.where, os.O_RDWR | os.O_NONBLOCK)
    try:
        fcntl.ioctl(opened, GRAB, 1)
    except OSError as error:
        os.close(opened)
        if error.errno in NO_QUEUE:
            raise LineError(
                f"{address} is no keyboard: `ls -l /dev/input/by-path` shows those there are"
            ) from None
        raise
    return DescriptorLine(str(address), opened)


class UsbLine:
    """A USB device of the printer class, or the first interface that has a bulk end for writing."""

    def __init__(self, address: Address) -> None:
        """Find the device by vendor and product, and claim it from the system's own printer driver."""
        import usb.core
        import usb.util

        self._address = str(address)
        self._usb = usb
        vendor, product = (int(part, 16) for part in address.where.split(":"))
        try:
            self._device = usb.core.find(idVendor=vendor, idProduct=product)
            if self._device is None:
                raise LineError(
                    f"{address} cannot be opened: it is not plugged in, or `lsusb` shows another number"
                )
            self._claim()
        except usb.core.NoBackendError:
            raise LineError(
                f"{address} cannot be opened: libusb is missing; sudo apt-get install libusb-1.0-0"
            ) from None

    def _claim(self) -> None:
        for interface in self._device.get_active_configuration():
            ends = {
                self._usb.util.endpoint_direction(e.bEndpointAddress): e for e in interface if _is_bulk(e)
            }
            out = ends.get(self._usb.util.ENDPOINT_OUT)
            if out is None:
                continue
            self._number = interface.bInterfaceNumber
            if self._device.is_kernel_driver_active(self._number):
                self._device.detach_kernel_driver(self._number)
            self._usb.util.claim_interface(self._device, self._number)
            self._out, self._in = out, ends.get(self._usb.util.ENDPOINT_IN)
            self.answers = self._in is not None
            return
        raise LineError(f"{self._address} cannot be opened: the device takes no bytes, so it is no printer")

    def write(self, data: bytes, timeout_s: float) -> None:
        deadline = time.monotonic() + timeout_s
        given = 0
        try:
            while given < len(data):
                left_ms = max(1, round((deadline - time.monotonic()) * 1000))
                given += self._out.write(data[given : given + USB_CHUNK], left_ms)
        except self._usb.core.USBTimeoutError:
            raise LineTimeout(
                f"{self._address} took {given} of {len(data)} bytes in {timeout_s:.1f} s and then no more",
                taken=given,
            ) from None
        except self._usb.core.USBError as error:
            raise LineError(
                f"{self._address} broke after {given} of {len(data)} bytes: {error.strerror}", taken=given
            ) from None

    def read(self, most: int, timeout_s: float) -> bytes:
        if self._in is None:
            return b""
        try:
            size = max(most, self._in.wMaxPacketSize)
            return bytes(self._in.read(size, max(1, round(timeout_s * 1000))))
        except self._usb.core.USBTimeoutError:
            return b""
        except self._usb.core.USBError as error:
            raise LineError(f"{self._address} broke: {error.strerror}") from None

    def close(self) -> None:
        with contextlib.suppress(self._usb.core.USBError):
            self._usb.util.dispose_resources(self._device)


def _is_bulk(end: Any) -> bool:  # noqa: ANN401 - pyusb has no types
    import usb.util

    return bool(usb.util.endpoint_type(end.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK)
