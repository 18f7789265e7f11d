"""A hall screen: from a call to its pixels, and what it takes of a processor while nobody is called.

Prints a table; judges nothing. A hall asks for 100 ms and 2 %. Boards come through a real mosquitto; the window is
SDL's own in memory, since a bench has no monitor, so what a monitor adds is not in these figures.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from displays.config import DisplaySettings
from displays.feed import Feed
from displays.screens import highlights
from displays.screens.examples import NAME, fields
from displays.screens.screen import Screen
from displays.screens.view import View
from displays.screens.window import Window
from hall_controller.messages import Payload
from tests.broker import RunningBroker
from tests.displays.boards import TOPICS, call, calls, hall, ready, settings
from tests.displays.controller_on_air import OnAir, on_air

CALLS: Final = 40
IDLE_S: Final = 60.0
HOLD_S: Final = 0.1
"""A call makes room sooner than in a hall, so that the bench takes no hour; the way to the pixels is the same."""
SETTLED_S: Final = 15.0
"""After this long a call has had its moment, its flashing is over, and the program has loaded what it needs."""
SIZES: Final = ((1920, 1080), (3840, 2160))
ROOT: Final = Path(__file__).parents[2]
TICKS: Final = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print the table."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    with tempfile.TemporaryDirectory(prefix="bench-screen-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        highlights.LONGEST_S = highlights.SHORTEST_S = HOLD_S  # type: ignore[misc]
        with RunningBroker(folder) as broker:
            print(f"{'milliseconds':44}{'p50':>8}{'p99':>8}")
            for size in SIZES:
                times_ms = asyncio.run(calls_to_pixels(broker.port, size, CALLS))
                half, most = times_ms[len(times_ms) // 2], times_ms[int(len(times_ms) * 0.99)]
                print(f"{f'call to pixels, {size[0]} x {size[1]}':44}{half:8.2f}{most:8.2f}")
            share = asyncio.run(idle(broker.port, folder, settled_s=SETTLED_S, idle_s=IDLE_S))
            print(f"{f'one processor, nobody called for {IDLE_S:.0f} s':44}{share:8.2%}")


class Watched(Screen):
    """A screen that says when a number stands in the large field of its pixels."""

    wanted = ""
    said = ""

    def __init__(self, machine: DisplaySettings, feed: Feed) -> None:
        super().__init__(machine.screens[0], machine.hall, feed)
        self.painted = asyncio.Event()

    def view(self) -> View:
        page = super().view()
        self.said = page.hero.title
        return page

    async def _look(self, window: Window) -> None:
        before = self.paints
        await super()._look(window)
        if self.paints > before and self.said == self.wanted:
            self.painted.set()


async def calls_to_pixels(port: int, size: tuple[int, int], count: int) -> list[float]:
    """Milliseconds, sorted, from publishing the board of calls until the number stands in the window."""
    machine = settings(port, screen=[{"id": "big", "width": size[0], "height": size[1], "window": "window"}])
    feed = Feed(machine)
    screen = Watched(machine, feed)
    async with on_air(port) as air:
        await air.tell(*busy_hall())
        running = [asyncio.create_task(part) for part in (feed.run(), screen.run())]
        try:
            heard = feed.watch()
            while not feed.newest.calls:
                heard.clear()
                await heard.wait()
            return sorted([await _one_call(screen, air, number) for number in range(2, count + 2)])
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)


async def _one_call(screen: Watched, air: OnAir, number: int) -> float:
    """The milliseconds of one call; those before have had their moment."""
    screen.wanted = f"A{number:03}"
    screen.painted.clear()
    board = calls(number, call(screen.wanted, "5", datetime.now(UTC)))
    began_s = time.perf_counter()
    await air.tell((TOPICS.calls, board))
    await asyncio.wait_for(screen.painted.wait(), timeout=10)
    took_ms = (time.perf_counter() - began_s) * 1000
    await asyncio.sleep(highlights.LONGEST_S + 0.05)
    return took_ms


async def idle(port: int, folder: Path, *, settled_s: float, idle_s: float) -> float:
    """The share of one processor that `hall-display run` takes in a busy hall in which nobody is called."""
    machine = folder / "display.toml"
    machine.write_text(MACHINE.format(port=port), "utf-8")
    async with on_air(port) as air:
        await air.tell(*busy_hall())
        words = (sys.executable, "-m", "displays", "run", str(machine))
        program = await asyncio.create_subprocess_exec(*words, cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            await air.hears("state", "ready")
            await asyncio.sleep(settled_s)
            before_s, began_s = processor_s(program.pid), time.monotonic()
            await asyncio.sleep(idle_s)
            return (processor_s(program.pid) - before_s) / (time.monotonic() - began_s)
        finally:
            program.terminate()
            await program.wait()


def processor_s(pid: int) -> float:
    """Seconds of processor that a process has taken so far, its own and the kernel's for it; proc(5)."""
    after_name = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(int(ticks) for ticks in after_name[11:13]) / TICKS


MACHINE: Final = """
[hall]
id = "example"
[mqtt]
host = "127.0.0.1"
port = {port}
[device]
id = "screen-1"
[[screen]]
width = 1920
height = 1080
window = "window"
"""


def busy_hall() -> list[tuple[str, Payload]]:
    """A hall in which people wait for nine fields, and the last call is long over."""
    now = datetime.now(UTC)
    return [
        (TOPICS.controller_state, ready(now)),
        (TOPICS.hall_board, hall(name=NAME)),
        *fields(),
        (TOPICS.calls, calls(1, call("A001", "5", now - timedelta(minutes=10)))),
    ]
