"""What travels about an adoption: the place that is wished for, the window, the yes, and what became of it.

Shapes and filling only. Who is proposed is decided by `equipment.adoption`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AwareDatetime, Field

from hall_controller.messages import DeviceType, Identifier
from hall_controller.web.bodies import Body

if TYPE_CHECKING:
    from hall_controller.equipment.devices import Devices


class PlaceWish(Body):
    """The place that a new device is to take: that of another one, or a new one at a counter."""

    replaces: Identifier | None = None
    """The device that it replaces; type and counter are then that one's."""
    type: DeviceType | None = None
    counter: Identifier | None = None


class DeviceSaid(Body):
    """A yes or a no to the device that is proposed."""

    device: Identifier
    code: Annotated[str, Field(max_length=20)] = ""
    """The code on its label, for a yes."""


class WindowNow(Body):
    """The window: who may come, until when, who has come, and with which code."""

    type: DeviceType
    counter: Identifier | None
    replaces: Identifier | None
    until: AwareDatetime
    proposed: Identifier | None
    code: str | None


class AdoptedNow(Body):
    """The device that has the place now."""

    device: Identifier
    counter: Identifier | None
    replaces: Identifier | None


class AdoptionNow(Body):
    """The window that is open; null when there is none."""

    window: WindowNow | None


def window_now(devices: Devices) -> WindowNow | None:
    """The window that is open, with whom it proposes."""
    window = devices.adoption.window
    if window is None:
        return None
    return WindowNow(
        type=window.place.type,
        counter=window.place.counter,
        replaces=window.place.replaces,
        until=window.until,
        proposed=window.proposed,
        code=devices.adoption.code(window.proposed) if window.proposed else None,
    )
