"""Clips as espeak-ng makes them and as a hall records them: found, checked, every word another sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from displays.speech import clips, espeak, samples
from displays.speech.language import read_language
from displays.speech.samples import RATE
from tests.displays.speech import heard
from tests.displays.speech.test_samples import recorded, tone


def texts(language: str) -> dict[str, str]:
    return read_language(language).texts()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_is_heard_and_no_two_sound_the_same(language: str, made: Path) -> None:
    loaded = clips.load(language, texts(language), [made])
    assert loaded.wrong == []
    assert set(loaded.sounds) == set(texts(language))
    assert all(0.1 < len(sound) / RATE < 2 for sound in loaded.sounds.values())
    assert len({sound.tobytes() for sound in loaded.sounds.values()}) == len(loaded.sounds)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_clips_are_equally_loud_and_none_is_cut_off(language: str, made: Path) -> None:
    sounds = clips.load(language, texts(language), [made]).sounds.values()
    loudness_db = [20 * np.log10(samples.rms(sound)) for sound in sounds]
    assert max(loudness_db) - min(loudness_db) < 3
    assert not any(heard.is_clipped(samples.pcm(sound)) for sound in sounds)
    assert max(gap for sound in sounds for gap in [0, *heard.silences_ms(samples.pcm(sound))]) < 150


def test_a_recorded_file_takes_the_place_of_the_made_one(made: Path, tmp_path: Path) -> None:
    (tmp_path / "vi").mkdir()
    recorded(tmp_path / "vi" / "5.wav", tone(0.7, rate=48_000), rate=48_000, channels=2)
    before = clips.load("vi", texts("vi"), [made]).sounds
    after = clips.load("vi", texts("vi"), clips.places(tmp_path, made)).sounds
    assert len(after["5"]) / RATE == pytest.approx(0.7, abs=0.03)
    assert [name for name in before if not np.array_equal(before[name], after[name])] == ["5"]


def test_what_is_missing_is_listed_with_what_to_say(made: Path, tmp_path: Path) -> None:
    few = {name: text for name, text in texts("vi").items() if name in {"5", "lam"}}
    assert clips.findings("vi", few, [tmp_path]) == [
        'vi/5.wav: is missing; record "năm"',
        'vi/lam.wav: is missing; record "lăm"',
    ]
    assert clips.findings("vi", texts("vi"), [made]) == []


def test_spoilt_recordings_are_listed(tmp_path: Path) -> None:
    (tmp_path / "vi").mkdir()
    recorded(tmp_path / "vi" / "1.wav", np.clip(tone(level=3), -1, 1))
    recorded(tmp_path / "vi" / "2.wav", samples.silence(1))
    (tmp_path / "vi" / "3.wav").write_bytes(b"MP3")
    few = {name: texts("vi")[name] for name in ("1", "2", "3")}
    found = clips.findings("vi", few, [tmp_path])
    assert [finding.rpartition("/")[2][:25] for finding in sorted(found)] == [
        "1.wav: is cut off at its ",
        "2.wav: is silent; record ",
        "3.wav: is no wav file; sa",
    ]


def test_the_halls_own_chime_is_heard(tmp_path: Path) -> None:
    ours = clips.chimes([tmp_path]).sounds
    recorded(tmp_path / "chime.wav", tone(0.4))
    (tmp_path / "chime-short.wav").write_bytes(b"broken")
    mixed = clips.chimes([tmp_path])
    assert len(mixed.sounds["chime"]) / RATE == pytest.approx(0.4, abs=0.03)
    assert np.array_equal(mixed.sounds["chime-short"], ours["chime-short"])
    assert len(mixed.wrong) == 1


def test_clips_are_made_once_and_again_only_when_their_words_change(made: Path, tmp_path: Path) -> None:
    vietnamese = read_language("vi")
    few = vietnamese.model_copy(update={"clips": {"5": "năm", "6": "sáu"}, "letters": {}})
    assert espeak.make(few, tmp_path) == 2
    first = (tmp_path / "5.wav").stat().st_mtime_ns
    assert espeak.make(few, tmp_path) == 0
    assert (tmp_path / "5.wav").stat().st_mtime_ns == first
    (tmp_path / "6.wav").unlink()
    assert espeak.make(few, tmp_path) == 1
    assert espeak.make(few.model_copy(update={"clips": {"5": "lăm", "6": "sáu"}}), tmp_path) == 1
    assert not list(tmp_path.glob("*.half"))


def test_a_voice_that_espeak_does_not_have_is_told(made: Path, tmp_path: Path) -> None:
    unknown = read_language("vi").model_copy(update={"espeak": "tay", "clips": {"5": "hả"}, "letters": {}})
    with pytest.raises(espeak.CannotSpeak, match=r"could not speak .* with the voice tay"):
        espeak.make(unknown, tmp_path)


def test_a_language_that_is_all_recorded_needs_no_espeak(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    recorded_only = read_language("vi").model_copy(update={"espeak": ""})
    assert espeak.make(recorded_only, tmp_path) == 0
    with pytest.raises(espeak.CannotSpeak, match="sudo apt-get install espeak-ng"):
        espeak.make(read_language("vi"), tmp_path)
