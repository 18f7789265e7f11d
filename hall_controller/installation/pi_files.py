"""The files of a Raspberry Pi: `firmware_config/controller_pi` and `display_pi`, laid out as on the machine.

Belongs here: reading those trees and filling in what differs between halls. Never here: writing anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Final, Literal

Role = Literal["controller", "display"]

PROGRAMS: Final = "/opt/hall/.venv/bin"
"""Where the units expect `hall` and `hall-display`; another place is written over it."""
YOURS: Final = ("etc/hall/", "etc/udev/rules.d/", "boot/firmware/")
"""What a technician adapts to the hall: put there once, then left alone."""
READABLE: Final = 0o644
SECRET: Final = 0o600


@dataclass(frozen=True, slots=True)
class PiFile:
    """One file of a machine: where below its root, what is in it, who may read it, whether a technician's is kept."""

    path: PurePosixPath
    content: bytes
    mode: int = READABLE
    yours: bool = False


def pi_files(role: Role, words: Mapping[str, str], programs: str = PROGRAMS) -> list[PiFile]:
    """The files of such a machine; `@WORD@` in them becomes `words["WORD"]`. Raises KeyError for a word not given."""
    found = []
    for path, text in _texts(example(f"{role}_pi"), PurePosixPath()):
        filled = re.sub(r"@([A-Z]+)@", lambda word: words[word[1]], text).replace(
            f"{PROGRAMS}/", f"{programs}/"
        )
        found.append(PiFile(path, filled.encode(), yours=str(path).startswith(YOURS)))
    return found


def example(name: str) -> Traversable:
    """A file or folder of `firmware_config`."""
    return files("firmware_config") / name


def _texts(folder: Traversable, path: PurePosixPath) -> Iterator[tuple[PurePosixPath, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _texts(entry, path / entry.name)
        else:
            yield path / entry.name, entry.read_text("utf-8")
