"""A visitor's own ticket on a small telephone."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

from tests.hall_controller.web.hall_on_the_web import HALF_PAST_EIGHT, Printer, WebHall
from tests.hall_controller.web.reference_web import reference_hall
from tests.pictures import golden
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.frame import Picture
from tests.pictures.long_names import hall_of_long_names

TITLE: Final = "Own ticket"
TELEPHONE: Final = (360, 640)


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """Waiting, called, served, rated; a wrong code, and no connection."""
    yield from photographed(folder, _states, reference_hall, look)
    yield from photographed(folder, _longest, hall_of_long_names, look)
    yield from photographed(folder, _earlier, _the_day_after, look)


def renew_golden() -> None:
    """Keep what the pages look like now."""
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        for picture in draw(Path(folder)):
            golden.keep(picture.file, f"own_ticket-{picture.file.stem}")


@asynccontextmanager
async def _the_day_after(folder: Path, printer: Printer) -> AsyncIterator[WebHall]:
    """The hall on Wednesday; what was collected on Tuesday may still be rated."""
    async with reference_hall(folder, printer) as hall:
        given = await hall.take("dat-dai", purpose="collect")
        for key in ("open", "next", "complete"):
            await hall.press("1", key)
    (folder / "code").write_text(given["code"], "ascii")
    async with reference_hall(folder, printer, start=HALF_PAST_EIGHT + timedelta(days=1)) as hall:
        yield hall


async def _earlier(camera: Camera) -> AsyncIterator[Picture]:
    code = (Path(camera.hall.disk.path).parent / "code").read_text("ascii")
    page = await camera.open(f"/t/{code}", *TELEPHONE)
    await page.locator("#rating button").first.wait_for()
    yield await camera.picture(page, "rating of an earlier day", "When the result has come home.")


async def _longest(camera: Camera) -> AsyncIterator[Picture]:
    first, mine = await camera.hall.take("dat-dai"), await camera.hall.take("dat-dai")
    await camera.hall.press("1", "open")
    await camera.hall.press("1", "next")
    for given, state in ((first, "called"), (mine, "waiting")):
        page = await camera.open(f"/t/{given['code']}", *TELEPHONE)
        await page.locator("#desk:not([hidden]), #more p").first.wait_for()
        yield await camera.picture(page, f"longest names {state}")


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
