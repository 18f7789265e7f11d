"""`[voice]` of display.toml: whether and how this machine speaks the calls.

Belongs here: the settings, their defaults and what makes them impossible. Never here: a clip or a sound card.
"""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from displays.mistakes import close
from displays.speech.language import Numbers, known, read_language
from displays.speech.loudness_by_hour import Hours
from displays.speech.vietnamese_numbers import MissingTen
from displays.speech.waiting_calls import MANY
from hall_controller.errors import ConfigError
from hall_controller.messages import Language

Percent = Annotated[int, Field(ge=0, le=100)]


class _Table(BaseModel):
    """A table of display.toml: fixed once read, no unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class VoiceHours(_Table):
    """`[[voice.hours]]`: another loudness from one time of the day to another; 0 is a quiet hour."""

    begin: Annotated[time, Field(alias="from")]
    until: Annotated[time, Field(alias="to")]
    volume: Percent


class VoiceSettings(_Table):
    """`[voice]`; `folder` holds the hall's own recordings and languages, `output` names a sound card.

    `languages` are those that are spoken here when a call asks for them, the first of them always.
    """

    folder: Path | None = None
    languages: Annotated[tuple[Language, ...], Field(min_length=1, validate_default=True)] = ("vi", "en")
    numbers: Numbers = "digits"
    missing_ten: MissingTen = "linh"
    volume: Percent = 80
    hours: tuple[VoiceHours, ...] = ()
    many: Annotated[int, Field(ge=1, le=20)] = MANY
    output: str = ""

    @field_validator("folder")
    @classmethod
    def _there(cls, folder: Path | None) -> Path | None:
        if folder is not None and not folder.is_dir():
            raise ValueError("there is no such folder; make it, with a folder for each language inside")
        return folder

    @field_validator("languages")
    @classmethod
    def _spoken(cls, languages: tuple[str, ...], told: ValidationInfo) -> tuple[str, ...]:
        own = told.data.get("folder")
        for language in languages:
            if language not in known(own):
                raise ValueError(
                    f"there is no folder of the language {language}{close(language, known(own))}"
                )
            try:
                read_language(language, own)
            except ConfigError as error:
                raise ValueError(str(error).splitlines()[0]) from error
        return languages

    def loudness(self) -> list[Hours]:
        return [Hours(part.begin, part.until, part.volume) for part in self.hours]
