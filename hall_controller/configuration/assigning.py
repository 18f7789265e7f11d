"""Enters and ends assignments in the text of a hall.toml, and leaves everything else in it as it stands.

Text in, text out; what was written is read back, so a file that is laid out unusually is refused and never spoilt.
Whether the result is right is for `config` to say.
"""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from typing import Any, Final

from hall_controller.errors import ConfigError
from hall_controller.toml_places import Path, places

WORDS: Final = ("counter", "agency", "staffing", "officer", "reason", "decision")
DAYS: Final = ("from", "to")
LIST: Final = re.compile(r"(\bassignment\s*=\s*\[)")
TO: Final = re.compile(r"\bto\s*=\s*\d{4}-\d\d-\d\d")


def edited(text: str, edit: dict[str, Any]) -> str:
    """The text with an assignment more, or one ended: {"add": {...}} or {"end": {"index": 3, "day": "2022-03-31"}}.

    Raises ConfigError when the text is not TOML, has no such assignment, or is laid out so that we cannot.
    """
    try:
        before = tomllib.loads(text).get("assignment", [])
        if "add" in edit:
            wanted = _assignment(edit["add"])
            changed, expected = _added(text, wanted), [wanted, *before]
        else:
            index, day = edit["end"]["index"], date.fromisoformat(edit["end"]["day"])
            changed, expected = _ended(text, index, day), [*before]
            expected[index] = {**before[index], "to": day}
        after = tomllib.loads(changed)["assignment"]
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
        raise ConfigError(
            [f"hall.toml: the assignment cannot be entered here ({error}); edit the text"]
        ) from None
    if len(after) != len(expected) or any(one not in expected for one in after):
        raise ConfigError(
            ["hall.toml: its assignments are laid out so that only you can change them; edit the text"]
        )
    return changed


def _assignment(given: dict[str, str]) -> dict[str, Any]:
    table: dict[str, Any] = {word: given[word] for word in WORDS if given.get(word)}
    return table | {day: date.fromisoformat(given[day]) for day in DAYS if given.get(day)}


def _added(text: str, table: dict[str, Any]) -> str:
    """As the file has them: in a list in brackets, which must stay one, or as a table with a header."""
    settings = [f"{name} = {_value(value)}" for name, value in table.items()]
    line = places(text).get(("assignment",))
    lines = text.split("\n")
    if line is not None and LIST.search(lines[line - 1]):
        lines[line - 1] = LIST.sub(
            lambda found: f"{found[1]}\n  {{ {', '.join(settings)} }},", lines[line - 1], count=1
        )
        return "\n".join(lines)
    return "\n".join([text.rstrip("\n"), "", "[[assignment]]", *settings, ""])


def _ended(text: str, index: int, day: date) -> str:
    where, lines = places(text), text.split("\n")
    place: Path = ("assignment", index)
    at = where.get((*place, "to"), where[place]) - 1
    if (*place, "to") in where:
        lines[at] = TO.sub(f"to = {day}", lines[at], count=1)
    elif lines[at].lstrip().startswith("[["):
        lines[at] += f"\nto = {day}"
    else:
        head, _, tail = lines[at].rpartition("}")
        lines[at] = f"{head.rstrip()}, to = {day} }}{tail}"
    return "\n".join(lines)


def _value(value: str | date) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
