"""The hall board in a browser, for televisions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from tests.pictures.browser import Camera, photographed
from tests.pictures.frame import Picture

TITLE: Final = "Web board"


def draw(folder: Path) -> Iterator[Picture]:
    """From nobody waiting to a lost server."""
    return photographed(folder, _states)


async def _states(camera: Camera) -> AsyncIterator[Picture]:
    page = await camera.open("/board", 1920, 1080)
    await page.locator("#hero").get_by_text("Mời quý khách lấy số").wait_for()
    yield await camera.picture(page, "nobody waiting")
    for kiosk in ("kiosk-1", "kiosk-2"):
        await camera.hall.take(kiosk=kiosk)
    await page.locator("#queues").get_by_text("2 chờ").wait_for()
    yield await camera.picture(page, "waiting", "Visitors wait, nobody is called yet.")
    await camera.hall.press("1", "open")
    await camera.hall.press("1", "next")
    await page.locator(".hero.now .number").wait_for()
    yield await camera.picture(page, "calling")
    upright = await camera.open("/board", 1080, 1920)
    await upright.locator(".hero .number").wait_for()
    yield await camera.picture(upright, "calling upright")
    camera.server.stop()
    await page.locator("#banner").get_by_text("Mất kết nối").wait_for()
    yield await camera.picture(page, "stale", "Since when nothing is known.")
