"""The touch page of the reference hall: the questions, the number, the look-ups, and all that may be wrong."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright.async_api import Page

from tests.hall_controller.web.hall_on_the_web import Printer, WebHall
from tests.hall_controller.web.reference_web import reference_hall
from tests.pictures import golden
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.frame import Picture
from tests.pictures.long_names import hall_of_long_names

TITLE: Final = "Kiosk"
A_FINGER_MS: Final = 350
"""A finger is no quicker, and what comes sooner is taken for a bounce."""
A_LOOK_MS: Final = 1300
"""The hand that took a number does not also send it away."""
UPRIGHT: Final = (1080, 1920)
LYING: Final = (1920, 1080)
AT_ONCE: Final = """keys => keys.forEach(
    key => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""
"""A barcode reader keeps no pause between two keys, whatever else the machine does."""
SATURDAY: Final = datetime(2022, 3, 5, 1, 30, tzinfo=UTC)


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """A visit question by question, upright and lying, then a Saturday."""
    yield from photographed(folder, _weekday, reference_hall, look)
    yield from photographed(folder, _saturday, _on_saturday, look)
    yield from photographed(folder, _longest, hall_of_long_names, look)


def renew_golden() -> None:
    """Keep what the pages look like now."""
    with tempfile.TemporaryDirectory(prefix="golden-") as folder:
        for picture in draw(Path(folder)):
            golden.keep(picture.file, f"kiosk-{picture.file.stem}")


def _on_saturday(folder: Path, printer: Printer) -> AbstractAsyncContextManager[WebHall]:
    return reference_hall(folder, printer, start=SATURDAY)


async def _weekday(camera: Camera) -> AsyncIterator[Picture]:
    await camera.context.clock.install()
    for _ in range(3):
        await camera.hall.take("dat-dai")
    for shape, size in (("", UPRIGHT), (" lying", LYING)):
        async for picture in _visit(camera, shape, size):
            yield picture
    async for picture in _trouble(camera):
        yield picture


async def _visit(camera: Camera, shape: str, size: tuple[int, int]) -> AsyncIterator[Picture]:
    page = await camera.open("/kiosk", *size)
    await _sees(page, "submit")
    yield await camera.picture(page, f"purpose{shape}", "What the visitor came for, and two look-ups.")
    await _touch(page, "submit", "tnmt")
    yield await camera.picture(
        page, f"agency{shape}", "Which agency; one with a single field says how many wait."
    )
    await _tool(page, "priority")
    yield await camera.picture(page, f"priority{shape}", "Who goes first says so, and reads by which rule.")
    await _touch(page, "elderly", "tnmt")
    await _touch(page, "tnmt", "dat-dai")
    yield await camera.picture(page, f"field{shape}", "Which field, and how many wait there.")
    await _touch(page, "dat-dai")
    await page.locator("#outcome .number").wait_for()
    yield await camera.picture(page, f"number{shape}", "The number while the paper comes out.")
    await page.clock.fast_forward(A_LOOK_MS)
    await page.locator("#back").click()
    await _tool(page, "search")
    await page.locator(".line").fill("dat dai")
    await page.locator(".found li >> nth=3").wait_for()
    yield await camera.picture(page, f"search{shape}", "Typed without diacritics.")
    await page.locator(".found button", has_text="Tách thửa").click()
    await page.locator("#outcome h2").wait_for()
    yield await camera.picture(page, f"procedure{shape}", "What to bring, fee, time limit, counter.")
    await page.locator("#back").click()
    await page.locator("#back").click()
    await _tool(page, "dossier")
    await page.locator(".keys").wait_for()
    yield await camera.picture(page, f"dossier code{shape}")
    await page.evaluate(AT_ONCE, [*"H60.04-220223-0019", "Enter"])
    await page.locator("#outcome .code").wait_for()
    yield await camera.picture(page, f"dossier{shape}", "A result is ready, and the number for it.")
    await page.close()


async def _trouble(camera: Camera) -> AsyncIterator[Picture]:
    camera.printer.paper = False
    await camera.hall.at_the_desk("guard", on=True)
    page = await camera.open("/kiosk", *UPRIGHT)
    await page.locator("#notes .note >> nth=1").wait_for()
    await page.locator("#language").click()
    yield await camera.picture(page, "no paper in English", "What is true of every number that is taken now.")
    await _touch(page, "submit", "sct")
    await _touch(page, "sct")
    await page.locator("#outcome .paper >> nth=1").wait_for()
    yield await camera.picture(
        page, "number without paper", "Guard mode and no paper: the worst that can happen."
    )
    camera.hall.disk.full = True
    await page.clock.fast_forward(A_LOOK_MS)
    await page.locator("#back").click()
    await _touch(page, "submit", "sct")
    await _touch(page, "sct")
    await page.locator("#outcome .advice").wait_for()
    await page.locator("#banner").get_by_text("Máy lấy số tạm ngừng").wait_for()
    yield await camera.picture(page, "refused", "The disk is full.")
    camera.server.stop()
    await page.locator("#banner").get_by_text("Mất kết nối").wait_for()
    await page.clock.fast_forward(5000)
    await _sees(page, "submit")
    yield await camera.picture(page, "stale", "Nothing can be taken; where to go instead.")


async def _saturday(camera: Camera) -> AsyncIterator[Picture]:
    await camera.context.clock.install()
    page = await camera.open("/kiosk", *UPRIGHT)
    await _touch(page, "submit", "tnmt")
    yield await camera.picture(page, "saturday", "Closed fields stay, with their next opening.")
    await _touch(page, "sct")
    await page.locator("#outcome .advice").wait_for()
    yield await camera.picture(page, "closed", "Touched all the same.")
    await page.clock.fast_forward(A_LOOK_MS)
    await page.locator("#back").click()
    await _touch(page, "submit", "khdt")
    await _touch(page, "khdt", "dang-ky-kinh-doanh-truc-tuyen")
    await _touch(page, "dang-ky-kinh-doanh-truc-tuyen")
    await page.locator("#outcome .url").wait_for()
    yield await camera.picture(page, "online only", "A slip with the portal's address.")


async def _longest(camera: Camera) -> AsyncIterator[Picture]:
    await camera.context.clock.install()
    await camera.hall.take("dat-dai")
    for shape, size in (("", UPRIGHT), (" lying", LYING)):
        page = await camera.open("/kiosk", *size)
        await _touch(page, "submit", "tnmt")
        yield await camera.picture(page, f"longest names of agencies{shape}")
        await _touch(page, "tnmt", "dat-dai")
        yield await camera.picture(page, f"longest names of fields{shape}")
        await _touch(page, "dat-dai")
        await page.locator("#outcome .number").wait_for()
        yield await camera.picture(page, f"longest names with a number{shape}")
        await page.close()


async def _sees(page: Page, answer: str) -> None:
    await page.locator(f'[data-id="{answer}"]').wait_for()


async def _touch(page: Page, answer: str, then: str = "") -> None:
    await _sees(page, answer)
    await page.clock.fast_forward(A_FINGER_MS)
    await page.locator(f'[data-id="{answer}"]').click()
    if then:
        await _sees(page, then)


async def _tool(page: Page, tool: str) -> None:
    await page.locator(f'[data-tool="{tool}"]').wait_for()
    await page.clock.fast_forward(A_FINGER_MS)
    await page.locator(f'[data-tool="{tool}"]').click()
