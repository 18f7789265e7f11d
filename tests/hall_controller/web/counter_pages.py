"""An officer at a counter page in a real browser: opening it, pressing letters, reading what was answered.

Belongs here: what officers do and see. Never here: a check of what it means.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Page, expect

from hall_controller.domain.catalogue import Calls
from hall_controller.presses import key_command
from tests.hall_controller.web.browser_visit import Visit, visiting
from tests.hall_controller.web.hall_on_the_web import Printer, catalogue, web_hall

DESK: Final = (1280, 800)
PHONE: Final = (360, 740)


@asynccontextmanager
async def counter_hall(folder: Path, browser: Browser, **settings: object) -> AsyncIterator[Visit]:
    """The small hall with four counters; these calls may follow each other at once."""
    printer = Printer()
    offered = replace(catalogue(calls=Calls()), **settings)  # type: ignore[arg-type]  # replace checks the names
    async with (
        web_hall(folder, offered, printing=printer) as hall,
        visiting(hall, printer, browser) as visit,
    ):
        yield visit


async def counter_page(visit: Visit, counter: str = "1", *, port: int = 0, width: int = DESK[0]) -> Page:
    """The page, when it has heard the hall."""
    page = await visit.open(
        f"/counter/{counter}", width, PHONE[1] if width == PHONE[0] else DESK[1], port=port
    )
    await heard(page)
    return page


async def heard(page: Page) -> None:
    await page.locator("[data-queue]").first.wait_for()


async def key(page: Page, letter: str, answer: str) -> None:
    """Press a letter, and read the answer."""
    await page.keyboard.press(letter)
    await says(page, answer)


async def says(page: Page, answer: str) -> None:
    await expect(page.locator("#result .vi")).to_contain_text(answer)


async def pad(visit: Visit, counter: str, name: str) -> None:
    """The call pad of the counter, whose presses do not come by the web."""
    presses = visit.hall.controller.rev
    answer = await visit.hall.controller.submit(
        key_command(name, counter),  # type: ignore[arg-type]  # a key's name
        f"pad-{counter}/1/{presses}",
    )
    assert answer.refusal is None, answer.refusal
