"""When a new call makes a panel blink, and for a panel that cannot blink by itself, when it is dark.

Pure: every method is told the time. At most 5 s and 3 Hz, as the drivers' settings are bounded; 0 s = never.
"""

from __future__ import annotations

from datetime import datetime

from hall_controller.messages import CounterDisplay


class Flashing:
    """The blinking of one panel: `blink_s` long, at `flash_hz` when the panel does not do it by itself."""

    def __init__(self, blink_s: float, flash_hz: float) -> None:
        self._blink_s = blink_s
        self._flash_hz = flash_hz
        self._call: tuple[str | None, int] | None = None
        self._began_s = 0.0
        self._until_s = 0.0

    def look(self, display: CounterDisplay | None, now: datetime, at_s: float) -> bool:
        """Whether the call on this board blinks; `now` is the hall's time, `at_s` monotonic seconds.

        A call blinks from when it arrives; one that stood there when this machine started, only while it is news.
        """
        if display is None or display.state != "calling":
            self._call = None if display is None else (None, 0)
            self._until_s = at_s
            return False
        call = (display.ticket, display.call)
        if call != self._call:
            age_s = (now - display.since).total_seconds() if self._call is None else 0.0
            self._began_s, self._until_s = at_s, at_s + max(0.0, self._blink_s - max(0.0, age_s))
            self._call = call
        return at_s < self._until_s

    def is_dark(self, at_s: float) -> bool:
        """Whether this is the dark half of a flash; each begins lit, and the last one ends lit."""
        return at_s < self._until_s and self._halves(at_s) % 2 == 1

    def changes_in_s(self, at_s: float) -> float | None:
        """Seconds until the next change; None when nothing blinks."""
        if at_s >= self._until_s:
            return None
        left_s = self._until_s - at_s
        if not self._flash_hz:
            return left_s
        return min(left_s, self._began_s + (self._halves(at_s) + 1) / (2 * self._flash_hz) - at_s)

    def _halves(self, at_s: float) -> int:
        return int((at_s - self._began_s) * 2 * self._flash_hz)
