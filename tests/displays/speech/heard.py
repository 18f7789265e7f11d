"""What a listener would notice in samples: silences, flat tops, where one sound is in another.

Belongs here: measuring. Never here: an expectation. It uses nothing that made the samples.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE = 44_100
QUIET = 300
"""Below this level of 32,767 (-41 dB) a hall with people in it hears nothing."""
MS = RATE / 1000
"""Samples of a millisecond."""
LONGEST_SWING_MS = 10
"""A deep voice passes through zero so often; that is no silence."""

Heard = NDArray[np.int16]


def of_disk(path: Path) -> Heard:
    """What SDL's disk driver wrote instead of playing it."""
    return np.fromfile(path, "<i2")


def silences_ms(heard: Heard) -> list[float]:
    """The length of every silence between the first and the last sound, longest first."""
    gaps_ms = np.diff(_loud(heard)) / MS
    return sorted(gaps_ms[gaps_ms > LONGEST_SWING_MS].tolist(), reverse=True)


def starts_ms(heard: Heard, after_ms: float) -> list[float]:
    """When something begins after a silence of at least so many milliseconds."""
    loud = _loud(heard)
    first = loud[:1].tolist()
    return [at / MS for at in first + loud[1:][np.diff(loud) / MS > after_ms].tolist()]


def lasts_ms(heard: Heard) -> float:
    """From the first sound to the last."""
    loud = _loud(heard)
    return float(loud[-1] - loud[0]) / MS if len(loud) else 0.0


def is_clipped(heard: Heard) -> bool:
    """Whether full scale is reached, or the loudest level is held for three samples."""
    level = np.abs(heard.astype(np.int32))
    top = level.max(initial=0)
    flat = (level[2:] == top) & (level[1:-1] == top) & (level[:-2] == top)
    return bool(top >= 32_767 or (top > QUIET and flat.any()))


def places_of(part: Heard, heard: Heard) -> list[int]:
    """Where exactly these samples begin in what was heard; every sample must be the same."""
    core = part[np.flatnonzero(part)[0] : np.flatnonzero(part)[-1] + 1]
    first = int(np.argmax(np.abs(core)))
    starts = np.flatnonzero(heard == core[first]) - first
    return [
        int(start)
        for start in starts
        if start >= 0 and np.array_equal(heard[start : start + len(core)], core)
    ]


def _loud(heard: Heard) -> NDArray[np.intp]:
    """Where the samples are that can be heard."""
    return np.flatnonzero(np.abs(heard.astype(np.int32)) > QUIET)
