"""Orders to devices: show which one you are, show all you can, start again; whichever way each can be reached.

    MQTT device -> device/{id}/command, reply        printer -> a test page        kiosk page -> its stream
    wired pad -> its light blinks                     panel behind a display machine -> that machine

Belongs here: which device can do what, and who is asked. Never here: bytes, topics, HTTP. An order is given once, now:
whoever is away does not find it later.
"""

from __future__ import annotations

import secrets
from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.messages import DeviceCommand, DeviceReply

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from hall_controller.equipment.roster import Roster
    from hall_controller.equipment.seen import Equipment

Wish = Literal["identify", "test", "reboot"]
ALL: Final[tuple[Wish, ...]] = ("identify", "test", "reboot")
VALID: Final = timedelta(seconds=10)
"""After this time a device does not obey any more: nobody stands in front of it."""
REPLY_WITHIN_S: Final = 5.0
MOST_WAITING: Final = 4
"""Orders that wait for a page; who presses more often gets the last ones."""


class Brokered(Protocol):
    """Whoever speaks to devices over MQTT."""

    async def order(self, device: str, command: DeviceCommand, within_s: float) -> DeviceReply | None: ...


class Printers(Protocol):
    """Whoever prints."""

    async def test(self, printer: str) -> Mapping[str, Any] | None: ...


class Wired(Protocol):
    """Whoever has the pads that are wired to this machine."""

    def has_light(self, device: str) -> bool: ...

    async def blink(self, device: str) -> None: ...


class Orders:
    """Gives orders; what becomes of each is the answer."""

    def __init__(
        self,
        roster: Roster,
        hall_time: Callable[[], datetime],
        *,
        mqtt: Brokered | None = None,
        printers: Printers | None = None,
        pads: Wired | None = None,
    ) -> None:
        self._roster = roster
        self._hall_time = hall_time
        self._mqtt = mqtt
        self._printers = printers
        self._pads = pads
        self._for_pages: dict[str, deque[DeviceCommand]] = {}

    def possible(self, device: Equipment) -> tuple[Wish, ...]:
        """What this device can be told."""
        if device.is_page:
            return ALL
        if device.type == "printer":
            return ("identify", "test") if self._printers else ()
        if not device.by_mqtt and device.gateway is None:
            return ("identify", "test") if self._pads and self._pads.has_light(device.id) else ()
        info = self._roster.info(self._speaker(device))
        said = info.capabilities.get("commands") if info else None
        return tuple(wish for wish in ALL if wish in said) if isinstance(said, list) else ALL

    async def give(self, device_id: str, wish: Wish) -> DeviceReply | Refusal:
        """What the device answers, or why it was not told; at most some seconds."""
        device = self._roster.devices.get(device_id)
        if device is None:
            return refuse("unknown_device")
        if wish not in self.possible(device):
            return refuse("order_not_possible")
        command = DeviceCommand(id=secrets.token_hex(8), command=wish, expires=self._hall_time() + VALID)
        if device.is_page:
            return self._to_page(device, command)
        if device.type == "printer" and self._printers:
            return _printed(command, await self._printers.test(device.id))
        if not device.by_mqtt and device.gateway is None and self._pads:
            await self._pads.blink(device.id)
            return DeviceReply(id=command.id, result="ok")
        reply = None
        if self._mqtt:
            reply = await self._mqtt.order(self._speaker(device), command, REPLY_WITHIN_S)
        return reply or refuse("device_silent")

    def for_page(self, kiosk: str) -> list[DeviceCommand]:
        """What a page is to be told now; each order once, and none that nobody waits for any more."""
        waiting = self._for_pages.pop(kiosk, ())
        now = self._hall_time()
        return [command for command in waiting if command.expires >= now]

    def _to_page(self, device: Equipment, command: DeviceCommand) -> DeviceReply | Refusal:
        if self._roster.look()[device.id].verdict.state not in {"ready", "late"}:
            return refuse("device_silent")
        self._for_pages.setdefault(device.id, deque(maxlen=MOST_WAITING)).append(command)
        return DeviceReply(id=command.id, result="ok")

    def _speaker(self, device: Equipment) -> str:
        """Who takes orders for it: a panel's display machine, else the device itself."""
        gateway = device.gateway
        if gateway is not None and device.id in self._roster.surfaces(gateway):
            return gateway
        return device.id


def _printed(command: DeviceCommand, told: Mapping[str, Any] | None) -> DeviceReply:
    """What a printer's worker told of a test page."""
    told = told or {}
    done = told.get("outcome") == "printed"
    data = {"paper": str(told.get("paper", "unknown"))}
    if not done:
        data["reason"] = str(told.get("detail", "the printer does not answer"))
    return DeviceReply(id=command.id, result="ok" if done else "error", data=data)
