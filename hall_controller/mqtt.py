"""Keeps the broker's retained topics equal to the boards, and hands on what devices say.

The broker is a cache: on every connection all boards are published again, and neither its queues nor its PUBACK are
evidence of anything. Nothing here decides; a press is acknowledged when the controller has answered.
"""

from __future__ import annotations

import asyncio
import logging
import random
import socket
from typing import TYPE_CHECKING, Any, Final, Self

import aiomqtt
from paho.mqtt.subscribeoptions import SubscribeOptions
from pydantic import ValidationError

from hall_controller import events
from hall_controller.messages import ControllerState, Payload, Text, Topics
from hall_controller.mqtt_devices import HEARD, MqttDevices, json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hall_controller.boards import Key
    from hall_controller.controller import Controller, Told
    from hall_controller.health import Health
    from hall_controller.messages import Board

FIRST_RETRY_S: Final = 0.1
LONGEST_RETRY_S: Final = 1.0
"""A broker that comes back has all boards within two seconds."""
PAUSE_S: Final = 0.002
PATIENCE: Final = 25
"""Events wait so many pauses at most while officers' presses are still being decided."""
IN_FLIGHT: Final = 10_000
KEEPALIVE_S: Final = 10
ANSWER_WITHIN_S: Final = 2.0
"""A broker of the hall's own network that is silent for longer does not understand us, or hangs."""
QUIET: Final = logging.Logger("mqtt", logging.CRITICAL + 1)  # noqa: LOG001 - no part of the tree of loggers
"""aiomqtt logs a traceback when a connection is given up in mid-subscription; what matters of it is raised anyway."""
STRAIGHT_AWAY: Final = ((socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),)


class Broker(aiomqtt.Client):
    """The connection to the broker, which can also send without waiting for the broker's word."""

    async def __aenter__(self) -> Self:
        """Connect; an attempt that fails or is given up leaves no socket behind, as aiomqtt alone would."""
        entering = asyncio.create_task(super().__aenter__())
        try:
            return await asyncio.shield(entering)
        except BaseException:  # also when we are cancelled while connecting
            await asyncio.wait({entering}, timeout=LONGEST_RETRY_S)  # paho opens its socket in a thread
            entering.cancel()
            await asyncio.gather(entering, return_exceptions=True)
            self._client._sock_close()  # noqa: SLF001 - nothing public closes a socket that was never connected
            raise

    def post(self, topic: str, payload: bytes, qos: int, *, retain: bool) -> None:
        """Hand the message to the socket now; whether it arrives shows with the next board."""
        self._client.publish(topic, payload, qos, retain)


