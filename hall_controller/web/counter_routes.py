"""The keys of a counter over HTTP: the same as on its pad, answered when what they did is durable.

Nothing here knows what a key means; the rules do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from fastapi import APIRouter
from starlette.responses import Response

from hall_controller.domain.commands import Rate
from hall_controller.domain.refusals import refuse
from hall_controller.messages import CounterDisplay, Key
from hall_controller.presses import key_command
from hall_controller.web.bodies import CounterRating, Press, Pressed, Rated
from hall_controller.web.replies import answered, documented, no, refused

if TYPE_CHECKING:
    from hall_controller.controller import Controller

NOTHING_BESIDES = Press()


class CounterRoutes:
    """The routes under /api/counters."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/counters", tags=["counters"])
        router.add_api_route(
            "/{counter}/ratings",
            self.rate,
            methods=["POST"],
            response_model=Rated,
            responses=documented(404, 409, 413, 422, 503),
            summary="Rate the visit that has just ended at a counter",
        )
        router.add_api_route(
            "/{counter}/{key}",
            self.press,
            methods=["POST"],
            response_model=Pressed,
            responses=documented(404, 409, 413, 422, 503),
            summary="Press a key of a counter",
        )
        return router

    async def press(self, counter: str, key: Key, press: Press | None = None) -> Response:
        """One press is executed once: the same `request_id` again gets the first answer."""
        if counter not in self._controller.hall.catalogue.counters:
            return refused(refuse("unknown_counter"))
        besides = press or NOTHING_BESIDES
        command = key_command(key, counter, to=besides.to, ticket=besides.ticket, reason=besides.reason)
        cause = besides.request_id and f"press:{counter}:{besides.request_id}"
        answer = await self._controller.submit(command, cause)
        if answer.refusal is not None:
            return refused(answer.refusal)
        display = self._controller.boards.shown.get(("counter", counter))
        if display is None:
            return refused(no("not_ready"))
        shown = cast("CounterDisplay", display)
        return answered(
            Pressed.model_construct(ticket=answer.ticket, display=shown, duplicate=answer.duplicate)
        )

    async def rate(self, counter: str, rating: CounterRating) -> Response:
        """Counts for the visit that ended last at the counter, once, within the rating's window."""
        if counter not in self._controller.hall.catalogue.counters:
            return refused(refuse("unknown_counter"))
        command = Rate(counter, rating.score, self._controller.clock.now().at)
        cause = rating.request_id and f"rating:{counter}:{rating.request_id}"
        answer = await self._controller.submit(command, cause)
        if answer.ticket is None:
            return refused(answer.refusal or refuse("nothing_to_rate"))
        return answered(Rated(ticket=answer.ticket))
