"""One hall screen at work: looks at the feed, paints when its words changed, and keeps a picture of itself if asked to.

Belongs here: when a screen is painted. Never here: what it says (view), where (layout) or in which colours (theme).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pygame
import structlog

from displays.config import HallSettings, ScreenSettings
from displays.feed import Feed
from displays.screens.highlights import Highlights
from displays.screens.layout import layout
from displays.screens.paint import Painter, save
from displays.screens.setting import logo_of, place_of, slides_of
from displays.screens.sheet import Page
from displays.screens.view import Hero, View, board_calls, counter_calls, view
from displays.screens.window import Window

POLL_S: Final = 0.05
"""A window answers to its owner this quickly; without a window nothing is polled."""
FLASH_S: Final = 1.5
"""How long the accent goes on and off when a call becomes large: at most 5 s, by the hall's rule."""
FLASH_HZ: Final = 2.0
"""At most 3 Hz, so that it harms nobody (WCAG 2.2, success criterion 2.3.1)."""

log = structlog.get_logger()


class WindowClosed(Exception):
    """Somebody closed the window."""


class Screen:
    """A hall screen of this machine."""

    def __init__(self, settings: ScreenSettings, hall: HallSettings, feed: Feed) -> None:
        self._settings = settings
        self._hall = hall
        self._feed = feed
        self._painter = Painter(settings.theme)
        self._highlights = Highlights()
        self._painted: Page | None = None
        self._place = place_of(settings)
        self._logo = logo_of(settings.theme)
        self._slides = slides_of(settings)
        self._slide: Path | None = None
        self._reading: asyncio.Task[None] | None = None
        self._changed = feed.watch()
        self._settled_in = 0
        self.paints = 0
        """How often this screen was painted since it started."""
        feed.told.surface(settings.id, lambda topic: "/device/" not in topic)

    async def run(self) -> None:
        """Show every change until cancelled; raises WindowClosed when its window is closed."""
        window = Window(self._settings)
        try:
            while True:
                self._changed.clear()
                await self._look(window)
                await self._rest(window)
        finally:
            window.close()
            if self._reading is not None:
                self._reading.cancel()

    async def _look(self, window: Window) -> None:
        numbers = dict(self._feed.newest.numbers())
        surface = window.surface
        page = self.laid(self.view(), surface.get_size())
        if page != self._painted:
            self._painted = page
            self.paints += 1
            self._painter.paint(page, surface)
            window.show()
            if self._settings.picture is not None:
                await self._keep(surface, self._settings.picture)
        self._feed.told.shows(self._settings.id, numbers)

    def laid(self, said: View, size: tuple[int, int]) -> Page:
        """What it says on a screen of this size, with a picture in a quiet hour.

        A picture is read in another thread and shown when it is ready: no call waits for it.
        """
        hall = self._feed.newest.hall
        quiet = said.hero.kind == "message" and not said.stale and hall is not None and hall.open
        wanted = self._slides.wanted(quiet=quiet, now=self._feed.now(), at_s=time.monotonic())
        if wanted is None:
            return self._set(said, size)
        page = self._set(replace(said, slide=wanted), size)
        if self._painter.is_ready(page):
            self._slide = wanted
            return page
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._read(page))
        before = self._set(replace(said, slide=self._slide), size)
        return before if self._painter.is_ready(before) else self._set(said, size)

    def _set(self, said: View, size: tuple[int, int]) -> Page:
        return layout(said, *size, self._painter.measure, self._logo)

    async def _read(self, page: Page) -> None:
        await asyncio.to_thread(self._painter.prepare, page)
        self._changed.set()

    async def _keep(self, surface: pygame.Surface, path: Path) -> None:
        """Save a copy in a thread: compressing two million pixels takes longer than a call may wait."""
        try:
            await asyncio.to_thread(save, surface.copy(), path)
        except OSError as error:
            log.warning("the screen's picture cannot be written", path=str(path), reason=str(error))

    def picture(self) -> pygame.Surface:
        """What the screen shows now, in memory."""
        surface = pygame.Surface((self._settings.width, self._settings.height))
        self._painter.paint(self._set(self.view(), surface.get_size()), surface)
        return surface

    def view(self) -> View:
        """What the screen says now; takes new calls into the queue of highlights."""
        newest, now, at_s = self._feed.newest, self._feed.now(), time.monotonic()
        if newest.calls is not None or newest.counters:
            calls = [*board_calls(newest), *counter_calls(newest)]
            self._highlights.hear(calls, now=now, settled=self._is_settled())
        order = self._feed.orders.wanted(at_s)
        zone = self._zone()
        large = self._highlights.current(at_s)
        stale_since = self._feed.stale_since()
        page = view(
            newest,
            now=now.astimezone(zone),
            large=large,
            fresh=self._highlights.waiting,
            place=self._place,
            stale_since=stale_since.astimezone(zone) if stale_since else None,
            lit=self._is_lit(at_s),
        )
        return page if order == "board" else self._identity(page)

    def _is_settled(self) -> bool:
        """Whether this connection's first board of calls was taken in before: then unknown calls are news."""
        connection = self._feed.connections
        settled = self._settled_in == self._feed.calls_heard_in == connection
        if self._feed.calls_heard_in == connection:
            self._settled_in = connection
        return settled

    def _identity(self, page: View) -> View:
        """The screen's own name, for the technician in front of it."""
        size = f"{self._settings.width} x {self._settings.height}"
        hero = Hero("message", self._settings.id, detail=size, english="identify")
        return replace(page, hero=hero, rows=(), queues=())

    def _zone(self) -> tzinfo:
        hall = self._feed.newest.hall
        with contextlib.suppress(ZoneInfoNotFoundError, ValueError):
            return ZoneInfo(hall.timezone if hall else self._hall.timezone)
        return ZoneInfo(self._hall.timezone)

    def _is_lit(self, at_s: float) -> bool:
        shown_s = self._highlights.shown_for(at_s)
        return not self._settings.flash or shown_s >= FLASH_S or shown_s * FLASH_HZ % 1 < 0.5  # noqa: PLR2004 - half on, half off

    async def _rest(self, window: Window) -> None:
        """Sleep until something is new, a moment has passed, or somebody touched the window."""
        until_s = time.monotonic() + self._next_look_s()
        while (left := until_s - time.monotonic()) > 0 and not self._changed.is_set():
            tended_s = window.next_s(time.monotonic())
            left = left if tended_s is None else min(left, max(tended_s, POLL_S))
            closed, touched = window.poll()
            if closed:
                raise WindowClosed
            if window.tend(time.monotonic()) or touched:
                self._painted = None
                return
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(left, POLL_S) if window.is_open else left):
                    await self._changed.wait()

    def _next_look_s(self) -> float:
        """Seconds until the view changes by itself: the minute, a highlight, half a flash, an order, a silence."""
        at_s, now = time.monotonic(), self._feed.now()
        waits = [
            60 - now.second - now.microsecond / 1e6,
            self._settings.turn_s - now.timestamp() % self._settings.turn_s,
            self._slides.next_s(now, at_s),
            self._feed.stale_in_s(),
            self._feed.orders.ends_in_s(at_s),
        ]
        ends_s = self._highlights.ends_s()
        if ends_s is not None:
            waits.append(ends_s - at_s)
            shown_s = self._highlights.shown_for(at_s)
            if self._settings.flash and shown_s < FLASH_S:
                half_s = 0.5 / FLASH_HZ
                waits.append(half_s - shown_s % half_s)
        return max(0.005, min(wait for wait in waits if wait is not None))
