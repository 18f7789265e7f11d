"""LED panels: one file per model, found by its name.

A driver computes bytes for a face and judges the answer; it opens nothing, waits for nothing, knows no clock.
README.md tells how to add one.
"""

from __future__ import annotations

import importlib
import pkgutil
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from hall_controller.messages import CounterDisplay

Verdict = Literal["more", "taken", "refused"]
"""What the bytes heard so far mean: not a whole answer yet, the panel shows it, the panel said no."""


@dataclass(frozen=True, slots=True)
class Face:
    """What one panel should show now: its counter's newest board, and how sure this machine is of it."""

    counter: str
    display: CounterDisplay | None = None
    """None while nothing was ever heard of this counter."""
    blink: bool = False
    """The call is so new that the number should blink; the driver's `blink_s` bounds how long this stays true."""
    stale_since: datetime | None = None
    """Since when the hall is silent, in the hall's time; None while the board may be believed."""
    wanted: Literal["board", "identify", "test"] = "board"
    """What a technician asked for: the panel's own name, or every segment lit, instead of the board."""
    time: datetime | None = field(default=None, compare=False)
    """The hall's time when the face was made: for drivers that write it down; not part of what is shown."""

    @property
    def name(self) -> str:
        """The counter as people read it: `5` of *Quầy 5*."""
        return (self.display.name if self.display else "") or self.counter


class PanelDriver(BaseModel, ABC):
    """What every `Driver` is: its fields are its settings, its docstring is its data sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    blink_s: float = 0.0
    """How long a new call blinks, at most 5 s; 0 = never, or the panel cannot."""
    answer_timeout_s: float = 0.0
    """How long an answer may take; 0 = this panel never answers."""
    refresh_s: float = 0.0
    """How often a panel is told again what it shows, because it may have been off; 0 = never."""

    @abstractmethod
    def encode(self, face: Face) -> bytes:
        """The bytes that make the panel show a face."""

    @abstractmethod
    def judge(self, heard: bytes) -> Verdict:
        """What everything heard since the last frame means; `b""` before the first byte."""


def models() -> list[str]:
    """Every model of this package, by name."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def driver_of(model: str) -> type[PanelDriver]:
    """The driver class of a model; raises LookupError for a model without a file."""
    if model not in models():
        raise LookupError(model)
    driver: type[PanelDriver] = importlib.import_module(f"{__name__}.{model}").Driver
    return driver
