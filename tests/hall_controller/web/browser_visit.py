"""A browser that visits a hall: pages on a real server, touched and typed into as people do.

Belongs here: opening, touching, and ending it all; the fixtures are in conftest.py. Never here: a check.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

from hall_controller.web.serving import Server, listen
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall

QUIET_BROWSER = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SOON_MS: Final = 15_000
"""What is waited for comes long before, and on a loaded machine still comes; a test that passes waits no longer."""


@dataclass
class Visit:
    """A hall on a port of this machine, and pages that look at it."""

    hall: WebHall
    printer: Printer
    server: Server
    serving: asyncio.Task[None]
    context: BrowserContext
    problems: list[str] = field(default_factory=list)
    """What went wrong in a page's own script."""

    async def open(self, path: str, width: int = 1280, height: int = 800, *, port: int = 0) -> Page:
        """A page of the hall, or an empty one for a path of none."""
        page = await self.context.new_page()
        await page.set_viewport_size(ViewportSize(width=width, height=height))
        page.set_default_timeout(SOON_MS)
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda said: self.problems.extend(_forbidden(said.text)))
        if path:
            await page.goto(f"http://127.0.0.1:{port or self.server.port}{path}")
        return page

    async def kill(self) -> None:
        """The controller is gone: nobody listens, and open connections end."""
        self.server.stop()
        await self.serving


def _forbidden(said: str) -> list[str]:
    """What a browser says about something that the page's policy does not allow."""
    return [said] if "Content Security" in said else []


@asynccontextmanager
async def visiting(hall: WebHall, printer: Printer, browser: Browser) -> AsyncIterator[Visit]:
    """The hall served on a port, and nothing wrong in any page's script by the end."""
    context = await browser.new_context()
    with listen("127.0.0.1", 0) as listening:
        server = Server(hall.app, listening)
        visit = Visit(hall, printer, server, asyncio.create_task(server.run()), context)
        yield visit
        await context.close()
        await visit.kill()
    assert visit.problems == []


async def touch(kiosk: Page, *answers: str) -> None:
    for answer in answers:
        button = kiosk.locator(f'[data-id="{answer}"]')
        await button.wait_for()
        await kiosk.wait_for_timeout(350)  # a finger is no quicker, and a bounce is not meant
        await button.click()
