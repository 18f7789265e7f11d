"""Pixels: boxes and words of a layout onto a pygame surface, and a surface into a PNG.

Belongs here: fonts, blitting, saving. Never here: what is said or where it stands. Needs no screen: it is memory.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from io import BytesIO
from pathlib import Path
from typing import Final

import pygame

from displays.screens.sheet import Block, Page, Words
from displays.screens.theme import Weight

FONTS: Final = files("displays") / "assets" / "fonts"


class Painter:
    """Fonts in the sizes that were needed so far; measures and paints with them."""

    def __init__(self) -> None:
        pygame.font.init()
        self._fonts: dict[tuple[Weight, int], pygame.font.Font] = {}
        self._bytes: dict[Weight, bytes] = {}
        self.paints = 0
        """How many pages were painted since the start."""

    def measure(self, text: str, em: int, weight: Weight) -> int:
        """The width of a line of text, in pixels."""
        return self._font(em, weight).size(text)[0]

    def paint(self, page: Page, surface: pygame.Surface) -> None:
        """Paint a whole page; it is as large as the surface."""
        self.paints += 1
        surface.fill(page.ground)
        for item in page.items:
            if isinstance(item, Block):
                pygame.draw.rect(
                    surface, item.colour, (item.x, item.y, item.width, item.height), border_radius=item.radius
                )
            else:
                self._write(item, surface)

    def _write(self, words: Words, surface: pygame.Surface) -> None:
        font = self._font(words.em, words.weight)
        line = font.render(words.text, True, words.colour)  # noqa: FBT003 - pygame's own signature: smooth edges
        surface.blit(line, (words.x, words.baseline - font.get_ascent()))

    def _font(self, em: int, weight: Weight) -> pygame.font.Font:
        if (weight, em) not in self._fonts:
            if weight not in self._bytes:
                with as_file(FONTS / f"HallSans-{weight}.ttf") as path:
                    self._bytes[weight] = path.read_bytes()
            self._fonts[weight, em] = pygame.font.Font(BytesIO(self._bytes[weight]), em)
        return self._fonts[weight, em]


def save(surface: pygame.Surface, path: Path) -> None:
    """Write a PNG in one step: whoever reads the file sees the old picture or the new one, whole. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.half.png")
    try:
        pygame.image.save(surface, half)
    except pygame.error as error:
        raise OSError(str(error)) from error
    half.replace(path)
