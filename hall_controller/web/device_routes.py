"""The devices of the hall over HTTP: how each is, and what a technician tells it to do.

Parses and answers; what a state means and how an order travels is not decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from hall_controller.equipment.care import AlertCare, DeviceCare
from hall_controller.web.replies import answered, documented

if TYPE_CHECKING:
    from hall_controller.equipment.devices import Devices


class DevicesNow(BaseModel):
    """Every device of the hall, and every alert that holds."""

    devices: list[DeviceCare]
    alerts: list[AlertCare]
    counts: dict[str, int]
    """How many are in each state."""


class DeviceRoutes:
    """The routes under /api/devices."""

    def __init__(self, devices: Devices) -> None:
        self._devices = devices

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/devices", tags=["devices"])
        router.add_api_route(
            "",
            self.list_all,
            response_model=DevicesNow,
            responses=documented(401),
            summary="How every device is, and every alert that holds",
        )
        return router

    async def list_all(self) -> Response:
        """Ready, late, lost or faulty, since when, why, and what to do."""
        devices = self._devices.devices()
        states = [device.state for device in devices]
        return answered(
            DevicesNow(
                devices=devices,
                alerts=self._devices.alerts(),
                counts={state: states.count(state) for state in sorted(set(states))},
            )
        )
