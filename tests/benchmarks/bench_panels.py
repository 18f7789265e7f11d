"""From a call to the panel, with 32 panels on one RS-485 line at 19,200 baud, beside what the wire alone takes.

Prints a table; judges nothing. The far end takes as long as the wire would (tests/displays/paced_line.py). The limit is
the worst that the wire alone makes of it: the exchange that is under way, then the number's own frame.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from displays.panels.rs485_ascii import ANSWER_BYTES, Driver
from tests.benchmarks.bench_press import at
from tests.displays.boards import counter
from tests.displays.kept_panels import kept, tell
from tests.displays.paced_line import BITS_PER_CHARACTER, PacedLine, paced_line

PANELS: Final = 32
BAUDRATE: Final = 19_200
TURNAROUND_MS: Final = 2.0
CALLS: Final = 150
ROUNDS: Final = 5
FRAME_BYTES: Final = 12
WANTED_MS: Final = 200.0
WARM_UP_S: Final = 4.0
"""Dead panels are tried less and less often; by now as seldom as it gets."""


def main() -> None:
    """Print the table."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    frame_ms, exchange_ms = wire_ms(FRAME_BYTES), wire_ms(FRAME_BYTES + ANSWER_BYTES) + TURNAROUND_MS
    dead_ms = frame_ms + Driver(address=1).answer_timeout_s * 1000
    print(
        f"{PANELS} panels at {BAUDRATE} baud, which answer after {TURNAROUND_MS:g} ms: a frame {frame_ms:.1f} ms,"
    )
    print(f"with its answer {exchange_ms:.1f} ms, a try at a dead panel {dead_ms:.1f} ms")
    heads = f"{'p50':>8}{'p99':>8}{'most':>8}{'limit':>8}{'p99/limit':>11}"
    print(f"{'milliseconds from the board to the panel':42}{heads}")
    measured("a call, all alive, refreshed every 2 s", 32, one_by_one, exchange_ms + frame_ms)
    measured("a call, 8 of 32 panels dead", 24, one_by_one, dead_ms + frame_ms)
    measured("32 calls in the same moment", 32, all_at_once, (PANELS - 1) * exchange_ms + frame_ms)


def wire_ms(size: int) -> float:
    """How long so many bytes are on the wire."""
    return size * BITS_PER_CHARACTER / BAUDRATE * 1000


Call = Callable[[dict[int, str]], Awaitable[list[float]]]
"""Shows numbers at counters, and returns the milliseconds until each stood on its panel."""


def measured(
    name: str, alive: int, measure: Callable[[Call, int], Awaitable[list[float]]], limit_ms: float
) -> None:
    """One row of the table."""
    with paced_line(range(1, alive + 1), BAUDRATE, TURNAROUND_MS) as line:
        times_ms = asyncio.run(_on(line, alive, measure))
    p50, p99 = at(times_ms, 0.5), at(times_ms, 0.99)
    within = sum(each <= WANTED_MS for each in times_ms) / len(times_ms)
    print(
        f"{name:42}{p50:8.1f}{p99:8.1f}{max(times_ms):8.1f}{limit_ms:8.1f}{p99 / limit_ms:11.2f}"
        f"   {within:.1%} within {WANTED_MS:g} ms"
    )


async def _on(
    line: PacedLine, alive: int, measure: Callable[[Call, int], Awaitable[list[float]]]
) -> list[float]:
    shown_at_s: dict[tuple[int, str], float] = {}
    loop, shown, rev = asyncio.get_running_loop(), asyncio.Event(), 1

    def note(address: int, text: str, at_s: float) -> None:
        shown_at_s.setdefault((address, text), at_s)
        loop.call_soon_threadsafe(shown.set)

    line.on_shown = note
    tables = [
        {"id": f"p{place}", "model": "rs485_ascii", "address": place, "counter": str(place), "refresh_s": 2.0}
        | {"line": f"serial://{line.device}?baudrate={BAUDRATE}", "blink_s": 0}
        for place in range(1, PANELS + 1)
    ]

    async def call(numbers: dict[int, str]) -> list[float]:
        nonlocal rev
        began_s = time.monotonic()
        for place, number in numbers.items():
            rev += 1
            tell(feed, str(place), counter(rev, "calling", number))
        while not all(each in shown_at_s for each in numbers.items()):
            shown.clear()
            await shown.wait()
        return [(shown_at_s[each] - began_s) * 1000 for each in numbers.items()]

    async with kept(*tables) as feed:
        while len({address for address, _ in shown_at_s}) < alive:
            shown.clear()
            await shown.wait()
        await asyncio.sleep(WARM_UP_S)
        return await measure(call, alive)


async def one_by_one(call: Call, alive: int) -> list[float]:
    """Calls at random counters at random moments."""
    chance = random.Random(19)
    times_ms: list[float] = []
    for number in range(CALLS):
        await asyncio.sleep(chance.uniform(0, 0.1))
        times_ms += await call({chance.randint(1, alive): f"A{number:03}"})
    return times_ms


async def all_at_once(call: Call, alive: int) -> list[float]:
    """Every counter calls in the same moment, several times."""
    times_ms: list[float] = []
    for number in range(ROUNDS):
        times_ms += await call(dict.fromkeys(range(1, alive + 1), f"B{number:03}"))
        await asyncio.sleep(0.3)
    return times_ms
