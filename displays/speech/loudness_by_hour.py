"""How loud the voice is at this time of the day.

Pure: the hours of the settings and a time in, a share of full loudness out; nothing means a quiet hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

FULL: Final = 100
"""Percent."""
STEVENS: Final = 0.6
"""How loud a sound pressure is felt: its power of 0.6 (Stevens 1955), so 10 dB less is about half as loud."""


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time of the day to another, over midnight when `until` is not later; `volume` in percent."""

    begin: time
    until: time
    volume: int

    def hold(self, at: time) -> bool:
        """Whether this time lies in them; the last moment belongs to what follows.

        >>> Hours(time(12), time(13), 30).hold(time(13))
        False
        >>> Hours(time(22), time(6), 0).hold(time(5, 59))
        True
        """
        if self.begin < self.until:
            return self.begin <= at < self.until
        return at >= self.begin or at < self.until


def volume(at: time, usual: int, hours: Sequence[Hours]) -> int:
    """Percent of full loudness at a time of the day; of hours that overlap the last written counts."""
    return next((part.volume for part in reversed(hours) if part.hold(at)), usual)


def amplitude(percent: int) -> float:
    """The factor for samples: half the percentage sounds half as loud.

    >>> round(amplitude(100), 3), round(amplitude(50), 3), amplitude(0)
    (1.0, 0.315, 0.0)
    """
    return float((percent / FULL) ** (1 / STEVENS))
