"""Slips over HTTP: where a field that is done only online is to be found, on paper and as an answer.

Written down first, as a number is, and counted apart; nobody is put in a queue here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from hall_controller.domain.commands import IssueSlip
from hall_controller.domain.facts import SlipIssued
from hall_controller.domain.refusals import refuse
from hall_controller.messages import Identifier, Language
from hall_controller.web.bodies import Body, RequestId
from hall_controller.web.declaring import declare
from hall_controller.web.replies import answered, refused

if TYPE_CHECKING:
    from collections.abc import Collection

    from hall_controller.controller import Controller
    from hall_controller.web.ticket_routes import Papers

WEB: Final = "web"


class SlipWish(Body):
    """A visitor asks for a field that is done only online."""

    service: Identifier
    language: Language = "vi"
    request_id: RequestId | None = None
    kiosk: Identifier | None = None
    """The device that asks; a kiosk that hall.toml does not name counts as the web."""
    print: Annotated[bool, Field(strict=True)] = True
    """False when no paper is wanted."""


class SlipGiven(Body):
    """Where the visitor has to go on the web."""

    slip: Identifier
    service: Identifier
    portal: str
    """Empty where hall.toml names no portal."""
    printed: bool
    """Whether the paper came out."""


class SlipRoutes:
    """The route /api/slips."""

    def __init__(self, controller: Controller, printing: Papers | None, *, kiosks: Collection[str]) -> None:
        self._controller = controller
        self._printing = printing
        self._kiosks = frozenset(kiosks)

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/slips", tags=["tickets"])
        declare(
            router,
            "POST ",
            self.take,
            SlipGiven,
            (404, 409, 413, 422, 503),
            "Take the slip of a field that is online only",
            201,
        )
        return router

    async def take(self, wish: SlipWish) -> Response:
        """The same `request_id` again gets the same slip, without a second paper."""
        source = wish.kiosk if wish.kiosk in self._kiosks else WEB
        command = IssueSlip(wish.service, wish.language, source or WEB, wish.print)
        answer = await self._controller.submit(command, wish.request_id and f"slip:{wish.request_id}")
        slip = next((fact for fact in answer.facts if isinstance(fact, SlipIssued)), None)
        if slip is None:
            return refused(answer.refusal or refuse("malformed"))
        printed = bool(self._printing and await self._printing.printed(slip.slip))
        return answered(
            SlipGiven(slip=slip.slip, service=slip.service, portal=slip.portal, printed=printed), 201
        )
