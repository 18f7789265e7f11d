"""MQTT in: the hall as this machine last heard it, since when it is silent, and what this machine answers.

    broker -> Feed.take -> Newest, HallClock, Silence -> every watcher wakes -> panels and screens look

Belongs here: connecting, subscribing, reconnecting, telling the hall what is shown. Never here: how it is shown.
Nothing is executed late: commands that the broker kept are ignored.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
import socket
import time
from datetime import UTC, datetime
from typing import Final, Protocol

import aiomqtt
import structlog

from displays.config import DisplaySettings
from displays.connection import connected, heed_cancellation
from displays.hall_clock import HallClock, Silence
from displays.newest import Newest
from displays.orders import Orders
from displays.place import Place
from displays.told import SIGN_EVERY_S, Told
from hall_controller.errors import ConfigError
from hall_controller.messages import CallsBoard, CounterDisplay, DeviceState, Topics

FIRST_RETRY_S: Final = 0.1
LONGEST_RETRY_S: Final = 1.0
"""A display must be right two seconds after the broker is back, so it never waits longer than this."""
CONNECT_TIMEOUT_S: Final = 3.0
QUIET: Final = logging.Logger("mqtt", logging.CRITICAL + 1)  # noqa: LOG001 - no part of the tree of loggers
"""aiomqtt logs a traceback when a connection is given up in mid-subscription; what matters of it is raised anyway."""
STATUS_GAP_S: Final = 0.5
"""What is shown is told at most twice a second, the newest only."""
STALE_GRACE_S: Final = 2.0
"""A broker that restarts within this time is not told to visitors."""

log = structlog.get_logger()


class Hearer(Protocol):
    """Takes the messages of one topic that is no board."""

    def __call__(self, payload: bytes, *, retained: bool) -> None:
        """One message, as it came; `retained` when the broker had kept it."""


class Feed:
    """What was heard, and the connection it comes by.

    With `speak` false it only listens, under another client identifier, and leaves the device's own topics alone: for a
    second look beside the running display, which cannot wait to see whether a silence lasts.
    """

    def __init__(self, settings: DisplaySettings, *, speak: bool = True) -> None:
        self._settings = settings
        self._speak = speak
        self._grace_s = STALE_GRACE_S if speak else 0.0
        self._topics = Topics(settings.hall.id)
        self._device = settings.device.id
        self._watchers: list[asyncio.Event] = []
        self._hearers: dict[str, Hearer] = {}
        self._protocol = settings.mqtt.protocol
        self._password = _password(settings)
        self.newest = Newest(settings.hall.id)
        self.clock = HallClock()
        self.silence = Silence(datetime.now(UTC))
        self.orders = Orders()
        self.place = Place(settings.panels, self._wake)
        if speak:
            self._hearers[self._topics.device(self._device, "config")] = self.place
        self.told = Told(settings, self._password)
        self.connections = 0
        self.calls_heard_in = 0
        """The connection, counted as `connections`, in which a board of calls was heard last."""

    def watch(self) -> asyncio.Event:
        """An event that is set whenever anything changed; the watcher clears it."""
        watcher = asyncio.Event()
        self._watchers.append(watcher)
        return watcher

    def hear(self, topic: str, hearer: Hearer) -> None:
        """Listen to one more topic from the next connection on, and leave what it says to the hearer."""
        self._hearers[topic] = hearer

    def now(self) -> datetime:
        """The hall's time, UTC."""
        return self.clock.now(datetime.now(UTC))

    def stale_since(self) -> datetime | None:
        """Since when, in the hall's time, people must be told that nothing is known."""
        since = self.silence.told_since(datetime.now(UTC), self._grace_s)
        return None if since is None else self.clock.now(since)

    def stale_in_s(self) -> float | None:
        """Seconds until `stale_since` will speak; None when nothing is silent or it speaks already."""
        if self.silence.since is None:
            return None
        left = self._grace_s - (datetime.now(UTC) - self.silence.since).total_seconds()
        return left if left > 0 else None

    def take(self, topic: str, payload: bytes, *, retained: bool) -> None:
        """One message from the broker."""
        own = datetime.now(UTC)
        result = self.newest.take(topic, payload)
        if result == "malformed":
            log.warning("dropped a message that cannot be read", topic=topic, bytes=len(payload))
            self.told.dropped({str(kind): count for kind, count in self.newest.taken.items()})
        if topic == self._topics.calls:
            self.calls_heard_in = self.connections
        if result != "new":
            return
        if topic == self._topics.controller_state:
            state = self.newest.controller
            if state is not None:
                self.clock.heard_controller(state, own, live=not retained)
            self.silence.controller(state, own)
        self._learn_time(topic, own)
        self.told.heard(self.newest.numbers())
        self._wake()

    def _learn_time(self, topic: str, own: datetime) -> None:
        """A board of the controller's present epoch says a time that has passed in the hall."""
        epoch = self.newest.controller.epoch if self.newest.controller else None
        board = self.newest.board(topic)
        if board is None or board.epoch != epoch:
            return
        if isinstance(board, CallsBoard) and board.calls:
            self.clock.heard_time(board.calls[0].time, own)
        elif isinstance(board, CounterDisplay):
            self.clock.heard_time(board.since, own)

    def _wake(self) -> None:
        for watcher in self._watchers:
            watcher.set()

    async def run(self) -> None:
        """Listen until cancelled, through every loss of the broker."""
        wait_s = FIRST_RETRY_S
        while True:
            before = self.connections
            try:
                await self._connection()
            except* aiomqtt.MqttError as errors:
                self._lost(str(errors.exceptions[0]))
            heed_cancellation()
            if self.connections > before:
                wait_s = FIRST_RETRY_S
            await asyncio.sleep(wait_s * random.uniform(0.5, 1.0))  # noqa: S311 - jitter keeps no secret
            wait_s = min(LONGEST_RETRY_S, wait_s * 2)

    def _lost(self, reason: str) -> None:
        if self.silence.connected:
            log.warning("the broker is away", reason=reason)
        elif "Errno" not in reason:  # somebody listens there, but does not answer to this version
            self._protocol = "3.1.1" if self._protocol == "5" else self._settings.mqtt.protocol
        self.silence.disconnect(datetime.now(UTC))
        self._wake()

    async def _connection(self) -> None:
        """One connection from its first byte to its last; raises a group of MqttError when it ends."""
        client = self._client()
        async with asyncio.TaskGroup() as tasks, connected(client):
            self.connections += 1
            self._wake()
            log.info(
                "connected", host=self._settings.mqtt.host, port=self._settings.mqtt.port, mqtt=self._protocol
            )
            if self._speak:
                await self._introduce(client)
            await client.subscribe(self._topics.controller_state, qos=1)
            self.silence.connect()
            counters, queues = self._topics.display("+"), self._topics.queue("+")
            await client.subscribe([(self._topics.hall_board, 1), (counters, 1), (queues, 1)])
            for topic in self._hearers:
                await client.subscribe(topic, qos=1)
            await client.subscribe(self._topics.calls, qos=1)  # last: with it, everything kept has come
            if self._speak:
                tasks.create_task(self._tell_status(client))
            heed_cancellation()
            await self._listen(client)

    def _client(self) -> aiomqtt.Client:
        mqtt = self._settings.mqtt
        v5 = self._protocol == "5"
        lost = DeviceState(state="lost", boot=self.told.boot).model_dump_json()
        will = aiomqtt.Will(self._topics.device(self._device, "state"), lost, qos=1, retain=True)
        return aiomqtt.Client(
            mqtt.host,
            mqtt.port,
            username=mqtt.username,
            password=self._password,
            tls_params=aiomqtt.TLSParameters(ca_certs=str(mqtt.ca_file)) if mqtt.ca_file else None,
            identifier=self._device if self._speak else f"{self._device}-look",
            protocol=aiomqtt.ProtocolVersion.V5 if v5 else aiomqtt.ProtocolVersion.V311,
            clean_session=None if v5 else True,
            will=will if self._speak else None,
            keepalive=mqtt.keepalive_s,
            timeout=CONNECT_TIMEOUT_S,
            logger=QUIET,
            socket_options=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
        )

    async def _introduce(self, client: aiomqtt.Client) -> None:
        await client.subscribe(self._topics.device(self._device, "command"), qos=1)
        await client.subscribe(self._topics.device(self._device, "state"), qos=1)
        await self._say_ready(client)
        await self._say(client, "info", self.told.info())

    async def _say_ready(self, client: aiomqtt.Client) -> None:
        await self._say(client, "state", DeviceState(state="ready", boot=self.told.boot).model_dump_json())

    async def _say(self, client: aiomqtt.Client, leaf: str, payload: str, *, retain: bool = True) -> None:
        await client.publish(self._topics.device(self._device, leaf), payload, qos=1, retain=retain)
        heed_cancellation()

    async def _tell_status(self, client: aiomqtt.Client) -> None:
        while True:
            self.told.changed.clear()
            await self._say(client, "status", self.told.status())
            await asyncio.sleep(STATUS_GAP_S)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(SIGN_EVERY_S):
                    await self.told.changed.wait()

    async def _listen(self, client: aiomqtt.Client) -> None:
        command, own_state = (self._topics.device(self._device, leaf) for leaf in ("command", "state"))
        async for message in client.messages:
            topic, payload = message.topic.value, _bytes(message.payload)
            if topic == command:
                await self._obey(client, payload, retained=message.retain)
            elif topic == own_state:
                await self._answer_will(client, payload)
            elif hearer := self._hearers.get(topic):
                hearer(payload, retained=message.retain)
            else:
                self.take(topic, payload, retained=message.retain)

    async def _answer_will(self, client: aiomqtt.Client, payload: bytes) -> None:
        """An old session's last will may arrive after our own word: say again that we live."""
        if b'"lost"' in payload or not payload:
            await self._say_ready(client)

    async def _obey(self, client: aiomqtt.Client, payload: bytes, *, retained: bool) -> None:
        if retained:
            log.warning("ignored a command that the broker kept")
            return
        reply = self.orders.take(payload, now=self.now(), at_s=time.monotonic())
        if reply is not None:
            await self._say(client, "reply", reply.model_dump_json(), retain=False)
            self._wake()

    async def say_goodbye(self) -> None:
        """Tell the hall that this machine stops on purpose; without a broker nobody is told."""
        if not self._speak:
            return
        with contextlib.suppress(aiomqtt.MqttError, TimeoutError):
            client = self._client()
            async with asyncio.timeout(1), connected(client):
                gone = DeviceState(state="disconnected", boot=self.told.boot).model_dump_json()
                await self._say(client, "state", gone)


def _bytes(payload: object) -> bytes:
    return payload if isinstance(payload, bytes) else str(payload or "").encode()


def _password(settings: DisplaySettings) -> str | None:
    path = settings.mqtt.password_file
    if path is None:
        return None
    try:
        return path.read_text("utf-8").strip()
    except OSError as error:
        raise ConfigError(
            [f"mqtt.password_file = {path}: {error.strerror}; put the device's secret there"]
        ) from error
