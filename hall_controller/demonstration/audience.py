"""What anybody can hear of the hall over MQTT: the boards, the events, what displays say that they show.

Belongs here: listening and waiting for something to be so. Never here: pressing anything.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import aiomqtt
from pydantic import ValidationError

from hall_controller.demonstration.pads import client_of
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

NAME: Final = "demo"


class Audience:
    """The newest of everything that was told, and every event, in order."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics
        self._changed = asyncio.Condition()
        self.controller: ControllerState | None = None
        self.counters: dict[str, CounterDisplay] = {}
        self.queues: dict[str, QueueState] = {}
        self.calls: CallsBoard | None = None
        self.shown: dict[str, Shown] = {}
        """What each display machine says that stands on all its panels and screens."""
        self.on_event: list[Callable[[CloudEvent], None]] = []

    async def until(self, so: Callable[[], bool], within_s: float, what: str) -> None:
        """Wait until `so()` holds; raises HallError naming `what` did not happen in time."""
        try:
            async with asyncio.timeout(within_s), self._changed:
                await self._changed.wait_for(so)
        except TimeoutError:
            raise HallError(f"{what} did not happen within {within_s:g} s.") from None

    async def changed(self, within_s: float) -> None:
        """Wait for the next change, or that long."""
        try:
            async with asyncio.timeout(within_s), self._changed:
                await self._changed.wait()
        except TimeoutError:
            return

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
            async with self._changed:
                self._changed.notify_all()

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
    try:
        async with client_of(NAME, port) as client:
            everything = [
                topics.controller_state,
                topics.display("+"),
                topics.queue("+"),
                topics.calls,
                topics.device("+", "status"),
                topics.event("+"),
            ]
            await client.subscribe([(topic, 1) for topic in everything])
            task = asyncio.create_task(audience.listen(client))
            try:
                yield audience
            finally:
                task.cancel()
                await asyncio.wait({task})
                if not task.cancelled():
                    task.exception()
    except aiomqtt.MqttError as error:
        raise HallError(f"The demo lost its broker on port {port} ({error}).") from None
