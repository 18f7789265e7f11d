"""Makes pages of their templates: the hall's name and time, and what a page needs besides.

Templates are skeletons that scripts fill. Which page has which address is said where its routes are.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from hall_controller.controller import Controller

HERE: Final = Path(__file__).parent
REVALIDATED: Final = {"cache-control": "no-cache"}


class Skeletons:
    """The templates of the pages of one hall."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._pages = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE / "pages"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, template: str, status: int = 200, **values: object) -> HTMLResponse:
        catalogue = self._controller.hall.catalogue
        local = self._controller.clock.now().at.astimezone(catalogue.timezone)
        text = self._pages.get_template(template).render(
            hall=catalogue.name, local=local.isoformat(timespec="seconds"), **values
        )
        return HTMLResponse(text, status, REVALIDATED)
