"""A hall at work in this process: journal, controller and MQTT as the program wires them, on a clock of 2022.

Belongs here: halls of any size, and starting and stopping one. Never here: what a test expects of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Self

from hall_controller.clock import Clock
from hall_controller.controller import Controller
from hall_controller.domain.catalogue import VIETNAM, Catalogue, Counter, Queue, Service, Text
from hall_controller.domain.commands import Command, IssueTicket, Now
from hall_controller.domain.facts import Fact
from hall_controller.domain.opening import OpeningRule, Session
from hall_controller.domain.refusals import Refusal
from hall_controller.health import Health
from hall_controller.journal import Journal, Record
from hall_controller.messages import Topics
from hall_controller.mqtt import BrokerAddress, Mqtt
from tests.mqtt_peers import Listener

DAY_AND_NIGHT = (OpeningRule(frozenset(range(7)), (Session(time.min, time.max),)),)
A_TUESDAY = datetime(2022, 3, 1, 8, 0, tzinfo=VIETNAM)
TOPICS = Topics("small")


def hall_of(counters: int) -> Catalogue:
    """One queue, always open, and so many counters that call from it."""
    return Catalogue(
        hall=TOPICS.hall,
        name=Text("Trung tâm nhỏ", "Small centre"),
        queues={"land": Queue("land", "A", Text("Đất đai", "Land"))},
        services={"land": Service("land", "tnmt", "land", Text("Đất đai", "Land"), DAY_AND_NIGHT)},
        counters={str(n): Counter(str(n), str(n), ("land",)) for n in range(1, counters + 1)},
        code_key=b"a key of this hall",
    )


class WallClock(Clock):
    """A clock that shows what somebody has set."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at, self.trusted = at, True

    def now(self) -> Now:
        return Now(self.at.astimezone(UTC), self.trusted)


class LiveHall:
    """Each counter has a call pad `pad-1`; `kiosk` belongs to no counter."""

    def __init__(
        self,
        folder: Path,
        *,
        counters: int = 2,
        clock: Clock | None = None,
        open_journal: Callable[[Path], Journal] = Journal.open,
        **settings: object,
    ) -> None:
        self.clock = clock or Clock(A_TUESDAY)
        self.catalogue = replace(hall_of(counters), **settings)  # type: ignore[arg-type]  # replace checks the names
        self.journal = open_journal(folder / "journal.sqlite")
        self.controller = Controller(self.catalogue, self.journal, self.clock)
        self.devices: dict[str, str | None] = {
            f"pad-{counter}": counter for counter in self.catalogue.counters
        }
        self.devices["kiosk"] = None
        self.health = Health(list(self.devices), lambda: self.clock.now().at)
        self._tasks: list[asyncio.Task[None]] = []

    async def connect(self, port: int) -> Mqtt:
        """Speak MQTT from now on; returns when the hall has said so."""
        async with Listener(port, "first-ear", TOPICS.controller_state, retained=False) as ears:
            mqtt = self.speak(port)
            await ears.until(TOPICS.controller_state, lambda state: state["state"] == "ready")
        return mqtt

    def speak(self, port: int) -> Mqtt:
        """Speak MQTT from now on, as soon as there is somebody to speak to."""
        address = BrokerAddress("127.0.0.1", port, "controller")
        mqtt = Mqtt(address, TOPICS, self.controller, self.devices, self.health, "1.0")
        self._tasks.append(asyncio.create_task(mqtt.run()))
        return mqtt

    async def __aenter__(self) -> Self:
        await self.controller.start("1.0", 1)
        self._tasks.append(asyncio.create_task(self.controller.run()))
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in reversed(self._tasks):
            task.cancel()
            await asyncio.wait({task})
        await self.controller.stop()
        self.journal.close()

    async def do(self, command: Command, cause: str | None = None) -> tuple[Fact, ...]:
        """The facts that follow; fails when the hall refuses."""
        answer = await self.controller.submit(command, cause)
        assert answer.refusal is None, f"{command} was refused: {answer.refusal}"
        return answer.facts

    async def no(self, command: Command, cause: str | None = None) -> str:
        """The code of the refusal; fails when the hall agrees."""
        answer = await self.controller.submit(command, cause)
        assert isinstance(answer.refusal, Refusal), f"{command} was accepted: {answer}"
        return answer.refusal.code

    async def take(self, number: int = 1) -> list[str]:
        """So many visitors take a number each."""
        asked = [self.controller.submit(IssueTicket("land", "submit")) for _ in range(number)]
        answers = [(await answer).ticket for answer in asked]
        return [ticket for ticket in answers if ticket is not None]

    def records(self) -> list[Record]:
        """All that the journal holds."""
        return list(self.journal.read())

    def facts(self, kind: type[Fact]) -> list[Fact]:
        """The journal's facts of one kind."""
        return [record.fact for record in self.records() if isinstance(record.fact, kind)]
