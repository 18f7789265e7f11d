"""The pages of the technician's console: one navigation, one page a task; scripts fill them from the API.

Skeletons only. What a page may do is said where its API routes are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from hall_controller.domain.catalogue import Text
from hall_controller.web.who import OnDuty

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hall_controller.controller import Controller
    from hall_controller.staff.roles import Person
    from hall_controller.web.skeletons import Skeletons


class Tab(NamedTuple):
    """One page of the console: its address below /technician, its template and its name."""

    path: str
    template: str
    name: Text


TABS: Final = (
    Tab("", "technician_devices.html", Text("Thiết bị", "Devices")),
    Tab("/live", "technician_live.html", Text("Diễn biến", "Live")),
    Tab("/configuration", "technician_configuration.html", Text("Cấu hình", "Configuration")),
    Tab("/lists", "technician_lists.html", Text("Danh mục, phân công", "Lists, assignments")),
    Tab("/backups", "technician_backups.html", Text("Sao lưu, hỗ trợ", "Backups, support")),
    Tab("/try", "technician_try.html", Text("Dùng thử", "Try it")),
)


class TechnicianPages:
    """The routes from /technician on."""

    def __init__(self, controller: Controller, skeletons: Skeletons, *, trying: bool) -> None:
        self._trying = trying
        self._controller = controller
        self._skeletons = skeletons

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/technician", include_in_schema=False, default_response_class=HTMLResponse)
        for tab in TABS:
            router.add_api_route(tab.path, self._page_of(tab))
        return router

    def _page_of(self, tab: Tab) -> Callable[[Person], Awaitable[HTMLResponse]]:
        async def page(who: OnDuty) -> HTMLResponse:
            return self._skeletons.page(
                tab.template,
                tabs=TABS,
                tab=tab,
                who=who,
                hall_id=self._controller.hall.catalogue.hall,
                training=self._controller.clock.training,
                trying=self._trying,
                counters=list(self._controller.hall.catalogue.counters.values()),
                queue_names={
                    queue.id: {"letter": queue.letter, "vi": queue.name.vi, "en": queue.name.en}
                    for queue in self._controller.hall.catalogue.queues.values()
                },
                services=list(self._controller.hall.catalogue.services.values()),
                levels=self._controller.hall.catalogue.rating.levels,
            )

        return page
