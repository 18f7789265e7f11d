"""How far a dossier has come, over HTTP, by the code on its receipt.

Reading only, from the imported list. Codes can be asked for and not gone through: see `lookup_limit`.
"""

from __future__ import annotations

import asyncio
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter
from pydantic import StringConstraints
from starlette.requests import Request
from starlette.responses import Response

from hall_controller.domain.dossiers import STATES
from hall_controller.messages import Text
from hall_controller.web.bodies import DossierSeen
from hall_controller.web.declaring import declare
from hall_controller.web.lookup_limit import LookupLimit
from hall_controller.web.replies import answered, no, refused

if TYPE_CHECKING:
    from hall_controller.controller import Controller
    from hall_controller.domain.dossiers import Dossier
    from hall_controller.dossiers import Dossiers

DossierCode = Annotated[str, StringConstraints(max_length=60)]


class DossierRoutes:
    """The route /api/dossiers/{code}; `dossiers` is None for a hall that keeps no list."""

    def __init__(self, controller: Controller, dossiers: Dossiers | None) -> None:
        self._controller = controller
        self._dossiers = dossiers
        self._limit = LookupLimit()

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/dossiers", tags=["hall"])
        declare(
            router,
            "GET /{code:path}",
            self.look,
            DossierSeen,
            (404, 422, 429),
            "How far a dossier has come, by the code on its receipt",
        )
        return router

    async def look(self, code: DossierCode, request: Request) -> Response:
        """State and day, no name; after a few unknown codes Retry-After says how long to wait."""
        listed = self._dossiers.current if self._dossiers else None
        if self._dossiers is None or listed is None:
            return refused(no("no_dossiers"))
        place, now_s = request.client.host if request.client else "", asyncio.get_running_loop().time()
        wait_s = self._limit.wait_s(place, now_s)
        if wait_s:
            return refused(no("too_many_lookups"), math.ceil(wait_s))
        dossier = listed.find(code)
        self._limit.asked(place, now_s, found=dossier is not None)
        if dossier is None:
            return refused(no("unknown_dossier"))
        imported_at = datetime.fromtimestamp(listed.imported_s, UTC)
        return answered(self._seen(dossier, imported_at, stale=self._dossiers.stale))

    def _seen(self, dossier: Dossier, imported_at: datetime, *, stale: bool) -> DossierSeen:
        catalogue, state = self._controller.hall.catalogue, STATES[dossier.state]
        return DossierSeen.model_construct(
            code=dossier.code,
            state=dossier.state,
            text=Text(vi=state.text.vi, en=state.text.en),
            since=dossier.since,
            service=dossier.service if dossier.service in catalogue.services else None,
            purpose=state.purpose if state.purpose in catalogue.purposes else None,
            imported_at=imported_at,
            stale=stale,
        )
