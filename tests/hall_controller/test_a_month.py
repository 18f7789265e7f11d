"""Thirty days without a restart: what the controller keeps in memory, and its log, do not grow (fault 34).

Belongs here: the real controller and journal over many days. Never here: which day it is (domain/test_thirty_days.py).
"""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
from datetime import timedelta
from pathlib import Path

from hall_controller.domain.commands import CallNext, Complete, IssueTicket, OpenCounter
from hall_controller.domain.facts import DayOpened
from tests.hall_controller.live_hall import A_TUESDAY, LiveHall, WallClock

DAYS = 30
SETTLED = 5
"""From that day on there is a day before, which the controller remembers too."""
VISITORS = 30
LARGEST_LOG = 16e6


async def a_day(hall: LiveHall, day: int) -> None:
    """Everybody asks with an identifier of their own; so many at once that a day costs few commits."""
    asked = [
        hall.controller.submit(IssueTicket("land", "submit", paper=False), f"request:{day}-{n}")
        for n in range(VISITORS)
    ]
    await hall.do(OpenCounter("1"))
    for n in range(2):
        await hall.do(CallNext("1"), f"pad-1/1/{10 * day + n}")
    await hall.do(Complete("1"))
    answers = await asyncio.gather(*asked)
    assert [answer.ticket for answer in answers] == [f"A{n:03}" for n in range(1, VISITORS + 1)]


async def test_fault_34_after_thirty_days_the_hall_needs_no_more_memory_than_after_five(
    tmp_path: Path,
) -> None:
    clock = WallClock(A_TUESDAY)
    gc.freeze()  # else looking through all that the tests have loaded takes longer than the month
    tracemalloc.start()
    try:
        async with LiveHall(tmp_path, clock=clock) as hall:
            needed: list[int] = []
            for day in range(DAYS):
                await a_day(hall, day)
                gc.collect()
                needed.append(tracemalloc.get_traced_memory()[0])
                assert (tmp_path / "journal.sqlite-wal").stat().st_size < LARGEST_LOG
                clock.at += timedelta(days=1)
            opened = [record.fact for record in hall.journal.read() if isinstance(record.fact, DayOpened)]
    finally:
        tracemalloc.stop()
        gc.unfreeze()
    assert len(opened) == DAYS
    earlier, later = needed[SETTLED : SETTLED + 10], needed[-10:]
    assert min(later) < 1.1 * min(earlier), "sqlite3 tidies up every few days: its lowest counts"
