"""What devices say over MQTT, and what the controller answers each of them.

    input -> command -> submit -> ack        state, info, status -> listeners        reply -> whoever gave the order

Belongs here: the topics below `device/`. Never here: the connection (`mqtt`), what a silence means (`equipment`).
"""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING, Final, Protocol

from pydantic import ValidationError

from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.errors import JournalUnavailable
from hall_controller.messages import (
    IDENTIFIER_PATTERN,
    LARGEST_PAYLOAD_BYTES,
    Ack,
    DeviceCommand,
    DeviceInfo,
    DeviceInput,
    DeviceReply,
    DeviceState,
    DeviceStatus,
    Payload,
    Reason,
    Text,
    Topics,
    alert_code,
    parse_input,
)
from hall_controller.presses import device_command, press_cause, still_valid_s

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hall_controller.answers import Answer
    from hall_controller.controller import Controller
    from hall_controller.health import Health

LEAVES: Final[Mapping[str, type[DeviceState | DeviceInfo | DeviceStatus]]] = {
    "state": DeviceState,
    "info": DeviceInfo,
    "status": DeviceStatus,
}
RETAINED_TOLD_S: Final = 3600.0
"""Whoever looks for the program that sends them has so long to see the alert; each further one begins it anew."""
HEARD: Final = ("input", "reply", *LEAVES)
"""What the controller listens to of every device; commands besides."""


class Post(Protocol):
    """Sends a message if there is a broker."""

    def __call__(self, topic: str, payload: bytes, *, qos: int = 1, retain: bool = False) -> None: ...


