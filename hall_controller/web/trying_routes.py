"""Devices that are not there yet: a technician presses their keys on a page, so that a hall can be tried.

Only where the settings allow it (`hall.virtual_devices`) or the clock runs for training; each press is a fact with the
person, and then a press like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from hall_controller.domain.auditing import RecordTrial
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.messages import DeviceInput, Identifier, Key, KeyPress, ScorePress, TicketPress
from hall_controller.presses import device_command
from hall_controller.web.bodies import Body, RequestId
from hall_controller.web.declaring import declare
from hall_controller.web.replies import answered, no, refused
from hall_controller.web.who import OnDuty

if TYPE_CHECKING:
    from hall_controller.controller import Controller
    from hall_controller.equipment.devices import Devices


class TrialPress(Body):
    """One of the three, as a device of that kind would send it."""

    key: Key | None = None
    score: Annotated[int | None, Field(ge=1, le=5)] = None
    service: Identifier | None = None
    purpose: Identifier = "submit"
    request_id: RequestId | None = None


class TrialDone(Body):
    """The press was taken."""

    result: Literal["ok", "duplicate"]
    ticket: str | None


class TryingRoutes:
    """The route /api/trying/{device}."""

    def __init__(self, controller: Controller, devices: Devices, *, allowed: bool) -> None:
        self._controller = controller
        self._devices = devices
        self._allowed = allowed

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/trying", tags=["devices"])
        tried = "Press a key of a device that is not there yet"
        declare(router, "POST /{device}", self.press, TrialDone, (404, 409, 413, 422, 429, 503), tried)
        return router

    async def press(self, device: str, press: TrialPress, who: OnDuty) -> Response:
        """It counts like a press on the device itself."""
        if not self._allowed:
            return refused(no("trying_is_off"))
        known = self._devices.roster.devices.get(device)
        if known is None:
            return refused(refuse("unknown_device"))
        sent = _sent(press)
        if sent is None:
            return refused(no("nothing_pressed"))
        command = device_command(device, known.counter, sent, self._controller.clock.now().at)
        if isinstance(command, Refusal):
            return refused(command)
        key = press.key or (f"score {press.score}" if press.score else f"ticket {press.service}")
        await self._controller.submit(RecordTrial(device, "score" if press.score else key, who.id))
        cause = press.request_id and f"trying:{device}:{press.request_id}"
        answer = await self._controller.submit(command, cause)
        if answer.refusal is not None:
            return refused(answer.refusal)
        return answered(TrialDone(result="duplicate" if answer.duplicate else "ok", ticket=answer.ticket))


def _sent(press: TrialPress) -> DeviceInput | None:
    """What the device would have sent."""
    if press.key is not None:
        return KeyPress(boot=0, seq=0, key=press.key)
    if press.score is not None:
        return ScorePress(boot=0, seq=0, score=press.score)
    if press.service is not None:
        return TicketPress(boot=0, seq=0, service=press.service, purpose=press.purpose)
    return None
