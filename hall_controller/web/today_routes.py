"""The day so far over HTTP: at once, as a stream, and its waits as a plot; and the page that shows them.

    somebody looks -> the facts since the last look, out of the journal -> figures

Nothing is counted while nobody looks. How it is counted stands in `reports.today`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response, StreamingResponse

from hall_controller.domain.refusals import refuse
from hall_controller.errors import JournalUnavailable
from hall_controller.messages import Language
from hall_controller.reports.today import ALL, Today
from hall_controller.reports.today_plot import waits_plot
from hall_controller.web.counter_seen import beat
from hall_controller.web.declaring import declare
from hall_controller.web.own_stream import described
from hall_controller.web.replies import NO_STORE, answered, documented, no, refused
from hall_controller.web.today_bodies import TodaySeen
from hall_controller.web.today_seen import WHOLE, name, today_seen
from hall_controller.web.whole import BEAT_S, RECONNECT_MS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hall_controller.controller import Controller
    from hall_controller.equipment.devices import Devices
    from hall_controller.web.skeletons import Skeletons
    from hall_controller.web.whole import Stream

GAP_S: Final = 2.0
"""A manager is told at most so often: nobody reads percentiles faster."""
REFRESH_S: Final = 20.0
"""So often also what only time changes is told anew."""
SVG: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The plot", "content": {"image/svg+xml": {}}}
}


class TodayRoutes:
    """The routes /api/today and below, and the page /manager."""

    def __init__(
        self, controller: Controller, stream: Stream, skeletons: Skeletons, devices: Devices | None
    ) -> None:
        self._controller = controller
        self._stream = stream
        self._skeletons = skeletons
        self._devices = devices
        self._today = Today(controller.hall.catalogue.timezone)
        self._rev = 0
        self._reading = asyncio.Lock()

    def router(self) -> APIRouter:
        router = APIRouter(tags=["reports"])
        router.add_api_route("/manager", self.page, include_in_schema=False, response_class=HTMLResponse)
        declare(router, "GET /api/today", self.see, TodaySeen, (503,), "The day so far")
        router.add_api_route(
            "/api/today/stream",
            self.listen,
            response_class=Response,
            responses=described("the day so far"),
            summary="The same, whenever it changes",
        )
        router.add_api_route(
            "/api/today/waits",
            self.plot,
            response_class=Response,
            responses={**documented(404, 422, 503), **SVG},
            summary="The day's waits by half hour, as a plot",
        )
        return router

    async def page(self) -> HTMLResponse:
        """Today at a glance."""
        return self._skeletons.page("manager.html")

    async def see(self) -> Response:
        """Counted as the reports count; scores in whole groups of five."""
        seen = await self._seen()
        return answered(seen) if seen else refused(no("not_ready"))

    async def listen(self) -> Response:
        """Told at once and whenever something has changed, every 2 s at most; every second at least the time."""
        return StreamingResponse(
            self._events(),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    async def plot(self, queue: str = ALL, language: Language = "vi") -> Response:
        """Median and nine of ten, of one queue or of all, beside the national targets; SVG."""
        queues = self._controller.hall.catalogue.queues
        if queue != ALL and queue not in queues:
            return refused(refuse("unknown_destination"))
        await self._catch_up()
        of = name(queues[queue].name) if queue != ALL else WHOLE
        said = of.en if language == "en" else of.vi
        svg = waits_plot(self._today.by_half_hour(queue), said, language)
        return Response(svg, headers=NO_STORE, media_type="image/svg+xml")

    async def _seen(self) -> TodaySeen | None:
        await self._catch_up()
        alerts = self._devices.alerts() if self._devices is not None else []
        return today_seen(self._controller, self._today, self._rev, alerts)

    async def _catch_up(self) -> None:
        """Count what was written down since the last look; raises JournalUnavailable."""
        async with self._reading:
            if self._rev == self._controller.rev:
                return
            records = await self._controller.today(after=self._rev)
            self._today.see(record.fact for record in records)
            self._rev = records[-1].seq if records else self._rev

    async def _events(self) -> AsyncIterator[bytes]:
        loop = asyncio.get_running_loop()
        told: tuple[object, ...] = ()
        told_at_s = 0.0
        yield b"retry: %d\n\n" % RECONNECT_MS
        while not self._stream.closed:
            present = self._present()
            if present != told or loop.time() - told_at_s >= REFRESH_S:
                seen = await self._seen_or_none()
                yield _event(seen.model_dump_json()) if seen else b": nothing can be told yet\n\n"
                told, told_at_s = (present, loop.time()) if seen else ((), 0.0)
            for _ in range(round(GAP_S / BEAT_S)):
                await asyncio.sleep(BEAT_S)
                yield self._beat()

    def _present(self) -> tuple[object, ...]:
        """What the page depends on, apart from the time."""
        alerts = tuple(alert.code for alert in self._devices.alerts()) if self._devices else ()
        return self._controller.rev, self._controller.unavailable_since, alerts

    async def _seen_or_none(self) -> TodaySeen | None:
        try:
            return await self._seen()
        except JournalUnavailable:
            return None

    def _beat(self) -> bytes:
        outage = self._controller.unavailable_since
        now = self._controller.clock.now()
        return _event(beat(self._controller.hall, now, outage.at if outage else None).model_dump_json())


def _event(data: str) -> bytes:
    return f"data: {data}\n\n".encode()
