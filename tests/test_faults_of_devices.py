"""Devices that hang, boards that come late and in the wrong order, and two hundred devices at once (faults 10, 11, 15).

Real parts: broker, controller, the display program. Belongs here: what the hall and its displays do about devices and
lines that misbehave. Never here: the broker's own faults (test_mqtt_faults.py).
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from hall_controller.domain.commands import CallNext, OpenCounter
from tests.broker import RunningBroker
from tests.debian import needs_debian
from tests.hall_controller.live_hall import TOPICS, LiveHall
from tests.mqtt_peers import Heard, Listener, Pad, Peer

ROOT = Path(__file__).parents[1]
KEEPALIVE_S = 10
"""As displays have it; mosquitto looks for silent clients only every five seconds, so less would not be told sooner."""
STAMPEDE = 200
STAMPEDES = 3
ALL_READY_WITHIN_S = 60.0
P95_S = 0.5
pytestmark = needs_debian("mosquitto")


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    with RunningBroker(tmp_path) as running:
        yield running


@asynccontextmanager
async def a_display(folder: Path, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """The display program with one panel, that of counter 1."""
    settings = folder / "display.toml"
    settings.write_text(
        f"""
        hall.id = "{TOPICS.hall}"
        mqtt = {{ host = "127.0.0.1", port = {port}, keepalive_s = {KEEPALIVE_S} }}
        device.id = "panels-1"
        panel = [{{ id = "p1", model = "console", line = "file://{folder}/panel.txt", counter = "1" }}]
        """,
        "utf-8",
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "displays", "run", str(settings), cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def shows(ticket: str) -> Callable[[Any], bool]:
    return lambda said: said["ticket"] == ticket


async def heard_lost(ears: Listener, topic: str) -> Heard:
    """The broker says the will of the device; a listener's patience is shorter than two keepalives."""
    for _ in range(2):
        with suppress(AssertionError):
            return await ears.until(topic, lambda said: said["state"] == "lost")
    return await ears.until(topic, lambda said: said["state"] == "lost")


async def test_fault_11_a_device_that_hangs_is_lost_within_two_keepalives_and_comes_back_alone(
    broker: RunningBroker, tmp_path: Path
) -> None:
    state, status = TOPICS.device("panels-1", "state"), TOPICS.device("panels-1", "status")
    async with LiveHall(tmp_path) as hall, Listener(broker.port) as ears:
        hall.devices["panels-1"] = None
        await hall.connect(broker.port)
        async with a_display(tmp_path, broker.port) as process:
            await ears.until(state, lambda said: said["state"] == "ready")
            os.kill(process.pid, signal.SIGSTOP)
            stopped_s = time.monotonic()
            lost = await heard_lost(ears, state)
            assert lost.at_s - stopped_s < 2 * KEEPALIVE_S + 1
            await hall.take(1)
            await hall.do(OpenCounter("1"))
            await hall.do(CallNext("1"))
            os.kill(process.pid, signal.SIGCONT)
            await ears.until(state, lambda said: said["state"] == "ready", after=ears.heard.index(lost))
            newest = await ears.until(TOPICS.display("1"), lambda said: said["ticket"] == "A001")
            shown = newest.said["rev"]
            await ears.until(status, lambda said: (said["shown"] or {}).get("rev", 0) >= shown)
    assert "A001" in (tmp_path / "panel.txt").read_text("utf-8")


async def test_fault_10_boards_that_come_late_and_in_the_wrong_order_never_turn_a_display_back(
    broker: RunningBroker, tmp_path: Path
) -> None:
    status = TOPICS.device("panels-1", "status")
    async with LiveHall(tmp_path) as hall, Listener(broker.port) as ears:
        await hall.connect(broker.port)
        async with a_display(tmp_path, broker.port), Peer(broker.port, "late") as line:
            await hall.take(12)
            await hall.do(OpenCounter("1"))
            for _ in range(10):
                await hall.do(CallNext("1"))
            await ears.until(TOPICS.display("1"), lambda said: said["ticket"] == "A010")
            told = [heard.payload for heard in ears.on(TOPICS.display("1"))]
            shuffled = random.Random(10)
            for payload in shuffled.sample(told, len(told)) * 3:
                await line.say(TOPICS.display("1"), payload)
                await asyncio.sleep(shuffled.uniform(0, 0.03))
            await hall.do(CallNext("1"))
            last = await ears.until(TOPICS.display("1"), lambda said: said["ticket"] == "A011")
            newest = last.said["rev"]
            await ears.until(status, lambda said: (said["shown"] or {}).get("rev", 0) >= newest)
            revs = [heard.said["shown"]["rev"] for heard in ears.on(status) if heard.said["shown"]]
            assert revs == sorted(revs)
    numbers = re.findall(r"A\d{3}", (tmp_path / "panel.txt").read_text("utf-8"))
    assert numbers == sorted(numbers), "no panel ever showed an older number again"
    assert numbers[-1] == "A011"


@asynccontextmanager
async def a_stampede(port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """Every device but pad-1 comes back, from a process of its own; prints "all" when all are there."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.stampede", str(port), TOPICS.hall, "2", str(STAMPEDE)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    try:
        yield process
    finally:
        await process.communicate(b"")


@pytest.mark.alone
async def test_fault_15_two_hundred_devices_that_come_back_at_once_hold_up_no_press(
    broker: RunningBroker, tmp_path: Path
) -> None:
    async with LiveHall(tmp_path, counters=STAMPEDE) as hall, AsyncExitStack() as devices:
        await hall.connect(broker.port)
        await hall.take(500)
        await hall.do(OpenCounter("1"))
        officer = await devices.enter_async_context(Pad(broker.port, "pad-1", TOPICS))
        eyes = await devices.enter_async_context(Listener(broker.port, "eyes", TOPICS.display("1")))
        states = f"{TOPICS.root}device/+/state"
        ears = await devices.enter_async_context(Listener(broker.port, "states", states))
        took_s: list[float] = []
        for _ in range(STAMPEDES):
            began_s = time.monotonic()
            stampede = await devices.enter_async_context(a_stampede(broker.port))
            assert stampede.stdout is not None
            all_back = asyncio.create_task(stampede.stdout.readline())
            presses = 0
            while not all_back.done() or presses < 20:
                pressed_s = time.monotonic()
                ticket = (await officer.press("next"))["ticket"]
                seen = await eyes.until(TOPICS.display("1"), shows(ticket))
                took_s.append(seen.at_s - pressed_s)
                presses += 1
            assert await all_back == b"all\n"
            for n in range(2, STAMPEDE + 1):
                await ears.until(TOPICS.device(f"pad-{n}", "state"), lambda said: said["state"] == "ready")
            assert time.monotonic() - began_s < ALL_READY_WITHIN_S
        assert hall.health.counts()["ready"] >= STAMPEDE - 1
        assert sorted(took_s)[int(0.95 * len(took_s))] < P95_S
