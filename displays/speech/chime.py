"""The sound that makes people look up before a number is spoken: two soft bell notes, the second lower.

Pure. A file chime.wav or chime-short.wav in the hall's own folder of voices takes the place of these.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from displays.speech.samples import PEAK, RATE, Sound

HIGH_HZ: Final = 659.26
LOW_HZ: Final = 523.25
"""E5 and C5, equal temperament at 440 Hz: a falling major third, as at a station."""
PARTIALS: Final = ((1.0, 1.0), (2.0, 0.35), (3.01, 0.12))
"""Multiples of the note and how strong each is: a bell's overtones, slightly out of tune."""
ATTACK_S: Final = 0.004
SHARE: Final = 0.45
"""Of the greatest level: the chime announces the voice and must not drown it."""


def _note(frequency_hz: float, seconds: float, fades_s: float) -> Sound:
    at_s = np.arange(round(seconds * RATE)) / RATE
    tone = sum(share * np.sin(2 * np.pi * frequency_hz * times * at_s) for times, share in PARTIALS)
    shape = np.minimum(at_s / ATTACK_S, 1.0) * np.exp(-at_s / fades_s)
    end = np.minimum((seconds - at_s) / 0.02, 1.0)
    return np.asarray(tone * shape * end, np.float32)


def _placed(notes: list[tuple[float, Sound]]) -> Sound:
    length = max(round(begins_s * RATE) + len(note) for begins_s, note in notes)
    whole = np.zeros(length, np.float32)
    for begins_s, note in notes:
        begin = round(begins_s * RATE)
        whole[begin : begin + len(note)] += note
    return whole * np.float32(PEAK * SHARE / np.abs(whole).max())


def full() -> Sound:
    """Before a call after a silence."""
    return _placed([(0.0, _note(HIGH_HZ, 0.7, 0.22)), (0.38, _note(LOW_HZ, 0.75, 0.25))])


def short() -> Sound:
    """Between calls that follow one another."""
    return _placed([(0.0, _note(HIGH_HZ, 0.3, 0.1))])
