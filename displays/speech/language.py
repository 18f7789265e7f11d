"""A language of calls: a folder with sentence.toml, which says what the sentences, clips and letters are.

Belongs here: reading and checking that file, and a call as names of clips. Never here: sound. A language is
added by adding a folder; nothing here knows which there are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from displays.mistakes import sentence
from displays.speech import number_table, vietnamese_numbers
from displays.speech.vietnamese_numbers import MissingTen
from hall_controller.errors import ConfigError

FILE: Final = "sentence.toml"
SHIPPED: Final = Path(str(files("displays"))) / "assets" / "voices"
FIGURES_AND_LETTERS: Final = re.compile(r"[A-Z]?[0-9]{1,4}[A-Z]?|[A-Z]")
FIELDS: Final = {
    "call": {"ticket", "counter"},
    "next": {"ticket", "counter"},
    "place": {"ticket", "place"},
    "screen": {"ticket"},
}

Numbers = Literal["digits", "cardinal"]
ClipName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Words = Annotated[str, Field(min_length=1)]
Sentence = Literal["call", "next", "place", "screen"]


class Language(BaseModel):
    """What sentence.toml says; `table` is for `numbers = "table"` only, `espeak` may be empty where all is recorded."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Words
    espeak: str = ""
    speed: Annotated[int, Field(ge=80, le=400)] = 150
    numbers: Literal["vietnamese", "table", "digits"] = "digits"
    sentences: dict[Sentence, Words]
    clips: dict[ClipName, Words]
    letters: dict[Annotated[str, StringConstraints(pattern=r"^[A-Z]$")], Words] = {}
    places: dict[ClipName, Words] = {}
    table: dict[Annotated[int, Field(ge=0, le=9999)], Words] = {}

    @model_validator(mode="after")
    def _whole(self) -> Language:
        """Every clip that a sentence or a number may need has a text."""
        if missing := sorted(set(FIELDS) - set(self.sentences)):
            raise ValueError(f"[sentences] lacks {', '.join(missing)}; add it")
        for name, text in self.sentences.items():
            if (fields := set(re.findall(r"{(\w+)}", text))) != FIELDS[name]:
                wanted = " and ".join(f"{{{field}}}" for field in sorted(FIELDS[name]))
                raise ValueError(
                    f'sentences.{name} = "{text}" has {sorted(fields)}; give it {wanted}, each once'
                )
        used = {word for text in [*self.sentences.values(), *self.table.values()] for word in text.split()}
        needed = {word for word in used if not word.startswith("{")} | {str(figure) for figure in range(10)}
        if missing := sorted(needed - set(self.clips)):
            raise ValueError(f"[clips] lacks {', '.join(missing)}; add the words of each")
        if self.numbers == "vietnamese" and (missing := sorted(_vietnamese() - set(self.clips.values()))):
            raise ValueError(f"[clips] lacks a clip that says {', '.join(missing)}; add it")
        return self

    def texts(self) -> dict[str, str]:
        """Every clip of the language and what it says."""
        letters = {f"letter-{letter.lower()}": text for letter, text in self.letters.items()}
        places = {f"place-{name}": text for name, text in self.places.items()}
        return {**self.clips, **letters, **places}

    def call(
        self,
        ticket: str,
        counter: str,
        *,
        place: str = "",
        follows: bool = False,
        numbers: Numbers = "digits",
        missing_ten: MissingTen = "linh",
    ) -> list[str]:
        """The clips that call a ticket to a counter; `place` is its identifier, `counter` what stands above it.

        With `follows` another call was spoken in the same breath. A counter's number is always a cardinal.
        """
        said = {
            "{ticket}": list(self._clips_of(ticket, numbers, missing_ten)),
            "{counter}": list(self._clips_of(counter.upper(), "cardinal", missing_ten)),
            "{place}": [f"place-{place}"],
        }
        kind: Sentence = "screen"
        if place in self.places:
            kind = "place"
        elif said["{counter}"] and FIGURES_AND_LETTERS.fullmatch(counter.upper()):
            kind = "next" if follows else "call"
        return [clip for word in self.sentences[kind].split() for clip in said.get(word, [word])]

    def _clips_of(self, label: str, numbers: Numbers, missing_ten: MissingTen) -> Iterator[str]:
        """`A012` as clips; letters that this language does not name are left out."""
        for part in re.findall(r"[A-Z]|[0-9]+", label):
            if part in self.letters:
                yield f"letter-{part.lower()}"
            elif part.isdigit():
                yield from self._number(part, numbers, missing_ten)

    def _number(self, figures: str, numbers: Numbers, missing_ten: MissingTen) -> list[str]:
        if numbers == "digits" or self.numbers == "digits" or int(figures) > vietnamese_numbers.LARGEST:
            return list(figures)
        if self.numbers == "vietnamese":
            clip_of = {text: name for name, text in self.clips.items()}
            return [clip_of[word] for word in vietnamese_numbers.words(int(figures), missing_ten)]
        try:
            return number_table.words(int(figures), self.table)
        except LookupError:
            return list(figures)


def _vietnamese() -> set[str]:
    return {*vietnamese_numbers.DIGITS, "mười", "mươi", "mốt", "lăm", "linh", "lẻ", "trăm", "nghìn"}


def folder_of(language: str, own: Path | None = None) -> Path | None:
    """The folder with the sentences of a language: the hall's own before the one that ships; None for neither."""
    folders = [folder / language for folder in (own, SHIPPED) if folder is not None]
    return next((folder for folder in folders if (folder / FILE).is_file()), None)


def known(own: Path | None = None) -> list[str]:
    """The languages that can be spoken, the hall's own among them."""
    places = [folder for folder in (own, SHIPPED) if folder is not None and folder.is_dir()]
    return sorted({path.parent.name for folder in places for path in folder.glob(f"*/{FILE}")})


def read_language(language: str, own: Path | None = None) -> Language:
    """Read a language; raises ConfigError with every mistake of its file, or when there is no such language."""
    folder = folder_of(language, own)
    if folder is None:
        raise ConfigError([f"there is no language {language}; there is {', '.join(known(own))}"])
    path = folder / FILE
    try:
        return Language.model_validate(tomllib.loads(path.read_text("utf-8")))
    except ValidationError as error:
        raise ConfigError(
            [f"{path}: {sentence(detail, Language).removeprefix(' = ')}" for detail in error.errors()]
        ) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError([f"{path}: {error}"]) from error
