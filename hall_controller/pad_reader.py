"""Reads one line of pads in a thread of its own, opens it again when it breaks, and writes answers in another.

    line -> bytes -> every driver of the line -> on_heard(place, heard, heard_s)   on_state(place, None | what is wrong)

Belongs here: the only loop that survives any error of a line or a driver, and tells it. Never here: what a press does,
and pads that speak only when asked (`pad_poller`). Both callbacks are called in the reader's thread.
"""

from __future__ import annotations

import os
import queue
import stat
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hall_controller.devices.line_address import parse
from hall_controller.devices.lines import DescriptorLine, open_line
from hall_controller.errors import LineError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hall_controller.devices.lines import Line
    from hall_controller.devices.pads import Heard, PadDriver

RETRY_S: Final = 1.0
OPEN_S: Final = 1.0
READ_S: Final = 0.25
"""How soon a reader notices that it should stop."""
WRITE_S: Final = 0.5
SETTLE_S: Final = 0.05
"""What a line gives out this soon after it was opened was pressed before: nobody knows when."""
MOST_BYTES: Final = 1024


class PadReader:
    """One line; `drivers` are the pads on it, told apart by their place in that row."""

    def __init__(
        self,
        line: str,
        drivers: Sequence[PadDriver],
        on_heard: Callable[[int, Heard, float], None],
        on_state: Callable[[int, str | None], None],
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.line = line
        self._drivers = drivers
        self._on_heard = on_heard
        self._on_state = on_state
        self._clock_s = clock_s
        self._stop = threading.Event()
        self._open: Line | None = None
        self._in_use = threading.Lock()
        self._answers: queue.SimpleQueue[tuple[int, bytes] | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=work, name=f"{name} {line}", daemon=True)
            for name, work in (("pads", self._read), ("answers", self._write))
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def send(self, place: int, answer: bytes) -> None:
        """Write soon, to that driver's pad; what cannot be written is dropped, for a pad that needs it asks again."""
        self._answers.put((place, answer))

    def stop(self) -> None:
        """Ask both threads to end; `join` waits for it."""
        self._stop.set()
        self._answers.put(None)

    def join(self) -> None:
        """Wait until no callback will come any more, or as long as opening a line may take."""
        for thread in self._threads:
            thread.join(OPEN_S + WRITE_S + READ_S)

    def _read(self) -> None:
        while not self._stop.is_set():
            try:
                self._listen()
            except LineError as error:
                self._all_are(str(error))
            except Exception as error:  # noqa: BLE001 - the one supervised loop: neither a line nor a driver ends it
                self._all_are(f"{self.line}: {type(error).__name__}: {error}")
            self._stop.wait(RETRY_S)

    def _all_are(self, wrong: str | None) -> None:
        for place in range(len(self._drivers)):
            self._on_state(place, wrong)

    def _listen(self) -> None:
        """Open the line and hear it until it breaks or we stop."""
        line = _open(self.line)
        try:
            _drain(line)
            for driver in self._drivers:
                driver.begin()
            with self._in_use:
                self._open = line
            self._hear(line)
        finally:
            with self._in_use:
                self._open = None
                line.close()

    def _hear(self, line: Line) -> None:
        """Hear the open line until we stop; raises LineError when it breaks."""
        self._all_are(None)
        last_s = self._clock_s()
        while not self._stop.is_set():
            heard = line.read(MOST_BYTES, READ_S)
            if heard:
                heard_s = self._clock_s()
                self._feed(heard, heard_s, heard_s - last_s)
                last_s = heard_s

    def _feed(self, heard: bytes, heard_s: float, silent_s: float) -> None:
        for place, driver in enumerate(self._drivers):
            if 0 < driver.longest_gap_s < silent_s:
                driver.forget()
            for said in driver.feed(heard):
                self._on_heard(place, said, heard_s)

    def _write(self) -> None:
        while (answer := self._answers.get()) is not None:
            with self._in_use:
                if self._open is None:
                    continue
                try:
                    self._open.write(answer[1], WRITE_S)
                except Exception:  # noqa: BLE001, S112 - the reader notices, tells and mends what is wrong with a line
                    continue


class FifoLine(DescriptorLine):
    """A named pipe: bytes come out of it for us, none go back."""

    def write(self, data: bytes, timeout_s: float) -> None:
        """Drop it: what is written into a pipe would be read again by ourselves."""


def _open(text: str) -> Line:
    """The line, open for reading; raises LineError in one sentence."""
    address = parse(text)
    if address.scheme == "file":
        try:
            mode = Path(address.where).stat().st_mode
            if stat.S_ISFIFO(mode):
                # Open for writing too: else every writer that goes away would look like the end of the line.
                return FifoLine(text, os.open(address.where, os.O_RDWR | os.O_NONBLOCK))
        except OSError as error:
            raise LineError(
                f"{text} cannot be opened ({error.strerror}): plug it in or make it with mkfifo"
            ) from None
        if not stat.S_ISCHR(mode):
            raise LineError(f"{text} is a plain file, from which no press comes: make it with mkfifo")
    return open_line(text, OPEN_S)


def _drain(line: Line) -> None:
    """Throw away what was pressed while nobody listened."""
    until_s = time.monotonic() + SETTLE_S
    while (left_s := until_s - time.monotonic()) > 0:
        line.read(MOST_BYTES, left_s)
