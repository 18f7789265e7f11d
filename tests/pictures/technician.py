"""The reference hall with its technician, for pictures of the console: devices that are well, files that may change.

Belongs here: that hall, and a page of the console in both of its forms. Never here: a state of a page.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from playwright.async_api import Page

from hall_controller import config
from hall_controller.equipment.seen import Equipment
from hall_controller.messages import DeviceInfo, DeviceState
from hall_controller.web.auth import COOKIE
from tests.hall_controller.settings_files import EXAMPLE, FIRMWARE_CONFIG
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall, web_hall
from tests.hall_controller.web.reference_web import reference_catalogue
from tests.pictures.browser import Camera
from tests.pictures.frame import Picture

DESK: Final = {"width": 1280, "height": 800}
PHONE: Final = {"width": 390, "height": 844}
LIST: Final = "catalogue.example.csv"


@asynccontextmanager
async def technicians_hall(folder: Path, printer: Printer) -> AsyncIterator[WebHall]:
    """The example's hall.toml and list as its own files, and every device of it ready."""
    (folder / "settings").mkdir()
    shutil.copy(EXAMPLE, folder / "settings" / "hall.toml")
    for name in (LIST, "dossiers.example.csv"):
        shutil.copy(FIRMWARE_CONFIG / name, folder / "settings")
    async with web_hall(folder, reference_catalogue(), printing=printer) as hall:
        all_well(hall)
        yield hall


def all_well(hall: WebHall) -> None:
    """The devices of the reference hall, each of which has just said that it is ready."""
    roster = hall.devices.roster
    for device in list(roster.devices):
        roster.remove(device)
        hall.health.remove(device)
    for one in config.load(EXAMPLE).device:
        hall.health.add(one.id)
        roster.add(Equipment(one.id, one.type, one.model, one.line, one.counter, one.gateway))
        device_is(hall, one.id, "ready")
        info = DeviceInfo(type=one.type, model=one.model, firmware="1.4", capabilities={})
        roster.heard(one.id, info)


def device_is(hall: WebHall, device: str, state: str) -> None:
    """A device says its state, or its last will does."""
    hall.health.device_is(device, state)
    hall.devices.roster.heard(device, DeviceState.model_validate({"state": state, "boot": 3}))


async def opened(camera: Camera, path: str) -> Page:
    """A page of the console, for a technician who has signed in."""
    token, address = camera.hall.token("technician", "kim"), f"http://127.0.0.1:{camera.server.port}"
    await camera.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
    return await camera.open(path, DESK["width"], DESK["height"])


async def both(camera: Camera, page: Page, state: str, about: str = "") -> AsyncIterator[Picture]:
    """The page in Vietnamese at a desk, then in English on a telephone."""
    camera.hall.devices.roster.page_lives("kiosk-1")
    await page.evaluate("scrollTo(0, 0)")
    yield await camera.picture(page, state, about)
    await _seen(page, PHONE, "en")
    yield await camera.picture(page, f"{state} on a telephone")
    await _seen(page, DESK, "vi")


async def _seen(page: Page, size: dict[str, int], language: str) -> None:
    await page.set_viewport_size({"width": size["width"], "height": size["height"]})
    await page.evaluate(
        "(language) => { document.documentElement.dataset.language = document.documentElement.lang = language }",
        language,
    )
