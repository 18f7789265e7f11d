"""Replacing a device by pressing a key on the new one: a window, the first stranger that presses, a code, a yes.

    open(counter, type, replaces) -> a stranger presses -> proposed, with its code -> confirm -> Adopted

Pure: the clock is given, and what follows from a yes (settings at the broker, the roster, the file) is `Devices`'. A
device that nobody asked for, of another type or after the window, is refused as before: its presses reach no counter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.messages import DeviceType, KeyPress, ScorePress, adoption_code

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from hall_controller.equipment.seen import Seen
    from hall_controller.messages import Payload

WINDOW_S: Final = 120.0
"""Long enough to walk from the office to the counter and press."""
PADS: Final = frozenset({"call-pad", "rating-pad", "kiosk"})
"""Devices with keys; all others are proposed as soon as they say what they are."""


class Place(NamedTuple):
    """The place that a new device is to take; `replaces` is retired by it."""

    type: DeviceType
    counter: str | None
    replaces: str | None = None


class Window(NamedTuple):
    """Who may come, until when, and who has come."""

    place: Place
    until_s: float
    until: datetime
    proposed: str | None = None


class Adopted(NamedTuple):
    """A device that has taken a place."""

    device: str
    model: str
    place: Place


State = Literal["closed", "open", "proposed"]


class Adoption:
    """At most one window at a time: two technicians do not take each other's device."""

    def __init__(self, strangers: Mapping[str, Seen], clock_s: Callable[[], float]) -> None:
        self._strangers = strangers
        self._clock_s = clock_s
        self._window: Window | None = None

    @property
    def window(self) -> Window | None:
        """The window that is open now."""
        if self._window is not None and self._clock_s() > self._window.until_s:
            self._window = None
        return self._window

    def open(self, place: Place, until: datetime) -> Window:
        """Whoever presses first from now on is proposed for that place; another window is closed by it."""
        self._window = Window(place, self._clock_s() + WINDOW_S, until)
        return self._window

    def close(self) -> None:
        """Nobody may come any more."""
        self._window = None

    def heard(self, device: str, said: Payload) -> None:
        """A device said something; a stranger's key within the window makes it the proposed one."""
        window = self.window
        if window is None or window.proposed is not None or device not in self._strangers:
            return
        pressed = isinstance(said, KeyPress | ScorePress)
        if self._fits(device, window.place.type) and (pressed or window.place.type not in PADS):
            self._window = window._replace(proposed=device)

    def code(self, device: str) -> str:
        """What stands on the device's label: it says so itself; one that does not has its name there."""
        return self._said_code(device) or adoption_code(device, "")

    def unproven(self, device: str) -> bool:
        """Whether it says no code: any device could bear that name, and comparing the label proves nothing."""
        return not self._said_code(device)

    def _said_code(self, device: str) -> str:
        seen = self._strangers.get(device)
        said = seen.info.capabilities.get("code") if seen and seen.info else None
        return said if isinstance(said, str) else ""

    def confirm(self, device: str, code: str) -> Adopted | Refusal:
        """The technician has compared the code with the label; the window is closed by a yes."""
        window, seen = self.window, self._strangers.get(device)
        if window is None or seen is None or window.proposed != device:
            return refuse("nothing_proposed")
        if "".join(code.split()).replace("-", "") != self.code(device):
            return refuse("wrong_device_code")
        self.close()
        return Adopted(device, seen.info.model if seen.info else "mqtt", window.place)

    def refuse(self, device: str) -> None:
        """Not this one: the window stays open for another."""
        if self._window is not None and self._window.proposed == device:
            self._window = self._window._replace(proposed=None)

    def _fits(self, device: str, wanted: DeviceType) -> bool:
        info = self._strangers[device].info
        return info is not None and info.type == wanted
