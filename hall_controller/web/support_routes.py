"""One file with all that somebody far away needs to help: fetched by the technician, sent by hand.

The controller adds what only it knows, devices and alerts; a process of its own packs it without any secret.
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from hall_controller import own_process
from hall_controller.domain.auditing import RecordExport
from hall_controller.domain.catalogue import Text
from hall_controller.domain.refusals import Refusal
from hall_controller.errors import HallError
from hall_controller.web.replies import NO_STORE, documented, refused
from hall_controller.web.who import OnDuty

if TYPE_CHECKING:
    from hall_controller.controller import Controller
    from hall_controller.equipment.devices import Devices

PROCESS: Final = "safekeeping.support_process"
BUNDLE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "A packed folder", "content": {"application/gzip": {}}}
}


class SupportRoutes:
    """The route /api/support."""

    def __init__(self, controller: Controller, devices: Devices | None, file: Path, data: Path) -> None:
        self._controller = controller
        self._devices = devices
        self._file = file
        self._data = data

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api", tags=["support"])
        router.add_api_route(
            "/support",
            self.bundle,
            response_class=Response,
            responses={**documented(409, 503), **BUNDLE},
            summary="Versions, health, alerts, settings, facts and log, without secrets",
        )
        return router

    async def bundle(self, who: OnDuty) -> Response:
        """Written down as an export."""
        with tempfile.NamedTemporaryFile(prefix="hall-support-", delete=False) as file:
            out = Path(file.name)
        asked = {"file": str(self._file), "data": str(self._data), "out": str(out), "told": self._told()}
        try:
            await own_process.ask(PROCESS, asked)
            await self._controller.submit(RecordExport("support", who.id))
        except (HallError, OSError) as error:
            await asyncio.to_thread(out.unlink, missing_ok=True)
            return refused(Refusal("support_impossible", Text("Không đóng gói được.", str(error))))
        name = f"support-{self._controller.hall.catalogue.hall}-{datetime.now(UTC):%Y%m%d-%H%M}.tar.gz"
        return FileResponse(
            out,
            headers=NO_STORE,
            media_type="application/gzip",
            filename=name,
            background=BackgroundTask(out.unlink, missing_ok=True),
        )

    def _told(self) -> dict[str, Any]:
        controller = self._controller
        health = {
            "rev": controller.rev,
            "day": str(controller.hall.day),
            "journal_ms": controller.journal_ms,
            "outbox": controller.outbox,
            "unavailable": controller.unavailable_since is not None,
            "time": controller.clock.now().at.isoformat(),
        }
        if self._devices is None:
            return {"health.json": health}
        return {
            "health.json": health,
            "devices.json": [one.model_dump(mode="json") for one in self._devices.devices()],
            "alerts.json": [one.model_dump(mode="json") for one in self._devices.alerts()],
        }
