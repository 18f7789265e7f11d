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
ONE_STEP: Final = timedelta(seconds=1)
"""A time server may set a clock back by this much at once, and nobody need hear of it."""
LEAP: Final = timedelta(minutes=10)
"""Wall time that gains or loses so much on monotonic time has not passed: somebody has set the clock."""
LEAP_TOLD_S: Final = 60.0
"""How long a leap is told: a second is enough, but the journal may be away just then."""

LONGEST_CLOSURE: Final = timedelta(days=45)
"""No hall is closed for longer (Tết is eleven days): a time further ahead of the last fact is a wrong clock."""


class Clock:
    """The real time, or with `start` a training clock that begins there and runs `speed` times as fast.

    Time is believed while it goes on from the last time that was believed, or has been set from the network.
    """

    def __init__(self, start: datetime | None = None, *, speed: float = 1.0) -> None:
        self._start = start.astimezone(UTC) if start else None
        self._speed = speed
        self._began_s = time.monotonic()
        self._believed: datetime | None = None
        self._believed_s = self._began_s
        self._known_synchronised = False
        self._seen: tuple[datetime, float] | None = None
        """The last time that this very clock believed, or its first; and when that was on the monotonic clock."""
        self._leapt: tuple[timedelta, float] = (timedelta(), -LEAP_TOLD_S)

    @property
    def training(self) -> bool:
        """Whether this is a training clock, as boards and tickets must say."""
        return self._start is not None

    @property
    def leapt_s(self) -> float:
        """By how much the clock was set in the last minute, between two times that could be believed; mostly 0.

        What happened at the start of this program is not known, so the first time leaps never.
        """
        by, when_s = self._leapt
        return by.total_seconds() if time.monotonic() - when_s < LEAP_TOLD_S else 0.0

    def remember(self, at: datetime) -> None:
        """Time has reached `at`: an earlier time, or one very far ahead, cannot be believed any more."""
        self._believed = max(self._believed or at, at)
        self._believed_s = time.monotonic()

    def now(self) -> Now:
        """The hall's time, in UTC and whole milliseconds, and whether it can be believed."""
        monotonic_s = time.monotonic()
        if self._start is None:
            at = datetime.now(UTC)
        else:
            at = self._start + timedelta(seconds=(monotonic_s - self._began_s) * self._speed)
        trusted = self._follows(at, monotonic_s) or self._synchronised()
        if trusted:
            self._believed, self._believed_s = at, monotonic_s
        self._look_for_a_leap(at, monotonic_s, trusted=trusted)
        return Now(at.replace(microsecond=at.microsecond // 1000 * 1000), trusted)

    def _look_for_a_leap(self, at: datetime, monotonic_s: float, *, trusted: bool) -> None:
        """Compare the two clocks since the last time that was believed."""
        if trusted and self._seen is not None:
            seen, seen_s = self._seen
            leapt = at - seen - timedelta(seconds=(monotonic_s - seen_s) * self._speed)
            if abs(leapt) >= LEAP:
                self._leapt = leapt, monotonic_s
        if trusted or self._seen is None:
            self._seen = at, monotonic_s

    def _follows(self, at: datetime, monotonic_s: float) -> bool:
        """Whether `at` goes on from the last time that was believed."""
        earliest = None if self.training else RELEASED
        if self._believed is None:
            return earliest is None or at >= earliest
        passed = timedelta(seconds=(monotonic_s - self._believed_s) * self._speed)
        return self._believed - ONE_STEP <= at <= self._believed + passed + LONGEST_CLOSURE

    def _synchronised(self) -> bool:
        """Whether systemd-timesyncd has set the clock since the start; a training clock is never set."""
        if not self.training:
            self._known_synchronised = self._known_synchronised or SYNCHRONISED.exists()
        return self._known_synchronised
