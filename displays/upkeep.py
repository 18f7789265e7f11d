"""Keeps one LED panel equal to its counter's newest board, through noise, silence and power cuts.

Belongs here: when a frame is sent, repeated or tried again. Never here: what it looks like, how it travels.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from displays.config import PanelSettings
from displays.feed import Feed
from displays.lines import Line
from displays.newest import Number
from displays.panels import Face
from hall_controller.errors import LineError
from hall_controller.messages import CounterDisplay

FIRST_RETRY_S: Final = 0.1
LONGEST_RETRY_S: Final = 2.0

log = structlog.get_logger()


class Upkeep:
    """One panel and what stands on it."""

    def __init__(self, panel: PanelSettings, line: Line, feed: Feed, topic: str, zone: ZoneInfo) -> None:
        self._panel = panel
        self._line = line
        self._feed = feed
        self._topic = topic
        self._zone = zone
        self._shown: Face | None = None
        self._told_at_s = 0.0
        self._failures = 0
        self._call: tuple[str | None, int] | None = None
        self._blink_until_s = 0.0
        feed.told.surface(panel.id, lambda heard: heard == topic)

    async def run(self) -> None:
        """Show every change until cancelled."""
        changed = self._feed.watch()
        while True:
            changed.clear()
            number = self._feed.newest.number(self._topic)
            face = self._face()
            if self._is_due(face):
                await self._show(face)
            if self._shown == visible(face):
                self._confirm(number)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._next_look_s()):
                    await changed.wait()

    def _face(self) -> Face:
        display = self._feed.newest.counters.get(self._panel.counter)
        stale_since = self._feed.stale_since()
        return Face(
            counter=self._panel.counter,
            display=display,
            blink=self._blinks(display),
            stale_since=stale_since.astimezone(self._zone) if stale_since else None,
            wanted=self._feed.orders.wanted(time.monotonic()),
            time=self._feed.now().astimezone(self._zone),
        )

    def _blinks(self, display: CounterDisplay | None) -> bool:
        """A call blinks from when it arrives; one that stood there when this machine started, only while it is news."""
        at_s, blink_s = time.monotonic(), self._panel.driver.blink_s
        if display is None or display.state != "calling":
            self._call = None if display is None else (None, 0)
            return False
        call = (display.ticket, display.call)
        if call != self._call:
            age_s = (self._feed.now() - display.since).total_seconds() if self._call is None else 0.0
            self._blink_until_s = at_s + max(0.0, blink_s - max(0.0, age_s))
            self._call = call
        return at_s < self._blink_until_s

    def _is_due(self, face: Face) -> bool:
        if self._shown != visible(face):
            return True
        refresh_s = self._panel.driver.refresh_s
        return refresh_s > 0 and time.monotonic() - self._told_at_s >= refresh_s

    async def _show(self, face: Face) -> None:
        driver = self._panel.driver
        try:
            await self._line.exchange(driver.encode(face), driver.judge, driver.answer_timeout_s)
        except LineError as error:
            self._shown = None
            self._failures += 1
            if self._failures == 1:
                log.warning("a panel does not answer", panel=self._panel.id, reason=str(error))
            self._feed.told.fails(self._panel.id, str(error))
            return
        if self._failures:
            log.info("a panel answers again", panel=self._panel.id, failures=self._failures)
        self._failures = 0
        self._shown = visible(face)
        self._told_at_s = time.monotonic()

    def _confirm(self, number: Number) -> None:
        self._feed.told.shows(self._panel.id, {self._topic: number})

    def _next_look_s(self) -> float | None:
        """Seconds until something changes by itself: a retry, the blinking, an order, a silence that must be told."""
        at_s = time.monotonic()
        waits = [self._feed.stale_in_s(), self._feed.orders.ends_in_s(at_s)]
        if self._failures:
            waits.append(min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** min(self._failures - 1, 8)))
        if at_s < self._blink_until_s:
            waits.append(self._blink_until_s - at_s)
        if self._panel.driver.refresh_s > 0 and not self._failures:
            waits.append(max(0.0, self._told_at_s + self._panel.driver.refresh_s - at_s))
        return min((wait for wait in waits if wait is not None), default=None)


def visible(face: Face) -> Face:
    """The face without what nobody can see, so that a board repeated under a new number is no change."""
    if face.display is None:
        return face
    display = face.display
    return replace(face, display=display.model_copy(update={"epoch": 0, "rev": 0, "since": None}))
