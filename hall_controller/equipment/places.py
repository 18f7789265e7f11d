"""Who stands where: the devices of hall.toml, and those that took a place by adoption; kept, and told to the devices.

    a yes -> fact -> adopted.json -> roster, counters, device/{id}/config; the old device is nobody's any more

Belongs here: the order of those steps. Never here: who is proposed (`adoption`).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from hall_controller.domain.auditing import RecordAdoption
from hall_controller.equipment import adopted_file
from hall_controller.equipment.seen import Equipment
from hall_controller.messages import DeviceConfig

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hall_controller.controller import Controller
    from hall_controller.equipment.adoption import Adopted
    from hall_controller.equipment.roster import Roster
    from hall_controller.health import Health
    from hall_controller.messages import Payload


class Told(Protocol):
    """Whoever keeps settings for devices at the broker."""

    def configure(self, device: str, settings: Payload | None) -> None: ...


class Places:
    """The places; `counters` is the table by which presses find their counter, and is changed here."""

    def __init__(
        self,
        path: Path,
        controller: Controller,
        health: Health,
        roster: Roster,
        counters: dict[str, str | None],
        told: Told,
        retire: Callable[[str], None] = lambda _device: None,
    ) -> None:
        """`retire` makes a wired device's presses nobody's. Raises HallError when the file is damaged."""
        self._path = path
        self._controller = controller
        self._health = health
        self._roster = roster
        self._counters = counters
        self._told = told
        self._retire = retire
        kept = adopted_file.read(path)
        named = frozenset(counters)
        self.entries = [entry for entry in kept if entry.device not in named]
        for entry in self.entries:
            self._seat(entry)

    @property
    def adopted(self) -> frozenset[str]:
        """The devices that came by adoption."""
        return frozenset(entry.device for entry in self.entries)

    def tell_all(self) -> None:
        """The broker may have forgotten them: tell every adopted device its place."""
        for entry in self.entries:
            self._tell(entry)

    async def take(self, adopted: Adopted, person: str) -> None:
        """The device has the place from now on; raises JournalUnavailable or OSError, and then nothing happened."""
        place = adopted.place
        entry = adopted_file.Entry(
            device=adopted.device,
            type=place.type,
            model=adopted.model,
            counter=place.counter,
            replaces=place.replaces,
            retired=self._before(place.replaces),
        )
        await self._controller.submit(
            RecordAdoption(entry.device, entry.counter, entry.replaces, person=person)
        )
        gone = {entry.device, entry.replaces}
        entries = [*(one for one in self.entries if one.device not in gone), entry]
        await asyncio.to_thread(adopted_file.write, self._path, entries)
        self.entries = entries
        self._seat(entry)
        self._tell(entry)

    def _seat(self, entry: adopted_file.Entry) -> None:
        for gone in (entry.replaces, *entry.retired):
            if gone is not None:
                self._unseat(gone)
        self._counters[entry.device] = entry.counter
        self._health.add(entry.device)
        self._roster.add(Equipment(entry.device, entry.type, entry.model, counter=entry.counter))

    def _before(self, device: str | None) -> tuple[str, ...]:
        """Whom the device that is replaced now had replaced itself."""
        for entry in self.entries:
            if entry.device == device:
                return tuple(gone for gone in (entry.replaces, *entry.retired) if gone is not None)
        return ()

    def _unseat(self, device: str) -> None:
        self._counters.pop(device, None)
        self._health.remove(device)
        self._roster.remove(device)
        self._retire(device)
        self._told.configure(device, None)

    def _tell(self, entry: adopted_file.Entry) -> None:
        self._told.configure(entry.device, DeviceConfig(rev=self._controller.rev, counter=entry.counter))
