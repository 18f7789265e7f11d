"""An RS-485 panel at the far end of a pseudo terminal: reads the frames of its data sheet and answers as told.

    panel = LedPanel(7); panel.device is what the display opens; panel.refuse, panel.mute, panel.noise spoil its answers

Belongs here: the panel's own reading of the data sheet, written apart from the driver. Never here: the driver.
"""

from __future__ import annotations

import os
import select
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

STX, ETX, ACK, NAK = b"\x02", b"\x03", b"\x06", b"\x15"


@dataclass(frozen=True)
class Shown:
    """One frame that was addressed to a panel and came whole."""

    address: int
    command: str
    flags: int
    text: str
    at_s: float

    @property
    def blinks(self) -> bool:
        return bool(self.flags & 1)

    @property
    def point(self) -> bool:
        return bool(self.flags & 2)


class LedPanel:
    """Panels of these addresses on one line, all of one length."""

    def __init__(self, *addresses: int, length: int = 4) -> None:
        self._addresses = addresses
        self._frame_bytes = length + 8
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._ours)
        tty.setraw(self._theirs)
        self.device = os.ttyname(self._theirs)
        self.shown: list[Shown] = []
        self.damaged = 0
        self.refuse = 0
        self.mute = 0
        self.noise = b""
        self.gap_ms = 0.0
        self._new = threading.Condition()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._live)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        for end in (self._ours, self._theirs):
            os.close(end)

    def wait_for(self, text: str, *, count: int = 1, within_s: float = 15.0) -> Shown:
        """The `count`-th frame with this text, spaces at its ends not counted; raises TimeoutError."""

        def found() -> list[Shown]:
            return [frame for frame in self.shown if frame.text.strip() == text][count - 1 :]

        with self._new:
            if not self._new.wait_for(found, within_s):
                raise TimeoutError(f"never showed {text!r} {count} times, but {self.shown}")
            return found()[0]

    def _live(self) -> None:
        heard = b""
        while not self._stop.is_set():
            if not select.select([self._ours], [], [], 0.02)[0]:
                continue
            heard += os.read(self._ours, 1)
            start = heard.find(STX)
            heard = heard[start:] if start >= 0 else b""
            if len(heard) == self._frame_bytes:
                self._read(heard)
                heard = b""

    def _read(self, frame: bytes) -> None:
        body, checksum = frame[1:-3], frame[-3:-1]
        expected = 0
        for byte in body:
            expected ^= byte
        whole = frame[-1:] == ETX and checksum == f"{expected:02X}".encode()
        if not whole:
            self.damaged += 1
            return
        address = int(body[:2])
        if address not in self._addresses:
            return
        if self.mute:
            self.mute -= 1
        elif self.refuse:
            self.refuse -= 1
            self._answer(address, NAK)
        else:
            # on the glass first, so that whoever sees the answer finds it there
            with self._new:
                text = body[4:].decode("ascii")
                flags = int(chr(body[3]), 16)
                self.shown.append(Shown(address, chr(body[2]), flags, text, time.monotonic()))
                self._new.notify_all()
            self._answer(address, ACK)

    def _answer(self, address: int, kind: bytes) -> None:
        body = f"{address:02}".encode() + kind
        checksum = 0
        for byte in body:
            checksum ^= byte
        for byte in self.noise + STX + body + f"{checksum:02X}".encode() + ETX:
            if self.gap_ms:
                time.sleep(self.gap_ms / 1000)  # a slow panel is slow
            os.write(self._ours, bytes([byte]))


@contextmanager
def led_panel(*addresses: int, length: int = 4) -> Iterator[LedPanel]:
    panel = LedPanel(*addresses, length=length)
    try:
        yield panel
    finally:
        panel.close()
