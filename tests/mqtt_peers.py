"""Those at the other end of MQTT: a call pad that presses, and a listener that hears everything and can wait.

Belongs here: what a device or a display does, in verbs. Never here: what a test expects of the controller.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple, Self

import aiomqtt
from paho.mqtt.subscribeoptions import SubscribeOptions

from hall_controller.messages import Topics

PATIENCE_S = 15.0


class Heard(NamedTuple):
    """One message as it came; `said` is its JSON, None when there is none in it; `at_s` is monotonic."""

    topic: str
    payload: bytes
    qos: int
    retain: bool
    at_s: float

    @property
    def said(self) -> Any:  # noqa: ANN401 - any JSON
        try:
            return json.loads(self.payload)
        except ValueError:
            return None


class Peer:
    """A client of the broker; `async with` connects it."""

    def __init__(self, port: int, name: str, **more: Any) -> None:  # noqa: ANN401 - options of aiomqtt
        self.client = aiomqtt.Client(
            "127.0.0.1",
            port,
            identifier=name,
            protocol=aiomqtt.ProtocolVersion.V5,
            timeout=PATIENCE_S,
            **more,
        )

    async def say(self, topic: str, payload: Any, *, retain: bool = False) -> None:  # noqa: ANN401 - JSON or bytes
        """Publish, with QoS 1; bytes as they are, everything else as JSON."""
        sent = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        await self.client.publish(topic, sent, qos=1, retain=retain)

    async def __aenter__(self) -> Self:
        await self.client.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.__aexit__(None, None, None)


class Listener(Peer):
    """Hears topics, with QoS and retain flag as published; without `retained` only what is said from now on."""

    def __init__(
        self, port: int, name: str = "listener", topics: str = "#", *, retained: bool = True
    ) -> None:
        super().__init__(port, name)
        self._earlier = (
            SubscribeOptions.RETAIN_SEND_ON_SUBSCRIBE if retained else SubscribeOptions.RETAIN_DO_NOT_SEND
        )
        self.heard: list[Heard] = []
        self._topics = topics
        self._more = asyncio.Condition()
        self._reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        options = SubscribeOptions(qos=2, retainAsPublished=True, retainHandling=self._earlier)
        await self.client.subscribe(self._topics, options=options)
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._reading is not None
        self._reading.cancel()
        await asyncio.wait({self._reading})
        await super().__aexit__(*_)

    async def _read(self) -> None:
        async for message in self.client.messages:
            heard = Heard(
                str(message.topic),
                bytes(message.payload),
                message.qos,
                bool(message.retain),
                time.monotonic(),
            )
            async with self._more:
                self.heard.append(heard)
                self._more.notify_all()

    def on(self, topic: str) -> list[Heard]:
        """What was heard on one topic so far."""
        return [heard for heard in self.heard if heard.topic == topic]

    async def until(self, topic: str, wish: Callable[[Any], bool], *, after: int = 0) -> Heard:
        """The first message on the topic whose content is as wished, heard already or still to come."""

        def found() -> Heard | None:
            wished = (h for h in self.heard[after:] if h.topic == topic and wish(h.said))
            return next(wished, None)

        try:
            async with asyncio.timeout(PATIENCE_S), self._more:
                await self._more.wait_for(lambda: found() is not None)
        except TimeoutError:
            last = [heard.payload for heard in self.on(topic)][-3:]
            raise AssertionError(f"{topic} never said it; its last words: {last}") from None
        heard = found()
        assert heard is not None
        return heard

    async def count(self, topic: str, number: int) -> list[Heard]:
        """Wait until so many messages were heard on the topic; give all of them."""
        async with asyncio.timeout(PATIENCE_S), self._more:
            await self._more.wait_for(lambda: len(self.on(topic)) >= number)
        return self.on(topic)


class Pad(Listener):
    """A call pad, rating pad or kiosk box: numbers its presses and waits for the controller's word."""

    def __init__(self, port: int, device: str, topics: Topics, *, boot: int = 1) -> None:
        super().__init__(port, device, topics.device(device, "ack"))
        self.boot, self.seq = boot, 0
        self._input = topics.device(device, "input")
        self._ack = topics.device(device, "ack")

    async def press(self, key: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of a press
        """Press a key; the controller's answer."""
        return await self.send({"key": key, **more})

    async def send(self, content: dict[str, Any], *, times: int = 1) -> dict[str, Any]:
        """Send a press under the next number, `times` over; the controller's first answer."""
        self.seq += 1
        press = {"boot": self.boot, "seq": self.seq, **content}
        return await self.resend(press, times=times)

    async def resend(self, press: dict[str, Any], *, times: int = 1) -> dict[str, Any]:
        """Send exactly this press; the first answer to its number from now on."""
        already = len(self.heard)
        for _ in range(times):
            await self.say(self._input, press)
        number = (press["boot"], press["seq"])
        heard = await self.until(self._ack, lambda a: (a["boot"], a["seq"]) == number, after=already)
        answer: dict[str, Any] = heard.said
        return answer
