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
from displays.screens.sheet import Block, Page, Photo, Shape, Words
from displays.screens.theme import CAP_PER_EM, COLOURS, Theme, Weight

WEIGHTS = get_args(Weight)
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\N{COMBINING GRAVE ACCENT}", "\N{COMBINING ACUTE ACCENT}", "\N{COMBINING HOOK ABOVE}")
TEXT = COLOURS["text"]
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
    line = Words("H", 50, 150, 72, 73.0, "Bold", "text", "ground", "row")
    painter.paint(Page(300, 200, "ground", (Block(0, 190, 300, 10, "text"), line)), surface)
    column = [surface.get_at((x, y))[:3] == TEXT for y in range(190) for x in (65,)]
    assert column.index(True) == pytest.approx(150 - 73, abs=2)
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


def picture(folder: Path, name: str, colour: str, mode: str = "RGB") -> Path:
    Image.new(mode, (40, 20), colour).save(folder / name)
    return folder / name


@pytest.mark.parametrize(
    ("name", "mode"), [("a.png", "RGB"), ("b.jpg", "RGB"), ("c.png", "P"), ("d.png", "RGBA")]
)
def test_a_picture_is_as_large_as_its_box_allows_and_keeps_its_proportions(
    tmp_path: Path, painter: Painter, name: str, mode: str
) -> None:
    photo = Photo(picture(tmp_path, name, "red", mode), 10, 10, 80, 80)
    page, surface = Page(100, 100, "ground", (photo,)), pygame.Surface((100, 100))
    assert not painter.is_ready(page)
    painter.prepare(page)
    assert painter.is_ready(page)
    painter.paint(page, surface)
    column = [surface.get_at((50, y)).r > 200 for y in range(100)]
    assert (column.index(True), sum(column)) == (30, 40), "80 wide and 40 high, in the middle"


def test_a_picture_that_cannot_be_read_leaves_its_place_empty(tmp_path: Path, painter: Painter) -> None:
    (tmp_path / "torn.png").write_bytes(b"not a picture")
    surface = pygame.Surface((100, 100))
    painter.paint(Page(100, 100, "ground", (Photo(tmp_path / "torn.png", 0, 0, 50, 50),)), surface)
    assert surface.get_at((25, 25))[:3] == COLOURS["ground"]


def test_a_slanted_edge_has_no_steps(painter: Painter) -> None:
    surface = pygame.Surface((60, 60))
    painter.paint(Page(60, 60, "ground", (Shape(((5, 5), (50, 30), (5, 55)), "text"),)), surface)
    reds = {surface.get_at((x, 15)).r for x in range(60)}
    assert surface.get_at((10, 30))[:3] == TEXT
    assert len(reds) > 2, "between ground and shape there is something between"


def test_a_theme_has_its_own_colours_and_fonts() -> None:
    folder = Path(str(FONTS))
    theme = Theme({**COLOURS, "ground": (1, 2, 3)}, {"Bold": folder / "HallSans-Medium.ttf"})  # type: ignore[dict-item]
    own, ordinary = Painter(theme), Painter()
    assert own.measure("Quầy", 100, "Bold") == ordinary.measure("Quầy", 100, "Medium")
    surface = pygame.Surface((5, 5))
    own.paint(Page(5, 5, "ground", ()), surface)
    assert surface.get_at((2, 2))[:3] == (1, 2, 3)


def test_what_stood_on_the_page_before_looks_the_same_when_it_is_not_drawn_again(painter: Painter) -> None:
    def pixels(text: str, by: Painter) -> bytes:
        surface = pygame.Surface((400, 120))
        lines = (Words(text, 10, 100, 300, 60.0, "Bold", "text", "ground", "row"),) * 2
        by.paint(Page(400, 120, "ground", lines), surface)
        return pygame.image.tobytes(surface, "RGB")

    first = pixels("A012", painter)
    assert pixels("A012", painter) == first
    assert pixels("B003", painter) == pixels("B003", Painter()) != first
    assert pixels("A012", painter) == first
