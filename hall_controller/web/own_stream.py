"""What a page of the staff is told besides the boards, as server-sent events: whole at once, then when it changes.

Every second a beat with the time, so that silence means loss. What has changed is found by comparing the parts of the
hall that the page depends on, which is quick however many pages listen; never here: what a page is told.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import StreamingResponse

from hall_controller.web.counter_seen import beat
from hall_controller.web.replies import documented
from hall_controller.web.whole import BEAT_S, RECONNECT_MS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from pydantic import BaseModel

    from hall_controller.controller import Controller
    from hall_controller.web.whole import Stream

GAP_S: Final = 0.25
"""A page of the staff is told at most four states a second; the answer to a key comes by itself."""
REFRESH_S: Final = 10.0
"""So often also what only time changes is told anew: whom `next` would call when waits pass a limit."""


def described(what: str) -> dict[int | str, dict[str, Any]]:
    """The answers of a route that streams."""
    told = f"Server-sent events; the data of each is {what}, or only its time when nothing has changed"
    return {
        **documented(401, 404, 422),
        200: {"description": told, "content": {"text/event-stream": {}}},
    }


def streamed(
    controller: Controller,
    stream: Stream,
    parts: Callable[[], tuple[object, ...]],
    seen: Callable[[], BaseModel | None],
) -> StreamingResponse:
    """`seen()` now and whenever one of `parts()` is another one; None as long as no day is open."""
    return StreamingResponse(
        _events(controller, stream, parts, seen),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


async def _events(
    controller: Controller,
    stream: Stream,
    parts: Callable[[], tuple[object, ...]],
    seen: Callable[[], BaseModel | None],
) -> AsyncIterator[bytes]:
    loop = asyncio.get_running_loop()
    told: tuple[object, ...] = ()
    told_at_s = spoke_at_s = 0.0
    yield b"retry: %d\n\n" % RECONNECT_MS
    while not stream.closed:
        change, outage = stream.commit, controller.unavailable_since
        present = (controller.hall.day, outage, *parts())
        if not _same(told, present) or loop.time() - told_at_s >= REFRESH_S:
            state = seen()
            yield _event(state) if state else b": no day is open yet\n\n"
            told, told_at_s = (present, loop.time()) if state else ((), 0.0)
            spoke_at_s = loop.time()
        elif loop.time() - spoke_at_s >= BEAT_S:
            yield _event(beat(controller.hall, controller.clock.now(), outage.at if outage else None))
            spoke_at_s = loop.time()
        await asyncio.sleep(GAP_S)
        await asyncio.wait({change}, timeout=max(0.0, spoke_at_s + BEAT_S - loop.time()))


def _same(told: tuple[object, ...], present: tuple[object, ...]) -> bool:
    return len(told) == len(present) and all(a is b for a, b in zip(told, present, strict=True))


def _event(state: BaseModel) -> bytes:
    return b"data: %s\n\n" % state.model_dump_json().encode()
