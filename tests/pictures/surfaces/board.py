"""The hall board in a browser, for televisions: a real call and a lost server, then every state of the hall screen."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from playwright.async_api import Page, ViewportSize

from displays.screens.examples import EXAMPLES
from tests.hall_controller.web.browser_visit import Visit
from tests.hall_controller.web.reference_web import reference_hall
from tests.pictures import golden
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.example_stream import told
from tests.pictures.frame import Picture

TITLE: Final = "Web board"
LYING: Final = (1920, 1080)
UPRIGHT: Final = (1080, 1920)
BOTH_SHAPES: Final = ("calling", "closed", "longest-names", "64-counters", "end-of-day")
ELSEWHERE: Final = ("stale", "disconnected")
"""Of a server that is really lost."""
WAYS: Final = "?left=3,5&up-right=28&zone=5:Khu A, tầng 1|Zone A, ground floor"
A_TURN_S: Final = 15
A_TICK_MS: Final = 300
"""The page looks at its clock four times a second."""


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """A real hall, and then halls as the examples of the hall screen tell them."""
    yield from photographed(folder, _states, reference_hall, look)


def renew_golden() -> None:
    """Keep what the pages look like now."""
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        for picture in draw(Path(folder)):
            golden.keep(picture.file, f"board-{picture.file.stem}")


async def _states(camera: Camera) -> AsyncIterator[Picture]:
    for name, example in EXAMPLES.items():
        if name in ELSEWHERE:
            continue
        for size in (LYING, UPRIGHT) if name in BOTH_SHAPES else (LYING,):
            async with shown(camera, name, size) as page:
                upright = " upright" if size == UPRIGHT else ""
                yield await camera.picture(page, f"{name}{upright}", example().about, stood=True)
    async for picture in _besides(camera):
        yield picture
    async for picture in _real(camera):
        yield picture


async def _besides(camera: Camera) -> AsyncIterator[Picture]:
    async with shown(camera, "64-counters", LYING, later_s=A_TURN_S) as page:
        yield await camera.picture(
            page, "64 counters next page", "Fields that do not fit take turns.", stood=True
        )
    async with shown(camera, "calling", LYING, WAYS) as page:
        yield await camera.picture(page, "way", "As the television's own address says it.", stood=True)
    async with shown(camera, "lunch", LYING) as page:
        yield await camera.picture(
            page, "fields closed", "Some fields are closed while the hall is open.", stood=True
        )


async def _real(camera: Camera) -> AsyncIterator[Picture]:
    page = await camera.open("/board", *LYING)
    await camera.hall.take("cong-chung")
    await camera.hall.press("8", "open")
    await camera.hall.press("8", "next")
    await page.locator(".hero.now .number").get_by_text("G001").wait_for()
    yield await camera.picture(page, "reference hall", "A call of a real one.")
    camera.server.stop()
    await page.locator("#banner").get_by_text("Mất kết nối").wait_for()
    yield await camera.picture(page, "stale", "Since when nothing is known.")


@asynccontextmanager
async def shown(
    camera: Camera | Visit, example: str, size: tuple[int, int], address: str = "", *, later_s: int = 0
) -> AsyncIterator[Page]:
    """The board of an example hall, on which no time passes: in a browser window of its own, whose clock stands."""
    assert camera.context.browser is not None
    window = await camera.context.browser.new_context(
        viewport=ViewportSize(width=size[0], height=size[1]), locale="vi-VN"
    )
    page = await window.new_page()
    await page.clock.install(time=0)
    await page.clock.pause_at(1000)
    await tell(page, f"http://127.0.0.1:{camera.server.port}/board{address}", example, later_s)
    yield page
    await window.close()


async def tell(page: Page, url: str, example: str, later_s: int) -> None:
    """The page begins anew and hears that example, so many seconds later than it is told of."""
    await page.unroute_all()
    await page.route("**/api/hall/stream", lambda route: route.fulfill(**told(example, later_s)))
    await page.goto(url)
    await page.locator("#rows li, .hero .detail, .hero .number").first.wait_for()
    await page.evaluate("document.fonts.ready")
    await page.clock.run_for(A_TICK_MS)
