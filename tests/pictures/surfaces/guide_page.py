"""The guidance desk through a day: quiet, on guard, a number looked up, no paper, lost; on a desk and in the hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.async_api import Page

from hall_controller.domain.commands import RecordPrint, RecordPrinter
from hall_controller.web.auth import COOKIE
from tests.hall_controller.web.hall_on_the_web import HALF_PAST_EIGHT, Printer, WebHall
from tests.hall_controller.web.reference_web import reference_catalogue, reference_hall
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.frame import Picture

TITLE: Final = "Guidance desk"
DESK: Final = (1280, 900)
PHONE: Final = (360, 740)


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """A guide's day."""
    for session in (_day, _trouble):
        yield from photographed(folder, session, _patient, look)


def _patient(folder: Path, printer: Printer) -> AbstractAsyncContextManager[WebHall]:
    calls = replace(reference_catalogue().calls, double_press_s=0.0)
    return reference_hall(folder, printer, start=HALF_PAST_EIGHT, calls=calls)


async def _opened(camera: Camera, width: int, height: int) -> Page:
    """The page of a guide who has signed in."""
    page = await camera.open("/sign-in", width, height)
    here = urlsplit(page.url)
    token = camera.hall.token("guide", "mai")
    await camera.context.add_cookies([{"name": COOKIE, "value": token, "url": f"http://{here.netloc}"}])
    await page.goto(f"http://{here.netloc}/guide")
    await page.locator("[data-queue]").first.wait_for()
    return page


async def _day(camera: Camera) -> AsyncIterator[Picture]:
    hall = camera.hall
    page = await _opened(camera, *DESK)
    yield await camera.picture(page, "quiet", "Nobody needs the desk.")
    for service in ("dat-dai", "dat-dai", "cong-chung"):
        await hall.take(service)
    for key in ("open", "next", "miss", "next"):
        await hall.press("1", key)
    await page.keyboard.press("g")
    await page.locator("#guard").get_by_text("BẬT").wait_for()
    for service, priority in (("ly-lich-tu-phap", None), ("cong-chung", "elderly"), ("dat-dai", None)):
        await hall.take(service, priority=priority)
    await page.locator("#unreleased button").nth(2).wait_for()
    yield await camera.picture(page, "on guard", "Three numbers wait for their release, one was missed.")
    phone = await _opened(camera, *PHONE)
    await phone.locator("#unreleased button").nth(2).wait_for()
    yield await camera.picture(phone, "on guard in the hand")
    await page.keyboard.press("1")
    await page.locator("#result .vi").get_by_text("Cho vào hàng").wait_for()
    await page.keyboard.press("k")
    await page.keyboard.type("a1")
    await page.keyboard.press("Enter")
    await page.locator("#story li").first.wait_for()
    yield await camera.picture(page, "looked up", "Where it stands, what may be done, and why it was called.")
    await phone.locator("#asked").fill("g1")
    await phone.keyboard.press("Enter")
    await phone.locator('[data-may="priority"]').click()
    await phone.locator("#class").wait_for()
    yield await camera.picture(phone, "another class in the hand")
    await page.keyboard.press("Escape")
    await page.keyboard.press("e")
    yield await camera.picture(page, "in English")


async def _trouble(camera: Camera) -> AsyncIterator[Picture]:
    hall = camera.hall
    await hall.take("dat-dai")
    await hall.take("dat-dai")
    await hall.controller.submit(RecordPrint("A002", "printer-1", "failed", "paper out"))
    await hall.controller.submit(RecordPrinter("printer-1", "paper_out"))
    await hall.press("5", "ring")
    page = await _opened(camera, *DESK)
    await page.locator("#unprinted li").first.wait_for()
    await page.keyboard.press("i")
    await page.locator("#result .vi").get_by_text("hết giấy").wait_for()
    yield await camera.picture(page, "no paper", "What to do, who has none, and a bell that rings.")
    camera.server.stop()
    await page.locator("#banner").get_by_text("Mất kết nối").first.wait_for()
    yield await camera.picture(page, "stale")
