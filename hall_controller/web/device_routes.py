"""The devices of the hall over HTTP: how each is, and what a technician tells it to do.

Parses and answers; what a state means and how an order travels is not decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from hall_controller.domain.refusals import Refusal
from hall_controller.equipment.orders import Wish
from hall_controller.messages import DeviceReply
from hall_controller.web.declaring import declare
from hall_controller.web.device_bodies import DevicesNow, devices_now, devices_seen
from hall_controller.web.own_stream import described, streamed
from hall_controller.web.replies import answered, refused

if TYPE_CHECKING:
    from hall_controller.controller import Controller
    from hall_controller.equipment.devices import Devices
    from hall_controller.web.device_bodies import DevicesSeen
    from hall_controller.web.whole import Stream


class DeviceRoutes:
    """The routes under /api/devices."""

    def __init__(self, devices: Devices, controller: Controller, stream: Stream) -> None:
        self._devices = devices
        self._controller = controller
        self._stream = stream
        self._seen: DevicesSeen | None = None

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/devices", tags=["devices"])
        every = "How every device is, and every alert that holds"
        declare(router, "GET ", self.list_all, DevicesNow, (401,), every)
        router.add_api_route(
            "/stream",
            self.listen,
            response_class=Response,
            responses=described("all that the devices page shows"),
            summary="The same with counters and the open window, whenever it changes",
        )
        told = "Tell a device to show its name, to show all it can, or to start again"
        declare(router, "POST /{device}/{wish}", self.order, DeviceReply, (401, 404, 409, 422), told)
        return router

    async def order(self, device: str, wish: Wish) -> Response:
        """Answered when the device has answered: `result` is ok, error, duplicate or expired."""
        reply = await self._devices.orders.give(device, wish)
        return refused(reply) if isinstance(reply, Refusal) else answered(reply)

    async def list_all(self) -> Response:
        """Ready, late, lost or faulty, since when, why, and what to do."""
        return answered(devices_now(self._devices))

    async def listen(self) -> StreamingResponse:
        """Told at once and whenever something changes; every second at least the time."""
        return streamed(self._controller, self._stream, lambda: (self._look(),), self._now)

    def _now(self) -> DevicesSeen:
        return devices_seen(self._controller, self._devices)

    def _look(self) -> DevicesSeen:
        """What is to be seen now: the same object as long as nothing but the time is another one."""
        now, before = self._now(), self._seen
        if before is None or _without_time(now) != _without_time(before):
            self._seen = now
            return now
        return before


def _without_time(seen: DevicesSeen) -> tuple[object, ...]:
    return seen.devices, seen.alerts, seen.strangers, seen.counters, seen.window
