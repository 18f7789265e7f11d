"""SDL writes what a card would play into a file, ten times as fast as it would be heard.

Belongs here: the stand-in for a sound card. Never here: an expectation.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pytest

from tests.displays.speech import heard

DELAY_MS: Final = 2
"""For every 23 ms of sound; 0 would fill the disk with silence."""
REAL_TIME_MS: Final = 23


class Recorder:
    """The file that SDL's disk driver writes; cards can be taken away and given back."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.raw = folder / "heard.raw"
        self.cards = folder / "cards"
        """Stands for the kernel's list of sound cards."""
        monkeypatch.setenv("SDL_DISKAUDIOFILE", str(self.raw))
        monkeypatch.setenv("SDL_DISKAUDIODELAY", str(DELAY_MS))
        self.plug_in()

    def plug_in(self) -> None:
        self._monkeypatch.setenv("SDL_AUDIODRIVER", "disk")
        self.cards.write_text(" 0 [USB ]: USB-Audio\n", "utf-8")

    def pull_out(self) -> None:
        self._monkeypatch.setenv("SDL_AUDIODRIVER", "there-is-none")
        self.cards.write_text("--- no soundcards ---\n", "utf-8")

    def heard(self) -> heard.Heard:
        """Everything since the card was opened last; nothing before it was."""
        return heard.of_disk(self.raw) if self.raw.exists() else np.zeros(0, np.int16)
