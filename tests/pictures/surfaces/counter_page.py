"""The officer's page through a day: nobody there yet, calling, notes, panels, refusals, lost, the sums at the end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Final

from playwright.async_api import Page

from tests.hall_controller.web.hall_on_the_web import HALF_PAST_EIGHT, Printer, WebHall
from tests.hall_controller.web.reference_web import reference_catalogue, reference_hall
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.frame import Picture

TITLE: Final = "Counter page"
DESK: Final = (1280, 800)
PHONE: Final = (360, 740)
POOLED: Final = "8"


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """A counter's day."""
    for session in (_begin, _asking, _end, _trouble, _small):
        yield from photographed(folder, session, _patient, look)


def _patient(folder: Path, printer: Printer) -> AbstractAsyncContextManager[WebHall]:
    """The reference hall in which a key may be pressed again at once."""
    calls = replace(reference_catalogue().calls, double_press_s=0.0, recall_gap_s=0.0, calls_before_miss=0)
    return reference_hall(folder, printer, start=HALF_PAST_EIGHT, calls=calls)


async def _visitors(camera: Camera) -> None:
    for service in ("ly-lich-tu-phap", "cong-chung", "cong-chung", "cong-chung", "ly-lich-tu-phap"):
        await camera.hall.take(service)
    await camera.hall.take("cong-chung", priority="elderly", purpose="collect")


async def _begin(camera: Camera) -> AsyncIterator[Picture]:
    press = camera.hall.press
    page = await camera.open(f"/counter/{POOLED}", *DESK)
    await page.locator("[data-queue]").first.wait_for()
    yield await camera.picture(page, "closed", "Before the first key.")
    await page.keyboard.press("o")
    await _says(page, "Mở quầy: đã ghi.")
    yield await camera.picture(page, "nobody waiting")
    await _visitors(camera)
    await page.locator("[data-next]").first.wait_for()
    yield await camera.picture(page, "open", "Six visitors wait; the one who is next is marked.")
    await page.keyboard.press("Space")
    await _says(page, "Gọi tiếp")
    await page.locator("#field").get_by_text("Ưu tiên").wait_for()
    yield await camera.picture(page, "calling", "One with priority.")
    for key in ("hold", "next", "miss"):
        await press(POOLED, key)
    await press(POOLED, "next")
    await page.locator("#aside").get_by_text("đã vắng").wait_for()
    yield await camera.picture(page, "held and missed")


async def _asking(camera: Camera) -> AsyncIterator[Picture]:
    press = camera.hall.press
    await _visitors(camera)
    for key in ("open", "next", "hold", "next", "miss", "next"):
        await press(POOLED, key)
    page = await camera.open(f"/counter/{POOLED}", *DESK)
    await page.locator("#aside").get_by_text("đã vắng").wait_for()
    await page.keyboard.press("u")
    await page.locator("#resume-panel").wait_for()
    yield await camera.picture(page, "resume panel", "Which of them comes back.")
    await page.keyboard.press("Escape")
    await page.keyboard.press("t")
    await page.locator("#transfer-panel").wait_for()
    await page.locator("#to").select_option("7")
    await page.locator("#why").fill("Thiếu bản sao, khách đi sao rồi quay lại")
    yield await camera.picture(page, "transfer panel", "Where and why.")
    await press("7", "open")
    await page.keyboard.press("Enter")
    await _says(page, "Chuyển: đã ghi.")
    other = await camera.open("/counter/7", *DESK)
    await other.locator("#sent li").first.wait_for()
    yield await camera.picture(other, "sent here", "The note of the counter that sent the visitor on.")
    await other.keyboard.press("Space")
    await other.locator("#note .vi").get_by_text("Thiếu bản sao").wait_for()
    await press("7", "recall")
    await other.locator("#said").get_by_text("lần 2").wait_for()
    yield await camera.picture(other, "called again", "With the note, called twice.")


async def _end(camera: Camera) -> AsyncIterator[Picture]:
    press = camera.hall.press
    await _visitors(camera)
    for key in ("open", "next", "next"):
        await press(POOLED, key)
    page = await camera.open(f"/counter/{POOLED}", *DESK)
    await page.locator("[data-next]").first.wait_for()
    await page.keyboard.press("p")
    await page.locator("#pause-panel").wait_for()
    yield await camera.picture(page, "pause panel")
    await page.keyboard.press("2")
    await _says(page, "Tạm dừng: đã ghi.")
    yield await camera.picture(page, "paused")
    await page.keyboard.press("o")
    await _says(page, "Mở quầy: đã ghi.")
    await press(POOLED, "next")
    await page.keyboard.press("x")
    await page.locator("#day dt").first.wait_for()
    yield await camera.picture(page, "end of day", "What the counter did, in sums.")
    await page.keyboard.press("Escape")
    await page.keyboard.press("e")
    await page.keyboard.press("d")
    await page.locator("#day dt").first.wait_for()
    yield await camera.picture(page, "in English")


async def _trouble(camera: Camera) -> AsyncIterator[Picture]:
    page = await camera.open(f"/counter/{POOLED}", *DESK)
    await page.locator("[data-queue]").first.wait_for()
    await page.keyboard.press("Space")
    await _says(page, "Quầy đang đóng, hãy mở quầy trước.")
    yield await camera.picture(page, "refused", "The sentence stays until the next key.")
    await camera.hall.press(POOLED, "open")
    await page.keyboard.press("b")
    await page.locator("#bell").get_by_text("Chuông").wait_for()
    yield await camera.picture(page, "bell", "Whom it calls, and since when.")
    camera.hall.disk.full = True
    await page.keyboard.press("Space")
    await _says(page, "không ghi được dữ liệu")
    await page.locator("#banner").get_by_text("không ghi được").wait_for()
    yield await camera.picture(page, "journal full")
    camera.hall.disk.full = False
    camera.server.stop()
    await page.locator("#banner").get_by_text("Mất kết nối").wait_for()
    await page.keyboard.press("Space")
    await page.locator('[data-mark="sent"]').wait_for()
    yield await camera.picture(page, "stale", "Lost, with a press on its way that nobody answers.")


async def _small(camera: Camera) -> AsyncIterator[Picture]:
    await _visitors(camera)
    for key in ("open", "next", "hold", "next"):
        await camera.hall.press(POOLED, key)
    page = await camera.open(f"/counter/{POOLED}", *PHONE)
    await page.locator("#field").get_by_text("·").first.wait_for()
    yield await camera.picture(page, "phone")
    await page.locator('[data-key="transfer"]').click()
    await page.locator("#transfer-panel").wait_for()
    yield await camera.picture(page, "phone transfer")


async def _says(page: Page, sentence: str) -> None:
    await page.locator("#result").get_by_text(sentence).first.wait_for()
