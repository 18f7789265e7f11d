"""What must be remembered of the devices: commands that are never decided, only written down.

They do not touch the hall, so no rule has a say; how long a state must last before it is told is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from hall_controller.domain import device_facts as f

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from hall_controller.domain.commands import Now

DeviceCondition = Literal["ready", "lost", "faulty", "unknown"]


class DeviceChange(NamedTuple):
    """A device is so since then; `cause` is what must be mended when it is not the device."""

    device: str
    state: DeviceCondition
    since: datetime
    cause: str = ""


@dataclass(frozen=True, slots=True)
class WatchDevices:
    """All devices of the hall by their id, and how each is."""

    states: Mapping[str, DeviceCondition]


@dataclass(frozen=True, slots=True)
class RecordDeviceStates:
    """Devices that were lost, or are back, for a while by now."""

    changes: tuple[DeviceChange, ...]


DeviceCommand = WatchDevices | RecordDeviceStates


def recorded(command: DeviceCommand, now: Now) -> tuple[f.DevicesWatched | f.DeviceStateChanged, ...]:
    """The facts of it."""
    match command:
        case WatchDevices(states):

            def those(wanted: DeviceCondition) -> tuple[str, ...]:
                return tuple(device for device, state in states.items() if state == wanted)

            return (f.DevicesWatched(*now, those("ready"), those("lost"), those("faulty"), those("unknown")),)
        case RecordDeviceStates(changes):
            return tuple(
                f.DeviceStateChanged(*now, device, state, since, cause)
                for device, state, since, cause in changes
            )
