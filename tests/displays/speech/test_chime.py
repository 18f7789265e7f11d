"""The chime is heard, is over soon, and is quieter than it could be."""

from __future__ import annotations

import numpy as np
import pytest

from displays.speech import chime, samples
from displays.speech.samples import RATE, Sound
from tests.displays.speech import heard


@pytest.mark.parametrize(("sound", "longest_s"), [(chime.full(), 1.2), (chime.short(), 0.35)])
def test_a_chime_is_short_soft_and_whole(sound: Sound, longest_s: float) -> None:
    assert 0.1 < len(sound) / RATE < longest_s
    assert np.abs(sound).max() == pytest.approx(samples.PEAK * chime.SHARE, rel=0.001)
    assert not heard.is_clipped(samples.pcm(sound))
    assert np.abs(sound[[0, -1]]).max() < 0.001
    assert max(heard.silences_ms(samples.pcm(sound)), default=0) < 20


def test_the_second_note_is_lower_than_the_first() -> None:
    whole = chime.full()
    first, second = whole[: RATE // 3], whole[RATE * 2 // 3 :]
    notes = [np.argmax(np.abs(np.fft.rfft(part))) * RATE / len(part) for part in (first, second)]
    assert notes[0] == pytest.approx(chime.HIGH_HZ, abs=4)
    assert notes[1] == pytest.approx(chime.LOW_HZ, abs=4)


def test_the_chime_is_heard_at_once() -> None:
    assert heard.starts_ms(samples.pcm(chime.full()), 50)[0] < 5
