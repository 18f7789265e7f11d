"""Facts to JSON text and back, such as the journal keeps for ten years.

Fields with their default value are left out, unknown fields of a newer program are ignored, and an unknown fact
is an error.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any, Final, NamedTuple, get_args

from hall_controller.domain.facts import Fact, Happened

FACTS: Final[dict[str, type[Fact]]] = {kind.type: kind for kind in get_args(Fact)}
_STORED_APART: Final = frozenset({"at", "time_trusted"})
_to_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_to_values = json.JSONDecoder().decode
_REVIVING: Final[dict[str, Callable[[Any], object]]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "tuple": tuple,
}
"""How values are made that JSON has no type for, by how the annotation of their field begins."""


class UnknownFact(ValueError):
    """The journal holds a fact that this program does not know: it was written by a newer one."""


def _layout(kind: type[Happened]) -> tuple[tuple[str, object, str], ...]:
    return tuple((f.name, f.default, str(f.type)) for f in fields(kind) if f.name not in _STORED_APART)


_LAYOUTS: Final = {name: _layout(kind) for name, kind in FACTS.items()}


class _Reading(NamedTuple):
    """How facts of a kind are read: the names of their fields, and which values JSON has no type for."""

    kind: type[Fact]
    names: frozenset[str]
    revived: tuple[tuple[str, Callable[[Any], object]], ...]


def _reading(kind: type[Fact]) -> _Reading:
    layout = _LAYOUTS[kind.type]
    names = frozenset(name for name, _, _ in layout)
    return _Reading(kind, names, tuple((n, revive) for n, _, type_ in layout if (revive := _reviving(type_))))


def _reviving(annotation: str) -> Callable[[Any], object] | None:
    return next((revive for start, revive in _REVIVING.items() if annotation.startswith(start)), None)


_READINGS: Final = {name: _reading(kind) for name, kind in FACTS.items()}


def data(fact: Fact) -> dict[str, Any]:
    """The fact's own fields as JSON types, without defaults, `at` and `time_trusted`."""
    found: dict[str, Any] = {}
    for name, default, _ in _LAYOUTS[fact.type]:
        value = getattr(fact, name)
        if value is default or (default is not MISSING and value == default):
            continue
        found[name] = value.isoformat() if isinstance(value, date) else value
    return found


def encode(fact: Fact) -> str:
    """The fact's own fields as compact JSON."""
    return _to_text(data(fact))


def values_of(texts: Sequence[str]) -> list[Any] | None:
    """What the texts of many facts say, read at once, which takes a third of the time; None when one is not whole."""
    try:
        values: list[Any] = _to_values(f"[{','.join(texts)}]")
    except ValueError:
        return None
    return values if len(values) == len(texts) else None


def decode(kind: str, text: str, at: datetime, *, time_trusted: bool) -> Fact:
    """The fact again; raises UnknownFact or ValueError."""
    return revived(kind, _to_values(text), at, time_trusted=time_trusted)


def revived(kind: str, stored: dict[str, Any], at: datetime, *, time_trusted: bool) -> Fact:
    """The fact of the values that its text says; raises UnknownFact or ValueError."""
    reading = _READINGS.get(kind)
    if reading is None:
        sentence = (
            f"fact {kind!r} is unknown: this journal was written by a newer version; install that version"
        )
        raise UnknownFact(sentence)
    try:
        if not stored.keys() <= reading.names:
            stored = {name: stored[name] for name in stored if name in reading.names}
        for name, revive in reading.revived:
            if stored.get(name) is not None:
                stored[name] = revive(stored[name])
        return reading.kind(at, time_trusted, **stored)
    except (TypeError, AttributeError) as error:
        raise ValueError(f"fact {kind!r} is not whole: {stored!s:.80}") from error
