"""Where a hall screen's pixels go: a window, the whole monitor, or only memory where there is no monitor.

Belongs here: SDL. Never here: what is painted. Importing this module opens nothing.
"""

from __future__ import annotations

import os
from pathlib import Path

import pygame
import structlog

from displays.config import ScreenSettings

log = structlog.get_logger()


class Window:
    """A surface to paint on, and its monitor if there is one."""

    def __init__(self, settings: ScreenSettings) -> None:
        self._size = (settings.width, settings.height)
        self._flags = pygame.RESIZABLE if settings.window == "window" else pygame.FULLSCREEN
        self.surface = pygame.Surface(self._size)
        self.is_open = settings.window != "none" and self._try_to_open(settings)

    def _try_to_open(self, settings: ScreenSettings) -> bool:
        if settings.window == "auto" and not _has_monitor():
            log.info("no monitor here; the screen is painted in memory only", screen=settings.id)
            return False
        try:
            pygame.display.init()
            size = self._size if settings.window == "window" else (0, 0)
            self.surface = pygame.display.set_mode(size, self._flags)
        except pygame.error as error:
            log.warning("no window can be opened; the screen is painted in memory only", reason=str(error))
            return False
        pygame.display.set_caption("Hall screen")
        pygame.mouse.set_visible(False)
        return True

    def show(self) -> None:
        """Bring what was painted to the monitor."""
        if self.is_open:
            pygame.display.flip()

    def poll(self) -> tuple[bool, bool]:
        """What people did to the window since the last look: closed it, changed its size."""
        if not self.is_open:
            return False, False
        closed = resized = False
        for event in pygame.event.get():
            escape = event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE
            closed = closed or event.type == pygame.QUIT or escape
            if event.type in {pygame.VIDEORESIZE, pygame.WINDOWEXPOSED}:
                self.surface = pygame.display.get_surface() or self.surface
                resized = True
        return closed, resized

    def close(self) -> None:
        if self.is_open:
            pygame.display.quit()
            self.is_open = False


def _has_monitor() -> bool:
    """Whether SDL may find a screen: a desktop's address, a driver that somebody chose, or a graphics card."""
    if os.environ.get("SDL_VIDEODRIVER") == "dummy":
        return False
    if any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")):
        return True
    return any(Path("/dev/dri").glob("card*"))
