"""Whether the broker keeps its rules, tried at the receiver: a device may neither say nor hear what is not its own.

MQTT 3.1.1 answers a forbidden message with success, so only what arrives tells. The one topic that is used belongs to
nobody, and the device that lends its name keeps its connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import aiomqtt

from hall_controller.doctor.broker import KEPT_S, client

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hall_controller.messages import Topics

TOPIC: Final = "doctor/try"
"""Below the hall's root: the controller may use it, and nobody does."""
SENDER: Final = "hall-doctor-device"
OWN_MACHINE: Final = frozenset({"127.0.0.1", "::1", "localhost"})
"""There the broker knows clients by the name that they choose; elsewhere a second one pushes the device off."""

Rules = Literal["kept", "broken", "untried"]


class Login(NamedTuple):
    """A name at the broker, and its secret."""

    name: str
    secret: str


class Tried(NamedTuple):
    """What came of it; `why` nothing could be tried, or what a device may do that it must not."""

    rules: Rules
    why: str = ""


def lender(host: str, known: Mapping[str, str], states: Mapping[str, str]) -> Login | None:
    """A device whose name may be borrowed: best one that is not there; `known` are the devices' secrets."""
    absent = [device for device in known if states.get(device) != "ready"]
    if not absent and host not in OWN_MACHINE:
        return None
    device = next(iter(absent or known), None)
    return None if device is None else Login(device, known[device])


async def try_rules(host: str, port: int, controller: Login, device: Login, topics: Topics) -> Tried:
    """Say and hear something as the device that it must not; seen at the controller's end."""
    topic, word = f"{topics.root}{TOPIC}", secrets.token_hex(8).encode()
    try:
        async with (
            client(host, port, f"{SENDER}-ear", controller.name, controller.secret) as ear,
            client(host, port, SENDER, device.name, device.secret) as lent,
        ):
            await ear.subscribe(topic, 1)
            with contextlib.suppress(aiomqtt.MqttError):  # refused at once, as MQTT 5 may
                await lent.subscribe(topic, 1)
            await lent.publish(topic, b"said " + word, qos=1)
            await ear.publish(topic, b"told " + word, qos=1)
            said = await _heard(ear, b"said " + word, last=b"told " + word)
            heard = await _heard(lent, b"told " + word)
    except (aiomqtt.MqttError, TimeoutError) as error:
        return Tried("untried", f"{device.name}: {error}")
    if said or heard:
        return Tried("broken", device.name)
    return Tried("kept")


async def _heard(listening: aiomqtt.Client, word: bytes, last: bytes | None = None) -> bool:
    """Whether it arrives: before `last`, or soon."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(KEPT_S):
            async for message in listening.messages:
                if message.payload in {word, last}:
                    return message.payload == word
    return False
