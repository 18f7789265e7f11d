"""The voice: gaps and peaks inside spoken sentences, and from a call to its first sound.

Prints a table; judges nothing. A hall asks for no gap over 150 ms, nothing cut off, and a first sound within 300 ms.
What is measured is what SDL would have given to a sound card, written by its disk driver at the pace of a card; the
card's own delay is not in it.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from displays.feed import Feed
from displays.speech import espeak
from displays.speech.language import Numbers, read_language
from displays.speech.samples import pcm
from displays.speech.settings import VoiceSettings
from displays.speech.sound_card import SoundCard
from displays.speech.utterance import Speaker
from displays.speech.voice import Voice, speaker_of
from tests.broker import RunningBroker
from tests.displays.boards import TOPICS, settings
from tests.displays.controller_on_air import on_air
from tests.displays.speech import heard
from tests.displays.speech.calls_to_speak import announced
from tests.displays.speech.recorder import REAL_TIME_MS

NUMBERS: Final = 1000
CALLS: Final = 10
SILENT_S: Final = 20.0
POLL_S: Final = 0.001
LETTERS: Final = "ABCDEFGHJKLMNPRSX"
"""Those of the reference hall."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """What was measured of one spoken sentence."""

    longest_gap_ms: float
    peak: float
    lasts_s: float
    clipped: bool


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="bench-voice-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for language in ("vi", "en"):
            espeak.make(read_language(language), folder / "made" / language)
        speaker, _ = speaker_of(VoiceSettings(), folder / "made")
        print(
            f"{f'{NUMBERS} sentences each':34}{'gap ms p50':>12}{'longest':>9}{'peak':>7}{'clipped':>9}{'s p50':>7}"
        )
        for language in ("vi", "en"):
            for numbers in ("digits", "cardinal"):
                print_sentences(
                    f"{language}, {numbers}", list(sentences(speaker, language, numbers, NUMBERS))
                )
        os.environ["SDL_AUDIODRIVER"] = "disk"
        os.environ["SDL_DISKAUDIOFILE"] = str(folder / "heard.raw")
        os.environ["SDL_DISKAUDIODELAY"] = str(REAL_TIME_MS)
        with RunningBroker(folder) as broker:
            times_ms, speaking_ms, silent_ms = asyncio.run(
                calls_to_sound(broker.port, folder, CALLS, SILENT_S)
            )
        print(f"\n{'milliseconds':34}{'p50':>12}{'p99':>9}{'most':>9}")
        print_times("call to first sound", times_ms)
        print_times("screens wait while it speaks", speaking_ms)
        print_times("and while it is silent", silent_ms)


def print_sentences(title: str, measured: list[Sentence]) -> None:
    gaps_ms = sorted(sentence.longest_gap_ms for sentence in measured)
    lasts_s = sorted(sentence.lasts_s for sentence in measured)
    half = len(measured) // 2
    peak, clipped = (
        max(sentence.peak for sentence in measured),
        sum(sentence.clipped for sentence in measured),
    )
    print(f"{title:34}{gaps_ms[half]:12.0f}{gaps_ms[-1]:9.0f}{peak:7.2f}{clipped:9}{lasts_s[half]:7.1f}")


def print_times(title: str, times_ms: list[float]) -> None:
    half, most = times_ms[len(times_ms) // 2], times_ms[int(len(times_ms) * 0.99)]
    print(f"{title:34}{half:12.1f}{most:9.1f}{times_ms[-1]:9.1f}")


def sentences(speaker: Speaker, language: str, numbers: Numbers, count: int) -> Iterator[Sentence]:
    """Measure so many calls of the day, each letter and counter in turn."""
    tongue, spoken = speaker.tongues[language], replace(speaker, numbers=numbers)
    for number in range(count):
        call = announced(f"{LETTERS[number % len(LETTERS)]}{number:03}", str(number % 64 + 1))
        samples = pcm(tongue.sentence(spoken.clips(tongue.language, call, follows=False)))
        yield Sentence(
            longest_gap_ms=max(heard.silences_ms(samples), default=0.0),
            peak=float(np.abs(samples.astype(np.int32)).max()) / 32_768,
            lasts_s=heard.lasts_ms(samples) / 1000,
            clipped=heard.is_clipped(samples),
        )


async def calls_to_sound(
    port: int, folder: Path, count: int, silent_s: float
) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds, sorted: from a call to its first sound; how late the event loop is while it speaks, and before."""
    told = {"languages": ["vi"], "volume": 100}
    feed = Feed(settings(port, voice=told))
    card = SoundCard(cards=folder / "cards")
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    voice = Voice(VoiceSettings.model_validate(told), feed, TOPICS.announcement, zone, card, folder / "made")
    speaking_ms: list[float] = []
    silent_ms: list[float] = []
    async with on_air(port) as air:
        running = [asyncio.create_task(part) for part in (feed.run(), voice.run())]
        try:
            await air.hears("status", '"voice":"ok"', within_s=10)
            with suppress(TimeoutError):
                await asyncio.wait_for(lateness(silent_ms), silent_s)
            watching = asyncio.create_task(lateness(speaking_ms))
            times_ms = []
            for number in range(count):
                call = announced(f"A{number:03}", "5", now=datetime.now(UTC))
                before = (folder / "heard.raw").stat().st_size
                began_s = time.perf_counter()
                await air.send(TOPICS.announcement, call.model_dump_json())
                await sound_after(folder / "heard.raw", before)
                times_ms.append((time.perf_counter() - began_s) * 1000)
                await silence_after(folder / "heard.raw")
            watching.cancel()
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
    return sorted(times_ms), sorted(speaking_ms), sorted(silent_ms)


async def lateness(lags_ms: list[float]) -> None:
    """How much later than asked the event loop, which screens share with the voice, comes back."""
    while True:
        asked_s = time.perf_counter() + 0.01
        await asyncio.sleep(0.01)
        lags_ms.append((time.perf_counter() - asked_s) * 1000)


async def sound_after(raw: Path, offset: int) -> None:
    """Return as soon as the file holds a sound behind this many bytes."""
    async with asyncio.timeout(10):
        while heard.lasts_ms(np.fromfile(raw, "<i2", offset=offset)) == 0:  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(POLL_S)


async def silence_after(raw: Path) -> None:
    """Return when nothing was heard for a second."""
    async with asyncio.timeout(30):
        while heard.lasts_ms(tail(raw)) > 0:  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.1)


def tail(raw: Path) -> heard.Heard:
    """The last second of it."""
    return np.fromfile(raw, "<i2", offset=max(0, raw.stat().st_size // 2 - heard.RATE) * 2)
