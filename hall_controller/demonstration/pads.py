"""Call pads and rating pads that are programs: they speak the contract's MQTT as a real pad does.

    press -> device/{id}/input, again and again -> device/{id}/ack with the same (boot, seq)

A press is safe when its ack has come, so it is sent until then; the controller executes it once.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from hall_controller.demonstration.connection import connection, still_wanted
from hall_controller.errors import HallError
from hall_controller.messages import Ack, DeviceInfo, DeviceState, KeyPress, ScorePress, Topics

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import aiomqtt

    from hall_controller.messages import DeviceInput, DeviceType, Key

AGAIN_AFTER_S: Final = 1.0
"""An ack that has not come by now is lost, or the controller is away: the same press goes out again."""
GIVES_UP_AFTER_S: Final = 8.0
"""The officer has noticed by then that the pad's light does not go green; later than 10 s no call is made anyway."""
FIRMWARE: Final = "demo"


class Pad:
    """One pad, connected; use `connected`."""

    def __init__(self, client: aiomqtt.Client, topics: Topics, device: str) -> None:
        self._client = client
        self._topics = topics
        self._device = device
        self._boot = int(time.time())
        self._seq = 0
        self._waiting: dict[int, asyncio.Future[Ack]] = {}

    async def press(self, key: Key, **details: Any) -> Ack:  # noqa: ANN401 - to, ticket and reason of KeyPress
        """Press a key and wait for its ack; raises HallError when none comes."""
        return await self._send(KeyPress(boot=self._boot, seq=self._next(), key=key, **details))

    async def rate(self, score: int) -> Ack:
        """Press a key of a rating pad, 1 the worst; raises HallError when no ack comes."""
        return await self._send(ScorePress(boot=self._boot, seq=self._next(), score=score))

    def _next(self) -> int:
        self._seq += 1
        return self._seq

    async def _send(self, press: DeviceInput) -> Ack:
        answered: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._waiting[press.seq] = answered
        payload = press.model_dump_json(exclude_none=True)
        deadline_s = asyncio.get_running_loop().time() + GIVES_UP_AFTER_S
        try:
            while asyncio.get_running_loop().time() < deadline_s:
                await self._client.publish(self._topics.device(self._device, "input"), payload, qos=1)
                still_wanted()
                done, _ = await asyncio.wait({answered}, timeout=AGAIN_AFTER_S)
                if done:
                    return answered.result()
        finally:
            del self._waiting[press.seq]
        raise HallError(
            f"{self._device} got no answer from the controller to a press within {GIVES_UP_AFTER_S:g} s."
        )

    async def listen(self) -> None:
        """Take acks until cancelled."""
        async for message in self._client.messages:
            try:
                ack = Ack.model_validate_json(bytes(message.payload))
            except ValidationError:
                continue
            waiting = self._waiting.get(ack.seq)
            if waiting is not None and ack.boot == self._boot and not waiting.done():
                waiting.set_result(ack)


@asynccontextmanager
async def connected(kind: DeviceType, device: str, topics: Topics, port: int) -> AsyncIterator[Pad]:
    """A pad for as long as the block runs; raises HallError when the broker cannot be reached."""
    state, info = topics.device(device, "state"), topics.device(device, "info")
    async with connection(device, port, will_topic=state) as client:
        pad = Pad(client, topics, device)
        await client.subscribe(topics.device(device, "ack"), qos=1)
        ready = DeviceState(state="ready", boot=int(time.time())).model_dump_json()
        await client.publish(state, ready, qos=1, retain=True)
        itself = DeviceInfo(type=kind, model="mqtt", firmware=FIRMWARE).model_dump_json()
        await client.publish(info, itself, qos=1, retain=True)
        still_wanted()
        listening = asyncio.create_task(pad.listen())
        try:
            yield pad
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
