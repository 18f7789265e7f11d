"""All that a technician sees of the equipment and does with it, in one place for web and command line.

Belongs here: putting the parts together. Never here: what a silence means, how an order travels.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hall_controller.equipment.care import AlertCare, DeviceCare, alert_care, device_care

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hall_controller.equipment.orders import Orders
    from hall_controller.equipment.roster import Roster
    from hall_controller.health import Health


class Devices:
    """The roster, the alerts, and the orders."""

    def __init__(self, roster: Roster, health: Health, orders: Orders) -> None:
        self.roster = roster
        self.orders = orders
        self._health = health

    def devices(self) -> list[DeviceCare]:
        """Every device, in the order of hall.toml."""
        return [device_care(care, self.orders.possible(care.device)) for care in self.roster.look().values()]

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
