"""What the guidance desk does with a number over HTTP: release, put back, take out, print once more; and guard mode.

Numbers, not codes: whoever stands at the desk shows the paper. Only from the addresses that the hall allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from hall_controller.domain.commands import ReleaseTicket, Reprint, Requeue, TurnGuard, VoidTicket
from hall_controller.domain.refusals import refuse
from hall_controller.web.bodies import Body, RequestId
from hall_controller.web.replies import answered, documented, refused

if TYPE_CHECKING:
    from hall_controller.controller import Controller
    from hall_controller.domain.commands import Command

Wish = Literal["release", "requeue", "void", "reprint"]
LONGEST_REASON: Final = 200


class DeskPress(Body):
    """What the desk says besides."""

    request_id: RequestId | None = None
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] = ""


class DeskDone(Body):
    """The number, and where its visit stands now."""

    number: str
    state: str
    duplicate: bool = False


class GuardWish(Body):
    """Turn guard mode on or off: while it is on, every number waits for its release."""

    on: Annotated[bool, Field(strict=True)]
    request_id: RequestId | None = None


class GuardNow(Body):
    """Whether guard mode is on."""

    on: bool


NOTHING_BESIDES: Final = DeskPress()


class DeskRoutes:
    """The routes under /api/desk."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/desk", tags=["guidance desk"])
        router.add_api_route(
            "/guard",
            self.guard,
            methods=["POST"],
            response_model=GuardNow,
            responses=documented(409, 413, 422, 503),
            summary="Turn guard mode on or off",
        )
        router.add_api_route(
            "/{number}/{wish}",
            self.do,
            methods=["POST"],
            response_model=DeskDone,
            responses=documented(404, 409, 413, 422, 503),
            summary="Release a number, put it back, take it out, or print it once more",
        )
        return router

    async def guard(self, wish: GuardWish) -> Response:
        """From now on, until it is turned again or the day ends."""
        answer = await self._controller.submit(
            TurnGuard(wish.on), wish.request_id and f"guard:{wish.request_id}"
        )
        return refused(answer.refusal) if answer.refusal else answered(GuardNow(on=wish.on))

    async def do(self, number: str, wish: Wish, press: DeskPress | None = None) -> Response:
        """Done once: the same `request_id` again gets the first answer."""
        besides = press or NOTHING_BESIDES
        number = number.upper()
        cause = besides.request_id and f"desk:{number}:{wish}:{besides.request_id}"
        answer = await self._controller.submit(_command(wish, number, besides.reason), cause)
        ticket = self._controller.hall.ticket(number)
        if answer.refusal is not None or ticket is None:
            return refused(answer.refusal or refuse("unknown_ticket"))
        return answered(DeskDone(number=number, state=ticket.state, duplicate=answer.duplicate))


def _command(wish: Wish, number: str, reason: str) -> Command:
    match wish:
        case "release":
            return ReleaseTicket(number)
        case "requeue":
            return Requeue(number)
        case "void":
            return VoidTicket(number, reason)
        case "reprint":
            return Reprint(number)
