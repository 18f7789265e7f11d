"""Reports over HTTP: which one, of which days, in which format; made elsewhere, handed on as a file.

Parses and answers; whoever asks in a browser and has to wait gets a page that asks again by itself. The controller's
own process makes no report.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Protocol

from fastapi import APIRouter, Query, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from hall_controller.domain.auditing import RecordExport
from hall_controller.domain.catalogue import Text
from hall_controller.domain.refusals import Refusal
from hall_controller.errors import JournalUnavailable, ReportBehind, ReportBusy, ReportFailed
from hall_controller.reports.kinds import MEDIA_TYPES, REPORTS, Format
from hall_controller.web.replies import NO_STORE, TRY_AGAIN_S, documented, malformed, no, refused
from hall_controller.web.who import OnDuty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hall_controller.web.auth import Auth
    from hall_controller.web.skeletons import Skeletons

LONGEST_DAYS: Final = 3700
"""Ten years and a little."""
ANSWERS: Final[Mapping[int | str, dict[str, Any]]] = {
    200: {"description": "The report", "content": {kind.split(";")[0]: {} for kind in MEDIA_TYPES.values()}}
}


class Reports(Protocol):
    """Whatever makes reports; a file for each, which the caller deletes."""

    async def make(self, report: str, first_day: date, last_day: date, format_: Format) -> Path: ...


class ReportRoutes:
    """The route /api/reports/{report}."""

    def __init__(self, reports: Reports, auth: Auth, skeletons: Skeletons) -> None:
        self._reports = reports
        self._auth = auth
        self._skeletons = skeletons

    def router(self) -> APIRouter:
        router = APIRouter(tags=["reports"])
        router.add_api_route(
            "/api/reports/{report}",
            self.report,
            response_class=Response,
            responses={**documented(404, 422, 429, 503), **ANSWERS},
            summary="What the hall did in a period",
        )
        return router

    async def report(
        self,
        request: Request,
        who: OnDuty,
        report: str,
        first_day: Annotated[date, Query(alias="from", description="The first day")],
        last_day: Annotated[date, Query(alias="to", description="The last day, included")],
        format_: Annotated[Format, Query(alias="format")] = "json",
    ) -> Response:
        """`hall` is the whole report; any table of it can be asked for by its name."""
        if report not in REPORTS:
            return self._refused(request, no("not_found"))
        if last_day < first_day:
            why = malformed("query.to", f"is {last_day}, before from ({first_day}); swap the two days")
            return self._refused(request, why)
        if (last_day - first_day).days > LONGEST_DAYS:
            why = malformed("query.to", "a report is of ten years at most; ask for fewer days")
            return self._refused(request, why)
        try:
            file = await self._reports.make(report, first_day, last_day, format_)
        except ReportFailed as error:
            return self._refused(request, _why_not(error))
        try:
            await self._auth.record(
                RecordExport("report", who.id, f"{report} {first_day} {last_day} {format_}")
            )
        except JournalUnavailable:
            file.unlink(missing_ok=True)
            raise
        return FileResponse(
            file,
            headers=NO_STORE,
            media_type=MEDIA_TYPES[format_],
            filename=f"{report}-{first_day}-{last_day}.xlsx" if format_ == "xlsx" else None,
            background=BackgroundTask(file.unlink, missing_ok=True),
        )

    def _refused(self, request: Request, refusal: Refusal) -> Response:
        """As JSON, and to a browser, which asks for pages, as a page; with the same status and time to wait."""
        answer = refused(refusal)
        if "text/html" not in request.headers.get("accept", ""):
            return answer
        again_s = TRY_AGAIN_S.get(refusal.code)
        page = self._skeletons.page(
            "report_later.html", answer.status_code, why=refusal.text, again_s=again_s
        )
        page.headers.update(NO_STORE)
        if again_s is not None:
            page.headers["retry-after"] = str(again_s)
        return page


def _why_not(error: ReportFailed) -> Refusal:
    match error:
        case ReportBusy():
            return no("report_busy")
        case ReportBehind():
            return no("report_behind")
        case _:
            return Refusal("report_failed", Text("Không lập được báo cáo.", str(error)))
