"""Watches the pins of one pad: what gpiozero hears in its own thread becomes presses in the loop's.

    gpiozero's thread: on_level -> loop.call_soon_threadsafe     the loop: driver.feed -> on_heard(0, heard, at_s)

Belongs here: opening, trying again, and the way into the loop. Never here: bouncing, what a press does.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from hall_controller.devices.line_address import parse
from hall_controller.devices.pins import Pins
from hall_controller.errors import LineError
from hall_controller.pad_reader import RETRY_S

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hall_controller.devices.pads import Heard, PadDriver


class PinWatcher:
    """The pins of the one driver given; to the outside it is a reader as that of a line."""

    def __init__(
        self,
        line: str,
        drivers: Sequence[PadDriver],
        on_heard: Callable[[int, Heard, float], None],
        on_state: Callable[[int, str | None], None],
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.line = line
        (self._driver,) = drivers
        self._on_heard = on_heard
        self._on_state = on_state
        self._clock_s = clock_s
        self._loop = asyncio.get_running_loop()
        self._pins: Pins | None = None
        self._again: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Open the pins, now or as soon as they can be had."""
        self._again = None
        try:
            address = parse(self.line)
            self._driver.begin()
            self._pins = Pins(address, self._driver.inputs, self._driver.outputs, self._changed)
        except LineError as error:
            self._on_state(0, str(error))
            self._again = self._loop.call_later(RETRY_S, self.start)
        else:
            self._on_state(0, None)

    def send(self, place: int, answer: bytes) -> None:  # noqa: ARG002 - there is one pad
        """Turn lights on or off; pins that are away are told when they are back."""
        if self._pins is not None:
            self._pins.write(answer)

    def stop(self) -> None:
        """Let go of the pins."""
        if self._again is not None:
            self._again.cancel()
        if self._pins is not None:
            self._pins.close()
            self._pins = None

    def join(self) -> None:
        """Nothing goes on after `stop`."""

    def _changed(self, level: bytes) -> None:
        """In gpiozero's thread. The time is taken here, for the loop may be late and levels must not look shorter."""
        self._loop.call_soon_threadsafe(self._heard, level, self._clock_s())

    def _heard(self, level: bytes, at_s: float) -> None:
        for heard in self._driver.feed(level):
            self._on_heard(0, heard, at_s)
