"""The technician's devices page: all well, one lost, replaced by a new one, a new one adopted, found by a word."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final

from playwright.async_api import Page

from hall_controller import config
from hall_controller.equipment.devices import Devices
from hall_controller.equipment.seen import Equipment
from hall_controller.messages import DeviceInfo, DeviceState, KeyPress, Text
from hall_controller.web.auth import COOKIE
from tests.hall_controller.settings_files import EXAMPLE
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall, web_hall
from tests.hall_controller.web.reference_web import reference_catalogue
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.frame import Picture

TITLE: Final = "Technician's devices page"
DESK: Final = (1280, 800)
PHONE: Final = (390, 844)


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """A pad dies and is replaced."""
    yield from photographed(folder, _pictures, _hall, look)


def _hall(folder: Path, printer: Printer) -> AbstractAsyncContextManager[WebHall]:
    return web_hall(folder, reference_catalogue(), printing=printer)


def all_well(hall: WebHall) -> None:
    """The devices of the reference hall, each of which has just said that it is ready."""
    roster = hall.devices.roster
    for device in list(roster.devices):
        roster.remove(device)
        hall.health.remove(device)
    for one in config.load(EXAMPLE).device:
        hall.health.add(one.id)
        roster.add(Equipment(one.id, one.type, one.model, one.line, one.counter, one.gateway))
        now_is(hall, one.id, "ready")
        roster.heard(one.id, DeviceInfo(type=one.type, model=one.model, firmware="1.4", capabilities={}))
        roster.page_lives(one.id)


def now_is(hall: WebHall, device: str, state: str) -> None:
    """What the device says of itself."""
    hall.health.device_is(device, state)
    hall.devices.roster.heard(device, DeviceState.model_validate({"state": state, "boot": 3}))


def _presses(devices: Devices, spare: str, seq: int) -> None:
    devices.adoption.heard(spare, KeyPress(boot=1, seq=seq, key="next"))


async def _open(camera: Camera) -> Page:
    """The page, for a technician who has signed in."""
    token, address = camera.hall.token("technician", "kim"), f"http://127.0.0.1:{camera.server.port}"
    await camera.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
    page = await camera.open("/technician", *DESK)
    await page.locator("#groups details").first.wait_for()
    return page


async def _both(camera: Camera, page: Page, state: str, about: str = "") -> AsyncIterator[Picture]:
    """The page in Vietnamese at a desk, and in English on a telephone."""
    camera.hall.devices.roster.page_lives("kiosk-1")
    await page.evaluate("scrollTo(0, 0)")
    yield await camera.picture(page, state, about)
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await page.evaluate("document.documentElement.dataset.language = document.documentElement.lang = 'en'")
    yield await camera.picture(page, f"{state} on a telephone")
    await page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    await page.evaluate("document.documentElement.dataset.language = document.documentElement.lang = 'vi'")


async def _pictures(camera: Camera) -> AsyncIterator[Picture]:
    hall = camera.hall
    all_well(hall)
    page = await _open(camera)
    async for picture in _both(camera, page, "all well", "Every group is folded."):
        yield picture
    now_is(hall, "pad-5", "lost")
    gone = Text(vi="Mất liên lạc với thiết bị pad-5.", en="Device pad-5 is lost.")
    hall.health.raise_alert("device-pad-5", "warning", gone)
    await page.locator('#attention [data-device="pad-5"]').wait_for()
    async for picture in _both(camera, page, "one lost"):
        yield picture
    spare = DeviceInfo(
        type="call-pad", model="esp32_call_pad", firmware="1.4", capabilities={"code": "482913"}
    )
    hall.devices.roster.heard("spare-1", spare)
    await page.locator("#strangers .card").wait_for()
    await page.locator('#strangers [data-wish="adopt"]').click()
    async for picture in _both(camera, page, "choosing a place"):
        yield picture
    await page.keyboard.press("Escape")
    await page.locator('#attention [data-wish="replace"]').click()
    await page.locator("#step-wait").wait_for()
    async for picture in _both(camera, page, "replacing"):
        yield picture
    _presses(hall.devices, "spare-1", 1)
    await page.locator("#step-found").wait_for()
    async for picture in _both(camera, page, "found"):
        yield picture
    await page.locator("#yes").click()
    await page.locator("#adoption-result.done").wait_for()
    hall.health.end_alert("device-pad-5")
    async for picture in _both(camera, page, "adopted"):
        yield picture
    await page.keyboard.press("Escape")
    await page.locator("#find").fill("quầy 5")
    await page.locator('#groups [data-device="spare-1"]').wait_for()
    async for picture in _both(camera, page, "found by a word"):
        yield picture
    await page.locator("#find").fill("")
    await page.locator("#groups summary").first.click()
    await page.locator('#groups [data-wish="replace"]').first.click()
    await page.locator("#step-wait").wait_for()
    hall.devices.adoption.close()
    await page.locator("#step-over").wait_for()
    async for picture in _both(camera, page, "given up elsewhere"):
        yield picture
