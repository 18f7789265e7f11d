"""The devices of the hall over HTTP: how each is, and what a technician tells it to do.

Parses and answers; what a state means and how an order travels is not decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from hall_controller.domain.refusals import Refusal
from hall_controller.equipment.care import AlertCare, DeviceCare, StrangerCare
from hall_controller.equipment.orders import Wish
from hall_controller.messages import DeviceReply
from hall_controller.web.replies import answered, documented, refused

if TYPE_CHECKING:
    from hall_controller.equipment.devices import Devices


class DevicesNow(BaseModel):
    """Every device of the hall, and every alert that holds."""

    devices: list[DeviceCare]
    alerts: list[AlertCare]
    strangers: list[StrangerCare]
    """Devices that wait for their adoption."""
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
        router.add_api_route(
            "/{device}/{wish}",
            self.order,
            methods=["POST"],
            response_model=DeviceReply,
            responses=documented(401, 404, 409, 422),
            summary="Tell a device to show its name, to show all it can, or to start again",
        )
        return router

    async def order(self, device: str, wish: Wish) -> Response:
        """Answered when the device has answered: `result` is ok, error, duplicate or expired."""
        reply = await self._devices.orders.give(device, wish)
        return refused(reply) if isinstance(reply, Refusal) else answered(reply)

    async def list_all(self) -> Response:
        """Ready, late, lost or faulty, since when, why, and what to do."""
        devices = self._devices.devices()
        states = [device.state for device in devices]
        return answered(
            DevicesNow(
                devices=devices,
                alerts=self._devices.alerts(),
                strangers=self._devices.strangers(),
                counts={state: states.count(state) for state in sorted(set(states))},
            )
        )
