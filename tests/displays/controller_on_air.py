"""What a display hears of a controller: its boards, retained, and its last will.

Belongs here: publishing as mqtt.py does, and hearing what devices say. Never here: a rule of the hall.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiomqtt

from hall_controller.messages import Payload
from tests.displays.boards import TOPICS


class OnAir:
    """One connection that publishes boards and keeps what it hears."""

    def __init__(self, client: aiomqtt.Client) -> None:
        self._client = client
        self._new = asyncio.Condition()
        self.heard: list[tuple[str, str]] = []

    async def tell(self, *boards: tuple[str, Payload]) -> None:
        """Publish boards, retained, QoS 1."""
        for topic, board in boards:
            await self._client.publish(topic, board.model_dump_json(), qos=1, retain=True)

    async def send(self, topic: str, payload: str | bytes, *, retain: bool = False) -> None:
        await self._client.publish(topic, payload, qos=1, retain=retain)

    async def listen(self) -> None:
        async for message in self._client.messages:
            assert isinstance(message.payload, bytes)
            async with self._new:
                self.heard.append((message.topic.value, message.payload.decode("utf-8", "replace")))
                self._new.notify_all()

    async def hears(self, leaf: str, words: str, *, within_s: float = 15.0) -> str:
        """The first payload on the screen's own topic that holds these words; raises TimeoutError."""
        topic = TOPICS.device("screen-1", leaf)
        async with asyncio.timeout(within_s), self._new:
            while True:
                for heard, payload in self.heard:
                    if heard == topic and words in payload:
                        return payload
                await self._new.wait()

    async def last_hears(self, leaf: str, words: str, *, within_s: float) -> None:
        """Return when the last word on a topic holds these words; raises TimeoutError."""
        async with asyncio.timeout(within_s), self._new:
            await self._new.wait_for(lambda: words in self.on(leaf)[-1])

    def on(self, leaf: str) -> list[str]:
        """Every payload heard on one of the screen's own topics."""
        return [payload for topic, payload in self.heard if topic == TOPICS.device("screen-1", leaf)]


@asynccontextmanager
async def on_air(port: int, identifier: str = "controller") -> AsyncIterator[OnAir]:
    """A controller's connection that hears every device."""
    client = aiomqtt.Client("127.0.0.1", port, identifier=identifier, protocol=aiomqtt.ProtocolVersion.V5)
    async with client:
        await client.subscribe("qms/1/example/device/#", qos=1)
        station = OnAir(client)
        listening = asyncio.create_task(station.listen())
        try:
            yield station
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
