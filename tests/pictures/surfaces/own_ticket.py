"""A visitor's own ticket on a small telephone."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from tests.hall_controller.web.reference_web import reference_hall
from tests.pictures import golden
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.frame import Picture

TITLE: Final = "Own ticket"
TELEPHONE: Final = (360, 640)


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """Waiting, called, served, rated; a wrong code, and no connection."""
    return photographed(folder, _states, reference_hall, look)


def renew_golden() -> None:
    """Keep what the pages look like now."""
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        for picture in draw(Path(folder)):
            golden.keep(picture.file, f"own_ticket-{picture.file.stem}")


async def _states(camera: Camera) -> AsyncIterator[Picture]:
    hall = camera.hall
    first, mine = await hall.take("dat-dai"), await hall.take("dat-dai")
    waiting = await camera.open(f"/t/{mine['code']}", *TELEPHONE)
    await waiting.locator("#more").get_by_text("Còn 1 người").wait_for()
    yield await camera.picture(waiting, "waiting")
    await hall.press("1", "open")
    await hall.press("1", "next")
    page = await camera.open(f"/t/{first['code']}", *TELEPHONE)
    await page.locator("#desk").wait_for()
    yield await camera.picture(page, "called", "Nothing else is as loud.")
    await hall.press("1", "complete")
    await page.locator("#rating button").first.wait_for()
    yield await camera.picture(page, "rating", "With the stage that it is about.")
    await page.locator('[data-score="5"]').click()
    await page.locator("#said").get_by_text("Cảm ơn quý khách đã đánh giá").wait_for()
    yield await camera.picture(page, "rated")
    wrong = await camera.open("/t/A001WRONGCODE", *TELEPHONE)
    await wrong.locator("#said").get_by_text("Hôm nay không có số này").wait_for()
    yield await camera.picture(wrong, "wrong code")
    camera.server.stop()
    await waiting.locator("#stale").get_by_text("Mất kết nối").wait_for()
    yield await camera.picture(waiting, "stale", "Since when nothing is known.")
