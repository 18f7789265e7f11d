"""What the tests of the voice share: clips that espeak-ng makes once for all of them.

Belongs here: fixtures. Never here: a test.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from displays.speech import espeak
from displays.speech.language import read_language
from displays.speech.settings import VoiceSettings
from displays.speech.utterance import Speaker
from displays.speech.voice import speaker_of
from tests.debian import demand


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every clip of the languages that ship."""
    demand("espeak-ng")
    folder = tmp_path_factory.mktemp("voices")
    for name in ("vi", "en"):
        espeak.make(read_language(name), folder / name)
    return folder


@pytest.fixture(scope="session")
def speaker(made: Path) -> Speaker:
    """A voice that speaks both languages and lacks no clip."""
    spoken, wrong = speaker_of(VoiceSettings(), made)
    assert wrong == []
    return spoken
