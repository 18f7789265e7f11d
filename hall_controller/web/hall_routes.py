"""The state of the hall over HTTP: whole, as a stream, and what it offers.

Reading only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from hall_controller.web.bodies import Offer, Whole
from hall_controller.web.declaring import declare
from hall_controller.web.offer import Printer, offer
from hall_controller.web.replies import answered, documented, no, refused
from hall_controller.web.whole import Stream, whole

if TYPE_CHECKING:
    from hall_controller.controller import Controller
    from hall_controller.equipment.devices import Devices
    from hall_controller.web.ticket_routes import Papers


EVENTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Server-sent events; the data of each is a whole hall",
        "content": {"text/event-stream": {}},
    }
}


class HallRoutes:
    """The routes /api/hall, /api/hall/stream and /api/catalogue."""

    def __init__(
        self,
        controller: Controller,
        stream: Stream,
        printing: Papers | None,
        devices: Devices | None = None,
        *,
        dossiers: bool,
    ) -> None:
        self._controller = controller
        self._stream = stream
        self._printing = printing
        self._devices = devices
        self._dossiers = dossiers

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api", tags=["hall"])
        declare(router, "GET /hall", self.hall, Whole, (503,), "The whole hall, numbered")
        router.add_api_route(
            "/hall/stream",
            self.stream,
            response_class=Response,
            responses={**documented(422), **EVENTS},
            summary="The whole hall, whenever it changes",
        )
        declare(
            router, "GET /catalogue", self.catalogue, Offer, (), "What the hall offers, and what is open now"
        )
        return router

    async def hall(self) -> Response:
        """While `unavailable_since` is not null, this is the last state that was written down."""
        state = whole(self._controller)
        return refused(no("not_ready")) if state is None else answered(state)

    async def stream(self, kiosk: str = "") -> Response:
        """Told at once, on each change (at most ten a second), and every second with the hall's time.

        A kiosk's page adds its id from hall.toml: as long as it listens, the kiosk lives.
        """
        events = self._stream.events()
        return StreamingResponse(
            self._devices.to_kiosk(kiosk, events) if kiosk and self._devices else events,
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    async def catalogue(self) -> Response:
        """Agencies, services with their next opening, purposes, priorities and counters."""
        printer: Printer = "none"
        if self._printing is not None:
            printer = "out" if self._printing.ready is False else "ready"
        now = self._controller.clock.now()
        return answered(offer(self._controller.hall, now, printer=printer, dossiers=self._dossiers))
