"""What a key of a pad may be called in hall.toml, and the press that it means.

Belongs here: names of keys, written `next`, `3` (a score) or the name of a button of the same table. Never here: on
which pin, input or key cap they are.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Annotated, Final, get_args

from pydantic import BaseModel, ConfigDict, Field

from hall_controller.messages import DeviceInput, Identifier, Key, KeyPress, Language, ScorePress, TicketPress

SCORES: Final = ("1", "2", "3", "4", "5")
CALL_KEYS: Final[tuple[Key, ...]] = get_args(Key)


class Button(BaseModel):
    """What a key of a kiosk's button box asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    service: Identifier
    purpose: Identifier
    language: Language = "vi"


Buttons = Annotated[dict[Identifier, Button], Field(default_factory=dict)]
"""By name: what the keys of a kiosk's button box ask for."""


def press_of(name: str, buttons: Mapping[str, Button]) -> DeviceInput:
    """The press that a key of this name makes; raises ValueError with a sentence for a name that is no key.

    >>> press_of("4", {}).score
    4
    >>> press_of("nxt", {})
    Traceback (most recent call last):
    ValueError: names the key 'nxt', which does not exist; did you mean 'next'?
    """
    if name in buttons:
        return TicketPress(boot=0, seq=0, **buttons[name].model_dump())
    if name in SCORES:
        return ScorePress(boot=0, seq=0, score=int(name))
    for key in CALL_KEYS:
        if key == name:
            return KeyPress(boot=0, seq=0, key=key)
    known = [*CALL_KEYS, *SCORES, *buttons]
    near = difflib.get_close_matches(name, known, n=1)
    advice = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(known)}"
    raise ValueError(f"names the key '{name}', which does not exist; {advice}")


def check_names(names: Iterable[str], buttons: Mapping[str, Button]) -> None:
    """Every name is a key, and every button has one; raises ValueError with a sentence."""
    given = list(names)
    for name in given:
        press_of(name, buttons)
    for button in buttons:
        if button not in given:
            raise ValueError(f"describes the button '{button}', which no key has: add it to `keys`")


def check_different(places: Mapping[str, int], what: str) -> None:
    """No two keys are on one pin or input; raises ValueError with a sentence."""
    first: dict[int, str] = {}
    for name, place in places.items():
        if place in first:
            raise ValueError(f"has {what} {place} for both '{first[place]}' and '{name}': give each its own")
        first[place] = name
