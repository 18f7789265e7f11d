"""What goes wrong with the devices on a day: which of them are away when, drawn before the day begins.

A call pad and a panel at each counter, one kiosk and one printer, under the names of the example. Never here: what
visitors make of it, but that no ticket is printed meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from hall_controller.domain.commands import RecordPrinter
from hall_controller.domain.watching import DeviceChange, RecordDeviceStates, WatchDevices
from hall_controller.simulation.chance import Chance
from hall_controller.simulation.visits import MINUTE_S

if TYPE_CHECKING:
    from datetime import date

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.domain.watching import DeviceCondition
    from hall_controller.simulation.habits import Devices
    from hall_controller.simulation.shifts import Shift
    from hall_controller.simulation.virtual_hall import VirtualHall

KIOSK: Final = "kiosk-1"
PRINTER: Final = "printer-1"
TOLD_AFTER_MS: Final = 30_000
MENDED_AFTER_MS: Final = 60_000
"""As the controller does: an outage must last before it is told, and so must its end."""


@dataclass(frozen=True, slots=True)
class Away:
    """A device is away, in milliseconds since midnight."""

    device: str
    begins_ms: int
    ends_ms: int


def devices(catalogue: Catalogue) -> list[str]:
    """The devices of the hall by their id."""
    at_counters = (f"{kind}-{counter}" for counter in catalogue.counters for kind in ("pad", "panel"))
    return [KIOSK, PRINTER, *at_counters]


def outages(catalogue: Catalogue, habits: Devices, day: date, shifts: list[Shift], seed: int) -> list[Away]:
    """Who is away on that day, while counters work."""
    if not shifts:
        return []
    first_ms = min(shift.stretches[0].opens_ms for shift in shifts)
    last_ms = max(shift.stretches[-1].ends_ms for shift in shifts)
    found = []
    for device in devices(catalogue):
        chance = Chance(seed, day, "device", device)
        if chance.happens(habits.away):
            begins_ms = chance.randrange(first_ms, last_ms)
            length_ms = MENDED_AFTER_MS + chance.between_ms(habits.away_min, MINUTE_S)
            found.append(Away(device, begins_ms, begins_ms + length_ms))
    return found


class Equipment:
    """The devices of one day; plays what was drawn."""

    def __init__(self, virtual: VirtualHall, away: list[Away]) -> None:
        self._virtual = virtual
        self._away = away

    def plan(self) -> None:
        """At midnight all are told; later, each that goes and comes back."""
        states: dict[str, DeviceCondition] = dict.fromkeys(devices(self._virtual.hall.catalogue), "ready")
        self._virtual.do(WatchDevices(states))
        for one in self._away:
            self._change(one.device, "lost", one.begins_ms, TOLD_AFTER_MS)
            self._change(one.device, "ready", one.ends_ms, MENDED_AFTER_MS)

    def prints(self) -> bool:
        """Whether tickets come out now."""
        now_ms = self._virtual.now_ms
        return not any(one.device == PRINTER and one.begins_ms <= now_ms < one.ends_ms for one in self._away)

    def _change(self, device: str, state: DeviceCondition, began_ms: int, told_after_ms: int) -> None:
        since = self._virtual.now.at + timedelta(milliseconds=began_ms - self._virtual.now_ms)
        told = RecordDeviceStates((DeviceChange(device, state, since),))
        self._virtual.at(began_ms + told_after_ms, partial(self._virtual.do, told))
        if device == PRINTER:
            record = RecordPrinter(PRINTER, "ready" if state == "ready" else "paper_out")
            self._virtual.at(began_ms, partial(self._virtual.do, record))
