"""Whose turn it is on a line that several panels share: news first, then who has waited longest.

Belongs here: order. Never here: bytes, panels, time. Whether somebody has news is asked when a turn is given away,
not when it was asked for: a panel that waits to be refreshed goes first as soon as its number changes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

HasNews = Callable[[], bool]


class Turns:
    """One turn at a time."""

    def __init__(self) -> None:
        self._taken = False
        self._waiting: list[tuple[HasNews, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def turn(self, has_news: HasNews) -> AsyncIterator[None]:
        """Wait for a turn, and give it away at the end."""
        await self._take(has_news)
        try:
            yield
        finally:
            self._give_away()

    async def _take(self, has_news: HasNews) -> None:
        if not self._taken:
            self._taken = True
            return
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        entry = (has_news, mine)
        self._waiting.append(entry)
        try:
            await mine
        except asyncio.CancelledError:
            if entry in self._waiting:
                self._waiting.remove(entry)
            else:  # the turn came in the moment in which it was not wanted any more
                self._give_away()
            raise

    def _give_away(self) -> None:
        if not self._waiting:
            self._taken = False
            return
        first = next((at for at, (has_news, _) in enumerate(self._waiting) if has_news()), 0)
        _, mine = self._waiting.pop(first)
        mine.set_result(None)
