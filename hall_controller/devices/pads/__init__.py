"""Call pads, rating pads and kiosk button boxes: one file a model, found by its name.

A driver turns bytes into presses and an answer into bytes; it opens nothing, waits for nothing, knows no clock and
decides nothing. Who reads the line and what becomes of a press is for others. README.md tells how to add a model.
"""

from __future__ import annotations

import importlib
import pkgutil
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from hall_controller.messages import Ack, DeviceInput


@dataclass(frozen=True, slots=True)
class Heard:
    """What a pad said: a press, or with `press` None only that it is there.

    `press.boot` and `press.seq` are 0: whoever passes the press on numbers it.
    """

    press: DeviceInput | None
    seq: int | None = None
    """The pad's own number: the same number again, directly after, is the same press. None when it has none."""
    repeated: bool = False
    """The pad says that it has sent this before, because it saw no answer; or its key was down before we listened."""
    down: bool | None = None
    """True when the key went down, False when it came up; None of a pad that tells presses only."""
    faulty: str | None = None
    """What the pad itself says is wrong with it, after "pad-1: "; "" when it is well again."""


class PadDriver(BaseModel, ABC):
    """What every `Driver` is: its fields are its settings, its docstring is its data sheet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    checked: ClassVar[bool] = True
    """Whether a checksum tells a damaged frame: without one the model is for lines without noise only."""
    longest_gap_s: ClassVar[float] = 0.0
    """Two bytes of one frame are never further apart; 0 = they may be, as from a person who types."""
    lines: ClassVar[frozenset[str]] = frozenset({"console", "file", "serial", "tcp"})
    """On which kinds of line the model can be."""
    answer_s: ClassVar[float] = 0.0
    """More than 0: the pad speaks only when asked (`ask`), and answers within this time."""

    @abstractmethod
    def feed(self, heard: bytes) -> list[Heard]:
        """What the pad said with these bytes and those before, in order; noise and other pads are passed over.

        Bytes come in any portions. A frame is returned with its last byte, and never by two calls.
        """

    @abstractmethod
    def forget(self) -> None:
        """Drop a frame that has begun: the line was silent or away, its end will not come."""

    def begin(self) -> None:
        """The line was opened, or the pad is back: as `forget`, and a key that is down now was pressed before."""
        self.forget()

    def ask(self) -> bytes:
        """The question to a pad that speaks only when asked; its answer comes by `feed`, which returns at least one."""
        return b""

    @property
    def unsure(self) -> bool:
        """Ask again at once: what was heard counts only when it is heard twice."""
        return False

    @property
    def settle_s(self) -> float:
        """How long the pad's contacts bounce at most; 0 when somebody else has seen to it."""
        return 0.0

    @property
    def inputs(self) -> tuple[int, ...]:
        """The pins of this machine that the keys are wired to."""
        return ()

    @property
    def outputs(self) -> tuple[int, ...]:
        """The pins of this machine that the lights are wired to."""
        return ()

    def invite(self, *, on: bool) -> bytes | None:  # noqa: ARG002 - here there is no light
        """What turns the light that invites to rate on or off; None for a pad without one. May be sent again."""
        return None

    @abstractmethod
    def answer(self, heard: Heard, ack: Ack) -> bytes:
        """What makes the pad show (light, beep) what became of its press; `b""` when it can show nothing."""

    @abstractmethod
    def sent(self, heard: Heard) -> bytes:
        """What such a pad sends to say this: for stand-ins and tests. Raises ValueError for what it cannot say.

        `Heard(None)` is a pad that nobody touches: what it sends then, or `b""`.
        """

    @abstractmethod
    def presses(self) -> list[DeviceInput]:
        """Every press that this pad can make."""


def models() -> list[str]:
    """The names of all models: every file of this folder."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def driver_of(model: str) -> type[PadDriver]:
    """The driver class of a model; raises LookupError for a model without a file."""
    if model not in models():
        raise LookupError(model)
    driver: type[PadDriver] = importlib.import_module(f"{__name__}.{model}").Driver
    return driver
