"""From a press to the display: how long it takes, beside what broker and disk alone would take in the same run.

Prints a table; judges nothing. The controller is a process of its own, as in a hall; pad and display are two clients
of the same real mosquitto. Everything happens in a temporary folder, which BENCH_DIR may name (a card, a disk).
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import aiomqtt
import uvloop

from hall_controller.mqtt import STRAIGHT_AWAY, Broker
from tests.broker import RunningBroker
from tests.running_hall import EXAMPLE, RunningHall

PRESSES: Final = 400
ROUNDS: Final = 8
COUNTERS: Final = 64
ROOT: Final = "qms/1/tuyen-quang/"
PRESS: Final = b'{"boot":1,"seq":100,"key":"pause"}'
DISPLAY_BYTES: Final = 260
"""A counter's display as the controller sends it."""


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR"), prefix="bench-press-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        hall_file = hall_of_64(folder / "hall.toml")
        with RunningBroker(folder) as broker:
            hall = RunningHall(folder / "data", mqtt_port=broker.port, settings=UNHURRIED, hall=hall_file)
            hall.start()
            try:
                uvloop.run(measure(folder, broker.port, hall))
            finally:
                hall.stop()


UNHURRIED: Final = ("dispenser.gap_s=0", "dispenser.per_minute=0")


async def measure(folder: Path, port: int, hall: RunningHall) -> None:
    """The limit, single presses, and all counters at once."""
    trips = await one_way_trips(port)
    commits = raw_commits(folder)
    presses = await single_presses(port)
    again = await one_way_trips(port)
    trips_ms = sorted(trips + again)
    limit = [2 * at(trips_ms, share) + at(commits, share) for share in (0.5, 0.99)]
    print(f"{'milliseconds':44}{'p50':>8}{'p99':>8}")
    row("one raw QoS 1 trip", trips_ms)
    row("one raw commit, synchronous=FULL", commits)
    print(f"{'limit: two trips and a commit, each alone':44}{limit[0]:8.2f}{limit[1]:8.2f}")
    row("press to display", presses)
    ratios = [at(presses, share) / alone for share, alone in zip((0.5, 0.99), limit, strict=True)]
    print(f"{'  of the limit':44}{ratios[0]:8.2f}{ratios[1]:8.2f}")
    row(f"{COUNTERS} counters calling at once", await all_at_once(port, hall))


def row(name: str, times_ms: list[float]) -> None:
    """One line of the table."""
    print(f"{name:44}{at(times_ms, 0.5):8.2f}{at(times_ms, 0.99):8.2f}")


def at(times_ms: list[float], share: float) -> float:
    """The time that this share of all stays below."""
    ordered = sorted(times_ms)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@asynccontextmanager
async def pad_and_display(
    port: int, topic: str, receive: Callable[[aiomqtt.Message], None]
) -> AsyncIterator[Broker]:
    """A client that presses, and another one that hears a topic with as little between as possible."""

    class Straight(asyncio.Queue[aiomqtt.Message]):
        def put_nowait(self, item: aiomqtt.Message) -> None:
            receive(item)

    async with (
        Broker("127.0.0.1", port, identifier="bench-pad", socket_options=STRAIGHT_AWAY) as pad,
        Broker(
            "127.0.0.1", port, identifier="bench-display", socket_options=STRAIGHT_AWAY, queue_type=Straight
        ) as display,
    ):
        await display.subscribe(topic, qos=1)
        yield pad


