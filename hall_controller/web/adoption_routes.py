"""Adopting a new device over HTTP: open the window, compare the code, say yes or no.

Parses and answers. Who is proposed is decided by `equipment.adoption`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from hall_controller.domain.refusals import Refusal
from hall_controller.equipment.adoption import Adopted, Place
from hall_controller.web.adoption_bodies import AdoptedNow, AdoptionNow, DeviceSaid, PlaceWish, window_now
from hall_controller.web.declaring import declare
from hall_controller.web.replies import answered, no, refused
from hall_controller.web.who import OnDuty

if TYPE_CHECKING:
    from hall_controller.equipment.devices import Devices


class AdoptionRoutes:
    """The routes under /api/adoption."""

    def __init__(self, devices: Devices) -> None:
        self._devices = devices

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/adoption", tags=["devices"])
        for method, path, does, model, summary in (
            ("GET", "", self.window, AdoptionNow, "Who is proposed, while a window is open"),
            ("POST", "", self.open, AdoptionNow, "For two minutes, whoever presses a key first is proposed"),
            ("DELETE", "", self.close, AdoptionNow, "Close the window"),
            ("POST", "/confirm", self.confirm, AdoptedNow, "The code is that of the label: adopt it"),
            ("POST", "/refuse", self.refuse, AdoptionNow, "Not this device; the window stays open"),
        ):
            refusals = (401, 404, 409, 413, 422, 503) if method == "POST" else (401,)
            declare(router, f"{method} {path}", does, model, refusals, summary)
        return router

    async def window(self) -> Response:
        return answered(self._now())

    async def open(self, wish: PlaceWish) -> Response:
        """Another window is closed by it."""
        place = self._place(wish)
        if isinstance(place, Refusal):
            return refused(place)
        self._devices.open_window(place)
        return answered(self._now())

    async def close(self) -> Response:
        self._devices.adoption.close()
        return answered(self._now())

    async def confirm(self, who: OnDuty, said: DeviceSaid) -> Response:
        """From now on its presses are that counter's, and those of the replaced device are nobody's."""
        done = await self._devices.adopt(said.device, said.code, who.id)
        if not isinstance(done, Adopted):
            return refused(done)
        return answered(
            AdoptedNow(device=done.device, counter=done.place.counter, replaces=done.place.replaces)
        )

    async def refuse(self, said: DeviceSaid) -> Response:
        self._devices.adoption.refuse(said.device)
        return answered(self._now())

    def _place(self, wish: PlaceWish) -> Place | Refusal:
        if wish.replaces is not None:
            old = self._devices.roster.devices.get(wish.replaces)
            return Place(old.type, old.counter, old.id) if old else no("unknown_device")
        if wish.counter is not None and wish.counter not in self._devices.counters:
            return no("unknown_counter")
        return Place(wish.type or "call-pad", wish.counter)

    def _now(self) -> AdoptionNow:
        return AdoptionNow(window=window_now(self._devices))
