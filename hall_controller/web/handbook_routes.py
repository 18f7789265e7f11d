"""The guides of `guides/` as pages of the hall, in both languages.

    guides/vi/can-bo.md, guides/en/officer.md -> a process of its own -> kept -> /guides/officer

They hold no secret, and whoever cannot sign in needs them most: so everybody in the hall's own networks may read them.
"""

from __future__ import annotations

import asyncio
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from hall_controller import own_process
from hall_controller.domain.catalogue import Text

if TYPE_CHECKING:
    from hall_controller.web.skeletons import Skeletons

PROCESS: Final = "web.handbook_process"
FOLDER: Final = Path(str(files("guides").joinpath("README.md"))).parent
PICTURES: Final = FOLDER / "pictures"
For = Literal["officer", "desk", "technician", "manager"]


class Guide(NamedTuple):
    """A guide's two files, and for whom it is."""

    vi: str
    en: str
    whom: Text


GUIDES: Final[dict[For, Guide]] = {
    "officer": Guide("vi/can-bo.md", "en/officer.md", Text("Cán bộ tại quầy", "Officers")),
    "desk": Guide("vi/ban-huong-dan.md", "en/desk.md", Text("Bàn hướng dẫn", "Guidance desk")),
    "technician": Guide("vi/ky-thuat.md", "en/technician.md", Text("Kỹ thuật viên", "Technicians")),
    "manager": Guide("vi/quan-ly.md", "en/manager.md", Text("Lãnh đạo", "Managers")),
}


class HandbookRoutes:
    """The routes /guides/{guide}."""

    def __init__(self, skeletons: Skeletons) -> None:
        self._page = skeletons.page
        self._read: dict[For, tuple[str, str]] = {}
        self._reading = asyncio.Lock()

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route("/guides/{guide}", self.guide)
        return router

    async def guide(self, guide: For) -> HTMLResponse:
        """Read once, the first time that somebody asks for it."""
        async with self._reading:
            if guide not in self._read:
                told = GUIDES[guide]
                self._read[guide] = (await _html(told.vi), await _html(told.en))
        vi, en = self._read[guide]
        return self._page("handbook.html", vi=vi, en=en, open=guide, guides=GUIDES)


async def _html(name: str) -> str:
    answer = await own_process.ask(PROCESS, {"file": str(FOLDER / name)})
    html: str = answer["html"]
    return html
