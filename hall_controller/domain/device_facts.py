"""How the hall's devices are: all of them now and then, and each change that lasted; a part of `facts`.

All of them are told after a start, at a new day, and when nothing else was written for ten minutes of an open hall.
Told with patience, so that a device that comes and goes is one outage and no storm of facts. They change nothing in
the hall: who serves whom does not depend on a panel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from hall_controller.domain.happened import Happened


@dataclass(frozen=True, slots=True)
class DevicesWatched(Happened):
    """All devices of the hall; the first such fact after a start is true since that start."""

    type: ClassVar[str] = "devices.watched"
    ready: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    faulty: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    """Of which nothing can be said yet."""


@dataclass(frozen=True, slots=True)
class DeviceStateChanged(Happened):
    """A device is `lost` or `faulty`, or `ready` again, and has been so for a while."""

    type: ClassVar[str] = "device.state_changed"
    device: str
    state: str
    since: datetime
    """When it began; before `at`, since it had to last."""
    cause: str = ""
    """What must be mended when it is not this device: its gateway, its line, or `broker`."""
