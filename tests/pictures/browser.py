"""Web pages as a visitor or an officer sees them: a small real hall, its server, and Debian's Chromium to look with.

    def draw(folder: Path) -> Iterator[Picture]:
        return photographed(folder, _pages)

    async def _pages(camera: Camera) -> AsyncIterator[Picture]:
        page = await camera.open("/board", 1920, 1080)
        yield await camera.picture(page, "calling", "A visitor is called.")

Belongs here: opening, waiting and taking the picture. Never here: what a page should look like.
"""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import BrowserContext, Page, ViewportSize, async_playwright

from hall_controller.web.serving import Server, listen
from tests.debian import program
from tests.hall_controller.web.browser_visit import QUIET_BROWSER, SOON_MS
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall, catalogue, web_hall
from tests.pictures.frame import Picture

ONE_AT_A_TIME: Final = threading.Lock()
"""FastAPI silences warnings while it builds a web, which concerns all threads: two that do so at once hear them."""
Look = Callable[[Page, str], Awaitable[None]]
Hall = Callable[[Path, Printer], AbstractAsyncContextManager[WebHall]]


@dataclass
class Camera:
    """A hall on a port of this machine, its printer, and pages that look at it."""

    hall: WebHall
    printer: Printer
    server: Server
    context: BrowserContext
    folder: Path
    look: Look | None = None
    """Whoever wants to see each page too when its picture is taken."""

    async def open(self, path: str, width: int, height: int) -> Page:
        page = await self.context.new_page()
        page.set_default_timeout(SOON_MS)
        await page.set_viewport_size(ViewportSize(width=width, height=height))
        await page.goto(f"http://127.0.0.1:{self.server.port}{path}")
        return page

    async def picture(self, page: Page, state: str, about: str = "", *, stood: bool = False) -> Picture:
        """What the page shows now, all of it, also what lies below the edge of the window.

        `stood`: its clock was made to stand, and goes on when the picture is taken, because who looks needs timers.
        """
        await page.evaluate("document.fonts.ready")
        file = self.folder / f"{state.replace(' ', '-')}.png"
        await page.screenshot(path=file, full_page=True, animations="disabled")
        if stood:
            await page.clock.resume()
        if self.look is not None:
            await self.look(page, file.stem)
        return Picture(file, state, about)


Session = Callable[[Camera], AsyncIterator[Picture]]


def photographed(
    folder: Path, session: Session, hall: Hall | None = None, look: Look | None = None
) -> Iterator[Picture]:
    """Run a session with a hall of its own, the small one unless another is given, and yield its pictures."""
    yield from asyncio.run(_all(folder, session, hall or _small, look))


async def _all(folder: Path, session: Session, hall: Hall, look: Look | None) -> list[Picture]:
    async with _camera(folder, hall) as camera:
        camera.look = look
        return [picture async for picture in session(camera)]


def _small(folder: Path, printer: Printer) -> AbstractAsyncContextManager[WebHall]:
    return web_hall(folder, catalogue(), printing=printer)


@asynccontextmanager
async def _camera(folder: Path, opened: Hall) -> AsyncIterator[Camera]:
    printer = Printer()
    with tempfile.TemporaryDirectory(prefix="pictures-") as name, listen("127.0.0.1", 0) as listening:
        async with AsyncExitStack() as stack, async_playwright() as player:
            with ONE_AT_A_TIME:
                hall = await stack.enter_async_context(opened(Path(name), printer))
                await hall.http.get("/static/hall.css")  # as the last route it makes all ready
            server = Server(hall.app, listening)
            serving = asyncio.create_task(server.run())
            path = program("chromium", package="chromium")
            browser = await player.chromium.launch(executable_path=path, args=QUIET_BROWSER)
            try:
                yield Camera(hall, printer, server, await browser.new_context(locale="vi-VN"), folder)
            finally:
                await browser.close()
                server.stop()
                await serving
