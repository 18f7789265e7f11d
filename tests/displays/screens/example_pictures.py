"""An example hall as a picture: what the golden pictures and `make pictures` share."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pygame

from displays.screens.examples import Example
from displays.screens.layout import layout
from displays.screens.paint import Painter, save
from displays.screens.view import view

WIDE: Final = (1920, 1080)
UPRIGHT: Final = (1080, 1920)
UHD: Final = ((3840, 2160), (2160, 3840))


def shapes_of(name: str) -> tuple[tuple[int, int], ...]:
    """Lying and upright; the call and the 64 counters at 4K besides."""
    return (WIDE, UPRIGHT, *UHD) if name in {"calling", "64-counters"} else (WIDE, UPRIGHT)


def painted(example: Example, size: tuple[int, int]) -> pygame.Surface:
    """The screen of this size in this hall."""
    painter, surface = Painter(), pygame.Surface(size)
    said = view(example.known, now=example.now, large=example.large, stale_since=example.stale_since)
    painter.paint(layout(said, *size, painter.measure), surface)
    return surface


def draw_example(example: Example, size: tuple[int, int], file: Path) -> None:
    """The same as a file."""
    save(painted(example, size), file)
