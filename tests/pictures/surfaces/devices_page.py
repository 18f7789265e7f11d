"""The technician's devices page: all well, one lost, replaced by a new one, a new one adopted, found by a word."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from hall_controller.equipment.devices import Devices
from hall_controller.messages import DeviceInfo, KeyPress, Text
from tests.pictures.browser import Camera, Look, photographed
from tests.pictures.frame import Picture
from tests.pictures.technician import both, device_is, opened, technicians_hall

TITLE: Final = "Technician's devices page"


def draw(folder: Path, look: Look | None = None) -> Iterator[Picture]:
    """A pad dies and is replaced."""
    yield from photographed(folder, _pictures, technicians_hall, look)


def _presses(devices: Devices, spare: str) -> None:
    devices.adoption.heard(spare, KeyPress(boot=1, seq=1, key="next"))


async def _pictures(camera: Camera) -> AsyncIterator[Picture]:
    hall = camera.hall
    page = await opened(camera, "/technician")
    await page.locator("#groups details").first.wait_for()
    async for picture in both(camera, page, "all well", "Every group is folded."):
        yield picture
    device_is(hall, "pad-5", "lost")
    gone = Text(vi="Mất liên lạc với thiết bị pad-5.", en="Device pad-5 is lost.")
    hall.health.raise_alert("device-pad-5", "warning", gone)
    await page.locator('#attention [data-device="pad-5"]').wait_for()
    async for picture in both(camera, page, "one lost"):
        yield picture
    spare = DeviceInfo(
        type="call-pad", model="esp32_call_pad", firmware="1.4", capabilities={"code": "482913"}
    )
    hall.devices.roster.heard("spare-1", spare)
    await page.locator("#strangers .card").wait_for()
    await page.locator('#strangers [data-wish="adopt"]').click()
    async for picture in both(camera, page, "choosing a place"):
        yield picture
    await page.keyboard.press("Escape")
    await page.locator('#attention [data-wish="replace"]').click()
    await page.locator("#step-wait").wait_for()
    async for picture in both(camera, page, "replacing"):
        yield picture
    _presses(hall.devices, "spare-1")
    await page.locator("#step-found").wait_for()
    async for picture in both(camera, page, "found"):
        yield picture
    await page.locator("#yes").click()
    await page.locator("#adoption-result.done").wait_for()
    hall.health.end_alert("device-pad-5")
    async for picture in both(camera, page, "adopted"):
        yield picture
    await page.keyboard.press("Escape")
    await page.locator("#find").fill("quầy 5")
    await page.locator('#groups [data-device="spare-1"]').wait_for()
    async for picture in both(camera, page, "found by a word"):
        yield picture
    await page.locator("#find").fill("")
    await page.locator("#groups summary").first.click()
    await page.locator('#groups [data-wish="replace"]').first.click()
    await page.locator("#step-wait").wait_for()
    hall.devices.adoption.close()
    await page.locator("#step-over").wait_for()
    async for picture in both(camera, page, "given up elsewhere"):
        yield picture
