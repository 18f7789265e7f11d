"""A desk device of the hall in the hand of a test: the firmware's own logic, driven in virtual time or over real MQTT.

Belongs here: what a person, the network or the clock does to it, in verbs. Never here: what a test expects.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import time
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any, Final, Self

import aiomqtt

from hall_controller.messages import Topics

HALL: Final = "small"


class Light(IntEnum):
    """As in hall_device.h."""

    DARK = 0
    READY = 1
    SENDING = 2
    DONE = 3
    REFUSED = 4
    STALE = 5
    SHOWING = 6


@dataclass
class Turn:
    """What the device did at one moment, and how it looks then."""

    published: list[tuple[str, Any, bool]] = field(default_factory=list)
    subscribed: list[str] = field(default_factory=list)
    unsubscribed: list[str] = field(default_factory=list)
    rebooted: bool = False
    light: Light = Light.DARK
    stale: bool = False
    inviting: bool = False
    pending: int = 0
    dropped: int = 0
    lit: bool = False
    invitation_percent: int = 0
    text: str = ""

    def on(self, leaf: str) -> list[Any]:
        """What was published on topics that end so."""
        return [said for topic, said, _ in self.published if topic.endswith(f"/{leaf}")]


class DeskDevice:
    """One device; every verb takes the time in milliseconds since it started."""

    def __init__(
        self,
        program: Path,
        *,
        device: str = "pad-1",
        kind: str = "call-pad",
        boot: int = 1,
        levels: int = 5,
        width: int = 4,
        code: str = "",
    ) -> None:
        self.topics = Topics(HALL)
        self.device = device
        self._words = [str(program), HALL, device, "" if code else "1", kind, str(boot)]
        self._words += [str(levels), str(width), code]
        self.started = Turn()

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            self._words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.started = self._turn()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        assert self._process.wait(timeout=10) == 0, "a sanitizer found something; see stderr"

    def connected(self, ms: int) -> Turn:
        return self._do(ms, "connected")

    def cut(self, ms: int) -> Turn:
        return self._do(ms, "cut")

    def tick(self, ms: int) -> Turn:
        return self._do(ms, "tick")

    def press(self, key: str, ms: int) -> Turn:
        return self._do(ms, "key", key)

    def rate(self, score: int, ms: int) -> Turn:
        return self._do(ms, "rate", str(score))

    def hears(self, topic: str, payload: Any, ms: int, *, unix_s: int = 0) -> Turn:  # noqa: ANN401 - JSON or bytes
        sent = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        return self._do(ms, "message", topic, sent.hex() or ".", unix_s=unix_s)

    def hears_own(self, leaf: str, payload: Any, ms: int, *, unix_s: int = 0) -> Turn:  # noqa: ANN401 - JSON or bytes
        return self.hears(self.topics.device(self.device, leaf), payload, ms, unix_s=unix_s)

    def ask(self, *words: str) -> list[str]:
        """What hall_message.h reads in a text."""
        return self._write(" ".join(words)).split()[1:]

    def _do(self, ms: int, *words: str, unix_s: int = 0) -> Turn:
        self._say(" ".join([str(ms), str(unix_s), *words]))
        return self._turn()

    def _write(self, line: str) -> str:
        self._say(line)
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def _turn(self) -> Turn:
        turn = Turn()
        assert self._process.stdout is not None
        for line in self._process.stdout:
            word, *rest = line.split()
            match word:
                case "publish":
                    turn.published.append((rest[0], json.loads(bytes.fromhex(rest[2])), rest[1] == "1"))
                case "subscribe":
                    turn.subscribed.append(rest[0])
                case "unsubscribe":
                    turn.unsubscribed.append(rest[0])
                case "reboot":
                    turn.rebooted = True
                case _:
                    if rest:
                        light, stale, inviting, pending, dropped, lit, percent = map(int, rest[:7])
                        turn.light, turn.stale, turn.inviting = Light(light), bool(stale), bool(inviting)
                        turn.pending, turn.dropped = pending, dropped
                        turn.lit, turn.invitation_percent = bool(lit), percent
                        turn.text = "" if rest[7] == "." else bytes.fromhex(rest[7]).decode()
                    return turn
        raise AssertionError("the device's program ended")


class DeskDeviceOnAir:
    """The device on a real broker: MQTT as ESPHome would speak it (3.1.1, last will, subscriptions kept)."""

    def __init__(self, desk: DeskDevice, port: int) -> None:
        self.desk = desk
        self._port = port
        self._topics = [*desk.started.subscribed]
        self._began_s = time.monotonic()
        self._outgoing: asyncio.Queue[tuple[str, bytes, bool]] = asyncio.Queue()
        self.turn = desk.started
        self._changed = asyncio.Event()

    def now_ms(self) -> int:
        return int((time.monotonic() - self._began_s) * 1000)

    def press(self, key: str) -> None:
        self._heed(self.desk.press(key, self.now_ms()))

    def rate(self, score: int) -> None:
        self._heed(self.desk.rate(score, self.now_ms()))

    async def until(self, wish: Any) -> Turn:  # noqa: ANN401 - a question about a turn
        """The first turn that is as wished."""
        async with asyncio.timeout(15):
            while not wish(self.turn):
                self._changed.clear()
                await self._changed.wait()
        return self.turn

    def _heed(self, turn: Turn) -> None:
        for topic, said, retain in turn.published:
            self._outgoing.put_nowait((topic, json.dumps(said).encode(), retain))
        self.turn = turn
        self._changed.set()

    async def __aenter__(self) -> Self:
        self._tasks = [asyncio.create_task(task) for task in (self._line(), self._clock())]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _clock(self) -> None:
        while True:
            await asyncio.sleep(0.05)
            self._heed(self.desk.tick(self.now_ms()))

    async def _line(self) -> None:
        while True:
            try:
                async with self._client() as client:
                    await client.subscribe([(topic, 1) for topic in self._topics])
                    self._heed(self.desk.connected(self.now_ms()))
                    sending = asyncio.create_task(self._send(client))
                    try:
                        async for message in client.messages:
                            topic, payload = str(message.topic), bytes(message.payload)
                            self._heed(
                                self.desk.hears(topic, payload, self.now_ms(), unix_s=int(time.time()))
                            )
                    finally:
                        sending.cancel()
                        await asyncio.gather(sending, return_exceptions=True)
            except aiomqtt.MqttError:
                self._heed(self.desk.cut(self.now_ms()))
                self._outgoing = asyncio.Queue()  # a client that is not connected keeps nothing
                await asyncio.sleep(0.1)

    async def _send(self, client: aiomqtt.Client) -> None:
        while True:
            topic, payload, retain = await self._outgoing.get()
            await client.publish(topic, payload, qos=1, retain=retain)

    def _client(self) -> aiomqtt.Client:
        lost = aiomqtt.Will(
            self.desk.topics.device(self.desk.device, "state"), b'{"state":"lost"}', 1, retain=True
        )
        return aiomqtt.Client(
            "127.0.0.1",
            self._port,
            identifier=self.desk.device,
            protocol=aiomqtt.ProtocolVersion.V311,
            clean_session=True,
            will=lost,
            timeout=5,
        )