class MqttDevices:
    """The controller's side of every device; `counters` says which device belongs to which counter, now."""

    def __init__(
        self,
        topics: Topics,
        controller: Controller,
        counters: Mapping[str, str | None],
        health: Health,
        post: Post,
    ) -> None:
        self.on_said: list[Callable[[str, Payload], None]] = []
        """Hears all that a device says and that can be read."""
        self._topics = topics
        self._controller = controller
        self._counters = counters
        self._health = health
        self._post = post
        self._awaited: dict[str, asyncio.Future[DeviceReply]] = {}
        self._unreadable: dict[str, set[str]] = {}
        """The leaves of which a device's last message could not be read."""
        self._retained_s: dict[str, float] = {}
        """When a retained command was last found, by whom it was for."""

    async def order(self, device: str, command: DeviceCommand, within_s: float) -> DeviceReply | None:
        """Give a device an order; its reply, or None when there was none in time."""
        reply: asyncio.Future[DeviceReply] = asyncio.get_running_loop().create_future()
        self._awaited[command.id] = reply
        try:
            self._post(self._topics.device(device, "command"), json(command))
            async with asyncio.timeout(within_s):
                return await reply
        except TimeoutError:
            return None
        finally:
            del self._awaited[command.id]

    def configure(self, device: str, settings: Payload | None) -> None:
        """Keep these settings for a device at the broker; None takes them back."""
        self._post(self._topics.device(device, "config"), json(settings) if settings else b"", retain=True)

    def receive(self, device: str, leaf: str, payload: bytes, *, retained: bool) -> None:
        """One message below `device/`; whatever it holds, nothing escapes."""
        if len(payload) > LARGEST_PAYLOAD_BYTES:
            self._malformed(device, leaf)
        elif leaf == "input" and not retained:
            self._input(device, payload)
        elif leaf == "command" and retained and payload:
            self._post(self._topics.device(device, "command"), b"", retain=True)
            self._retained(device)
        elif leaf == "reply" and not retained:
            self._reply(device, payload)
        elif leaf in LEAVES and payload:
            self._said(device, leaf, payload)

    def look(self, now_s: float) -> None:
        """Take back what was told of retained commands when none came for an hour."""
        for device in [
            device for device, at_s in self._retained_s.items() if now_s - at_s >= RETAINED_TOLD_S
        ]:
            del self._retained_s[device]
            self._health.end_alert(alert_code("retained", device))

    def _retained(self, device: str) -> None:
        name = device if re.fullmatch(IDENTIFIER_PATTERN, device) else "stranger"
        self._retained_s[name] = time.monotonic()
        self._health.raise_alert(alert_code("retained", name), "warning", _retained_command(name))

    def _said(self, device: str, leaf: str, payload: bytes) -> None:
        try:
            said = LEAVES[leaf].model_validate_json(payload)
        except ValidationError:
            self._malformed(device, leaf)
            return
        self._readable(device, leaf)
        if isinstance(said, DeviceState) and device in self._counters:
            self._health.device_is(device, said.state)
        self._tell(device, said)

    def _reply(self, device: str, payload: bytes) -> None:
        try:
            reply = DeviceReply.model_validate_json(payload)
        except ValidationError:
            self._malformed(device, "reply")
            return
        self._readable(device, "reply")
        awaited = self._awaited.get(reply.id)
        if awaited is not None and not awaited.done():
            awaited.set_result(reply)
        self._tell(device, reply)

    def _tell(self, device: str, said: Payload) -> None:
        for tell in self.on_said:
            tell(device, said)

    def _input(self, device: str, payload: bytes) -> None:
        try:
            press = parse_input(payload)
        except ValidationError:
            self._malformed(device, "input")
            return
        self._tell(device, press)
        self._readable(device, "input")
        if device in self._counters:
            now = self._controller.clock.now().at
            command = device_command(device, self._counters[device], press, now)
        else:
            command = refuse("unknown_device")
        if isinstance(command, Refusal):
            self._acknowledge(device, press, command, None, duplicate=False)
            return
        not_after_s = time.monotonic() + still_valid_s(press)
        answer = self._controller.submit(command, press_cause(device, press), not_after_s=not_after_s)
        answer.add_done_callback(lambda answered: self._answered(device, press, answered))

    def _answered(self, device: str, press: DeviceInput, answered: asyncio.Future[Answer]) -> None:
        if answered.cancelled():
            return
        error = answered.exception()
        if isinstance(error, JournalUnavailable):
            self._acknowledge(device, press, refuse("journal_unavailable"), None, duplicate=False)
            return
        answer = answered.result()
        self._acknowledge(device, press, answer.refusal, answer.ticket, duplicate=answer.duplicate)

    def _acknowledge(
        self, device: str, press: DeviceInput, refusal: Refusal | None, ticket: str | None, *, duplicate: bool
    ) -> None:
        ack = Ack(
            boot=press.boot,
            seq=press.seq,
            result="duplicate" if duplicate else "rejected" if refusal else "ok",
            ticket=ticket,
            reason=_reason(refusal) if refusal else None,
        )
        self._post(self._topics.device(device, "ack"), json(ack))

    def _malformed(self, device: str, leaf: str) -> None:
        """Dropped, counted, alerted; nothing else."""
        self._health.malformed += 1
        if device in self._counters:
            self._unreadable.setdefault(device, set()).add(leaf if leaf in HEARD else "input")
            self._health.raise_alert(alert_code("malformed", device), "warning", _malformed(device, leaf))

    def _readable(self, device: str, leaf: str) -> None:
        """The alert ends when all that could not be read can be."""
        unreadable = self._unreadable.get(device)
        if unreadable is not None:
            unreadable.discard(leaf)
            if not unreadable:
                del self._unreadable[device]
                self._health.end_alert(alert_code("malformed", device))


def json(payload: Payload) -> bytes:
    """The payload as it travels."""
    return payload.__pydantic_serializer__.to_json(payload)


def _reason(refusal: Refusal) -> Reason:
    return Reason(code=refusal.code, text=Text(vi=refusal.text.vi, en=refusal.text.en))


def _retained_command(device: str) -> Text:
    return Text(
        vi=f"Đã bỏ qua và xóa một lệnh lưu sẵn cho {device}: không được gửi lệnh với cờ retain.",
        en=f"A retained command for {device} was ignored and cleared: commands must never be sent retained.",
    )


def _malformed(device: str, leaf: str) -> Text:
    return Text(
        vi=f"{device} gửi dữ liệu sai ở {leaf}: kiểm tra phiên bản phần mềm của thiết bị.",
        en=f"{device} sends malformed data on {leaf}: check the firmware version of the device.",
    )
