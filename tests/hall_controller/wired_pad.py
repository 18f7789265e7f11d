"""The far end of a pad's line, over a real pseudo terminal, and a hall whose pads are wired to it.

Belongs here: plugging, pressing, reading lights. Never here: what a test expects of them.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import tty
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from hall_controller.health import Health
from hall_controller.local_pads import LocalPads
from hall_controller.pad_settings import PadSettings
from tests.hall_controller.live_hall import LiveHall

PATIENCE_S = 15.0


async def until(true: Callable[[], bool]) -> None:
    """Wait until it is so; fails after a while."""
    async with asyncio.timeout(PATIENCE_S):
        while not true():  # noqa: ASYNC110 - health and journal are looked at, they tell no event to a test
            await asyncio.sleep(0.002)


class Cable:
    """A pseudo terminal behind a fixed path, as udev names a port; unplugged it is gone."""

    def __init__(self, port: Path) -> None:
        self.port = port
        self._pad = -1
        self._seen = b""

    @property
    def line(self) -> str:
        """As it stands in hall.toml."""
        return f"serial://{self.port}?baudrate=9600"

    def plug(self) -> None:
        """The port appears; its name in the system is another one each time."""
        self._pad, far = os.openpty()
        tty.setraw(far)
        os.set_blocking(self._pad, False)
        self.port.symlink_to(os.ttyname(far))
        os.close(far)

    def unplug(self) -> None:
        self.port.unlink()
        os.close(self._pad)
        self._pad = -1

    def send(self, bytes_: bytes) -> None:
        """The pad speaks."""
        assert os.write(self._pad, bytes_) == len(bytes_)

    async def light(self, size: int) -> bytes:
        """The next bytes that reach the pad, so many of them."""
        await until(lambda: len(self._arrived()) >= size)
        seen, self._seen = self._seen[:size], self._seen[size:]
        return seen

    def dark(self) -> bool:
        """Nothing has reached the pad that was not read yet."""
        return self._arrived() == b""

    def _arrived(self) -> bytes:
        with contextlib.suppress(BlockingIOError):
            self._seen += os.read(self._pad, 1024)
        return self._seen

    def close(self) -> None:
        if self._pad != -1:
            self.unplug()


class Clock:
    """A clock that a test can set forward, and that tells how often it was looked at."""

    def __init__(self) -> None:
        self.now_s = 1000.0
        self.looks = 0

    def __call__(self) -> float:
        seen_s = self.now_s
        self.looks += 1
        return seen_s


class Told(Health):
    """Health, and how often each device's state was told."""

    def __init__(self, hall: LiveHall, devices: list[str]) -> None:
        super().__init__(devices, lambda: hall.clock.now().at)
        self.times = Counter[str]()

    def device_is(self, device: str, state: str) -> None:
        self.times[device] += 1
        super().device_is(device, state)


class WiredHall:
    """A hall with open counters, visitors waiting, and pads."""

    def __init__(self, hall: LiveHall, pads: Iterable[PadSettings]) -> None:
        self.hall = hall
        self.clock = Clock()
        self.pads = list(pads)
        self.health = Told(hall, [pad.id for pad in self.pads])
        self.local = LocalPads(self.pads, hall.controller, self.health, self.clock)

    def is_(self, device: str, state: str) -> bool:
        return self.health.devices[device] == state


@asynccontextmanager
async def wired(hall: LiveHall, *pads: PadSettings) -> AsyncIterator[WiredHall]:
    """The pads are heard from here to the end."""
    wiring = WiredHall(hall, pads)
    running = asyncio.create_task(wiring.local.run())
    try:
        yield wiring
    finally:
        running.cancel()
        await asyncio.wait({running})
        assert running.cancelled()
