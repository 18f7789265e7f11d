"""One example hall as a picture, on a screen with these settings: no broker, no controller, no window.

Belongs here: view, layout and painting in one go. Never here: what a hall says (examples).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pygame

from displays.config import ScreenSettings
from displays.screens.examples import Example
from displays.screens.layout import layout
from displays.screens.paint import Painter
from displays.screens.setting import logo_of, place_of
from displays.screens.view import View, view


def said(example: Example, settings: ScreenSettings) -> View:
    """What a screen says in this hall."""
    return view(
        example.known,
        now=example.now,
        large=example.large,
        fresh=example.fresh,
        stale_since=example.stale_since,
        place=place_of(settings),
    )


def still(example: Example, settings: ScreenSettings, slide: Path | None = None) -> pygame.Surface:
    """The screen in this hall, as large as its settings say; with a picture, if one has its turn."""
    painter, size = Painter(settings.theme), (settings.width, settings.height)
    surface = pygame.Surface(size)
    page = layout(
        replace(said(example, settings), slide=slide), *size, painter.measure, logo_of(settings.theme)
    )
    painter.paint(page, surface)
    return surface
