"""What machines ask the controller: alive, ready, how busy, and the contract with devices.

Which metrics there are stands in `metrics`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter
from starlette.responses import Response

from hall_controller.web.bodies import Alive
from hall_controller.web.declaring import declare
from hall_controller.web.replies import answered, documented, no, refused

if TYPE_CHECKING:
    from hall_controller.controller import Controller
    from hall_controller.web.metrics import Metrics


YAML: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "AsyncAPI 3.0", "content": {"application/yaml": {}}}
}


class MachineRoutes:
    """The routes /livez, /readyz, /metrics and /asyncapi.yaml."""

    def __init__(self, controller: Controller, asyncapi: str, metrics: Metrics) -> None:
        self._controller = controller
        self._asyncapi = asyncapi
        self._metrics = metrics

    def router(self) -> APIRouter:
        router = APIRouter(tags=["machines"])
        router.add_api_route("/livez", self.livez, response_model=Alive, summary="Does the process answer")
        declare(router, "GET /readyz", self.readyz, Alive, (503,), "Does the hall take presses")
        router.add_api_route(
            "/metrics",
            self.metrics,
            response_class=_PlainText,
            responses=documented(),
            summary="Prometheus metrics",
        )
        router.add_api_route(
            "/asyncapi.yaml",
            self.asyncapi,
            response_class=Response,
            responses={**documented(), **YAML},
            summary="The contract with devices",
        )
        return router

    async def livez(self) -> Response:
        return answered(Alive(status="alive"))

    async def readyz(self) -> Response:
        """Not ready while the journal cannot be written, or before a day is open."""
        if self._controller.unavailable_since is not None:
            return refused(no("journal_unavailable"))
        if self._controller.hall.day is None:
            return refused(no("not_ready"))
        return answered(Alive(status="ready"))

    async def metrics(self) -> Response:
        return _PlainText(self._metrics.text())

    async def asyncapi(self) -> Response:
        """Topics and payloads on MQTT."""
        return Response(self._asyncapi, media_type="application/yaml")


class _PlainText(Response):
    media_type = "text/plain; version=0.0.4; charset=utf-8"
