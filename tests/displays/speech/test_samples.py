"""Clips of whatever origin become equally loud, without silence at the ends, without anything cut off."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from displays.speech import samples
from displays.speech.samples import RATE, Sound
from tests.displays.speech import heard


def tone(seconds: float = 0.5, hertz: float = 440.0, level: float = 0.5, rate: int = RATE) -> Sound:
    at_s = np.arange(round(seconds * rate)) / rate
    return (level * np.sin(2 * np.pi * hertz * at_s)).astype(np.float32)


def recorded(path: Path, sound: Sound, *, rate: int = RATE, width: int = 2, channels: int = 1) -> Path:
    """A wav file as a recorder would save it."""
    scaled = np.round(sound.astype(np.float64) * (2 ** (8 * width - 1) - 1)).astype("<i8")
    raw = (
        (scaled + 128).astype(np.uint8).reshape(-1, 1)
        if width == 1
        else scaled.view(np.uint8).reshape(-1, 8)[:, :width]
    )
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(np.repeat(raw, channels, axis=0).tobytes())
    return path


def loudest_hertz(sound: Sound) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(sound))) * RATE / len(sound))


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_a_recording_of_any_rate_is_the_same_sound(rate: int, channels: int, tmp_path: Path) -> None:
    sound = samples.read(recorded(tmp_path / "a.wav", tone(rate=rate), rate=rate, channels=channels))
    assert len(sound) == pytest.approx(RATE / 2, abs=2)
    assert loudest_hertz(sound) == pytest.approx(440, abs=3)
    assert samples.rms(sound) == pytest.approx(0.5 / 2**0.5, rel=0.03)


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_a_recording_of_any_depth_is_the_same_sound(width: int, tmp_path: Path) -> None:
    sound = samples.read(recorded(tmp_path / "a.wav", tone(), width=width))
    assert np.abs(sound - tone()).max() < 0.02


def test_what_the_card_cannot_play_is_not_folded_back_as_noise() -> None:
    shrill = tone(hertz=30_000, rate=96_000)
    assert np.abs(samples.resampled(shrill, 96_000)[1000:-1000]).max() < 0.01


def test_silence_at_both_ends_is_cut_and_pauses_inside_stay() -> None:
    word = np.concatenate([tone(0.2), samples.silence(0.1), tone(0.2)])
    clip = samples.trimmed(np.concatenate([samples.silence(0.7), word, samples.silence(1.3)]))
    assert len(clip) / RATE == pytest.approx(0.5, abs=0.03)
    assert max(heard.silences_ms(samples.pcm(clip))) == pytest.approx(100, abs=5)


def test_a_clip_begins_and_ends_at_nothing_so_that_it_does_not_click() -> None:
    clip = samples.trimmed(tone(hertz=100))
    assert clip[0] == clip[-1] == 0
    assert np.abs(np.diff(clip[:200])).max() < 0.02


@pytest.mark.parametrize("level", [0.003, 0.05, 0.4, 0.99])
def test_whispered_and_shouted_clips_are_equally_loud(level: float) -> None:
    clip = samples.levelled(tone(level=level))
    assert samples.rms(clip) == pytest.approx(samples.LOUD, rel=0.02)


def test_a_clip_with_one_loud_knock_is_quieter_rather_than_cut_off() -> None:
    knocked = tone(level=0.05)
    knocked[5000] = 0.95
    clip = samples.levelled(knocked)
    assert np.abs(clip).max() == pytest.approx(samples.PEAK, abs=0.001)
    assert not heard.is_clipped(samples.pcm(clip))


def test_a_recording_that_was_too_loud_is_noticed() -> None:
    assert samples.is_cut_off(np.clip(tone(level=2.0), -1, 1))
    assert samples.is_cut_off(np.clip(tone(level=2.0), -1, 1) * np.float32(0.6))
    assert not samples.is_cut_off(tone(level=0.99))
    assert not samples.is_cut_off(samples.silence(0.1))


def test_a_clip_without_a_sound_is_refused() -> None:
    with pytest.raises(ValueError, match="is silent"):
        samples.trimmed(samples.silence(1))


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all" * 10])
def test_a_file_that_is_no_wav_is_told_with_its_name(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "5.wav").write_bytes(content)
    with pytest.raises(ValueError, match=r"5\.wav: is no wav file"):
        samples.read(tmp_path / "5.wav")


def test_a_wav_file_without_samples_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is empty"):
        samples.read(recorded(tmp_path / "5.wav", tone(0)))


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    samples.write(tmp_path / "a.wav", tone())
    assert np.abs(samples.read(tmp_path / "a.wav") - tone()).max() < 1e-4


def test_more_than_full_scale_is_a_mistake_and_never_played() -> None:
    with pytest.raises(ValueError, match="louder than full scale"):
        samples.pcm(tone(level=1.01))
