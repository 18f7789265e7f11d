"""A serial printer that takes bytes no faster than its baud rate lets them come, and prints as fast as they come.

A pseudo terminal does not pace bytes, so the far end reads them at the speed of the wire. Belongs here: time on the
wire. Never here: checks.
"""

from __future__ import annotations

import os
import select
import threading
import time
import tty
from types import TracebackType
from typing import Final, Self

from tests.hall_controller.devices.pretended_lines import ANSWERS, DONE_REQUEST, STATUS_REQUEST

BITS_PER_CHARACTER: Final = 10
MOST_AT_ONCE: Final = 64


class PacedPrinter:
    """`path` is the port that our side opens; `received` all that came but the questions."""

    def __init__(self, baudrate: int) -> None:
        self._character_s = BITS_PER_CHARACTER / baudrate
        self._own, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        self.path = os.ttyname(self._theirs)
        self.received = bytearray()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        free_at_s, rest = 0.0, b""
        while not self._stop.is_set():
            if not select.select([self._own], [], [], 0.05)[0]:
                continue
            data = os.read(self._own, MOST_AT_ONCE)
            free_at_s = max(free_at_s, time.monotonic()) + len(data) * self._character_s
            time.sleep(max(0.0, free_at_s - time.monotonic()))
            rest = self._take(rest + data)

    def _take(self, data: bytes) -> bytes:
        """Answer what is asked; what may be the beginning of a question is kept for the next time."""
        while (at := data.find(STATUS_REQUEST)) >= 0 and at + 2 < len(data):
            self._print(data[:at])
            os.write(self._own, ANSWERS[data[at + 2]])
            data = data[at + 3 :]
        kept = len(data) - at if at >= 0 else data.endswith(STATUS_REQUEST[:1])
        self._print(data[: len(data) - kept])
        return data[len(data) - kept :]

    def _print(self, data: bytes) -> None:
        self.received += data
        if data and self.received.endswith(DONE_REQUEST):
            os.write(self._own, b"\x00")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        for descriptor in (self._own, self._theirs):
            os.close(descriptor)
