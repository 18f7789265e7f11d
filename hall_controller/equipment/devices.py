"""All that a technician sees of the equipment and does with it, in one place for the web.

Belongs here: putting the parts together. Never here: what a silence means, how an order travels, who is proposed.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from hall_controller.domain.refusals import Refusal
from hall_controller.equipment.adoption import WINDOW_S, Adopted, Place, Window
from hall_controller.equipment.care import AlertCare, DeviceCare, StrangerCare, alert_care, device_care

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection

    from hall_controller.equipment.adoption import Adoption
    from hall_controller.equipment.orders import Orders
    from hall_controller.equipment.places import Places
    from hall_controller.equipment.roster import Roster
    from hall_controller.health import Health


class Devices:
    """The roster, the alerts, the orders, and who takes whose place; `counters` are the hall's."""

    def __init__(
        self,
        roster: Roster,
        health: Health,
        orders: Orders,
        adoption: Adoption,
        places: Places,
        counters: Collection[str],
    ) -> None:
        self.roster = roster
        self.orders = orders
        self.adoption = adoption
        self.counters = counters
        self._health = health
        self._places = places

    def devices(self) -> list[DeviceCare]:
        """Every device, in the order of hall.toml; those that came by adoption last."""
        adopted = self._places.adopted
        return [
            device_care(care, self.orders.possible(care.device), adopted=care.device.id in adopted)
            for care in self.roster.look().values()
        ]

    def strangers(self) -> list[StrangerCare]:
        """Every device that waits for its adoption."""
        return [
            StrangerCare(
                id=id_,
                type=seen.info.type,
                model=seen.info.model,
                firmware=seen.info.firmware,
                last_sign=seen.signed_at,
                code=self.adoption.code(id_),
                unproven=self.adoption.unproven(id_),
            )
            for id_, seen in self.roster.strangers.items()
            if seen.info is not None
        ]

    async def to_kiosk(self, kiosk: str, events: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The hall's stream to the page of a kiosk; each event that it takes is its sign of life."""
        async for event in events:
            self.roster.page_lives(kiosk)
            yield event
            for order in self.orders.for_page(kiosk):
                said = json.dumps({"command": order.command, "kiosk": kiosk})
                yield f"event: order\ndata: {said}\n\n".encode()

    def alerts(self) -> list[AlertCare]:
        """Every alert that holds, the newest first."""
        alerts = sorted(self._health.alerts.values(), key=lambda alert: alert.since, reverse=True)
        return [alert_care(alert) for alert in alerts]

    def open_window(self, place: Place) -> Window:
        """For two minutes, whoever presses first is proposed for that place."""
        return self.adoption.open(place, self._health.hall_time() + timedelta(seconds=WINDOW_S))

    async def adopt(self, device: str, code: str, person: str) -> Adopted | Refusal:
        """A yes: written down, then told to everybody; raises JournalUnavailable, and then nothing happened."""
        adopted = self.adoption.confirm(device, code)
        if isinstance(adopted, Adopted):
            await self._places.take(adopted, person)
        return adopted
