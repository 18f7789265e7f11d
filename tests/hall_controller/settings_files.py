"""The example files, and wrong copies of them.

Belongs here: how a test gets at a settings file. Never here: a check.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Final

from hall_controller import config
from hall_controller.domain.catalogue import Catalogue
from hall_controller.errors import ConfigError
from hall_controller.hall_catalogue import catalogue

FIRMWARE_CONFIG: Final = Path(__file__).parents[2] / "firmware_config"
EXAMPLE: Final = FIRMWARE_CONFIG / "hall.example.toml"
SMALL: Final = """
[hall]
id = "small"
name = { vi = "Trung tâm nhỏ", en = "Small centre" }
[data]
dir = "/tmp/small"
[opening.always]
weekdays = ["mon", "tue"]
sessions = ["08:00-12:00"]
[[agency]]
id = "tnmt"
name = { vi = "Sở Tài nguyên", en = "Resources" }
[[queue]]
id = "land"
letter = "A"
name = { vi = "Đất đai", en = "Land" }
[[service]]
id = "land"
agency = "tnmt"
queue = "land"
name = { vi = "Đất đai", en = "Land" }
opening = ["always"]
[[counter]]
id = "1"
name = "1"
queues = ["land"]
"""
"""The least that a hall needs, written with headers."""


def loaded(text: str, *overrides: str) -> config.Config:
    """What a hall.toml with this text says; raises ConfigError."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "hall.toml"
        path.write_bytes(text.encode())
        return config.load(path, overrides)


def mistakes(text: str, *overrides: str) -> list[str]:
    """The sentences that a hall.toml with this text is answered with; none when it is right."""
    try:
        loaded(text, *overrides)
    except ConfigError as error:
        return error.mistakes
    return []


def example(*changes: tuple[str, str]) -> str:
    """The example with each (old, new) changed at its first place; how many spaces align its columns is no matter."""
    text = EXAMPLE.read_text("utf-8")
    for old, new in changes:
        pattern = r" +".join(re.escape(word) for word in re.split(r" +", old))
        text, count = re.subn(pattern, new.replace("\\", r"\\"), text, count=1)
        assert count, f"the example has no {old!r}"
    return text


def reference_hall() -> Catalogue:
    """The reference hall as the domain sees it."""
    return catalogue(config.load(EXAMPLE))
