"""Lines and printers for tests: one in memory that breaks at a chosen byte, and one at the end of a serial cable.

Belongs here: how a device at the other end behaves. Never here: checks.
"""

from __future__ import annotations

import os
import select
import threading
import tty
from types import TracebackType
from typing import Self

from hall_controller.errors import LineError

ANSWERS = {1: b"\x12", 2: b"\x12", 3: b"\x12", 4: b"\x12"}
STATUS_REQUEST = b"\x10\x04"
DONE_REQUEST = b"\x1dr\x01"


class LineInMemory:
    """A line to a printer that is well, and that breaks once it has taken `breaks_at` bytes of a ticket."""

    answers = True

    def __init__(self, breaks_at: int | None = None) -> None:
        self.received = b""
        self.closed = False
        self._breaks_at = breaks_at
        self._back = b""

    def write(self, data: bytes, timeout_s: float) -> None:
        assert timeout_s > 0
        if data[:2] == STATUS_REQUEST:
            self._alive(0)
            self._back += ANSWERS[data[2]]
            return
        left = len(data) if self._breaks_at is None else self._breaks_at - len(self.received)
        self.received += data[:left]
        self._alive(left)
        if data == DONE_REQUEST:
            self._back += b"\x00"

    def _alive(self, taken: int) -> None:
        if self._breaks_at is not None and len(self.received) >= self._breaks_at:
            raise LineError("it broke", taken=taken)

    def read(self, most: int, timeout_s: float) -> bytes:
        assert timeout_s < 3
        found, self._back = self._back[:most], self._back[most:]
        return found

    def close(self) -> None:
        self.closed = True


class SerialPrinter:
    """A printer on a pseudo terminal: `path` is the port that our side opens; it answers its status."""

    def __init__(self) -> None:
        self._own, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.path = os.ttyname(self._theirs)
        self.received = bytearray()
        self._stop_reading, self._stop = os.pipe()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while self._own in select.select([self._own, self._stop_reading], [], [])[0]:
            self.received += os.read(self._own, 4096)
            while (at := self.received.find(STATUS_REQUEST)) >= 0 and at + 2 < len(self.received):
                answer = ANSWERS[self.received[at + 2]]
                del self.received[at : at + 3]
                os.write(self._own, answer)
            if self.received.endswith(DONE_REQUEST):
                os.write(self._own, b"\x00")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._stop)
        self._thread.join()
        for descriptor in (self._own, self._theirs, self._stop_reading):
            os.close(descriptor)
