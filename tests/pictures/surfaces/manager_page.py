"""The manager's page: before the first visitor, in mid-morning, with trouble, on a telephone, on paper."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final

from playwright.async_api import Page

from hall_controller.messages import Text
from hall_controller.web.auth import COOKIE
from tests.hall_controller.web.half_a_day import half_a_day
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.frame import Picture

TITLE: Final = "Manager's page"
DESK: Final = (1280, 800)
PHONE: Final = (390, 844)


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """A manager's morning."""
    yield from photographed(folder, _empty, look=look)
    yield from photographed(folder, _busy, _morning, look)


def _morning(folder: Path, printer: Printer) -> AbstractAsyncContextManager[WebHall]:
    return half_a_day(folder, printer)


async def _open(camera: Camera, size: tuple[int, int]) -> Page:
    """The page, for a manager who has signed in."""
    token = camera.hall.token("manager")
    address = f"http://127.0.0.1:{camera.server.port}"
    await camera.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
    page = await camera.open("/manager", *size)
    await page.locator("#waiting").filter(has_text=re.compile(r"\d")).wait_for()
    return page


async def _empty(camera: Camera) -> AsyncIterator[Picture]:
    page = await _open(camera, DESK)
    yield await camera.picture(page, "nobody yet", "Before the first visitor.")


async def _busy(camera: Camera) -> AsyncIterator[Picture]:
    page = await _open(camera, DESK)
    await page.locator("#plot svg").wait_for()
    yield await camera.picture(page, "mid-morning", "Half past ten on a Tuesday.")
    trouble = Text(
        vi="Máy in ở ki-ốt 1 hết giấy: thay cuộn giấy, đóng nắp máy.",
        en="The printer of kiosk 1 is out of paper: put in a roll and close the cover.",
    )
    camera.hall.health.raise_alert("paper-printer-1", "critical", trouble)
    await page.locator("#language").click()
    await page.locator("[data-code=paper-printer-1]").wait_for()
    await page.locator('#plot svg[aria-label^="The whole hall"]').wait_for()
    yield await camera.picture(page, "in English with an alert")
    await page.locator("#language").click()
    await page.locator("#field").select_option("dat-dai")
    await page.locator('#plot svg[aria-label*="Đất đai"]').wait_for()
    yield await camera.picture(page, "one field", "The waits of one field.")
    await page.emulate_media(media="print")
    yield await camera.picture(page, "on paper", "As it is printed.")
    small = await _open(camera, PHONE)
    await small.locator("#plot svg").wait_for()
    yield await camera.picture(small, "on a telephone")
