"""A technician's browser: signed in, in either language, on a desk or a telephone, looked at by axe-core.

Belongs here: opening and looking. Never here: a check of one page.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

from hall_controller.web.auth import COOKIE
from tests.hall_controller.web.browser_visit import SOON_MS
from tests.pictures.axe import violations

DESK: Final = (1280, 800)
PHONE: Final = (360, 740)


@asynccontextmanager
async def technicians_browser(browser: Browser, address: str, token: str) -> AsyncIterator[BrowserContext]:
    """Windows that the hall knows as the technician's; nothing went wrong in their scripts by the end."""
    context = await browser.new_context(base_url=address, accept_downloads=True)
    await context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on(
        "console", lambda said: problems.extend([said.text] if "Content Security" in said.text else [])
    )
    yield context
    await context.close()
    assert problems == []


async def opened(
    context: BrowserContext, path: str, size: tuple[int, int] = DESK, language: str = "vi"
) -> Page:
    """A page of the console in that language."""
    page = await context.new_page()
    page.set_default_timeout(SOON_MS)
    await page.set_viewport_size(ViewportSize(width=size[0], height=size[1]))
    await page.goto(path)
    if await page.locator("html").get_attribute("data-language") != language:
        await page.locator("#language").click()
    return page


async def findings(page: Page) -> list[str]:
    """What axe-core has to say about the page as it is, and whether it is wider than its window."""
    told = await violations(page)
    wide, window = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    return [*told, f"wider than its window: {wide} of {window}"] if wide > window else told
