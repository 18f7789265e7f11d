"""A counter over HTTP: its keys, answered when what they did is durable, and what its officer sees of it.

Nothing here knows what a key means; the rules do. What is seen stands in `counter_seen` and `counter_day`.
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
from hall_controller.web.counter_bodies import CounterDay, CounterSeen
from hall_controller.web.counter_day import counter_day
from hall_controller.web.counter_seen import counter_seen
from hall_controller.web.declaring import declare
from hall_controller.web.own_stream import described, streamed
from hall_controller.web.replies import answered, no, refused

if TYPE_CHECKING:
    from hall_controller.controller import Controller
    from hall_controller.web.whole import Stream

NOTHING_BESIDES = Press()


class CounterRoutes:
    """The routes under /api/counters."""

    def __init__(self, controller: Controller, stream: Stream) -> None:
        self._controller = controller
        self._stream = stream

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/counters", tags=["counters"])
        declare(
            router,
            "GET /{counter}",
            self.see,
            CounterSeen,
            (404, 422, 503),
            "What an officer sees of the own counter",
        )
        router.add_api_route(
            "/{counter}/stream",
            self.listen,
            response_class=Response,
            responses=described("all that an officer sees of the own counter"),
            summary="The same, whenever it changes",
        )
        declare(router, "GET /{counter}/day", self.day, CounterDay, (404, 422, 503), "A counter's day so far")
        declare(
            router,
            "POST /{counter}/ratings",
            self.rate,
            Rated,
            (404, 409, 413, 422, 503),
            "Rate the visit that has just ended at a counter",
        )
        declare(
            router,
            "POST /{counter}/{key}",
            self.press,
            Pressed,
            (404, 409, 413, 422, 503),
            "Press a key of a counter",
        )
        return router

    async def see(self, counter: str) -> Response:
        """The visitor at the counter, who waits for it, who was set aside there, and whom `next` would call."""
        if counter not in self._controller.hall.catalogue.counters:
            return refused(refuse("unknown_counter"))
        seen = self._seen(counter)
        return answered(seen) if seen else refused(no("not_ready"))

    async def listen(self, counter: str) -> Response:
        """Told at once and whenever something changes for the counter; every second at least the time."""
        if counter not in self._controller.hall.catalogue.counters:
            return refused(refuse("unknown_counter"))

        def parts() -> tuple[object, ...]:
            hall = self._controller.hall
            known = hall.catalogue.counters.get(counter)
            queues = (hall.queue(queue) for queue in (known.queues if known else ()))
            return (hall.catalogue, self._display(counter), hall.desk(counter), hall.missed, *queues)

        return streamed(self._controller, self._stream, parts, lambda: self._seen(counter))

    async def day(self, counter: str) -> Response:
        """Sums only: nothing of a single visit, and scores in whole groups of five."""
        if counter not in self._controller.hall.catalogue.counters:
            return refused(refuse("unknown_counter"))
        facts = (record.fact for record in await self._controller.today())
        levels = self._controller.hall.catalogue.rating.levels
        return answered(counter_day(facts, counter, self._controller.clock.now().at, levels))

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
        shown = self._display(counter)
        if shown is None:
            return refused(no("not_ready"))
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

    def _display(self, counter: str) -> CounterDisplay | None:
        """What the counter's panel shows; None before a day is open."""
        return cast("CounterDisplay | None", self._controller.boards.shown.get(("counter", counter)))

    def _seen(self, counter: str) -> CounterSeen | None:
        display, outage = self._display(counter), self._controller.unavailable_since
        if display is None or counter not in self._controller.hall.catalogue.counters:
            return None
        now, since = self._controller.clock.now(), outage.at if outage else None
        return counter_seen(self._controller.hall, counter, display, now, since)
