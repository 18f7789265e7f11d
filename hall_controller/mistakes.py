"""Mistakes in a settings file as sentences: where, which value, and what to do about it.

Only wording lives here; what is a mistake is decided by `settings` and `references`.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from hall_controller.messages import IDENTIFIER_PATTERN
from hall_controller.setting_values import LETTER_PATTERN
from hall_controller.settings import Config
from hall_controller.toml_places import Path, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

Schema = dict[str, Any]
LONGEST_SHOWN: Final = 60
_PATTERNS: Final = {
    IDENTIFIER_PATTERN: "must be 1 to 32 of a-z, 0-9 and -, and begin with a letter or a figure",
    LETTER_PATTERN: "must be one capital letter from A to Z other than I, O and Q, which look like figures",
}
_KINDS: Final[Mapping[str, str]] = {
    "int_type": "must be a whole number without quotes",
    "float_type": "must be a number without quotes",
    "finite_number": "must be a number that ends",
    "bool_type": "must be true or false, without quotes",
    "string_type": "must be text in quotes",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "tuple_type": "must be a list in [ ]",
    "dict_type": "must be a table { name = value }",
    "model_type": "must be a table { name = value }",
    "model_attributes_type": "must be a table { name = value }",
    "date_type": "must be a day without quotes, such as 2022-03-01",
}
_LIMITS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "greater_than": lambda ctx: f"must be more than {ctx['gt']:g}",
    "greater_than_equal": lambda ctx: f"must be at least {ctx['ge']:g}",
    "less_than_equal": lambda ctx: f"must be at most {ctx['le']:g}",
    "string_pattern_mismatch": lambda ctx: _PATTERNS.get(
        ctx["pattern"], f"must have the form {ctx['pattern']}"
    ),
    "value_error": lambda ctx: str(ctx["error"]),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at a path of the file; an empty path is the command line or the file as a whole."""

    path: Path
    sentence: str


def from_validation(error: ValidationError, schema: Schema | None = None) -> list[Mistake]:
    """Each of pydantic's findings as a mistake of ours; what follows from another mistake is not told besides.

    A misspelt setting is also a missing one, and a list of wrong elements has none that is right. `schema` is the JSON
    Schema of what was validated, when it was not a whole hall.toml.
    """
    whole = _whole_schema() if schema is None else schema
    details = [
        one for one in error.errors(include_url=False) if one["type"] != "too_short" or not one["input"]
    ]
    misspelt = {
        (*one["loc"][:-1], near)
        for one in details
        if one["type"] == "extra_forbidden"
        and (near := _near(str(one["loc"][-1]), _properties(one["loc"][:-1], whole)))
    }
    return [_mistake(one, whole) for one in details if one["type"] != "missing" or one["loc"] not in misspelt]


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """`; did you mean 'dat-dai'?`, or what there is, when nothing is near and the list is short, or what to do."""
    names = sorted(known, key=lambda name: (name.isdecimal(), len(name) if name.isdecimal() else 0, name))
    near = _near(wrong, names)
    if near:
        return f"; did you mean '{near}'?"
    listed = ", ".join(names)
    return f"; there are {listed}" if 0 < len(listed) <= LONGEST_SHOWN else ": add it or change the name"


def _near(wrong: str, known: Iterable[str]) -> str | None:
    """The name that was probably meant; a number that is wrong is like no other number."""
    near = difflib.get_close_matches(wrong.lower(), list(known), n=1, cutoff=0.6)
    return near[0] if near and not wrong.isdecimal() else None


