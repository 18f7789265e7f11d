"""The hall board of the reference hall in a browser, for televisions."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.hall_controller.web.hall_on_the_web import Printer, WebHall
from tests.hall_controller.web.reference_web import reference_hall
from tests.pictures import golden
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.frame import Picture

TITLE: Final = "Web board"
SUNDAY: Final = datetime(2022, 3, 6, 1, 30, tzinfo=UTC)
LAST: Final = "G001"
"""The last of three calls, which stays large when each had its time."""
BUSY: Final = ("dat-dai", "dau-tu", "viec-lam", "cong-chung", "ly-lich-tu-phap")


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """From nobody waiting to a lost server, then a closed hall."""
    yield from photographed(folder, _day, reference_hall, look)
    yield from photographed(folder, _closed, _on_sunday, look)


def renew_golden() -> None:
    """Keep what the pages look like now."""
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        for picture in draw(Path(folder)):
            golden.keep(picture.file, f"board-{picture.file.stem}")


def _on_sunday(folder: Path, printer: Printer) -> AbstractAsyncContextManager[WebHall]:
    return reference_hall(folder, printer, start=SUNDAY)


async def _day(camera: Camera) -> AsyncIterator[Picture]:
    page = await camera.open("/board", 1920, 1080)
    await page.locator("#hero").get_by_text("Mời quý khách lấy số").wait_for()
    await page.locator("#date").get_by_text("Thứ Ba").wait_for()
    yield await camera.picture(page, "nobody waiting")
    for service in BUSY * 3:
        await camera.hall.take(service)
    await page.locator("#queues").get_by_text("3 chờ").first.wait_for()
    yield await camera.picture(page, "waiting", "Visitors wait, nobody is called yet.")
    for counter in ("1", "2", "8"):
        await camera.hall.press(counter, "open")
        await camera.hall.press(counter, "next")
    await page.locator(".hero.now .number").get_by_text(LAST).wait_for()
    yield await camera.picture(page, "several calls")
    upright = await camera.open("/board", 1080, 1920)
    await upright.locator(".hero.now .number").get_by_text(LAST).wait_for()
    yield await camera.picture(upright, "calling upright")
    large = await camera.open("/board", 3840, 2160)
    await large.locator(".hero.now .number").get_by_text(LAST).wait_for()
    yield await camera.picture(large, "calling 4K")
    camera.server.stop()
    await page.locator("#banner").get_by_text("Mất kết nối").wait_for()
    yield await camera.picture(page, "stale", "Since when nothing is known.")


async def _closed(camera: Camera) -> AsyncIterator[Picture]:
    page = await camera.open("/board", 1920, 1080)
    await page.locator("#hero").get_by_text("Ngoài giờ làm việc").wait_for()
    yield await camera.picture(page, "closed hall", "When it opens again.")
