"""Keeps one LED panel equal to its counter's newest board, through noise, silence and power cuts.

Belongs here: when a frame is sent, repeated or tried again. Never here: what it looks like, how it travels.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import replace
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from displays.config import PanelSettings
from displays.feed import Feed
from displays.flashing import Flashing
from displays.lines import Line
from displays.panels import Face
from hall_controller.errors import LineError
from hall_controller.messages import Topics

FIRST_RETRY_S: Final = 0.05
LONGEST_RETRY_S: Final = 2.0
"""A display must be right two seconds after it can be."""
PATIENCE: Final = 3
"""A panel that failed so often in a row is taken for dead: its news does not go before that of the others any more."""

log = structlog.get_logger()


class Upkeep:
    """One panel and what stands on it."""

    def __init__(self, panel: PanelSettings, line: Line, feed: Feed, topics: Topics, zone: ZoneInfo) -> None:
        self._panel = panel
        self._driver = panel.driver
        self._line = line
        self._feed = feed
        self._topics = topics
        self._zone = zone
        self._flashing = Flashing(panel.driver.blink_s, panel.driver.flash_hz)
        self._shown: Face | None = None
        self._told_at_s = 0.0
        self._failures = 0
        self._retry_at_s = 0.0
        feed.told.surface(panel.id, lambda heard: heard == self._topic)

    @property
    def _counter(self) -> str:
        """Where the panel stands now."""
        return self._feed.place.counter(self._panel)

    @property
    def _topic(self) -> str:
        """The board that it shows."""
        return self._topics.display(self._counter)

    async def run(self) -> None:
        """Show every change until cancelled."""
        changed = self._feed.watch()
        while True:
            changed.clear()
            number = self._feed.newest.number(self._topic)
            if self._is_due(self._face()):
                async with self._line.turn(self._has_news):
                    number = self._feed.newest.number(self._topic)
                    face = self._face()
                    if self._is_due(face):
                        await self._show(face)
            if self._shown == visible(self._face()):
                self._feed.told.shows(self._panel.id, {self._topic: number})
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._next_look_s()):
                    await changed.wait()

    async def farewell(self) -> None:
        """Mark what stands on the panel as old, once: from now on nobody keeps it equal to anything."""
        now = self._feed.now().astimezone(self._zone)
        face = replace(self._face(), blink=False, dark=False, wanted="board")
        if self._failures == 0 and face.stale_since is None:
            async with self._line.turn(lambda: True):
                await self._show(replace(face, stale_since=now, time=now))

    def _face(self) -> Face:
        at_s, now, stale_since = time.monotonic(), self._feed.now(), self._feed.stale_since()
        display = self._feed.newest.counters.get(self._counter)
        if stale_since and now - stale_since >= timedelta(seconds=self._driver.keep_number_s):
            display = None
        blink = self._flashing.look(display, now, at_s)
        return Face(
            counter=self._counter,
            display=display,
            blink=blink,
            dark=blink and self._flashing.is_dark(at_s),
            stale_since=stale_since.astimezone(self._zone) if stale_since else None,
            wanted=self._feed.orders.wanted(at_s),
            time=now.astimezone(self._zone),
        )

    def _has_news(self) -> bool:
        """Whether people wait for it: another number or state; no refresh, end of blinking or try at a dead panel."""
        face, shown = visible(self._face()), self._shown
        if shown is None:
            return self._failures < PATIENCE
        return (face.display, face.wanted) != (shown.display, shown.wanted)

    def _is_due(self, face: Face) -> bool:
        at_s, refresh_s = time.monotonic(), self._driver.refresh_s
        if self._failures:
            return at_s >= self._retry_at_s
        return self._shown != visible(face) or 0 < refresh_s <= at_s - self._told_at_s

    async def _show(self, face: Face) -> None:
        try:
            for step in self._driver.steps(face):
                await self._line.exchange(step, self._driver.answer_timeout_s)
        except LineError as error:
            self._failed(str(error))
        except Exception as error:  # noqa: BLE001 - the one supervised loop of a panel: a driver's fault stops no other
            self._failed(f"the driver {self._panel.model} failed: {error!r}; please report this line")
        else:
            if self._failures:
                log.info("a panel answers again", panel=self._panel.id, failures=self._failures)
            self._failures = 0
            self._shown = visible(face)
            self._told_at_s = time.monotonic()

    def _failed(self, sentence: str) -> None:
        self._shown = None
        self._failures += 1
        wait_s = min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** min(self._failures - 1, 8))
        self._retry_at_s = time.monotonic() + wait_s
        if self._failures == 1:
            log.warning("a panel does not answer", panel=self._panel.id, reason=sentence)
        self._feed.told.fails(self._panel.id, sentence)

    def _next_look_s(self) -> float | None:
        """Seconds until something changes by itself: a retry, the blinking, an order, a silence that must be told."""
        at_s = time.monotonic()
        if self._failures:
            return max(0.0, self._retry_at_s - at_s)
        waits = [
            self._feed.stale_in_s(),
            self._feed.orders.ends_in_s(at_s),
            self._flashing.changes_in_s(at_s),
            self._number_goes_in_s(),
        ]
        if self._driver.refresh_s > 0:
            waits.append(max(0.0, self._told_at_s + self._driver.refresh_s - at_s))
        return min((wait for wait in waits if wait is not None), default=None)

    def _number_goes_in_s(self) -> float | None:
        """Seconds until a number that nobody answers for is taken away; None when none stands there."""
        stale_since = self._feed.stale_since()
        if stale_since is None or self._shown is None or self._shown.display is None:
            return None
        gone = stale_since + timedelta(seconds=self._driver.keep_number_s)
        return max(0.0, (gone - self._feed.now()).total_seconds())


def visible(face: Face) -> Face:
    """The face without what nobody can see, so that a board repeated under a new number is no change."""
    if face.display is None:
        return face
    display = face.display
    return replace(face, display=display.model_copy(update={"epoch": 0, "rev": 0, "since": None}))
