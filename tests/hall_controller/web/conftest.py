"""The hall that most tests of the web use, and visits of a browser to one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from hall_controller.domain.catalogue import Dispenser
from tests.hall_controller.web.browser_visit import Visit, visiting
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall, catalogue, web_hall
from tests.hall_controller.web.reference_web import reference_catalogue, reference_hall


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[WebHall]:
    async with web_hall(tmp_path) as open_hall:
        assert open_hall.app.routes
        yield open_hall


@pytest_asyncio.fixture(loop_scope="session")
async def visit(tmp_path: Path, browser: Browser) -> AsyncIterator[Visit]:
    """The small hall, which gives a number every three seconds."""
    printer = Printer()
    offered = catalogue(dispenser=Dispenser(gap_s=3.0))
    async with (
        web_hall(tmp_path, offered, printing=printer) as hall,
        visiting(hall, printer, browser) as visit,
    ):
        yield visit


@pytest_asyncio.fixture(loop_scope="session")
async def centre(tmp_path: Path, browser: Browser) -> AsyncIterator[Visit]:
    """The reference hall on a Tuesday morning, with its lists; a key may be pressed again at once."""
    printer, calls = Printer(), replace(reference_catalogue().calls, double_press_s=0.0)
    async with (
        reference_hall(tmp_path, printer, calls=calls) as hall,
        visiting(hall, printer, browser) as visit,
    ):
        yield visit
