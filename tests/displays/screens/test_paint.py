"""The fonts that ship with the product, and pictures on disk."""

from __future__ import annotations

import unicodedata
from io import BytesIO
from pathlib import Path
from typing import get_args

import pygame
import pytest
from PIL import Image

from displays.screens.paint import FONTS, Painter, save
from displays.screens.sheet import Block, Page, Words
from displays.screens.theme import CAP_PER_EM, GROUND, TEXT, Weight

WEIGHTS = get_args(Weight)
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING HOOK ABOVE}")
MORE_TONES = ("\N{COMBINING TILDE}", "\N{COMBINING DOT BELOW}")
ALPHABET = "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in (*TONES, *MORE_TONES)
)
LETTERS = ALPHABET + "đ" + ALPHABET.upper() + "Đ"


@pytest.fixture
def painter() -> Painter:
    return Painter()


def font(weight: str, em: int = 100) -> pygame.font.Font:
    pygame.font.init()
    return pygame.font.Font(BytesIO((FONTS / f"HallSans-{weight}.ttf").read_bytes()), em)


def ink(letter: str, weight: str) -> bytes:
    return pygame.image.tobytes(font(weight).render(letter, True, TEXT), "RGBA")  # noqa: FBT003 - pygame's own signature


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_vietnamese_letter_has_a_shape_of_its_own(weight: str) -> None:
    assert len(set(LETTERS)) == 2 * (12 * 6 + 1)
    metrics = font(weight).metrics(LETTERS)
    assert all(metric is not None for metric in metrics)
    assert len({ink(letter, weight) for letter in LETTERS}) == len(LETTERS)


@pytest.mark.parametrize("weight", WEIGHTS)
def test_figures_are_all_equally_wide(weight: str, painter: Painter) -> None:
    widths = {painter.measure(f"{figure}" * 20, 100, weight) for figure in range(10)}  # type: ignore[arg-type]
    assert max(widths) - min(widths) <= 1


@pytest.mark.parametrize("weight", WEIGHTS)
def test_a_zero_is_not_an_o(weight: str) -> None:
    """A zero has ink in its middle, where an O has none."""
    for letter, inked in (("0", True), ("O", False)):
        shape = font(weight, 200).render(letter, True, TEXT)  # noqa: FBT003 - pygame's own signature
        box = shape.get_bounding_rect()
        middle = pygame.Rect(0, 0, max(3, box.width // 12), max(3, box.height // 12))
        middle.center = box.center
        alphas = [
            shape.get_at((x, y)).a
            for x in range(middle.left, middle.right)
            for y in range(middle.top, middle.bottom)
        ]
        assert (max(alphas) > 200) is inked, letter


def test_capitals_are_as_high_as_the_theme_says() -> None:
    shape = font("Bold", 1000).render("H", True, TEXT)  # noqa: FBT003 - pygame's own signature
    assert abs(shape.get_bounding_rect().height - 1000 * CAP_PER_EM) <= 2


def test_the_licence_travels_with_the_fonts() -> None:
    licence = (FONTS / "OFL.txt").read_text("utf-8")
    assert "SIL OPEN FONT LICENSE" in licence


def test_a_line_stands_on_its_baseline(painter: Painter) -> None:
    surface = pygame.Surface((300, 200))
    line = Words("H", 50, 150, 72, 100, "Bold", TEXT, GROUND, "row")
    painter.paint(Page(300, 200, GROUND, (Block(0, 190, 300, 10, TEXT), line)), surface)
    column = [surface.get_at((x, y))[:3] == TEXT for y in range(190) for x in (65,)]
    assert column.index(True) == pytest.approx(150 - 100 * CAP_PER_EM, abs=2)
    assert not any(column[151:])
    assert surface.get_at((0, 195))[:3] == TEXT
    assert painter.paints == 1


def test_a_picture_is_replaced_in_one_step_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "screen.png"
    for colour in ("red", "blue"):
        surface = pygame.Surface((40, 30))
        surface.fill(colour)
        save(surface, path)
    with Image.open(path) as picture:
        assert (picture.size, picture.convert("RGB").getpixel((5, 5))) == ((40, 30), (0, 0, 255))
    assert [entry.name for entry in path.parent.iterdir()] == ["screen.png"]


def test_a_picture_that_cannot_be_written_is_an_error_of_the_disk() -> None:
    with pytest.raises(OSError, match="proc"):
        save(pygame.Surface((4, 4)), Path("/proc/no/screen.png"))
