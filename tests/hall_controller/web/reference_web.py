"""The reference hall with its web, its lists of procedures and dossiers, and a printer: what visitors really see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from hall_controller import config
from hall_controller.domain.catalogue import Catalogue
from hall_controller.dossiers import Dossiers
from hall_controller.hall_catalogue import catalogue
from hall_controller.health import Health
from hall_controller.procedures import Procedures
from tests.hall_controller.settings_files import EXAMPLE
from tests.hall_controller.web.hall_on_the_web import (
    HALF_PAST_EIGHT,
    Printer,
    WebHall,
    application,
    console_of,
    web_hall,
)

CODE_KEY = b"a key of the reference hall"


def reference_catalogue(**settings: object) -> Catalogue:
    """The reference hall as `hall run` would have it, with these settings besides."""
    return replace(catalogue(config.load(EXAMPLE), CODE_KEY), **settings)  # type: ignore[arg-type]  # replace checks


@asynccontextmanager
async def reference_hall(
    folder: Path, printer: Printer, *, start: datetime = HALF_PAST_EIGHT, **settings: object
) -> AsyncIterator[WebHall]:
    """21 agencies, 28 counters, 85 procedures, 7 dossiers; on a Tuesday morning unless it is said otherwise."""
    settled = config.load(EXAMPLE)
    async with web_hall(folder, reference_catalogue(**settings), printing=printer, start=start) as hall:
        health = Health([], lambda: hall.controller.clock.now().at)
        dossiers = Dossiers(settled, health)
        procedures = Procedures(settled, hall.controller, health)
        await dossiers.look()
        await procedures.look()
        hall.build = lambda: application(
            hall.controller,
            hall.auth,
            printer,
            procedures,
            dossiers,
            devices=hall.devices,
            console=console_of(folder, hall.controller),
        )
        yield hall
