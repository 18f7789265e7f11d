"""What this machine tells the hall about itself: what it is, what stands on its panels and screens, what it dropped.

Belongs here: the payloads of `device/{id}/info` and `device/{id}/status`. Never here: sending them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from types import MappingProxyType
from typing import Any, Final

from displays.config import DisplaySettings
from displays.newest import NOTHING, Number, shown
from hall_controller.messages import DeviceInfo, DeviceStatus, DeviceType, adoption_code

DROPPED: Final = frozenset({"malformed", "old", "late", "unreadable"})
"""Boards that could not be read or were old; calls that came too late to be spoken or could not be read."""
SIGN_EVERY_S: Final = 10
"""The status is told at least so often, also when nothing changes: a machine that hangs is late in 20 s."""


class SurfaceStatus(DeviceStatus):
    """`device/{id}/status` of a display machine: the contract's fields, and what was dropped."""

    dropped: Mapping[str, int] = MappingProxyType({})


@dataclass(slots=True)
class _Surface:
    cares: Callable[[str], bool]
    health: str = "starting"
    shows: dict[str, Number] = field(default_factory=dict)


class Told:
    """Collects what is to be told; `changed` is set when there is something new."""

    def __init__(self, settings: DisplaySettings, secret: str | None = None) -> None:
        self.boot = int(time.time())
        """Seconds since 1970: grows with every start without anything having to be stored."""
        self.changed = asyncio.Event()
        self._settings = settings
        self._code = adoption_code(settings.device.id, secret) if secret else None
        self._surfaces: dict[str, _Surface] = {}
        self._heard: Mapping[str, Number] = {}
        self._dropped: dict[str, int] = {}

    def surface(self, name: str, cares: Callable[[str], bool]) -> None:
        """Add a panel or a screen; `cares` says of a topic whether it is shown there."""
        self._surfaces[name] = _Surface(cares)

    def heard(self, numbers: Mapping[str, Number]) -> None:
        """The newest number of every topic."""
        self._heard = dict(numbers)
        self.changed.set()

    def shows(self, name: str, numbers: Mapping[str, Number]) -> None:
        """A surface shows these numbers now, really: the panel has answered, the picture is painted."""
        surface = self._surfaces[name]
        if (surface.shows, surface.health) != (numbers, "ok"):
            surface.shows, surface.health = dict(numbers), "ok"
            self.changed.set()

    def fails(self, name: str, sentence: str) -> None:
        """A surface cannot be told anything."""
        if self._surfaces[name].health != sentence:
            self._surfaces[name].health = sentence
            self.changed.set()

    def dropped(self, counts: Mapping[str, int]) -> None:
        """How many messages were dropped since the start, by reason."""
        new = {reason: count for reason, count in counts.items() if reason in DROPPED and count}
        if new != {reason: self._dropped.get(reason) for reason in new}:
            self._dropped.update(new)
            self.changed.set()

    def info(self) -> str:
        """The JSON of `device/{id}/info`."""
        panels = {
            panel.id: {"model": panel.model, "counter": panel.counter} for panel in self._settings.panels
        }
        screens = {screen.id: [screen.width, screen.height] for screen in self._settings.screens}
        capabilities: dict[str, Any] = {
            "panels": panels,
            "screens": screens,
            "commands": ["identify", "test"],
            "sign_every_s": SIGN_EVERY_S,
        }
        if self._code is not None:
            capabilities["code"] = self._code
        if self._settings.voice is not None:
            capabilities["voice"] = list(self._settings.voice.languages)
        only_panels = self._settings.panels and not self._settings.screens
        kind: DeviceType = "panel" if only_panels else "screen"
        model = self._settings.panels[0].model if only_panels else "hall-display"
        return DeviceInfo(
            type=kind, model=model, firmware=_version(), capabilities=capabilities
        ).model_dump_json()

    def status(self) -> str:
        """The JSON of `device/{id}/status`."""
        waiting = {
            topic
            for surface in self._surfaces.values()
            for topic, number in self._heard.items()
            if surface.cares(topic) and surface.shows.get(topic, NOTHING) < number
        }
        cared = {t: n for t, n in self._heard.items() if any(s.cares(t) for s in self._surfaces.values())}
        status = SurfaceStatus(
            shown=shown(cared, frozenset(waiting)),
            surfaces={name: surface.health for name, surface in self._surfaces.items()},
            dropped=self._dropped,
        )
        return status.model_dump_json(exclude={"paper"})


def _version() -> str:
    try:
        return version("hall-controller")
    except PackageNotFoundError:
        return "0"
