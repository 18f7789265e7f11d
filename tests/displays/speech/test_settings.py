"""`[voice]` of display.toml: what may be written there, and what is said of a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from displays.config import read
from hall_controller.errors import ConfigError
from tests.displays.boards import settings
from tests.displays.speech.test_language import TAY, own_language


def mistake(tmp_path: Path, **voice: object) -> str:
    own_language(tmp_path, TAY.replace("[sentences]", "[sentence]"))
    with pytest.raises(ConfigError) as error:
        settings(voice={name: str(tmp_path) if value == "{own}" else value for name, value in voice.items()})
    (told,) = error.value.mistakes
    return told


def test_a_machine_without_a_voice_is_silent() -> None:
    assert settings().voice is None


def test_a_voice_needs_nothing_written_below_its_name() -> None:
    voice = settings(voice={}).voice
    assert voice is not None
    assert (voice.languages, voice.numbers, voice.missing_ten, voice.volume) == (
        ("vi", "en"),
        "digits",
        "linh",
        80,
    )


def test_a_machine_may_be_only_a_voice() -> None:
    tables = {"hall": {"id": "example"}, "mqtt": {"host": "127.0.0.1"}, "device": {"id": "voice-1"}}
    assert read({**tables, "voice": {}}, "display.toml").voice is not None
    with pytest.raises(ConfigError, match=r"nor a \[voice\]"):
        read(tables, "display.toml")


def test_hours_are_written_as_on_a_clock() -> None:
    hours = {"from": "11:30", "to": "13:30", "volume": 30}
    voice = settings(voice={"hours": [hours]}).voice
    assert voice is not None
    (part,) = voice.loudness()
    assert (part.begin.hour, part.begin.minute, part.until.hour, part.volume) == (11, 30, 13, 30)


@pytest.mark.parametrize(
    ("voice", "told"),
    [
        ({"volume": 130}, "voice.volume = 130: input should be less than or equal to 100"),
        ({"volume": -1}, "voice.volume = -1: input should be greater than or equal to 0"),
        ({"languages": ["vi", "ens"]}, "there is no folder of the language ens; did you mean en?"),
        ({"languages": []}, "voice.languages"),
        ({"folder": "/nowhere/voices"}, 'voice.folder = "/nowhere/voices": there is no such folder'),
        ({"folder": "{own}", "languages": ["tay"]}, "tay/sentence.toml: sentence"),
        ({"numbers": "words"}, "voice.numbers = \"words\": must be 'digits' or 'cardinal'"),
        ({"missing_ten": "le"}, "voice.missing_ten"),
        ({"volum": 80}, "voice.volum = 80: there is no such setting; did you mean volume?"),
        ({"hours": [{"from": "25:00", "to": "13:00", "volume": 0}]}, "voice.hours.0.from"),
        ({"hours": [{"from": "12:00", "to": "13:00"}]}, "voice.hours.0.volume: is missing"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_to_do(
    voice: dict[str, object], told: str, tmp_path: Path
) -> None:
    assert told in mistake(tmp_path, **voice)


def test_a_language_of_the_halls_own_may_be_spoken(tmp_path: Path) -> None:
    own = own_language(tmp_path)
    voice = settings(voice={"folder": str(own), "languages": ["vi", "tay"]}).voice
    assert voice is not None
    assert voice.languages == ("vi", "tay")
