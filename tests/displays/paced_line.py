"""Many RS-485 panels on one pseudo terminal, as slow as the wire would be.

    with paced_line(range(1, 33), baudrate=19200) as line: line.device is what the display opens

A pseudo terminal does not pace bytes by its baud rate, so the far end does. Belongs here: time on the wire. Never here:
the driver.
"""

from __future__ import annotations

import os
import select
import threading
import time
import tty
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final

BITS_PER_CHARACTER: Final = 10
STX, ETX, ACK = b"\x02", b"\x03", b"\x06"


class PacedLine:
    """Panels of these addresses; `on_shown(address, text, at_s)` is told when a frame has come in whole."""

    def __init__(
        self, addresses: Iterable[int], baudrate: int, turnaround_ms: float, length: int = 4
    ) -> None:
        self._addresses = set(addresses)
        self._character_s = BITS_PER_CHARACTER / baudrate
        self._turnaround_s = turnaround_ms / 1000
        self._frame_bytes = length + 8
        self._ours, self._theirs = os.openpty()
        for end in (self._ours, self._theirs):
            tty.setraw(end)
        self.device = os.ttyname(self._theirs)
        self.busy_s = 0.0
        """How long the wire was in use."""
        self.on_shown: Callable[[int, str, float], None] = lambda *_: None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._live)
        self._thread.start()

    def close(self) -> None:
        self._stop.set()
        self._thread.join()
        for end in (self._ours, self._theirs):
            os.close(end)

    def _live(self) -> None:
        heard, began_s = b"", 0.0
        while not self._stop.is_set():
            if not select.select([self._ours], [], [], 0.05)[0]:
                continue
            began_s = began_s if heard else time.monotonic()
            heard += os.read(self._ours, self._frame_bytes - len(heard))
            if len(heard) == self._frame_bytes:
                self._take(heard, began_s)
                heard = b""

    def _take(self, frame: bytes, began_s: float) -> None:
        arrived_s = began_s + len(frame) * self._character_s
        _sleep_until(arrived_s)
        address = int(frame[1:3])
        if address not in self._addresses:
            self.busy_s += arrived_s - began_s
            return
        self.on_shown(address, frame[5:-3].decode("ascii").strip(), time.monotonic())
        body = frame[1:3] + ACK
        checksum = body[0] ^ body[1] ^ body[2]
        answer = STX + body + f"{checksum:02X}".encode() + ETX
        answered_s = arrived_s + self._turnaround_s + len(answer) * self._character_s
        _sleep_until(answered_s)
        os.write(self._ours, answer)
        self.busy_s += answered_s - began_s


def _sleep_until(moment_s: float) -> None:
    time.sleep(max(0.0, moment_s - time.monotonic()))


@contextmanager
def paced_line(addresses: Iterable[int], baudrate: int, turnaround_ms: float = 2.0) -> Iterator[PacedLine]:
    line = PacedLine(addresses, baudrate, turnaround_ms)
    try:
        yield line
    finally:
        line.close()
