"""Who is in the hall of a demo: visitors who come, officers who call with their pads, visitors who rate.

Belongs here: who does what, when, and how often. Never here: how a press or a request travels (pads, kiosk). Times are
those of a hall in a hurry, seconds at speed 1; all chance is seeded.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hall_controller.demonstration import pads
from hall_controller.demonstration.morning import choose_service, open_services

if TYPE_CHECKING:
    from datetime import datetime

    from hall_controller.demonstration.pads import Pad
    from hall_controller.demonstration.stage import Stage
    from hall_controller.domain.catalogue import Counter
    from hall_controller.messages import Ack

ARRIVAL_S: Final = 6.5
"""Mean seconds between two visitors."""
WALK_S: Final = (4.0, 12.0)
SERVE_S: Final = (25.0, 80.0)
BREATH_S: Final = (2.0, 6.0)
PAUSE_S: Final = 40.0
LOOK_EVERY_S: Final = 20.0
NOT_THERE: Final = 0.07
"""Share of visitors who do not come at the first call; half of them come at the second."""
ASIDE: Final = 0.04
"""Share who must fetch a copy first and are held."""
SENT_ON: Final = 0.05
PAUSES: Final = 0.03
RATES: Final = 0.6
SCORES: Final = (5, 5, 5, 5, 4, 4, 4, 3, 2)
PATIENCE: Final = 14
"""Who finds so many people waiting goes home."""
AT_ONCE: Final = 4
"""Kiosks that can be used at the same time."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast people are."""

    speed: float

    async def takes(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.speed)


async def come(stage: Stage, pace: Pace, seed: int) -> None:
    """Visitors come until cancelled."""
    rng = random.Random(seed)  # noqa: S311 - the same visitors each time
    free = asyncio.Semaphore(AT_ONCE)
    async with asyncio.TaskGroup() as group:
        while True:
            await pace.takes(rng.expovariate(1 / ARRIVAL_S))
            services = open_services(stage.catalogue, now(stage))
            if not services:
                continue
            service = choose_service(services, rng)
            queue = stage.audience.queues.get(service.queue)
            if queue is None or queue.waiting < PATIENCE:
                purpose = rng.choice(service.purposes)
                await free.acquire()
                group.create_task(_take(stage, service.id, purpose)).add_done_callback(
                    lambda _: free.release()
                )


async def _take(stage: Stage, service: str, purpose: str) -> None:
    await stage.kiosk.take(service, purpose)


def now(stage: Stage) -> datetime:
    """The hall's time."""
    return stage.clock.now().at


async def work(stage: Stage, pace: Pace, counter: Counter, seed: int) -> None:
    """The officer of a counter works until cancelled."""
    async with AsyncExitStack() as devices:
        pad = await devices.enter_async_context(
            pads.connected("call-pad", f"pad-{counter.id}", stage.topics, stage.mqtt_port)
        )
        rating = await devices.enter_async_context(
            pads.connected("rating-pad", f"rating-{counter.id}", stage.topics, stage.mqtt_port)
        )
        rng = random.Random(seed)  # noqa: S311 - the same officers each time
        await Officer(stage, pace, counter, rng, pad, rating).work()


@dataclass(frozen=True, slots=True)
class Officer:
    """One officer, the call pad, and the rating pad that visitors press."""

    stage: Stage
    pace: Pace
    counter: Counter
    rng: random.Random
    pad: Pad
    rating: Pad

    async def work(self) -> None:
        """Call, serve, and again."""
        await self.pace.takes(self.rng.uniform(0.5, 12))
        while True:
            display = self.stage.audience.counters.get(self.counter.id)
            if display is None or display.state in {"closed", "paused"}:
                await self.pad.press("open")
            elif display.ticket is not None:
                await self._serve()
            elif self._somebody_waits():
                await self._call()
            else:
                await self.stage.audience.changed(LOOK_EVERY_S)
            await self.pace.takes(self.rng.uniform(*BREATH_S))

    def _somebody_waits(self) -> bool:
        queues = self.stage.audience.queues
        return any(queue in queues and queues[queue].waiting for queue in self.counter.queues)

    async def _call(self) -> None:
        if (await self.pad.press("next")).result == "rejected":
            return
        await self._walk()
        if self.rng.random() < NOT_THERE:
            await self.pad.press("recall")
            await self._walk()
            if self.rng.random() < 0.5:  # noqa: PLR2004 - half of them
                await self.pad.press("miss")
                return
        await self._serve()

    async def _serve(self) -> None:
        chance = self.rng.random()
        if chance < ASIDE:
            await self._hold()
        await self.pace.takes(self.rng.uniform(*SERVE_S))
        if ASIDE <= chance < ASIDE + SENT_ON:
            await self._send_on()
            return
        done = await self.pad.press("pause" if chance > 1 - PAUSES else "complete")
        await self._rated(done)
        if chance > 1 - PAUSES:
            await self.pace.takes(PAUSE_S)
            await self.pad.press("open")

    async def _hold(self) -> None:
        """The visitor fetches a copy and comes back."""
        await self.pad.press("hold")
        await self._walk()
        await self.pad.press("resume")

    async def _send_on(self) -> None:
        """The visitor needs another queue."""
        others = [queue for queue in self.stage.catalogue.queues if queue not in self.counter.queues]
        await self.pad.press("transfer", to=self.rng.choice(others))

    async def _rated(self, done: Ack) -> None:
        if done.result == "ok" and self.rng.random() < RATES:
            await self.pace.takes(self.rng.uniform(1, 4))
            await self.rating.rate(self.rng.choice(SCORES))

    async def _walk(self) -> None:
        await self.pace.takes(self.rng.uniform(*WALK_S))
