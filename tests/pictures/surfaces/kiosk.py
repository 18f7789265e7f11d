"""The touch page: the three questions, the number, and what is said when there is none on paper."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

from playwright.async_api import Page

from tests.pictures.browser import Camera, photographed
from tests.pictures.frame import Picture

TITLE: Final = "Kiosk"
A_FINGER_MS: Final = 350
"""A finger is no quicker, and what comes sooner is taken for a bounce."""


def draw(folder: Path) -> Iterator[Picture]:
    """A visit, question by question."""
    return photographed(folder, _states)


async def _states(camera: Camera) -> AsyncIterator[Picture]:
    page = await camera.open("/kiosk", 1080, 1920)
    await _sees(page, "submit")
    yield await camera.picture(page, "purpose", "What the visitor came for.")
    await _touch(page, "submit", "tnmt")
    yield await camera.picture(page, "agency", "Which agency.")
    await _touch(page, "tnmt", "land")
    yield await camera.picture(page, "field", "Which field, and how many wait there.")
    await _touch(page, "land")
    await page.locator("#outcome .number").wait_for()
    yield await camera.picture(page, "number", "The number while the paper comes out.")
    camera.printer.paper = False
    other = await camera.open("/kiosk", 1080, 1920)
    await other.wait_for_timeout(3_000)  # the dispenser's own gap between two numbers
    for answer in ("submit", "tnmt", "land"):
        await _touch(other, answer)
    await other.locator("#outcome .paper").wait_for()
    yield await camera.picture(other, "no paper", "The number stands; what to do without paper.")


async def _sees(page: Page, answer: str) -> None:
    await page.locator(f'[data-id="{answer}"]').wait_for()


async def _touch(page: Page, answer: str, then: str = "") -> None:
    await _sees(page, answer)
    await page.wait_for_timeout(A_FINGER_MS)
    await page.locator(f'[data-id="{answer}"]').click()
    if then:
        await _sees(page, then)
