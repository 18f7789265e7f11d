"""The benchmark of the voice measures what it says: gaps and peaks of sentences, and how soon a call is heard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from displays.speech import espeak
from displays.speech.language import read_language
from displays.speech.settings import VoiceSettings
from displays.speech.utterance import Speaker, Tongue
from displays.speech.voice import speaker_of
from tests.benchmarks.bench_voice import calls_to_sound, sentences
from tests.broker import RunningBroker
from tests.debian import needs_debian
from tests.displays.speech.recorder import REAL_TIME_MS, Recorder

pytestmark = needs_debian("mosquitto", "espeak-ng")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    espeak.make(read_language("vi"), folder / "made" / "vi")
    return folder


def test_a_gap_and_a_flat_top_would_be_noticed(folder: Path) -> None:
    speaker, _ = speaker_of(VoiceSettings(languages=("vi",)), folder / "made")
    sound = list(sentences(speaker, "vi", "digits", 20))
    assert all(0 < sentence.longest_gap_ms < 150 and not sentence.clipped for sentence in sound)
    vietnamese = speaker.tongues["vi"]
    slow = {"0": np.pad(vietnamese.sounds["0"], 10_000), "so": vietnamese.sounds["so"]}
    loud = {"den-quay": np.clip(vietnamese.sounds["den-quay"] * 5, -1, 1)}
    spoilt = Tongue(vietnamese.language, {**vietnamese.sounds, **slow, **loud})
    worse = list(sentences(Speaker({"vi": spoilt}, speaker.chimes), "vi", "digits", 20))
    assert all(sentence.longest_gap_ms > 200 and sentence.clipped for sentence in worse)


@pytest.mark.alone
async def test_a_call_is_heard_before_a_third_of_a_second(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(folder, monkeypatch)
    monkeypatch.setenv("SDL_DISKAUDIODELAY", str(REAL_TIME_MS // 4))
    with RunningBroker(tmp_path) as broker:
        times_ms, speaking_ms, silent_ms = await calls_to_sound(broker.port, folder, 3, silent_s=0.2)
    assert recorder.raw.stat().st_size > 0
    assert 0 < times_ms[1] < 300
    assert speaking_ms
    assert silent_ms
