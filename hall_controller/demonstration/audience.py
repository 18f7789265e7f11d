"""What anybody can hear of the hall over MQTT: the boards, the events, what displays say that they show.

Belongs here: listening and waiting for something to be so. Never here: pressing anything.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from hall_controller.demonstration.connection import connection, still_wanted
from hall_controller.errors import HallError
from hall_controller.messages import (
    CallsBoard,
    CloudEvent,
    ControllerState,
    CounterDisplay,
    DeviceStatus,
    QueueState,
    Shown,
    Topics,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    import aiomqtt

NAME: Final = "demo"


class Audience:
    """The newest of everything that was told, and every event, in order."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics
        self._next: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.controller: ControllerState | None = None
        self.counters: dict[str, CounterDisplay] = {}
        self.queues: dict[str, QueueState] = {}
        self.calls: CallsBoard | None = None
        self.shown: dict[str, Shown] = {}
        """What each display machine says that stands on all its panels and screens."""
        self.on_event: list[Callable[[CloudEvent], None]] = []

    async def until(self, so: Callable[[], bool], within_s: float, what: str) -> None:
        """Wait until `so()` holds; raises HallError naming `what` did not happen in time."""
        deadline_s = asyncio.get_running_loop().time() + within_s
        while not so():
            left_s = deadline_s - asyncio.get_running_loop().time()
            if left_s <= 0:
                raise HallError(f"{what} did not happen within {within_s:g} s.")
            await self.changed(left_s)

    async def changed(self, within_s: float) -> None:
        """Wait for the next change, or that long."""
        await asyncio.wait({self._next}, timeout=within_s)

    def shows(self, device: str, number: tuple[int, int]) -> bool:
        """Whether that display machine shows everything up to this `(epoch, rev)`."""
        shown = self.shown.get(device)
        return shown is not None and (shown.epoch, shown.rev) >= number

    async def listen(self, client: aiomqtt.Client) -> None:
        """Take messages until cancelled."""
        async for message in client.messages:
            try:
                self.take(str(message.topic), bytes(message.payload))
            except ValidationError:
                continue
            self._next.set_result(None)
            self._next = asyncio.get_running_loop().create_future()

    def take(self, topic: str, payload: bytes) -> None:
        """One message; raises pydantic's ValidationError when it is none of the contract's."""
        match topic.removeprefix(self._topics.root).split("/"):
            case ["controller", "state"]:
                self.controller = ControllerState.model_validate_json(payload)
            case ["counter", counter, "display"]:
                self.counters[counter] = CounterDisplay.model_validate_json(payload)
            case ["queue", queue, "state"]:
                self.queues[queue] = QueueState.model_validate_json(payload)
            case ["board", "calls"]:
                self.calls = CallsBoard.model_validate_json(payload)
            case ["device", device, "status"]:
                status = DeviceStatus.model_validate_json(payload)
                if status.shown is not None:
                    self.shown[device] = status.shown
            case ["event", _]:
                event = CloudEvent.model_validate_json(payload)
                for hear in self.on_event:
                    hear(event)
            case _:
                pass


@asynccontextmanager
async def listening(topics: Topics, port: int) -> AsyncIterator[Audience]:
    """Somebody who hears the hall for as long as the block runs."""
    audience = Audience(topics)
    async with connection(NAME, port) as client:
        everything = [
            topics.controller_state,
            topics.display("+"),
            topics.queue("+"),
            topics.calls,
            topics.device("+", "status"),
            topics.event("+"),
        ]
        await client.subscribe([(topic, 1) for topic in everything])
        still_wanted()
        task = asyncio.create_task(audience.listen(client))
        try:
            yield audience
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
