"""A day's summary as bytes that can be kept, and back: column by column, compressed.

Belongs here: the form alone. Where such bytes are kept, and whether they can be believed, is said in summary_file.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from hall_controller.reports.day_summary import COUNTED, KEYS, DaySummary

if TYPE_CHECKING:
    from hall_controller.reports.day_summary import Key

LEVEL: Final = 6
SHAPE: Final = "; ".join(f"{name}: {' '.join(KEYS[name]._fields)}" for name in COUNTED)
"""What is kept of a day, in words: bytes of another shape are another program's."""


def packed(summary: DaySummary) -> bytes:
    """The day as bytes."""
    fields = [_columns(getattr(summary, name)) for name in COUNTED]
    said = [summary.day.isoformat(), summary.training, fields]
    return zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), LEVEL)


class Keys(dict[tuple[str | int, ...], "Key"]):
    """Keys of one kind by their parts: those of one day are mostly those of the day before, and made once."""

    def __init__(self, kind: type[Key]) -> None:
        """None yet."""
        super().__init__()
        self._kind = kind

    def __missing__(self, parts: tuple[str | int, ...]) -> Key:
        self[parts] = made = self._kind._make(parts)
        return made


def keys_of_days() -> dict[str, Keys]:
    """To be handed to `unpacked` for one day after the other."""
    return {name: Keys(kind) for name, kind in KEYS.items()}


def unpacked(content: bytes, known: dict[str, Keys]) -> DaySummary:
    """The day again; raises ValueError for bytes that are none, and for others whatever comes of it."""
    try:
        day, training, fields = json.loads(zlib.decompress(content))
    except zlib.error as error:
        raise ValueError(str(error)) from error
    summary = DaySummary(date.fromisoformat(day), training)
    for name, columns in zip(COUNTED, fields, strict=True):
        *parts, counts = columns
        keys = map(known[name].__getitem__, zip(*parts, strict=True))
        setattr(summary, name, Counter(dict(zip(keys, counts, strict=True))))
    return summary


def _columns(counted: Counter[Key]) -> list[list[str | int]]:
    """The parts of the keys, one list each, and then the counts."""
    width = len(next(iter(counted), ()))
    parts: list[list[str | int]] = [[key[n] for key in counted] for n in range(width)]
    return [*parts, list(counted.values())]
