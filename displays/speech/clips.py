"""The clips of a language as sounds: recorded by the hall where it has, made by a program where not.

    own folder/vi/5.wav  before  made folder/vi/5.wav

Belongs here: which file is taken, what is wrong with it. Never here: which clips a call needs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from displays.speech import chime, samples
from displays.speech.samples import Sound

MADE_HERE: Final = Path(sys.prefix) / "share" / "hall-voices"
"""Where set-up puts what it makes: beside the program, because it can always be made again."""
CHIMES: Final[dict[str, Callable[[], Sound]]] = {"chime": chime.full, "chime-short": chime.short}


@dataclass(frozen=True, slots=True)
class Clips:
    """Sounds by name, and a sentence for each that is missing or cannot be used."""

    sounds: dict[str, Sound] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def places(own: Path | None, made: Path = MADE_HERE) -> list[Path]:
    """The folders to look in, the hall's own first."""
    return [folder for folder in (own, made) if folder is not None]


def load(language: str, texts: dict[str, str], folders: list[Path]) -> Clips:
    """Every clip of a language, cut and equally loud."""
    clips = Clips()
    for name, text in texts.items():
        path = _found(f"{language}/{name}.wav", folders)
        if path is None:
            clips.wrong.append(f'{language}/{name}.wav: is missing; record "{text}"')
            continue
        try:
            clips.sounds[name] = prepared(path)
        except ValueError as error:
            clips.wrong.append(str(error))
    return clips


def prepared(path: Path) -> Sound:
    """A clip as it is spoken; raises ValueError with the file's name when it cannot be used."""
    sound = samples.read(path)
    try:
        return samples.levelled(samples.trimmed(sound))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from error


def chimes(folders: list[Path]) -> Clips:
    """The hall's own chimes, or ours; one that cannot be read is told and ours is taken."""
    clips = Clips()
    for name, ours in CHIMES.items():
        path = _found(f"{name}.wav", folders)
        try:
            clips.sounds[name] = prepared(path) if path else ours()
        except ValueError as error:
            clips.wrong.append(str(error))
            clips.sounds[name] = ours()
    return clips


def findings(language: str, texts: dict[str, str], folders: list[Path]) -> list[str]:
    """What a person should mend before the hall opens: a sentence for each clip that is missing, broken or misnamed."""
    wrong = load(language, texts, folders).wrong
    return [*wrong, *_cut_off(language, texts, folders), *_misnamed(language, texts, folders)]


def _misnamed(language: str, texts: dict[str, str], folders: list[Path]) -> Iterator[str]:
    """Recordings that would never be heard; what a program made for words of yesterday may lie there."""
    for folder in folders[:-1]:
        for path in sorted((folder / language).glob("*.wav")):
            if path.stem not in texts:
                yield f"{path}: no clip has this name; the names stand in sentence.toml"


def _cut_off(language: str, texts: dict[str, str], folders: list[Path]) -> Iterator[str]:
    for name in texts:
        path = _found(f"{language}/{name}.wav", folders)
        if path is not None and _is_spoilt(path):
            yield f"{path}: is cut off at its peaks; record it again, less loud"


def _is_spoilt(path: Path) -> bool:
    try:
        return samples.is_cut_off(samples.read(path))
    except ValueError:
        return False


def _found(name: str, folders: list[Path]) -> Path | None:
    return next((folder / name for folder in folders if (folder / name).is_file()), None)
