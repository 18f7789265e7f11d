"""Sound as numbers: read from a wav file, cut where it is silent, made equally loud, put together without a gap.

Pure but for `read` and `write`. A sound is a mono float32 array at RATE, 1.0 is full scale. Nothing here knows words.
"""

from __future__ import annotations

import math
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]

RATE: Final = 44_100
"""Samples a second; what every sound card can do."""
LOUD: Final = 0.13
"""The RMS of speech in every clip, -18 dB below full scale: loud, with room for the peaks."""
PEAK: Final = 0.84
"""No sample is greater, -1.5 dB: a sound card's filter may overshoot a little."""
SILENT: Final = 0.02
"""Below this share of its own loudest part (-34 dB), a clip's beginning or end is taken for silence."""
WINDOW_S: Final = 0.005
MARGIN_S: Final = 0.008
"""What is left of the silence at both ends, faded, so that nothing clicks."""
FULL_SCALE: Final = 32_767
FLAT: Final = 3
"""So many equal samples in a row at the peak were cut off by whoever recorded them."""


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * RATE), np.float32)


def read(path: Path) -> Sound:
    """A wav file of 8, 16, 24 or 32 bit at any rate, its channels mixed; raises ValueError when it cannot be read."""
    try:
        with wave.open(str(path), "rb") as file:
            channels, width, rate, frames, *_ = file.getparams()
            raw = file.readframes(frames)
    except (OSError, EOFError, wave.Error) as error:
        raise ValueError(f"{path}: is no wav file; save it as PCM, 16 bit") from error
    if len(raw) == 0:
        raise ValueError(f"{path}: is empty; record it again")
    mono = _levels(raw, width).reshape(-1, channels).mean(axis=1)
    return resampled(mono.astype(np.float32), rate)


def _levels(raw: bytes, width: int) -> NDArray[np.float64]:
    """PCM bytes as levels from -1 to 1; 8 bit is unsigned, the rest signed, little endian (the WAVE format)."""
    if width == 1:
        return np.frombuffer(raw, np.uint8) / 128.0 - 1.0
    padded = np.zeros((len(raw) // width, 4), np.uint8)
    padded[:, 4 - width :] = np.frombuffer(raw, np.uint8).reshape(-1, width)
    return np.asarray(padded.view("<i4").ravel() / 2.0**31, np.float64)


def resampled(sound: Sound, rate: int) -> Sound:
    """The same sound at RATE: its spectrum cut off or filled up with zeros, so nothing is folded back as noise.

    Silence behind it makes its length one that both rates share and that a fast Fourier transform likes.
    """
    if rate == RATE or len(sound) == 0:
        return sound
    shared = math.gcd(rate, RATE)
    blocks = 1 << (-(-len(sound) * shared // rate)).bit_length()
    before, after = blocks * (rate // shared), blocks * (RATE // shared)
    spectrum = np.fft.rfft(sound, before)
    wanted = np.zeros(after // 2 + 1, spectrum.dtype)
    kept = min(len(spectrum), len(wanted))
    wanted[:kept] = spectrum[:kept]
    whole = np.fft.irfft(wanted, after) * (after / before)
    return whole[: round(len(sound) * RATE / rate)].astype(np.float32)


def envelope(sound: Sound, window_s: float = WINDOW_S) -> NDArray[np.float64]:
    """The RMS of every window, in order; the last one may be short of samples and counts as if filled with silence."""
    window = round(window_s * RATE)
    filled = np.zeros(-(-len(sound) // window) * window)
    filled[: len(sound)] = sound
    return np.asarray(np.sqrt((filled.reshape(-1, window) ** 2).mean(axis=1)))


def trimmed(sound: Sound) -> Sound:
    """Without the silence at both ends, faded in and out; raises ValueError when nothing can be heard."""
    loudness = envelope(sound)
    top = loudness.max(initial=0.0)
    if top < 1 / FULL_SCALE:
        raise ValueError("is silent; record it again")
    heard = np.flatnonzero(loudness > top * SILENT)
    window, margin = round(WINDOW_S * RATE), round(MARGIN_S * RATE)
    kept = sound[max(0, heard[0] * window - margin) : (heard[-1] + 1) * window + margin].copy()
    fade = min(margin, len(kept) // 2)
    ramp = np.linspace(0.0, 1.0, fade, dtype=np.float32)
    kept[:fade] *= ramp
    kept[len(kept) - fade :] *= ramp[::-1]
    return kept


def rms(sound: Sound) -> float:
    """The loudness of what is spoken: pauses and closed lips inside a clip do not count."""
    loudness = envelope(sound)
    spoken = loudness[loudness > loudness.max(initial=0.0) * 0.1]
    return float(np.sqrt((spoken**2).mean())) if len(spoken) else 0.0


def levelled(sound: Sound) -> Sound:
    """As loud as every other clip, unless its peaks leave no room for that."""
    factor = min(LOUD / rms(sound), PEAK / float(np.abs(sound).max()))
    return sound * np.float32(factor)


def is_cut_off(sound: Sound) -> bool:
    """Whether its peaks are flat: it was recorded too loud, and no setting mends that."""
    level = np.abs(sound)
    top = level >= max(float(level.max(initial=0.0)) * 0.9999, 0.1)
    runs = np.convolve(top, np.ones(FLAT), "valid") if len(sound) >= FLAT else np.zeros(1)
    return bool((runs == FLAT).any())


def joined(parts: Sequence[Sound], volume: float = 1.0) -> Sound:
    """One after another, at this share of full loudness."""
    whole = np.concatenate(parts) if parts else silence(0)
    return whole * np.float32(volume)


def pcm(sound: Sound) -> NDArray[np.int16]:
    """16 bit samples; what is beyond full scale is a mistake of the caller and raises ValueError."""
    if len(sound) and float(np.abs(sound).max()) > 1.0:
        raise ValueError("the sound is louder than full scale")
    return np.round(sound * FULL_SCALE).astype(np.int16)


def write(path: Path, sound: Sound) -> None:
    """Save as mono wav, 16 bit; raises OSError."""
    with path.open("wb") as opened, wave.open(opened, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(pcm(sound).tobytes())
