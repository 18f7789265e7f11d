"""The officer's page: closed, open, with a visitor, paused."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from tests.pictures.browser import Camera, photographed
from tests.pictures.frame import Picture

TITLE: Final = "Counter page"


def draw(folder: Path) -> Iterator[Picture]:
    """A counter's day in four pictures."""
    return photographed(folder, _states)


async def _states(camera: Camera) -> AsyncIterator[Picture]:
    page = await camera.open("/counter/1", 1280, 800)
    await page.locator("[data-queue]").first.wait_for()
    yield await camera.picture(page, "closed")
    for kiosk in ("kiosk-1", "kiosk-2"):
        await camera.hall.take(kiosk=kiosk)
    await camera.hall.press("1", "open")
    await page.locator('[data-queue="land"] td >> nth=2').get_by_text("2").wait_for()
    yield await camera.picture(page, "open", "Two visitors wait.")
    await camera.hall.press("1", "next")
    await page.locator("#number").get_by_text("A001").wait_for()
    yield await camera.picture(page, "calling")
    await camera.hall.press("1", "pause")
    await page.locator("#number").wait_for(state="hidden")
    yield await camera.picture(page, "paused")
