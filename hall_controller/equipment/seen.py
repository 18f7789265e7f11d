"""What is known of each device: what it is, and what was heard of it and when; no judgement.

Facts as they came in, each with its time. What follows from them is `verdict`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hall_controller.messages import DeviceType

if TYPE_CHECKING:
    from datetime import datetime

    from hall_controller.messages import DeviceInfo, Shown

Number = tuple[int, int]
"""A board's `(epoch, rev)`."""
Key = tuple[str, str]
"""A board, as `boards.Key`."""
BEHIND_S: Final = 2.0
"""A display that still shows an older board after this time is late: the contract gives it two seconds."""
STAYS_OK: Final = frozenset({"ok", "starting"})
"""What a display machine says of a panel or screen that is well."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """One device as hall.toml, or its adoption, has it; `gateway` is the device through which it is reached."""

    id: str
    type: DeviceType
    model: str
    line: str = "mqtt:"
    counter: str | None = None
    gateway: str | None = None

    @property
    def by_mqtt(self) -> bool:
        """Whether it speaks for itself at the broker."""
        return self.line == "mqtt:" and not self.is_page and self.gateway is None

    @property
    def is_page(self) -> bool:
        """Whether it is a page in a browser, whose stream is its sign of life."""
        return self.type == "kiosk" and self.model == "web"


@dataclass(slots=True)
class Seen:
    """What was heard of one device; seconds are monotonic, times the hall's."""

    sign_s: float | None = None
    """When it gave its last sign of life."""
    signed_at: datetime | None = None
    interval_s: float | None = None
    """How often it says that it gives one; None for a device whose last will speaks for it."""
    info: DeviceInfo | None = None
    boot: int | None = None
    shown: Shown | None = None
    surfaces: Mapping[str, str] = field(default_factory=dict)
    """Of a display machine: each panel and screen, and "ok" or the sentence that says what is wrong."""
    paper: str = "unknown"
    pressed_at: datetime | None = None
    printed_at: datetime | None = None

    def broken_surfaces(self) -> dict[str, str]:
        """The panels and screens that are not well, each with its sentence."""
        return {name: said for name, said in self.surfaces.items() if said not in STAYS_OK}


class Told:
    """Which number of each board a display must show by now; `now_s` only grows."""

    def __init__(self) -> None:
        self._told: dict[Key, list[tuple[float, Number]]] = {}

    def tell(self, key: Key, number: Number, now_s: float) -> None:
        """A board was told under that number."""
        told = self._told.setdefault(key, [])
        told.append((now_s, number))
        self._forget(told, now_s)

    def due(self, key: Key, now_s: float) -> Number | None:
        """The newest number that was told longer ago than a display may take; None when there is none yet."""
        told = self._told.get(key, [])
        self._forget(told, now_s)
        return told[0][1] if told and now_s - told[0][0] > BEHIND_S else None

    @staticmethod
    def _forget(told: list[tuple[float, Number]], now_s: float) -> None:
        """Of all that is due only the newest matters."""
        while len(told) > 1 and now_s - told[1][0] > BEHIND_S:
            told.pop(0)
