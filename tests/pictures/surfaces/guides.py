"""The pictures of the guides: the pages of those who work there in both languages, and the first page of all.

Renewed into guides/pictures by `make pictures ARGS="--renew-golden guides"`; look at them before they are kept.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Page

from hall_controller.messages import Text
from hall_controller.staff.roles import Role
from hall_controller.web.auth import COOKIE
from tests.hall_controller.web.half_a_day import half_a_day
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.frame import Picture
from tests.pictures.technician import all_well, device_is

TITLE: Final = "Guides"
FOLDER: Final = Path(__file__).parents[3] / "guides" / "pictures"
SIZE: Final = (1100, 700)
COLOURS: Final = 64
LANGUAGES: Final = ("vi", "en")
PAGES: Final = ("counter", "manager", "guide", "technician")
SHOWS: Final = {
    "counter": "#number",
    "manager": "#plot svg",
    "guide": "#unreleased button",
    "technician": "#attention [data-device]",
}
"""What each page is for."""
ROLES: Final[dict[str, Role]] = {"guide": "guide", "technician": "technician"}
NAMES: Final = ("set-up", *(f"{page}-{language}" for page in PAGES for language in LANGUAGES))


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """Every picture that the guides show."""
    yield from photographed(folder, _all, _morning, look)


def renew_golden() -> None:
    """Draw the pictures anew where the guides have them, in few colours: they are read, not measured."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="guides-") as folder:
        for picture in draw(Path(folder)):
            with Image.open(picture.file) as image:
                upper = image.convert("RGB").crop((0, 0, image.width, min(image.height, SIZE[1])))
            upper.quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / picture.file.name, optimize=True)


def _morning(folder: Path, printer: Printer) -> AbstractAsyncContextManager[WebHall]:
    return half_a_day(folder, printer)


async def _all(camera: Camera) -> AsyncIterator[Picture]:
    set_up = await camera.open("/set-up", *SIZE)
    await set_up.locator("h1").wait_for()
    yield await camera.picture(set_up, "set-up")
    await _something_to_do(camera.hall)
    for page in PAGES:
        for language in LANGUAGES:
            opened = await _opened(camera, page, language)
            yield await camera.picture(opened, f"{page}-{language}")
            await opened.close()


async def _something_to_do(hall: WebHall) -> None:
    """A pad that is lost, and visitors whom the guidance desk has to see."""
    all_well(hall)
    device_is(hall, "pad-5", "lost")
    lost = Text(vi="Mất liên lạc với thiết bị pad-5.", en="Device pad-5 is lost.")
    hall.health.raise_alert("device-pad-5", "warning", lost)
    await hall.at_the_desk("guard", on=True)
    for service, priority in (("ly-lich-tu-phap", None), ("cong-chung", "elderly"), ("viec-lam", None)):
        await hall.take(service, priority=priority)


async def _opened(camera: Camera, name: str, language: str) -> Page:
    """The page when it shows what it is for."""
    address = f"http://127.0.0.1:{camera.server.port}"
    token = camera.hall.token(ROLES.get(name, "manager"), f"{name}-1")
    await camera.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
    await camera.context.add_init_script(f"localStorage.setItem('hall.language', '{language}')")
    path = "/counter/1" if name == "counter" else f"/{name}"
    page = await camera.open(path, *SIZE)
    camera.hall.devices.roster.page_lives("kiosk-1")
    await page.locator(SHOWS[name]).first.wait_for()
    await page.locator("#time").filter(has_text=re.compile(r"10:3\d")).wait_for()
    return page
