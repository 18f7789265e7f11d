"""Where a hall screen's pixels go: a window, the whole monitor, or only memory while there is no monitor.

A monitor that comes later, or comes back, is taken within RETRY_S; so is one whose window was closed.
Belongs here: SDL. Never here: what is painted. Importing this module opens nothing.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pygame
import structlog

from displays.config import ScreenSettings

DRM: Final = Path("/sys/class/drm")
RETRY_S: Final = 2.0
"""How often a missing monitor is looked for: a hall's screen must be back within five seconds."""

log = structlog.get_logger()


class Window:
    """A surface to paint on, and its monitor as long as there is one."""

    def __init__(self, settings: ScreenSettings) -> None:
        self._id = settings.id
        self._kind = settings.window
        self._size = (settings.width, settings.height)
        self._monitors: frozenset[str] = frozenset()
        self._next_look_s = 0.0
        self._told = ""
        self.surface = pygame.Surface(self._size)
        self.is_open = False
        self._open()

    def tend(self, at_s: float) -> bool:
        """Look for a monitor that is missing or came back; returns whether there is a new surface to paint on.

        `at_s` are monotonic seconds; it may be called as often as one likes.
        """
        if self._kind in {"none", "window"} or at_s < self._next_look_s:
            return False
        self._next_look_s = at_s + RETRY_S
        came_back = not monitors() <= self._monitors
        if self.is_open and not came_back:
            self._monitors = monitors()
            return False
        self.close()
        return self._open()

    def next_s(self, at_s: float) -> float | None:
        """Seconds until the next look for a monitor; None where none is wanted."""
        return None if self._kind in {"none", "window"} else max(0.0, self._next_look_s - at_s)

    def show(self) -> None:
        """Bring what was painted to the monitor."""
        if self.is_open:
            pygame.display.flip()

    def poll(self) -> tuple[bool, bool]:
        """What people did to the window since the last look: closed it for good, made it need a new painting."""
        if not self.is_open:
            return False, False
        closed = touched = False
        for event in pygame.event.get():
            escape = event.type == pygame.KEYDOWN and event.key == pygame.K_ESCAPE
            if event.type == pygame.QUIT and self._kind != "window":
                self._tell("the window was closed; it is opened again")
                self.close()
                return False, False
            closed = closed or event.type == pygame.QUIT or escape
            if event.type in {pygame.VIDEORESIZE, pygame.WINDOWEXPOSED}:
                self.surface = pygame.display.get_surface() or self.surface
                touched = True
        return closed, touched

    def close(self) -> None:
        """Give the monitor back; what is painted from now on is only in memory."""
        if self.is_open:
            pygame.display.quit()
            self.is_open = False
            self.surface = pygame.Surface(self._size)

    def _open(self) -> bool:
        if self._kind == "none":
            return False
        if self._kind == "auto" and not _has_monitor():
            self._tell("no monitor here; the screen is painted in memory only")
            return False
        try:
            pygame.display.init()
            as_window = self._kind == "window"
            flags = pygame.RESIZABLE if as_window else pygame.FULLSCREEN
            self.surface = pygame.display.set_mode(self._size if as_window else (0, 0), flags)
        except pygame.error as error:
            self._tell(f"no window can be opened; the screen is painted in memory only: {error}")
            return False
        pygame.display.set_caption("Hall screen")
        pygame.mouse.set_visible(False)
        self._monitors = monitors()
        self._tell("the screen has a monitor")
        self.is_open = True
        return True

    def _tell(self, sentence: str) -> None:
        """Log a change, not every look."""
        if sentence != self._told:
            self._told = sentence
            log.info(sentence, screen=self._id)


def monitors() -> frozenset[str]:
    """The sockets of the graphics cards that have a monitor, as in `card1-HDMI-A-1`."""
    found = set()
    for status in DRM.glob("card*-*/status"):
        try:
            if status.read_text("ascii").strip() == "connected":
                found.add(status.parent.name)
        except OSError:
            continue
    return frozenset(found)


def _has_monitor() -> bool:
    """Whether SDL may find a screen: a desktop's address, a driver that somebody chose, or a card with a monitor."""
    if os.environ.get("SDL_VIDEODRIVER") == "dummy":
        return False
    if any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")):
        return True
    return bool(monitors())
