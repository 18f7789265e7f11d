"""How long answers take: one look at the clock around everything, told to the metrics by route.

Pure ASGI. A stream counts until it begins; a request that fits no route is `other`, so that nobody fills the memory
with made-up addresses.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from hall_controller.web.metrics import Metrics


class Timing:
    """An ASGI application that times another."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began_s = time.perf_counter()

        async def send_and_tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                took_s = time.perf_counter() - began_s
                self._metrics.answered(_method(scope), _route(scope), message["status"], took_s)
            await send(message)

        await self._app(scope, receive, send_and_tell)


def _method(scope: Scope) -> str:
    method: str = scope["method"]
    return method if method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} else "other"


def _route(scope: Scope) -> str:
    path: str = getattr(scope.get("route"), "path", "other")
    return path
