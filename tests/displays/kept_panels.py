"""Panels that are kept equal to their boards, without a broker: what the feed hears is given to it.

Belongs here: the wiring of a test. Never here: expectations.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from displays.feed import Feed
from displays.lines import Line
from displays.upkeep import Upkeep
from hall_controller.messages import CounterDisplay
from tests.displays.boards import TOPICS, ready, settings

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@asynccontextmanager
async def kept(*tables: dict[str, object]) -> AsyncIterator[Feed]:
    """A feed without a broker whose panels are kept; what it hears is given to `take`."""
    machine = settings(panel=list(tables), screen=[])
    feed = Feed(machine)
    feed.silence.connect()
    feed.take(TOPICS.controller_state, ready(datetime.now(UTC)).model_dump_json().encode(), retained=False)
    lines = {panel.line: Line(panel.line) for panel in machine.panels}
    upkeeps = [Upkeep(panel, lines[panel.line], feed, TOPICS, ZONE) for panel in machine.panels]
    tasks = [asyncio.create_task(upkeep.run()) for upkeep in upkeeps]
    try:
        yield feed
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for line in lines.values():
            await line.close()


def tell(feed: Feed, place: str, board: CounterDisplay) -> None:
    feed.take(TOPICS.display(place), board.model_dump_json().encode(), retained=False)


async def until_told(feed: Feed, words: str) -> str:
    while words not in (status := feed.told.status()):
        feed.told.changed.clear()
        await feed.told.changed.wait()
    return status
