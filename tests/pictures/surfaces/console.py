"""The technician's console but for its devices: first start, sign-in, configuration, lists, backups, live, try."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from playwright.async_api import Page

from hall_controller.configuration.trial import Trial
from hall_controller.configuration.versions import Versions
from tests.hall_controller.settings_files import example
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.frame import Picture
from tests.pictures.technician import LIST, both, opened, technicians_hall

TITLE: Final = "Technician's console"
RENAMED: Final = ('name = "2"', 'name = "2A"')
WRONG: Final = (('letter = "B"', 'letter = "O"'), ('queues = ["dat-dai"', 'queues = ["dat-dia"'))
CHECKED_MS: Final = 60_000


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """A technician's first day."""
    yield from photographed(folder, _pictures, technicians_hall, look)


async def _pictures(camera: Camera) -> AsyncIterator[Picture]:
    for part in (_first_start, _configuration, _lists, _backups, _at_work):
        async for picture in part(camera):
            yield picture


async def _first_start(camera: Camera) -> AsyncIterator[Picture]:
    page = await camera.open("/technician", 1280, 800)
    await page.locator("#code").wait_for()
    yield await camera.picture(page, "first start", "There is no technician yet.")
    await page.set_viewport_size({"width": 390, "height": 844})
    yield await camera.picture(page, "first start on a telephone")
    camera.hall.token("technician", "kim")
    await page.goto(page.url)
    await page.locator("#password").wait_for()
    yield await camera.picture(page, "sign-in on a telephone")
    await page.set_viewport_size({"width": 1280, "height": 800})
    yield await camera.picture(page, "sign-in")
    await page.close()


async def _checked(page: Page, text: str) -> None:
    await page.locator("#text").fill(text)
    await page.locator("#check").click()


async def _configuration(camera: Camera) -> AsyncIterator[Picture]:
    page = await opened(camera, "/technician/configuration")
    await page.locator("#versions li").wait_for()
    async for picture in both(camera, page, "configuration"):
        yield picture
    await _checked(page, example(*WRONG))
    await page.locator("#mistakes-list button").first.wait_for(timeout=CHECKED_MS)
    async for picture in both(camera, page, "configuration with mistakes"):
        yield picture
    await _checked(page, example(RENAMED))
    await page.locator("#difference .added").wait_for(timeout=CHECKED_MS)
    async for picture in both(camera, page, "configuration difference"):
        yield picture
    await page.locator("#reason").fill("Quầy 2 chuyển sang phòng A")
    await page.locator("#apply").click()
    await page.locator("#result.done", has_text="Bản 2").wait_for(timeout=CHECKED_MS)
    async for picture in both(camera, page, "configuration applied"):
        yield picture
    data = camera.hall.disk.path.parent
    Trial(Versions(data / "settings" / "hall.toml", data)).take_back("the hall did not come up with it")
    await page.reload()
    await page.locator("#versions li").nth(2).wait_for()
    async for picture in both(camera, page, "configuration taken back"):
        yield picture
    await page.close()


async def _lists(camera: Camera) -> AsyncIterator[Picture]:
    page = await opened(camera, "/technician/lists")
    await page.locator("#assignments tr").first.wait_for(timeout=CHECKED_MS)
    async for picture in both(camera, page, "lists"):
        yield picture
    held = (camera.hall.disk.path.parent / "settings" / LIST).read_text("utf-8")
    changed = held.replace("Tách thửa hoặc hợp thửa đất", "Tách thửa hoặc hợp nhất thửa đất")
    for state, text in (
        ("list with mistakes", changed.replace("tnmt,dat-dai,VD-TNMT-01", "tnmt,dat-dia,VD-TNMT-01")),
        ("list difference", changed),
    ):
        file = {"name": "danh-muc.csv", "mimeType": "text/csv", "buffer": text.encode()}
        await page.locator("#csv").set_input_files(file)  # type: ignore[arg-type]  # a FilePayload
        await page.locator("#compare").click()
        await page.locator("#result.wait").wait_for(state="detached", timeout=CHECKED_MS)
        async for picture in both(camera, page, state):
            yield picture
    await page.close()


async def _backups(camera: Camera) -> AsyncIterator[Picture]:
    page = await opened(camera, "/technician/backups")
    await page.locator("#make").click()
    await page.locator("#backups [data-restore]").wait_for(timeout=CHECKED_MS)
    async for picture in both(camera, page, "backups"):
        yield picture
    await page.locator("#backups [data-restore]").click()
    async for picture in both(camera, page, "restoring"):
        yield picture
    await page.close()


async def _at_work(camera: Camera) -> AsyncIterator[Picture]:
    for _ in range(3):
        await camera.hall.take("dat-dai")
    await camera.hall.press("1", "open")
    await camera.hall.press("1", "next")
    for name, shown in (("live", "#facts tr"), ("try", ".desk")):
        page = await opened(camera, f"/technician/{name}")
        await page.locator(shown).first.wait_for()
        async for picture in both(camera, page, name):
            yield picture
        await page.close()
