"""The pages: for visitors, officers and screens, and the description of the API.

A page is a skeleton that the stream and the API fill; a wrong address is answered by a page that says where to go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from hall_controller.web.description import as_asked, as_written
from hall_controller.web.who import Anybody

if TYPE_CHECKING:
    from fastapi import FastAPI

    from hall_controller.controller import Controller
    from hall_controller.web.skeletons import Skeletons

KEYS: Final = (
    ("next", "Gọi tiếp", "Next", "Space"),
    ("recall", "Gọi lại", "Recall", "R"),
    ("miss", "Vắng mặt", "Missed", "M"),
    ("complete", "Hoàn tất", "Complete", "C"),
    ("hold", "Giữ lại", "Hold", "H"),
    ("resume", "Gọi số giữ", "Resume", "U"),
    ("transfer", "Chuyển", "Transfer", "T"),
    ("ring", "Gọi cán bộ", "Ring", "B"),
    ("open", "Mở quầy", "Open", "O"),
    ("pause", "Tạm dừng", "Pause", "P"),
    ("close", "Đóng quầy", "Close", "X"),
)
"""The keys of a counter: for the API, in words, and on the keyboard."""
PAUSES: Final = (
    ("Nghỉ giữa giờ", "Break"),
    ("Nghỉ trưa", "Lunch"),
    ("Họp, hội ý", "Meeting"),
    ("Sự cố máy", "Machine trouble"),
)
"""Why a counter pauses, as its officer chooses; it is written down in Vietnamese."""


class PageRoutes:
    """The routes that answer with HTML."""

    def __init__(self, controller: Controller, skeletons: Skeletons, *, prints: bool) -> None:
        self._controller = controller
        self._page = skeletons.page
        self._prints = prints

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route("/", self.index)
        router.add_api_route("/kiosk", self.kiosk)
        router.add_api_route("/board", self.board)
        router.add_api_route("/counter/{counter}", self.counter)
        router.add_api_route("/guide", self.guide)
        router.add_api_route("/t/{code}", self.ticket)
        router.add_api_route("/docs", self.docs)
        return router

    async def index(self) -> HTMLResponse:
        """Where to go."""
        return self._page("index.html", counters=self._counters())

    async def kiosk(self, kiosk: str = "") -> HTMLResponse:
        """The touch page; `?kiosk=` is its id in hall.toml."""
        return self._page("kiosk.html", kiosk=kiosk, prints=self._prints)

    async def board(self) -> HTMLResponse:
        """The hall board in a browser."""
        return self._page("board.html", training=self._controller.clock.training)

    async def counter(self, counter: str, who: Anybody) -> HTMLResponse:
        """The officer's page of one counter."""
        catalogue = self._controller.hall.catalogue
        known = catalogue.counters.get(counter)
        if known is None:
            return self._page("missing.html", 404, counter=counter, counters=self._counters())
        return self._page(
            "counter.html",
            counter=known,
            keys=KEYS,
            pauses=PAUSES,
            person=who.id if who and who.counter == counter else "",
            transfer_to=known.transfer_to or "",
            queues=list(catalogue.queues.values()),
            counters=self._counters(),
        )

    async def guide(self) -> HTMLResponse:
        """The guidance desk's page."""
        catalogue = self._controller.hall.catalogue
        return self._page(
            "guide.html",
            services=[service for service in catalogue.services.values() if not service.online_only],
            queues=catalogue.queues,
            purposes=catalogue.purposes,
            priorities=list(catalogue.priorities.values()),
            prints=self._prints,
        )

    async def ticket(self, code: str) -> HTMLResponse:
        """A visitor's own ticket."""
        return self._page("ticket.html", code=code[:40])

    async def docs(self, request: Request) -> HTMLResponse:
        """Every route of the API, made from its OpenAPI description."""
        app: FastAPI = request.app
        return self._page("docs.html", api=app.openapi(), json=as_written, asked=as_asked)

    def _counters(self) -> list[Any]:
        return list(self._controller.hall.catalogue.counters.values())
