"""A hall with everything that one counter needs, for a story: kiosk, pads, LED panel, hall screen, printer.

Belongs here: what people in the hall do and see, in verbs. Never here: what should happen.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PIL.Image import Image

from displays.config import DisplaySettings, read
from displays.feed import Feed
from displays.lines import Line
from displays.screens.screen import Screen
from displays.screens.view import View
from displays.upkeep import Upkeep
from hall_controller.devices.printers import escpos_picture
from hall_controller.messages import Topics
from tests.broker import RunningBroker
from tests.displays.led_panel import LedPanel, led_panel
from tests.mqtt_peers import Pad
from tests.running_hall import RunningHall

TOPICS = Topics("tuyen-quang")
PATIENCE_S = 15.0
POSITION = 3
"""The address on the switches of the LED panel."""


@dataclass
class OpenedHall:
    """Counter 1 of the reference hall, and what hangs on it."""

    controller: RunningHall
    call_pad: Pad
    rating_pad: Pad
    panel: LedPanel
    paper: Path
    feed: Feed
    screen: Screen
    seen: int = 0
    """Frames of the panel that the story has read."""

    async def visitor_takes_a_number(self, service: str, purpose: str) -> dict[str, Any]:
        """At the kiosk, by HTTP; the answer."""
        wish = {"service": service, "purpose": purpose, "kiosk": "kiosk-1"}
        status, given = await asyncio.to_thread(self.controller.post, "/api/tickets", wish)
        assert status == 201, given
        answer: dict[str, Any] = given
        return answer

    async def officer_presses(self, key: str) -> tuple[str, str | None]:
        """A key of the call pad, by MQTT; how it was answered, and with which number."""
        ack = await self.call_pad.press(key)
        return ack["result"], ack["ticket"]

    async def visitor_rates(self, score: int) -> tuple[str, str | None]:
        """A key of the rating pad."""
        ack = await self.rating_pad.send({"score": score})
        return ack["result"], ack["ticket"]

    async def panel_shows(self, text: str) -> None:
        """Wait until the LED panel, at the far end of its RS-485 line, is told this after what was seen there last."""
        earlier = sum(frame.text.strip() == text for frame in self.panel.shown[: self.seen])
        frame = await asyncio.to_thread(self.panel.wait_for, text, count=earlier + 1)
        self.seen = self.panel.shown.index(frame) + 1

    async def screen_says(self, so: Callable[[View], bool]) -> View:
        """Wait until the hall screen's words are so; the words."""
        changed = self.feed.watch()
        async with asyncio.timeout(PATIENCE_S):
            while not so(words := self.screen.view()):
                changed.clear()
                await changed.wait()
        return words

    def printed(self) -> list[Image]:
        """The papers that came out of the printer, read back from its bytes."""
        return escpos_picture.pictures(self.paper.read_bytes(), 80)

    async def told(self) -> dict[str, Any]:
        """The whole hall as the controller tells it, without what differs from start to start."""
        _, whole = await asyncio.to_thread(self.controller.get, "/api/hall")
        boards = {key: whole[key] for key in ("counters", "queues", "calls", "desks")}
        for board in [*boards["counters"].values(), *boards["queues"].values()]:
            del board["rev"]
        return boards

    async def power_fails_and_returns(self) -> None:
        """The controller is killed, and started again on the same journal."""
        await asyncio.to_thread(self.controller.kill)
        await asyncio.to_thread(self.controller.start)


@asynccontextmanager
async def opened_hall(folder: Path) -> AsyncIterator[OpenedHall]:
    """Broker, controller, display machine and pads, until the story is over."""
    async with AsyncExitStack() as parts:
        broker = parts.enter_context(RunningBroker(folder))
        paper = folder / "paper"
        settings = (
            "device.printer-1.model=file",
            f"device.printer-1.line=file://{paper}",
            "calls.recall_gap_s=0",  # nobody in a story waits five seconds before calling once more
        )
        controller = RunningHall(folder / "data", mqtt_port=broker.port, settings=settings)
        parts.callback(controller.kill)
        await asyncio.to_thread(controller.start)
        panel = parts.enter_context(led_panel(POSITION))
        machine = _display_machine(broker.port, panel.device)
        feed = Feed(machine)
        line = Line(machine.panels[0].line)
        parts.push_async_callback(line.close)
        upkeep = Upkeep(machine.panels[0], line, feed, TOPICS, ZoneInfo(machine.hall.timezone))
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(feed.run()), group.create_task(upkeep.run())]
            async with (
                Pad(broker.port, "pad-1", TOPICS) as call_pad,
                Pad(broker.port, "rating-1", TOPICS) as rating_pad,
            ):
                screen = Screen(machine.screens[0], machine.hall, feed)
                yield OpenedHall(controller, call_pad, rating_pad, panel, paper, feed, screen)
            for task in tasks:
                task.cancel()


def _display_machine(mqtt_port: int, panel_device: str) -> DisplaySettings:
    panel = {
        "id": "panel-1",
        "model": "rs485_ascii",
        "line": f"serial://{panel_device}",
        "counter": "1",
        "address": POSITION,
        "blink_s": 0.0,
    }
    return read(
        {
            "hall": {"id": TOPICS.hall},
            "mqtt": {"host": "127.0.0.1", "port": mqtt_port},
            "device": {"id": "screen-1"},
            "screen": [{"window": "none"}],
            "panel": [panel],
        },
        "the story's display.toml",
    )
