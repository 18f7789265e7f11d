"""A visitor's own ticket as a stream: told at once, then whenever something about it changes.

Telephones come from everywhere and stay open for hours: only so many may listen, the others ask every few seconds.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from hall_controller.web.replies import documented
from hall_controller.web.whole import GAP_S

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hall_controller.web.ticket_routes import TicketRoutes
    from hall_controller.web.whole import Stream

MOST_LISTENERS: Final = 300
BEAT_S: Final = 5.0
"""A telephone that hears nothing for three of these says so."""
NO_STREAM: Final = 204
"""By the HTML standard a page does not ask for a stream again after this."""
FOUND: Final = 200
EVENTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Server-sent events; the data of each is a ticket, an event `beat` has none",
        "content": {"text/event-stream": {}},
    },
    204: {
        "description": "No such ticket, one of an earlier day, or too many listen: ask /api/tickets/{code} now and then"
    },
}


class TicketStream:
    """The route /api/tickets/{code}/stream."""

    def __init__(self, tickets: TicketRoutes, stream: Stream) -> None:
        self._tickets = tickets
        self._stream = stream
        self._listeners = 0

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/tickets", tags=["tickets"])
        router.add_api_route(
            "/{code}/stream",
            self.listen,
            response_class=Response,
            responses={**documented(422), **EVENTS},
            summary="A ticket by its code, whenever something about it changes",
        )
        return router

    async def listen(self, code: str) -> Response:
        """Until the page goes away; nobody but the holder of the code learns anything."""
        first = await self._tickets.look(code)
        nothing_comes = first.status_code != FOUND or json.loads(bytes(first.body))["earlier"]
        if nothing_comes or self._listeners >= MOST_LISTENERS:
            return Response(status_code=NO_STREAM)
        return StreamingResponse(
            self._events(code),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    async def _events(self, code: str) -> AsyncIterator[bytes]:
        self._listeners += 1
        loop, told, told_at_s = asyncio.get_running_loop(), b"", 0.0
        try:
            while not self._stream.closed:
                change = self._stream.change
                seen = bytes((await self._tickets.look(code)).body)
                if seen != told or loop.time() - told_at_s >= BEAT_S:
                    yield b"event: beat\ndata: \n\n" if seen == told else b"data: %s\n\n" % seen
                    told, told_at_s = seen, loop.time()
                await asyncio.sleep(GAP_S)
                await asyncio.wait({change}, timeout=max(0.0, told_at_s + BEAT_S - loop.time()))
        finally:
            self._listeners -= 1
