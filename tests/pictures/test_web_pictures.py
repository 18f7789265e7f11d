"""Every state of every page that visitors see: it looks as it did, and axe-core finds nothing grave in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.async_api import Page

from tests.debian import needs_debian
from tests.hall_controller.web.reference_web import reference_hall
from tests.pictures import frame, golden
from tests.pictures.axe import AXE, grave_violations
from tests.pictures.browser import Camera, photographed
from tests.pictures.frame import Picture
from tests.pictures.surfaces.own_ticket import TELEPHONE

SURFACES = ("kiosk", "board", "own_ticket")
KEPT = sorted(path.stem for path in golden.FOLDER.glob("*.png"))
LARGEST_ALL_BYTES = 3_000_000
TOOLS = ("/", "/docs", "/sign-in", "/counter/1", "/counter/999")

pytestmark = needs_debian("chromium")


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Path], dict[str, list[str]]]:
    """Each state's picture, and what axe-core says of it; the surfaces draw side by side, since they mostly wait."""
    pictures: dict[str, Path] = {}
    grave: dict[str, list[str]] = {}
    folder = tmp_path_factory.mktemp("web")

    def draw(surface: str) -> None:
        async def look(page: Page, state: str) -> None:
            grave[f"{surface}-{state}"] = await grave_violations(page)

        place = folder / surface
        place.mkdir()
        for picture in frame.surface(surface).draw(place, look):
            pictures[f"{surface}-{picture.file.stem}"] = picture.file

    with ThreadPoolExecutor(len(SURFACES)) as pool:
        list(pool.map(draw, SURFACES))
    return pictures, grave


@pytest.mark.timeout(240)
def test_no_state_of_a_page_keeps_anybody_out(
    drawn: tuple[dict[str, Path], dict[str, list[str]]],
) -> None:
    _, grave = drawn
    assert len(grave) >= 35
    assert {state: found for state, found in grave.items() if found} == {}


def test_every_state_has_its_golden_picture(drawn: tuple[dict[str, Path], dict[str, list[str]]]) -> None:
    pictures, _ = drawn
    assert sorted(pictures) == KEPT, "make pictures ARGS=--renew-golden, and look at what has changed"


def test_a_telephone_s_picture_is_as_wide_as_a_telephone(
    drawn: tuple[dict[str, Path], dict[str, list[str]]],
) -> None:
    pictures, _ = drawn
    with Image.open(pictures["own_ticket-waiting"]) as image:
        assert image.width == TELEPHONE[0]
        assert len(image.convert("L").getcolors() or []) > 10, "something is on it"


@pytest.mark.parametrize("name", KEPT)
def test_a_page_looks_as_it_did(drawn: tuple[dict[str, Path], dict[str, list[str]]], name: str) -> None:
    pictures, _ = drawn
    share = golden.difference(pictures[name], name)
    assert share < golden.MOST_NOTABLE, (
        f"{share:.2%} of {pictures[name]} is not as in {golden.FOLDER}/{name}.png"
    )


def test_the_pages_of_those_who_work_there_keep_nobody_out(tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}

    async def pages(camera: Camera) -> AsyncIterator[Picture]:
        for path in TOOLS:
            page = await camera.open(path, 1280, 800)
            found[path] = await grave_violations(page)
            yield await camera.picture(page, f"tool {len(found)}")

    list(photographed(tmp_path, pages, reference_hall))
    assert {path: grave for path, grave in found.items() if grave} == {}


def test_the_golden_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in golden.FOLDER.glob("*.png")) < LARGEST_ALL_BYTES


def test_another_word_on_a_page_is_noticed_and_another_minute_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(golden, "FOLDER", tmp_path / "golden")
    page = Image.new("RGB", (1080, 1920), "#091626")
    page.save(tmp_path / "page.png")
    golden.keep(tmp_path / "page.png", "page")
    drawing = ImageDraw.Draw(page)
    drawing.rectangle((900, 40, 930, 70), fill="white")
    page.save(tmp_path / "minute.png")
    assert golden.difference(tmp_path / "minute.png", "page") < golden.MOST_NOTABLE
    drawing.rectangle((100, 400, 600, 500), fill="white")
    page.save(tmp_path / "word.png")
    assert golden.difference(tmp_path / "word.png", "page") > golden.MOST_NOTABLE


def test_axe_core_is_the_one_that_its_readme_names() -> None:
    readme = (AXE.parent / "README.md").read_text("utf-8")
    (fingerprint,) = re.findall(r"\b[0-9a-f]{64}\b", readme)
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() == fingerprint
    assert "Mozilla Public License" in (AXE.parent / "LICENSE").read_text("utf-8")
