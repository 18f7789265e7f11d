"""`--set KEY=VALUE`: settings from the command line, put into the table that hall.toml gave.

A key is dotted as in the file; an element of a list is named by its id. Whether the value is right is decided later,
with the rest of the file.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from hall_controller.mistakes import Mistake, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hall_controller.toml_places import Path


class _BlockedError(Exception):
    """The key leads nowhere; a sentence says where it ended."""


def apply(table: dict[str, Any], overrides: Iterable[str]) -> tuple[dict[Path, str], list[Mistake]]:
    """Change the table in place; the paths that were set with what was given, and what could not be set.

    >>> hall = {"device": [{"id": "printer-1", "line": "file:///dev/usb/lp0"}]}
    >>> apply(hall, ["device.printer-1.line=file:///tmp/paper"])[0]
    {('device', 0, 'line'): 'device.printer-1.line=file:///tmp/paper'}
    >>> hall["device"][0]["line"]
    'file:///tmp/paper'
    """
    given: dict[Path, str] = {}
    mistakes = []
    for override in overrides:
        key, equals, value = override.partition("=")
        parts = key.strip().split(".")
        if not equals or not all(parts):
            mistakes.append(Mistake((), f"--set {override}: must be KEY=VALUE, such as mqtt.port=18830"))
            continue
        try:
            given[_put(table, parts, value)] = override
        except _BlockedError as error:
            mistakes.append(Mistake((), f"--set {override}: {error}"))
    return given, mistakes


def _put(table: dict[str, Any], parts: list[str], text: str) -> Path:
    """Set one value; its path. Raises _BlockedError with a sentence when the way there is blocked."""
    here: Any = table
    path: Path = ()
    for part in parts[:-1]:
        here, step = _step(here, part, path)
        path = (*path, step)
    if not isinstance(here, dict):
        raise _BlockedError(f"{_dotted(path)} holds no settings{_list_hint(here)}")
    here[parts[-1]] = _value(text, here.get(parts[-1]))
    return (*path, parts[-1])


def _step(here: Any, part: str, path: Path) -> tuple[Any, str | int]:  # noqa: ANN401 - whatever TOML holds
    if isinstance(here, dict):
        return here.setdefault(part, {}), part
    if isinstance(here, list):
        ids = [element.get("id") if isinstance(element, dict) else None for element in here]
        if part in ids:
            return here[ids.index(part)], ids.index(part)
        known = suggestion(part, [name for name in ids if isinstance(name, str)])
        raise _BlockedError(f"{_dotted(path)} has no element with the id '{part}'{known}")
    raise _BlockedError(f"{_dotted(path)} holds no settings")


def _list_hint(here: Any) -> str:  # noqa: ANN401 - whatever TOML holds
    return "; it is a list: name the element by its id and then the setting" if isinstance(here, list) else ""


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path)


def _value(text: str, before: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    """The text as a TOML value; as it stands when it is none, or when it replaces text (a counter "5")."""
    try:
        value = tomllib.loads(f"value = {text}")
    except ValueError:
        return text
    if set(value) != {"value"} or (isinstance(before, str) and not isinstance(value["value"], str)):
        return text
    return value["value"]
