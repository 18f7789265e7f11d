"""A stream ends with the session by which it was opened: signed out, or over, in another window or by the technician.

Pure ASGI, around one answer that has no end. Never here: who may listen (`guard`), what a stream tells.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Receive, Scope, Send

LOOK_EVERY_S: Final = 2.0
"""So long a page may go on being told after its session is over."""
STREAM: Final = "/stream"
"""How the path of every stream ends."""


async def while_it_holds(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, holds: Callable[[], bool]
) -> None:
    """Answer as long as `holds()`; then the answer is complete, and whoever asks again has to sign in."""
    answering = asyncio.ensure_future(app(scope, receive, send))
    try:
        while not answering.done() and holds():
            await asyncio.wait({answering}, timeout=LOOK_EVERY_S)
    finally:
        answering.cancel()
        await asyncio.wait({answering})
    if answering.cancelled():
        await send({"type": "http.response.body", "body": b"", "more_body": False})
    else:
        answering.result()
