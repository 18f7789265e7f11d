"""Pixels: boxes, words and pictures of a layout onto a pygame surface, and a surface into a PNG.

Belongs here: fonts, blitting, saving. Never here: what is said or where it stands. Needs no screen: it is memory.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path, PurePath
from typing import Final

import pygame

from displays.screens.sheet import Block, Page, Photo, Shape, Words
from displays.screens.theme import Theme, Tone, Weight

FONTS: Final = files("displays") / "assets" / "fonts"
FINER: Final = 4
"""A slanted edge is drawn this many times larger and then reduced, so that it has no steps."""
PROBE_PX: Final = 1000
WORDS_KEPT: Final = 512
"""Lines of text that were measured already: more than two pages hold."""

Line = tuple[str, float, Weight, Tone]
"""What a line of text looks like: most lines of a page stood on the page before, and are not drawn again."""


class Painter:
    """Fonts and pictures of a theme in the sizes that were needed so far; measures and paints with them."""

    def __init__(self, theme: Theme | None = None) -> None:
        pygame.font.init()
        self._theme = theme or Theme()
        self._fonts: dict[tuple[Weight, int], pygame.font.Font] = {}
        self._bytes: dict[Weight, bytes] = {}
        self._cap_per_em: dict[Weight, float] = {}
        self._widths: dict[tuple[str, float, Weight], int] = {}
        self._photos: dict[Photo, pygame.Surface] = {}
        self._before: dict[Line, pygame.Surface] = {}
        self._written: dict[Line, pygame.Surface] = {}
        self.paints = 0
        """How many pages were painted since the start."""

    def measure(self, text: str, cap: float, weight: Weight) -> int:
        """The width in pixels of a line of text whose capitals are `cap` pixels high."""
        key = (text, cap, weight)
        if key not in self._widths:
            if len(self._widths) > WORDS_KEPT:
                self._widths.clear()
            self._widths[key] = self._font(cap, weight).size(text)[0]
        return self._widths[key]

    def ink(self, words: Words) -> pygame.Rect:
        """Where a line has ink, marks and descenders included, counted from its left end and baseline."""
        font = self._font(words.cap, words.weight)
        line = font.render(words.text, True, "white")  # noqa: FBT003 - pygame's own signature
        return line.get_bounding_rect().move(0, -font.get_ascent())

    def paint(self, page: Page, surface: pygame.Surface) -> None:
        """Paint a whole page; it is as large as the surface."""
        self.paints += 1
        self._before, self._written = self._written, {}
        surface.fill(self._theme.colours[page.ground])
        for item in page.items:
            match item:
                case Block():
                    box = (item.x, item.y, item.width, item.height)
                    pygame.draw.rect(surface, self._colour(item.tone), box, border_radius=item.radius)
                case Shape():
                    self._draw(item, surface)
                case Photo():
                    self._show(item, surface)
                case Words():
                    self._write(item, surface)

    def is_ready(self, page: Page) -> bool:
        """Whether every picture of a page has been read."""
        return all(item in self._photos for item in page.items if isinstance(item, Photo))

    def prepare(self, page: Page) -> None:
        """Read and reduce the pictures of a page, which takes longer than a call may wait: for another thread."""
        wanted = [item for item in page.items if isinstance(item, Photo)]
        photos = {item: self._photos.get(item) or _fitted(item) for item in wanted}
        self._photos = photos

    def _colour(self, tone: Tone) -> tuple[int, int, int]:
        return self._theme.colours[tone]

    def _write(self, words: Words, surface: pygame.Surface) -> None:
        font = self._font(words.cap, words.weight)
        key = (words.text, words.cap, words.weight, words.tone)
        line = self._written.get(key) or self._before.get(key)
        if line is None:
            line = font.render(words.text, True, self._colour(words.tone))  # noqa: FBT003 - pygame's own signature: smooth edges
        self._written[key] = line
        surface.blit(line, (words.x, words.baseline - font.get_ascent()))

    def _draw(self, shape: Shape, surface: pygame.Surface) -> None:
        left, top = (min(point[axis] for point in shape.points) for axis in (0, 1))
        width, height = (
            max(point[axis] for point in shape.points) - start + 1 for axis, start in ((0, left), (1, top))
        )
        large = pygame.Surface((width * FINER, height * FINER), pygame.SRCALPHA)
        large.fill((*self._colour(shape.tone), 0))
        points = [((x - left) * FINER, (y - top) * FINER) for x, y in shape.points]
        pygame.draw.polygon(large, self._colour(shape.tone), points)
        surface.blit(pygame.transform.smoothscale(large, (width, height)), (left, top))

    def _show(self, photo: Photo, surface: pygame.Surface) -> None:
        if photo not in self._photos:
            self._photos[photo] = _fitted(photo)
        picture = self._photos[photo]
        x = photo.x + (0 if photo.at_left else (photo.width - picture.get_width()) // 2)
        surface.blit(picture, (x, photo.y + (photo.height - picture.get_height()) // 2))

    def _font(self, cap: float, weight: Weight) -> pygame.font.Font:
        if weight not in self._bytes:
            self._bytes[weight] = font_bytes(self._theme, weight)
            probe = pygame.font.Font(BytesIO(self._bytes[weight]), PROBE_PX)
            shape = probe.render("H", True, "white")  # noqa: FBT003 - pygame's own signature
            self._cap_per_em[weight] = shape.get_bounding_rect().height / PROBE_PX
        em = round(cap / self._cap_per_em[weight])
        if (weight, em) not in self._fonts:
            self._fonts[weight, em] = pygame.font.Font(BytesIO(self._bytes[weight]), em)
        return self._fonts[weight, em]


def font_bytes(theme: Theme, weight: Weight) -> bytes:
    """The font of a weight: the theme's own, else Hall Sans; raises OSError."""
    if weight in theme.fonts:
        return theme.fonts[weight].read_bytes()
    with as_file(FONTS / f"HallSans-{weight}.ttf") as path:
        return path.read_bytes()


def proportions(file: PurePath) -> float:
    """Width over height of a picture; raises OSError when it cannot be read."""
    width, height = _loaded(file).get_size()
    return width / height


def _loaded(file: PurePath) -> pygame.Surface:
    try:
        return pygame.image.load(file)
    except pygame.error as error:
        raise OSError(f"{file}: {error}") from error


def _fitted(photo: Photo) -> pygame.Surface:
    """As large as it gets within its box; nothing where it cannot be read."""
    try:
        picture = _loaded(photo.file)
    except OSError:
        return pygame.Surface((1, 1), pygame.SRCALPHA)
    width, height = picture.get_size()
    scale = min(photo.width / width, photo.height / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    if picture.get_bitsize() not in {24, 32}:
        picture = _true_colour(picture)
    return pygame.transform.smoothscale(picture, size)


def _true_colour(picture: pygame.Surface) -> pygame.Surface:
    """A picture of few colours with each colour written out, as `smoothscale` needs it."""
    full = pygame.Surface(picture.get_size(), pygame.SRCALPHA)
    full.blit(picture, (0, 0))
    return full


def save(surface: pygame.Surface, path: Path) -> None:
    """Write a PNG in one step: whoever reads the file sees the old picture or the new one, whole. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.half.png")
    try:
        pygame.image.save(surface, half)
    except pygame.error as error:
        raise OSError(str(error)) from error
    half.replace(path)
