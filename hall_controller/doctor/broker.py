"""What the broker says: whether it is there, lets strangers in, and what it keeps of each device; looking only.

It is asked under a name of its own, so that nobody is pushed off, and only listens.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import dataclass, field
from typing import Final

import aiomqtt
from pydantic import ValidationError

from hall_controller.messages import DeviceState, Topics

NAME: Final = "hall-doctor"
QUIET: Final = logging.Logger("mqtt", logging.CRITICAL + 1)  # noqa: LOG001 - no part of the tree of loggers
ANSWER_S: Final = 3.0
KEPT_S: Final = 0.5
"""A broker hands out what it has kept within milliseconds."""


@dataclass(slots=True)
class Broker:
    """One look at a broker."""

    reachable: bool = False
    why: str = ""
    """What it said, when it was not."""
    open_to_strangers: bool = False
    states: dict[str, str] = field(default_factory=dict)
    """The retained state of each device."""
    kept_commands: list[str] = field(default_factory=list)
    """Devices for which a command is retained, which must never be."""


async def look(host: str, port: int, username: str | None, password: str | None, topics: Topics) -> Broker:
    """Look at the broker at this address, as the controller's user, and as nobody when that is another."""
    seen = Broker()
    try:
        await _read(client(host, port, NAME, username, password), topics, seen)
        seen.reachable = True
    except aiomqtt.MqttError as error:
        seen.why = str(error)
        return seen
    if username:
        with contextlib.suppress(aiomqtt.MqttError):
            async with client(host, port, f"{NAME}-stranger"):
                seen.open_to_strangers = True
    return seen


def client(
    host: str, port: int, name: str, username: str | None = None, password: str | None = None
) -> aiomqtt.Client:
    """A client that signs in and is heard of in no log."""
    return aiomqtt.Client(
        host, port, identifier=name, username=username, password=password, timeout=ANSWER_S, logger=QUIET
    )


async def _read(listening: aiomqtt.Client, topics: Topics, seen: Broker) -> None:
    async with listening:
        await listening.subscribe([(topics.device("+", "state"), 1), (topics.device("+", "command"), 1)])
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(KEPT_S):
                async for message in listening.messages:
                    _take(str(message.topic), bytes(message.payload), retained=message.retain, seen=seen)


def _take(topic: str, payload: bytes, *, retained: bool, seen: Broker) -> None:
    _, device, leaf = topic.rsplit("/", 2)
    if leaf == "command":
        if retained and payload:
            seen.kept_commands.append(device)
        return
    with contextlib.suppress(ValidationError):
        seen.states[device] = DeviceState.model_validate_json(payload).state
