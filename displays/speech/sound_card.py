"""The sound card, by SDL's mixer: one sound at a time, in a thread of SDL's own, so that no screen waits for it.

Belongs here: opening, playing, noticing that a card has come or gone. Never here: what is heard. Without a card
every method says so and the next call tries again.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path
from typing import Final

import pygame

from displays.speech.samples import RATE, Sound, pcm
from hall_controller.errors import HallError

BUFFER: Final = 1024
"""Samples that SDL asks for at a time: 23 ms, which any card plays without crackling."""
CARDS: Final = Path("/proc/asound/cards")
"""The kernel's list of sound cards; a change of it means that one was plugged in or out."""
POLL_S: Final = 0.02
FIRST_RETRY_S: Final = 2.0
LONGEST_RETRY_S: Final = 300.0
"""Each try lets ALSA write eight lines to the log; a card that is plugged in is tried at once anyway."""


class NoSound(HallError):
    """Nothing can be played now."""


class SoundCard:
    """The card of this name, or the machine's first; opened when first needed."""

    def __init__(self, name: str = "", cards: Path = CARDS) -> None:
        self._name = name
        self._cards = cards
        self._seen = ""
        self._fault = ""
        self._wait_s = FIRST_RETRY_S
        self._retry_at_s = 0.0

    async def open(self) -> None:
        """Open it, or open it again after cards have come or gone; raises NoSound, also when it is too soon to try."""
        cards = self._listed()
        if cards == self._seen:
            if pygame.mixer.get_init():
                return
            if self._fault and time.monotonic() < self._retry_at_s:
                raise NoSound(self._fault)
        else:
            self._wait_s = FIRST_RETRY_S
        self._seen = cards
        try:
            await asyncio.to_thread(self._open)
        except NoSound as error:
            self._fault = str(error)
            self._retry_at_s = time.monotonic() + self._wait_s
            self._wait_s = min(LONGEST_RETRY_S, self._wait_s * 2)
            raise
        self._wait_s = FIRST_RETRY_S

    def _open(self) -> None:
        pygame.mixer.quit()
        try:
            pygame.mixer.init(RATE, -16, 1, BUFFER, self._name or None, 0)
        except pygame.error as error:
            raise NoSound(f"no sound: {error}; plug in a sound card or set voice.output") from error

    async def play(self, sound: Sound) -> None:
        """Play to the end; cancelled, it is silent at once. Raises NoSound."""
        await self.open()
        try:
            channel = pygame.mixer.Channel(0)
            channel.play(pygame.mixer.Sound(buffer=pcm(sound).tobytes()))
            while channel.get_busy():  # noqa: ASYNC110 - SDL's thread sets no event of ours
                await asyncio.sleep(POLL_S)
        except pygame.error as error:
            raise NoSound(f"no sound: {error}") from error
        finally:
            with contextlib.suppress(pygame.error):
                pygame.mixer.stop()

    def close(self) -> None:
        pygame.mixer.quit()

    def _listed(self) -> str:
        try:
            return self._cards.read_text("utf-8", "replace")
        except OSError:
            return ""
