"""The hall's clock: wall time for people, and whether it can be believed.

A Raspberry Pi has no clock of its own and may wake up in the wrong year. Durations are never measured with this clock.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from hall_controller.domain.commands import Now

RELEASED: Final = datetime(2026, 11, 23, tzinfo=UTC)
"""No true clock shows a time before this program was released."""
SYNCHRONISED: Final = Path("/run/systemd/timesync/synchronized")
"""systemd-timesyncd makes this file when the clock has been set from the network."""


class Clock:
    """The real time, or with `start` a training clock that begins there and runs `speed` times as fast."""

    def __init__(self, start: datetime | None = None, *, speed: float = 1.0) -> None:
        self._start = start.astimezone(UTC) if start else None
        self._speed = speed
        self._began_s = time.monotonic()
        self._last_fact = RELEASED
        self._known_synchronised = False

    @property
    def training(self) -> bool:
        """Whether this is a training clock, as boards and tickets must say."""
        return self._start is not None

    def remember(self, at: datetime) -> None:
        """Time has reached `at`: an earlier time cannot be believed any more."""
        self._last_fact = max(self._last_fact, at)

    def now(self) -> Now:
        """The hall's time, in UTC and whole milliseconds, and whether it can be believed."""
        if self._start is None:
            at = datetime.now(UTC)
            trusted = at >= self._last_fact or self._synchronised()
        else:
            at = self._start + timedelta(seconds=(time.monotonic() - self._began_s) * self._speed)
            trusted = self._last_fact in (RELEASED, at) or at >= self._last_fact
        return Now(at.replace(microsecond=at.microsecond // 1000 * 1000), trusted)

    def _synchronised(self) -> bool:
        self._known_synchronised = self._known_synchronised or SYNCHRONISED.exists()
        return self._known_synchronised
