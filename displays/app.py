"""THE wiring of a display machine: one feed, its panels, its screens and its voice, started and stopped together.

Belongs here: which part gets which. Never here: what any part does. Importing this module starts nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from displays.config import DisplaySettings, ScreenSettings
from displays.feed import Feed
from displays.lines import Line
from displays.screens.examples import EXAMPLES
from displays.screens.paint import save
from displays.screens.screen import Screen, WindowClosed
from displays.screens.still import still
from displays.speech.sound_card import SoundCard
from displays.speech.voice import Voice
from displays.upkeep import Upkeep
from hall_controller import systemd
from hall_controller.errors import BrokerError
from hall_controller.messages import Topics

BOARDS_S: Final = 3.0
"""A broker hands out what it has kept within milliseconds; after this long there is nothing to come."""
FAREWELL_S: Final = 1.0
"""Long enough to mark 32 panels on a slow line as old; whoever waits for the end of the program does not notice."""
QUIET_S: Final = 0.2
"""When nothing came for this long after the first board, all have come."""

ALIVE_EVERY_S: Final = 1.0
"""How often systemd is told that the event loop turns."""

log = structlog.get_logger()


async def run(settings: DisplaySettings) -> None:
    """Run every panel and screen until SIGINT, SIGTERM or the closing of the window."""
    feed = Feed(settings)
    lines = {panel.line: Line(panel.line) for panel in settings.panels}
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        await _work(settings, feed, lines, stop)
    except* WindowClosed:
        log.info("the window was closed")
    finally:
        for line in lines.values():
            await line.close()
        await feed.say_goodbye()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


async def _work(settings: DisplaySettings, feed: Feed, lines: dict[str, Line], stop: asyncio.Event) -> None:
    topics, zone = Topics(settings.hall.id), ZoneInfo(settings.hall.timezone)
    upkeeps = [Upkeep(panel, lines[panel.line], feed, topics, zone) for panel in settings.panels]
    screens = [Screen(screen, settings.hall, feed) for screen in settings.screens]
    voices = [
        Voice(voice, feed, topics.announcement, zone, SoundCard(voice.output))
        for voice in [settings.voice]
        if voice is not None
    ]
    parts = [
        _alive(),
        feed.run(),
        *(upkeep.run() for upkeep in upkeeps),
        *(screen.run() for screen in screens),
        *(voice.run() for voice in voices),
    ]
    try:
        await together(parts, stop)
    finally:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(FAREWELL_S):
                await asyncio.gather(*(upkeep.farewell() for upkeep in upkeeps))


async def _alive() -> None:
    """Tell systemd that the display runs, then every second that its event loop still turns."""
    systemd.notify("READY=1")
    while True:
        systemd.notify("WATCHDOG=1")
        await asyncio.sleep(ALIVE_EVERY_S)


async def together(parts: list[Coroutine[None, None, None]], stop: asyncio.Event) -> None:
    """Run all parts until `stop`, or until the first of them fails, whose error is raised."""
    async with asyncio.TaskGroup() as tasks:
        running = [tasks.create_task(part) for part in parts]
        await stop.wait()
        systemd.notify("STOPPING=1")
        for task in running:
            task.cancel()


async def picture(settings: DisplaySettings, path: Path) -> bool:
    """Save what the hall screen shows now as a PNG, beside whatever is running; returns whether the hall was heard.

    Raises BrokerError without a broker, OSError when the file cannot be written.
    """
    feed = Feed(settings, speak=False)
    shape = settings.screens[0] if settings.screens else ScreenSettings()
    screen = Screen(shape.model_copy(update={"flash": False}), settings.hall, feed)
    listening = asyncio.create_task(feed.run())
    try:
        await _boards(feed, settings)
        surface = screen.picture()
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
    save(surface, path)
    return feed.newest.hall is not None or feed.newest.calls is not None


async def example(settings: DisplaySettings, state: str, path: Path) -> None:
    """Save what the hall screen would show in an example hall; raises OSError when the file cannot be written."""
    shape = settings.screens[0] if settings.screens else ScreenSettings()
    save(still(EXAMPLES[state](), shape), path)


async def _boards(feed: Feed, settings: DisplaySettings) -> None:
    """Wait until the broker has handed out what it kept."""
    changed = feed.watch()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(BOARDS_S):
            while feed.newest.hall is None or feed.newest.calls is None or feed.newest.controller is None:
                changed.clear()
                await changed.wait()
            while await _came(changed):
                changed.clear()
    if not feed.connections:
        host, port = settings.mqtt.host, settings.mqtt.port
        raise BrokerError(
            f"no MQTT broker answers at {host}:{port}; start mosquitto or give --set mqtt.port=..."
        )


async def _came(changed: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(QUIET_S):
            await changed.wait()
    except TimeoutError:
        return False
    return True
