"""Facts to JSON text and back, such as the journal keeps for ten years.

Fields with their default value are left out, unknown fields of a newer program are ignored, and an unknown fact
is an error.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from datetime import date, datetime
from typing import Any, Final, get_args

from hall_controller.domain.facts import Fact, Happened

FACTS: Final[dict[str, type[Fact]]] = {kind.type: kind for kind in get_args(Fact)}
_STORED_APART: Final = frozenset({"at", "time_trusted"})
_to_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class UnknownFact(ValueError):
    """The journal holds a fact that this program does not know: it was written by a newer one."""


def _layout(kind: type[Happened]) -> tuple[tuple[str, object, str], ...]:
    return tuple((f.name, f.default, str(f.type)) for f in fields(kind) if f.name not in _STORED_APART)


_LAYOUTS: Final = {name: _layout(kind) for name, kind in FACTS.items()}


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


def decode(kind: str, text: str, at: datetime, *, time_trusted: bool) -> Fact:
    """The fact again; raises UnknownFact or ValueError."""
    known = FACTS.get(kind)
    if known is None:
        sentence = (
            f"fact {kind!r} is unknown: this journal was written by a newer version; install that version"
        )
        raise UnknownFact(sentence)
    stored = json.loads(text)
    try:
        values = {
            name: _revive(annotation, stored[name])
            for name, _, annotation in _LAYOUTS[kind]
            if name in stored
        }
        return known(at, time_trusted, **values)
    except TypeError as error:
        raise ValueError(f"fact {kind!r} is not whole: {text:.80}") from error


def _revive(annotation: str, value: Any) -> Any:  # noqa: ANN401 - JSON in, a fact's field out
    if value is None:
        return None
    if annotation.startswith("datetime"):
        return datetime.fromisoformat(value)
    if annotation.startswith("date"):
        return date.fromisoformat(value)
    return tuple(value) if annotation.startswith("tuple") else value
