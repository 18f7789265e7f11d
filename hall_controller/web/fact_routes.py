"""The facts of the hall for its technician: the newest by what they are about, and each as it is written down.

Reading only. What of a fact may be shown is said in `fact_told`.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Query
from starlette.responses import Response, StreamingResponse

from hall_controller.domain.catalogue import Text
from hall_controller.domain.refusals import Refusal
from hall_controller.errors import JournalError
from hall_controller.journal_newest import Wanted, newest
from hall_controller.web.bodies import Body
from hall_controller.web.declaring import declare
from hall_controller.web.fact_told import FactTold, told
from hall_controller.web.replies import answered, documented, refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hall_controller.controller import Controller, Told
    from hall_controller.web.whole import Stream

MOST: Final = 500
BEAT_S: Final = 1.0
EVENTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Server-sent events; the data of each is a fact",
        "content": {"text/event-stream": {}},
    }
}
Word = Annotated[str | None, Query(max_length=40)]


class FactsTold(Body):
    """Facts, the newest first; ask again with `before` the last one's number for older ones."""

    facts: list[FactTold]


class FactRoutes:
    """The routes /api/facts and /api/facts/stream."""

    def __init__(self, controller: Controller, stream: Stream, journal: Path) -> None:
        self._journal = journal
        self._stream = stream
        self._kept: deque[tuple[int, bytes]] = deque(maxlen=MOST)
        self._change = asyncio.Event()
        controller.on_commit.append(self._keep)

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/facts", tags=["facts"])
        newest = "The newest facts, by number, counter or kind"
        declare(router, "GET ", self.newest, FactsTold, (422, 503), newest)
        router.add_api_route(
            "/stream",
            self.stream,
            response_class=Response,
            responses={**documented(), **EVENTS},
            summary="Each fact as it is written down",
        )
        return router

    async def newest(
        self,
        ticket: Word = None,
        counter: Word = None,
        kind: Word = None,
        before: Annotated[int | None, Query(ge=1, le=2**62)] = None,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    ) -> Response:
        """`kind` is the beginning of a type, such as `ticket.`; at most some 200,000 facts are looked through."""
        wanted = Wanted(ticket.upper() if ticket else None, counter or None, kind or None)
        try:
            found = await asyncio.to_thread(newest, self._journal, wanted, before=before, limit=limit)
        except JournalError as error:
            return refused(
                Refusal("journal_unavailable", Text("Không đọc được dữ liệu lúc này.", str(error)))
            )
        return answered(FactsTold(facts=[told(record.seq, record.fact, record.cause) for record in found]))

    async def stream(self) -> Response:
        """From now on; whoever was away asks for the newest first."""
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return StreamingResponse(self._events(), media_type="text/event-stream", headers=headers)

    async def _events(self) -> AsyncIterator[bytes]:
        seen = self._kept[-1][0] if self._kept else 0
        yield b"retry: 500\n\n"
        while not self._stream.closed:
            change = self._change
            new = [line for seq, line in self._kept if seq > seen]
            seen = self._kept[-1][0] if self._kept else 0
            yield b"".join(new) or b": alive\n\n"
            waiting = asyncio.ensure_future(change.wait())
            await asyncio.wait({waiting}, timeout=BEAT_S)
            waiting.cancel()

    def _keep(self, told_now: Told) -> None:
        for record in told_now.records:
            line = told(record.seq, record.fact, record.cause).model_dump_json().encode()
            self._kept.append((record.seq, b"data: %s\n\n" % line))
        self._change.set()
        self._change = asyncio.Event()
