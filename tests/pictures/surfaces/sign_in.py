"""Signing in: the first start, the officer's PIN pad, a wrong PIN, a password, who is in; on a desk and in the hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final

from playwright.async_api import Page

from hall_controller.web.auth import COOKIE
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall
from tests.hall_controller.web.reference_web import reference_hall
from tests.hall_controller.web.staff_on_the_web import HOA, KIM, enter
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.frame import Picture

TITLE: Final = "Sign-in"
DESK: Final = (1280, 900)
PHONE: Final = (360, 740)
LAN: Final = HOA._replace(id="tnmt-1", name="Nguyễn Thị Lan")


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """From the first start to somebody who is in."""
    yield from photographed(folder, _all, _hall, look)


def _hall(folder: Path, printer: Printer) -> AbstractAsyncContextManager[WebHall]:
    return reference_hall(folder, printer)


async def _both(camera: Camera, page: Page, state: str, about: str = "") -> AsyncIterator[Picture]:
    """On a desk, and in the hand."""
    yield await camera.picture(page, state, about)
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    yield await camera.picture(page, f"{state} in the hand")
    await page.set_viewport_size({"width": DESK[0], "height": DESK[1]})


async def _all(camera: Camera) -> AsyncIterator[Picture]:
    page = await camera.open("/set-up", *DESK)
    async for picture in _both(camera, page, "first start", "The code stands in the controller's log."):
        yield picture
    enter(camera.hall, LAN, KIM)
    page = await camera.open("/sign-in?counter=1", *DESK)
    await page.locator("#person").select_option("tnmt-1")
    await page.locator("#pin").fill("0815")  # any that is wrong
    async for picture in _both(camera, page, "officer"):
        yield picture
    await page.keyboard.press("Enter")
    await page.locator("#result.no").wait_for()
    async for picture in _both(camera, page, "wrong PIN", "Beside it, how long to wait after several."):
        yield picture
    await page.locator('[data-kind="staff"]').click()
    yield await camera.picture(page, "other staff")
    token = camera.hall.token("officer", "tnmt-1", "1")
    await camera.context.add_cookies([{"name": COOKIE, "value": token, "url": page.url.split("/sign-in")[0]}])
    await page.reload()
    await page.locator(".now").wait_for()
    async for picture in _both(camera, page, "signed in"):
        yield picture