async def one_way_trips(port: int) -> list[float]:
    """Milliseconds from one client to another one, a message the size of the mean of press and display."""
    arrived = asyncio.Event()
    payload = bytes((len(PRESS) + DISPLAY_BYTES) // 2)
    times_ms = []
    async with pad_and_display(port, "bench/trip", lambda _: arrived.set()) as pad:
        for _ in range(PRESSES):
            arrived.clear()
            began_s = time.perf_counter()
            pad.post("bench/trip", payload, 1, retain=False)
            await arrived.wait()
            times_ms.append((time.perf_counter() - began_s) * 1000)
            await asyncio.sleep(0.002)
    return times_ms


def raw_commits(folder: Path) -> list[float]:
    """Milliseconds of a commit of one row of a fact's size, in a database set up like the journal."""
    connection = sqlite3.connect(folder / "raw.sqlite", isolation_level=None)
    for pragma in ("page_size=1024", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    connection.execute("CREATE TABLE fact (seq INTEGER PRIMARY KEY, data BLOB)")
    times_ms = []
    for _ in range(PRESSES):
        began_s = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO fact (data) VALUES (?)", (bytes(200),))
        connection.execute("COMMIT")
        times_ms.append((time.perf_counter() - began_s) * 1000)
        time.sleep(0.002)
    connection.close()
    return times_ms


async def single_presses(port: int) -> list[float]:
    """Milliseconds from `pause` and `open` in turn to the counter's display, one press after the other."""
    shown = asyncio.Event()
    wanted = "open"

    def receive(message: aiomqtt.Message) -> None:
        if json.loads(bytes(message.payload))["state"] == wanted:
            shown.set()

    times_ms = []
    async with pad_and_display(port, f"{ROOT}counter/1/display", receive) as pad:
        for number in range(PRESSES):
            wanted, key = ("open", "open") if number % 2 == 0 else ("paused", "pause")
            shown.clear()
            payload = json.dumps({"boot": 1, "seq": number, "key": key}).encode()
            began_s = time.perf_counter()
            pad.post(f"{ROOT}device/pad-1/input", payload, 1, retain=False)
            await asyncio.wait_for(shown.wait(), timeout=5)
            times_ms.append((time.perf_counter() - began_s) * 1000)
            await asyncio.sleep(0.002)
    return times_ms


async def all_at_once(port: int, hall: RunningHall) -> list[float]:
    """Milliseconds from the first of 64 presses of `next` to each counter's display, over several rounds."""
    acknowledged: list[dict[str, Any]] = []
    await hall.burst("dat-dai", 8, acknowledged, each=COUNTERS * ROUNDS // 8)
    calling: dict[str, float] = {}
    everybody = asyncio.Event()

    def receive(message: aiomqtt.Message) -> None:
        display = json.loads(bytes(message.payload))
        counter = str(message.topic).split("/")[-2]
        if display["state"] == "calling" and not message.retain:
            calling.setdefault(counter, time.perf_counter())
            if len(calling) == COUNTERS:
                everybody.set()

    times_ms: list[float] = []
    async with pad_and_display(port, f"{ROOT}counter/+/display", receive) as pad:
        press(pad, "close", 1)
        await asyncio.sleep(1)
        press(pad, "open", 2)
        await asyncio.sleep(1)
        for number in range(ROUNDS):
            calling.clear()
            everybody.clear()
            began_s = time.perf_counter()
            press(pad, "next", 10 + number)
            await asyncio.wait_for(everybody.wait(), timeout=10)
            times_ms += [(moment - began_s) * 1000 for moment in calling.values()]
            await asyncio.sleep(3.5)
    return times_ms


def press(pad: Broker, key: str, seq: int) -> None:
    """The same key on every counter's pad."""
    for counter in range(1, COUNTERS + 1):
        payload = json.dumps({"boot": 2, "seq": seq, "key": key}).encode()
        pad.post(f"{ROOT}device/pad-{counter}/input", payload, 1, retain=False)


def hall_of_64(path: Path) -> Path:
    """The reference hall with as many counters as a hall is designed for, all of which call from one queue too."""
    text = EXAMPLE.read_text("utf-8")
    more = range(29, COUNTERS + 1)
    counters = "".join(f'  {{ id = "{n}", name = "{n}", queues = ["dat-dai"] }},\n' for n in more)
    pads = "".join(
        f'  {{ id = "pad-{n}", type = "call-pad", model = "mqtt", line = "mqtt:", counter = "{n}" }},\n'
        for n in more
    )
    text = text.replace("counter = [\n", f"counter = [\n{counters}", 1).replace(
        "device = [\n", f"device = [\n{pads}", 1
    )
    lines = [
        line if '"dat-dai"' in line else line.replace("queues = [", 'queues = ["dat-dai", ')
        for line in text.splitlines()
    ]
    path.write_text("\n".join(lines), "utf-8")
    return path
