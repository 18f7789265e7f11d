"""LED panels: one file per model, found by its name.

A driver computes bytes for a face and judges the answer; it opens nothing, waits for nothing, knows no clock.
README.md tells how to add one.
"""

from __future__ import annotations

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hall_controller.messages import CounterDisplay

Verdict = Literal["more", "taken", "refused"]
"""What the bytes heard so far mean: not a whole answer yet, the panel shows it, the panel said no."""

Judge = Callable[[bytes], Verdict]
"""What everything heard since a frame left means; it is asked with `b""` before the first byte."""


@dataclass(frozen=True, slots=True)
class Face:
    """What one panel should show now: its counter's newest board, and how sure this machine is of it."""

    counter: str
    display: CounterDisplay | None = None
    """None while nothing was ever heard of this counter, or nothing for too long."""
    blink: bool = False
    """The call is so new that the number should blink; the driver's `blink_s` bounds how long this stays true."""
    dark: bool = False
    """The dark half of a flash, for a driver with `flash_hz`, whose panel cannot blink by itself."""
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


@dataclass(frozen=True, slots=True)
class Step:
    """One frame out and its answer; a face may take several of them, one after the other."""

    frame: bytes
    judge: Judge
    latch_bytes: int = 0
    """The panel takes over what it was sent after so many bytes (SPI's chip select); 0 = the frame is one piece."""
    gap_s: float = 0.0
    """How long the line must have been quiet before the frame, where silence is what separates frames."""


class PanelDriver(BaseModel, ABC):
    """What every `Driver` is: its fields are its settings, its docstring is its data sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    blink_s: Annotated[float, Field(ge=0, le=5)] = 0.0
    """How long a new call blinks, at most 5 s; 0 = never, or the panel cannot."""
    flash_hz: Annotated[float, Field(ge=0, le=3)] = 0.0
    """How often the upkeep turns the number dark while it blinks, at most 3 Hz; 0 = the panel blinks by itself."""
    answer_timeout_s: Annotated[float, Field(ge=0, le=2)] = 0.0
    """How long an answer may take; 0 = this panel never answers."""
    refresh_s: Annotated[float, Field(ge=0, le=3600)] = 0.0
    """How often a panel is told again what it shows, because it may have been off; 0 = never."""
    keep_number_s: Annotated[float, Field(ge=0, le=3600)] = 60.0
    """How long a number may stand, marked as stale, after the hall fell silent; then it is taken away."""

    @abstractmethod
    def text(self, face: Face) -> str:
        """What people read on the panel, in the letters it has; marks, blinking and places left aside."""

    @abstractmethod
    def encode(self, face: Face) -> bytes:
        """The bytes that make the panel show a face."""

    @abstractmethod
    def judge(self, heard: bytes) -> Verdict:
        """What everything heard since that frame means; `b""` before the first byte."""

    def steps(self, face: Face) -> Sequence[Step]:
        """All frames that a face takes, each sent when the one before was taken; most panels need one."""
        return [Step(self.encode(face), self.judge)]

    @property
    def places(self) -> tuple[str, ...]:
        """What only one panel on a line can have, as `address = 7`; a panel that is alone on its line has none."""
        return ()

    @property
    def agreed(self) -> str:
        """What all panels of a line must have the same, as `chain = 8`; empty when each is set by itself."""
        return ""


def models() -> list[str]:
    """Every model of this package, by name."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def driver_of(model: str) -> type[PanelDriver]:
    """The driver class of a model; raises LookupError for a model without a file."""
    if model not in models():
        raise LookupError(model)
    driver: type[PanelDriver] = importlib.import_module(f"{__name__}.{model}").Driver
    return driver
