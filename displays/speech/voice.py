"""The voice of one display machine: calls come in, and are spoken one after another.

    announcement -> WaitingCalls -> Speaker (one sound) -> SoundCard

Belongs here: when something is spoken, and what the hall is told of it. Never here: words, samples, the order of calls.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from datetime import tzinfo
from pathlib import Path
from typing import Final

import numpy as np
import structlog
from pydantic import ValidationError

from displays.feed import Feed
from displays.speech.clips import MADE_HERE, chimes, load, places
from displays.speech.language import read_language
from displays.speech.loudness_by_hour import amplitude, volume
from displays.speech.settings import VoiceSettings
from displays.speech.sound_card import NoSound, SoundCard
from displays.speech.utterance import Opening, Speaker, Tongue
from displays.speech.waiting_calls import WaitingCalls
from hall_controller.messages import LARGEST_PAYLOAD_BYTES, Announcement

NAME: Final = "voice"
RETRY_S: Final = 2.0
"""How often a card that is away is looked for."""
LULL_S: Final = 4.0
"""After so long a silence people have looked away, and the whole chime is heard again."""
LATE_IN_A_ROW: Final = 3

log = structlog.get_logger()


class Voice:
    """Speaks what the feed hears."""

    def __init__(
        self,
        settings: VoiceSettings,
        feed: Feed,
        topic: str,
        zone: tzinfo,
        card: SoundCard,
        made: Path = MADE_HERE,
    ) -> None:
        self._settings = settings
        self._feed = feed
        self._zone = zone
        self._card = card
        self._made = made
        self._waiting = WaitingCalls(settings.many)
        self._changed = feed.watch()
        self._late_in_a_row = 0
        self._unreadable = 0
        self._answered_order = False
        self._spoke_at_s = float("-inf")
        self._faults: dict[str, str] = {}
        feed.told.surface(NAME, lambda _: False)
        feed.hear(topic, self.take)

    def take(self, payload: bytes, *, retained: bool) -> None:
        """A call from the broker; one that the broker kept is late by nature."""
        call = None if retained else _read(payload)
        if call is None:
            self._unreadable += 1
            log.warning("dropped a call that cannot be spoken", bytes=len(payload), retained=retained)
            return
        late = self._waiting.take(call, self._feed.now()) == "late"
        self._late_in_a_row = self._late_in_a_row + 1 if late else 0
        self._changed.set()

    async def run(self) -> None:
        """Speak until cancelled, whatever becomes of the sound card."""
        speaker, wrong = await asyncio.to_thread(speaker_of, self._settings, self._made)
        for sentence in wrong:
            log.warning("a clip cannot be spoken", clip=sentence)
        if wrong:
            self._faults["clips"] = f"{len(wrong)} clips cannot be spoken; run hall-display voice check"
        try:
            while True:
                self._changed.clear()
                await self._look(speaker)
                self._tell()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(RETRY_S):
                        await self._changed.wait()
        finally:
            self._card.close()

    async def _look(self, speaker: Speaker) -> None:
        """Speak all that waits; without a card it goes on waiting, as long as it may."""
        try:
            await self._card.open()
            await self._answer_order(speaker)
            while calls := self._waiting.next(self._feed.now()):
                await self._speak(speaker, calls)
        except NoSound as error:
            if "card" not in self._faults:
                log.warning("the voice is silent", reason=str(error))
            self._faults["card"] = str(error)
        else:
            if self._faults.pop("card", None):
                log.info("the sound card is there")

    async def _speak(self, speaker: Speaker, calls: list[Announcement]) -> None:
        loudness = self._loudness()
        if loudness == 0:
            return
        after_lull = time.monotonic() - self._spoke_at_s > LULL_S
        opening: Opening = "chime" if after_lull and len(calls) == 1 else "chime-short"
        sound, missing = await asyncio.to_thread(speaker.utterance, calls, opening)
        if missing:
            log.warning("a call was not spoken whole", missing=missing)
        try:
            await self._card.play(sound * np.float32(loudness))
        finally:
            self._spoke_at_s = time.monotonic()

    def _loudness(self) -> float:
        at = self._feed.now().astimezone(self._zone).time()
        return amplitude(volume(at, self._settings.volume, self._settings.loudness()))

    async def _answer_order(self, speaker: Speaker) -> None:
        """A technician who asks for this machine hears its chime, once an order, also in a quiet hour."""
        ordered = self._feed.orders.wanted(time.monotonic()) != "board"
        if ordered and not self._answered_order:
            await self._card.play(speaker.chimes["chime"] * np.float32(amplitude(self._settings.volume)))
        self._answered_order = ordered

    def _tell(self) -> None:
        """What the hall is told of this voice: whether it can be heard, and what it left out."""
        if self._late_in_a_row >= LATE_IN_A_ROW:
            self._faults["clock"] = "the last calls came after their time; set this machine's clock"
        else:
            self._faults.pop("clock", None)
        told = self._feed.told
        told.dropped({"late": self._waiting.fates["late"], "unreadable": self._unreadable})
        if self._faults:
            told.fails(NAME, "; ".join(self._faults.values()))
        else:
            told.shows(NAME, {})


def speaker_of(settings: VoiceSettings, made: Path = MADE_HERE) -> tuple[Speaker, list[str]]:
    """Read all clips of these settings; also returns a sentence for each that cannot be spoken."""
    folders = places(settings.folder, made)
    bells = chimes(folders)
    wrong, tongues = list(bells.wrong), {}
    for name in settings.languages:
        language = read_language(name, settings.folder)
        clips = load(name, language.texts(), folders)
        wrong += clips.wrong
        tongues[name] = Tongue(language, clips.sounds)
    return Speaker(tongues, bells.sounds, settings.numbers, settings.missing_ten), wrong


def _read(payload: bytes) -> Announcement | None:
    if len(payload) > LARGEST_PAYLOAD_BYTES:
        return None
    try:
        return Announcement.model_validate_json(payload)
    except ValidationError:
        return None
