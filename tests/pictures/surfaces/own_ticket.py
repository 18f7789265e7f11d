"""A visitor's own ticket on a telephone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from tests.pictures.browser import Camera, photographed
from tests.pictures.frame import Picture

TITLE: Final = "Own ticket"


def draw(folder: Path) -> Iterator[Picture]:
    """Waiting, then called."""
    return photographed(folder, _states)


async def _states(camera: Camera) -> AsyncIterator[Picture]:
    given = await camera.hall.take()
    page = await camera.open(f"/t/{given['code']}", 390, 844)
    await page.locator("#number").get_by_text("A001").wait_for()
    yield await camera.picture(page, "waiting")
    await camera.hall.press("1", "open")
    await camera.hall.press("1", "next")
    called = await camera.open(f"/t/{given['code']}", 390, 844)
    await called.locator("#number").get_by_text("A001").wait_for()
    yield await camera.picture(called, "called")
