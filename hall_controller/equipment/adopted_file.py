"""adopted.json beside the journal: which devices took whose place; hall.toml stays the technician's own file.

    [{"device": "spare-1", "type": "call-pad", "model": "esp32_call_pad", "counter": "3", "replaces": "pad-3"}]

Whole and at once: after a power cut it is the old file or the new one. A device that hall.toml names later is
hall.toml's.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from hall_controller.errors import HallError
from hall_controller.messages import DeviceType, Identifier

if TYPE_CHECKING:
    from pathlib import Path

NAME: Final = "adopted.json"


class Entry(BaseModel):
    """One device that took a place."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    device: Identifier
    type: DeviceType
    model: str
    counter: Identifier | None = None
    replaces: Identifier | None = None
    retired: tuple[Identifier, ...] = ()
    """Those that stood there before the replaced one; hall.toml may still name them."""


_entries: Final = TypeAdapter(list[Entry])


def read(path: Path) -> list[Entry]:
    """All of them, the oldest first; none when there is no file. Raises HallError."""
    try:
        return _entries.validate_json(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValidationError) as error:
        what = error.strerror if isinstance(error, OSError) else "it is damaged"
        raise HallError(
            f"{path}: {what}; move it away and adopt again the devices that came by adoption"
        ) from None


def write(path: Path, entries: list[Entry]) -> None:
    """Put the file in place, durably; raises OSError."""
    arriving = path.with_suffix(".arriving")
    text = json.dumps([entry.model_dump(mode="json") for entry in entries], indent=1)
    with arriving.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    arriving.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