def shown(value: object) -> str:
    """A value as it would stand in the file, cut when long."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list | tuple):
        return "{ … }" if isinstance(value, dict) else "[ … ]" if value else "[]"
    if isinstance(value, date):
        return value.isoformat()
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def sentences(
    mistakes: Iterable[Mistake], file: str, text: str, table: Mapping[str, Any], given: Mapping[Path, str]
) -> list[str]:
    """Every mistake with its place: the line of the file, or the override (path -> as given) that said it."""
    lines = places(text)
    ordered = sorted(mistakes, key=lambda mistake: _line(mistake.path, lines) or 0)
    return [_sentence(mistake, file, lines, table, given) for mistake in ordered]


def _sentence(
    mistake: Mistake,
    file: str,
    lines: Mapping[Path, int],
    table: Mapping[str, Any],
    given: Mapping[Path, str],
) -> str:
    path = mistake.path
    for length in range(len(path), 0, -1):
        if path[:length] in given:
            return f"--set {given[path[:length]]}: {_where(path, table)} {mistake.sentence}"
    if not path:
        return mistake.sentence
    line = _line(path, lines)
    within = next((given[one] for one in given if not line and one[: len(path)] == path), None)
    if within:
        return f"--set {within}: {_where(path, table)} {mistake.sentence}"
    place = f"{file} line {line}" if line else file
    return f"{place}: {_where(path, table)} {mistake.sentence}"


def dotted(path: Path) -> str:
    """`counter[0].profile[1].queues`: elements counted from 0."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _line(path: Path, lines: Mapping[Path, int]) -> int | None:
    """The line of the path, or of the nearest table around it."""
    return next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)


def _where(path: Path, table: Mapping[str, Any]) -> str:
    """`counter[3].queues (id '4')`: elements counted from 0 as in every TOML path, and named where they have a name."""
    where, names = "", []
    here: Any = table
    for part in path:
        where += f"[{part}]" if isinstance(part, int) else f".{part}" if where else part
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            here = None
        if isinstance(part, int) and isinstance(here, dict) and isinstance(here.get("id"), str):
            names.append(f" (id {shown(here['id'])})")
    return where + "".join(names)


def _mistake(details: ErrorDetails, whole: Schema) -> Mistake:
    path = tuple(part for part in details["loc"] if part != "[key]")
    kind, value, ctx = details["type"], details["input"], details.get("ctx", {})
    if kind == "missing":
        return Mistake(path, f"is missing{_meaning(path, whole)}: add it")
    if kind == "extra_forbidden":
        near = _near(str(path[-1]), _properties(path[:-1], whole))
        return Mistake(
            path, f"is not a setting; did you mean '{near}'?" if near else "is not a setting: remove it"
        )
    if kind == "literal_error":
        allowed = ctx["expected"].replace("'", "").replace(" or ", ", ")
        near = _near(value, allowed.split(", ")) if isinstance(value, str) else None
        meant = f"; did you mean '{near}'?" if near else ""
        return Mistake(path, f"is {shown(value)}, but must be one of {allowed}{meant}")
    said = _LIMITS[kind](ctx) if kind in _LIMITS else _KINDS.get(kind, details["msg"])
    if isinstance(value, dict):
        return Mistake(path, said)
    return Mistake(path, f"is {shown(value)}, {'but ' if said.startswith('must') else 'which '}{said}")


def _meaning(path: Path, whole: Schema) -> str:
    """What a setting is for, from its description."""
    described = _schema(path, whole).get("description", "")
    return f" ({described.split(';')[0].rstrip('.')})" if described else ""


def _properties(path: Path, whole: Schema) -> list[str]:
    """The settings that a table may have."""
    return list(_schema(path, whole).get("properties", {}))


@cache
def _whole_schema() -> Schema:
    return Config.model_json_schema()


def _schema(path: Path, whole: Schema) -> Schema:
    """The part of the JSON Schema that describes the path; empty when there is none."""
    here = whole
    for part in (*path, None):
        while "$ref" in here:
            here = {
                **whole.get("$defs", {})[here["$ref"].rpartition("/")[2]],
                **{k: v for k, v in here.items() if k != "$ref"},
            }
        if part is None:
            break
        if isinstance(part, int):
            here = here.get("items", {})
        else:
            here = here.get("properties", {}).get(part) or here.get("additionalProperties") or {}
            here = here if isinstance(here, dict) else {}
    return here
