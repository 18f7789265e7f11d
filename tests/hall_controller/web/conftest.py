"""The hall that most tests of the web use."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.hall_controller.web.hall_on_the_web import WebHall, web_hall


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[WebHall]:
    async with web_hall(tmp_path) as open_hall:
        yield open_hall