class Mqtt:
    """The controller's side of the contract over MQTT; `counters` says which device belongs to which counter."""

    def __init__(
        self,
        address: BrokerAddress,
        topics: Topics,
        controller: Controller,
        counters: Mapping[str, str | None],
        health: Health,
        version: str,
    ) -> None:
        self._address = address
        self._topics = topics
        self._controller = controller
        self._health = health
        self._version = version
        self._broker: Broker | None = None
        self._state = "ready"
        self._leaving = False
        self._untold: list[Told] = []
        self.devices = MqttDevices(topics, controller, counters, health, self._post)
        self.kept: dict[str, bytes] = {}
        """Further retained messages by topic, told on every connection; an empty one is taken back."""
        self.on_connected: list[Callable[[], None]] = []
        """Called when a connection to the broker begins, before anything is heard on it."""
        controller.on_board.append(self._tell_board)
        controller.on_commit.append(self._tell_events)
        health.on_alert.append(self._tell_alert)

    @property
    def connected(self) -> bool:
        """Whether the broker hears us now."""
        return self._broker is not None

    async def run(self) -> None:
        """Stay connected until cancelled; then say goodbye."""
        retry_s = FIRST_RETRY_S
        newest_protocol = True
        while True:
            began = asyncio.get_running_loop().time()
            try:
                await self._serve(newest_protocol=newest_protocol)
            except aiomqtt.MqttError as error:
                if self._leaving:  # the goodbye could not be said; we go all the same
                    raise asyncio.CancelledError from error
                self._health.raise_alert("broker-away", "critical", _broker_away(self._address))
                if self._broker is None and not str(error).startswith("[Errno"):
                    newest_protocol = not newest_protocol  # it is there, but does not speak this version
            finally:
                self._broker = None
            served_s = asyncio.get_running_loop().time() - began
            retry_s = FIRST_RETRY_S if served_s > LONGEST_RETRY_S else min(2 * retry_s, LONGEST_RETRY_S)
            await asyncio.sleep(retry_s * random.uniform(0.5, 1.0))  # noqa: S311 - jitter, not a secret

    async def _serve(self, *, newest_protocol: bool) -> None:
        """One connection, from the first board to the last will."""
        address = self._address
        async with Broker(
            address.host,
            address.port,
            username=address.username,
            password=address.password,
            identifier=address.client_id,
            protocol=aiomqtt.ProtocolVersion.V5 if newest_protocol else aiomqtt.ProtocolVersion.V311,
            clean_session=None if newest_protocol else True,
            will=aiomqtt.Will(self._topics.controller_state, self._own_state("lost"), 1, retain=True),
            keepalive=KEEPALIVE_S,
            timeout=ANSWER_WITHIN_S,
            max_inflight_messages=IN_FLIGHT,
            socket_options=STRAIGHT_AWAY,
            queue_type=_straight_to(self._receive),
            logger=QUIET,
        ) as broker:
            self._broker = broker
            for tell in self.on_connected:
                tell()
            await broker.subscribe(self._heard(newest_protocol=newest_protocol))
            self._tell_everything()  # who hears that the controller is ready may press at once
            self._health.end_alert("broker-away")
            try:
                async for _ in broker.messages:
                    pass  # messages go straight to _receive; this ends when the connection does
            except asyncio.CancelledError:
                self._leaving = True
                self._tell_untold(0)
                await broker.publish(
                    self._topics.controller_state, self._own_state("disconnected"), 1, retain=True, timeout=1
                )
                raise

    def _heard(self, *, newest_protocol: bool) -> list[tuple[str, Any]]:
        """What we listen to. Only MQTT 5 shows at once that a command is retained; else the next connection does."""
        own = (self._topics.controller_state, self._topics.alert("+"))
        devices = (self._topics.device("+", leaf) for leaf in HEARD)
        plain: Any = SubscribeOptions(1) if newest_protocol else 1
        as_sent: Any = SubscribeOptions(1, retainAsPublished=True) if newest_protocol else 1
        commands = (self._topics.device("+", "command"), as_sent)
        return [*((topic, plain) for topic in (*own, *devices)), commands]

    def tell_state(self, state: str) -> None:
        """The controller is `ready`, or `degraded` while its journal cannot be written."""
        if state != self._state:
            self._state = state
            self._post(self._topics.controller_state, self._own_state(state), retain=True)

    def tell_health(self, payload: Payload) -> None:
        """The controller's health, every 30 s."""
        self._post(self._topics.controller_health, json(payload), qos=0)

    def _tell_everything(self) -> None:
        self._post(self._topics.controller_state, self._own_state(self._state), retain=True)
        for key, board in self._controller.boards.shown.items():
            self._tell_board(key, board)
        for alert in self._health.alerts.values():
            self._tell_alert(alert.code, alert)

        for topic, payload in self.kept.items():
            self._post(topic, payload, retain=True)

    def _tell_board(self, key: Key, board: Board) -> None:
        self._post(self._topic(key), json(board), retain=True)

    def _tell_alert(self, code: str, alert: Payload | None) -> None:
        self._post(self._topics.alert(code), json(alert) if alert else b"", retain=True)

    def _tell_events(self, told: Told) -> None:
        """Events come after the displays and acks of a burst, but not much: see PATIENCE."""
        self._untold.append(told)
        if len(self._untold) == 1:
            asyncio.get_running_loop().call_later(PAUSE_S, self._tell_untold, PATIENCE)

    def _tell_untold(self, patience: int) -> None:
        if patience and self._controller.busy:
            asyncio.get_running_loop().call_later(PAUSE_S, self._tell_untold, patience - 1)
            return
        untold, self._untold = self._untold, []
        for told in untold:
            for record in told.records:
                announcement = events.announcement(record, told.hall)
                if announcement is not None:
                    self._post(self._topics.announcement, json(announcement))
        for told in untold:
            for record in told.records:
                event = events.cloud_event(record, told.hall)
                self._post(self._topics.event(event.type), json(event))

    def _topic(self, key: Key) -> str:
        kind, name = key
        match kind:
            case "counter":
                return self._topics.display(name)
            case "queue":
                return self._topics.queue(name)
            case _:
                return self._topics.calls if name == "calls" else self._topics.hall_board

    def _post(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None:
        if self._broker is not None:
            self._broker.post(topic, payload, qos, retain=retain)

    def _own_state(self, state: Any) -> bytes:  # noqa: ANN401 - pydantic checks the word
        now = self._controller.clock.now()
        return json(
            ControllerState(
                state=state,
                epoch=self._controller.hall.epoch,
                time=now.at,
                time_trusted=now.trusted,
                version=self._version,
                training=self._controller.clock.training,
            )
        )

    def _receive(self, message: aiomqtt.Message) -> None:
        """One message from the broker; whatever it holds, it never ends the connection."""
        topic, payload = str(message.topic), bytes(message.payload)
        if topic == self._topics.controller_state:
            self._receive_own_state(payload)
            return
        if topic.startswith(self._topics.alert("")):
            self._receive_alert(topic, payload)
            return
        _, device, leaf = topic.rsplit("/", 2)
        self.devices.receive(device, leaf, payload, retained=message.retain)

    def _receive_own_state(self, payload: bytes) -> None:
        """An old session's last will may call us lost while we live: say at once that we do."""
        try:
            state = ControllerState.model_validate_json(payload).state
        except ValidationError:
            state = "lost"
        if state != self._state and not self._leaving:
            self._post(self._topics.controller_state, self._own_state(self._state), retain=True)

    def _receive_alert(self, topic: str, payload: bytes) -> None:
        """What the broker kept of an alert that ended while we were apart is taken back."""
        if payload and topic.rsplit("/", 1)[1] not in self._health.alerts:
            self._post(topic, b"", retain=True)


class BrokerAddress:
    """Where the broker is, and as whom the controller speaks to it."""

    def __init__(
        self, host: str, port: int, client_id: str, username: str | None = None, password: str | None = None
    ) -> None:
        self.host = host
        self.port = port
        self.client_id = client_id
        self.username = username
        self.password = password


def _straight_to(receive: Any) -> type[asyncio.Queue[aiomqtt.Message]]:  # noqa: ANN401 - a bound method
    """A queue for aiomqtt that hands each message over in the very callback that read it (saves 0.1 ms a press)."""

    class Straight(asyncio.Queue[aiomqtt.Message]):
        def put_nowait(self, item: aiomqtt.Message) -> None:
            receive(item)

    return Straight


def _broker_away(address: BrokerAddress) -> Text:
    where = f"{address.host}:{address.port}"
    return Text(
        vi=f"Không kết nối được máy chủ MQTT tại {where}, hệ thống tự thử lại: kiểm tra dịch vụ mosquitto và cáp mạng.",
        en=f"The MQTT broker at {where} cannot be reached and is tried again: is mosquitto running, is the cable in?",
    )
