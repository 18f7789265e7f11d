"""Connections to the demo's broker that end when they should, whatever the moment.

Belongs here: clients, and what aiomqtt lacks on Python 3.11 when it is cancelled. Never here: a topic's meaning.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import aiomqtt

from hall_controller.errors import HallError
from hall_controller.messages import DeviceState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

LOOPBACK: Final = "127.0.0.1"
KEEPALIVE_S: Final = 10
QUIET: Final = logging.Logger("mqtt", logging.CRITICAL + 1)  # noqa: LOG001 - no part of the tree of loggers
"""aiomqtt logs a traceback when a connection is given up in mid-subscription; what matters of it is raised anyway."""
ANSWERS_WITHIN_S: Final = 5.0
GIVES_UP_CONNECTING_S: Final = 1.0
"""How long an end waits for an attempt that is under way: cancelled in its middle, aiomqtt leaves a socket behind."""


@asynccontextmanager
async def connection(name: str, port: int, *, will_topic: str | None = None) -> AsyncIterator[aiomqtt.Client]:
    """An MQTT 3.1.1 client, which every broker understands, for as long as the block runs; raises HallError.

    `will_topic` is a device's state topic, on which the broker tells that the device is lost.
    """
    client = _client(name, port, will_topic)
    try:
        await _entered(client)
        try:
            still_wanted()
            yield client
        finally:
            await client.__aexit__(None, None, None)
    except aiomqtt.MqttError as error:
        raise HallError(f"{name} lost the demo's broker on port {port} ({error}).") from None


def _client(name: str, port: int, will_topic: str | None) -> aiomqtt.Client:
    lost = DeviceState(state="lost", boot=int(time.time())).model_dump_json()
    return aiomqtt.Client(
        LOOPBACK,
        port,
        identifier=name,
        protocol=aiomqtt.ProtocolVersion.V311,
        clean_session=True,
        will=None if will_topic is None else aiomqtt.Will(will_topic, lost, 1, retain=True),
        keepalive=KEEPALIVE_S,
        timeout=ANSWERS_WITHIN_S,
        logger=QUIET,
    )


async def _entered(client: aiomqtt.Client) -> None:
    """Connect; when cancelled meanwhile, first finish and then disconnect."""
    entering = asyncio.create_task(client.__aenter__())
    try:
        await asyncio.shield(entering)
    except asyncio.CancelledError:
        await asyncio.wait({entering}, timeout=GIVES_UP_CONNECTING_S)
        if not entering.done():
            entering.cancel()
        elif entering.exception() is None:
            await client.__aexit__(None, None, None)
        raise


def still_wanted() -> None:
    """Raise CancelledError when this task has been cancelled: to be asked after every call of aiomqtt.

    It waits with asyncio.wait_for, which before Python 3.12 loses a cancellation that comes in the very moment of the
    answer (bpo-42130); a pad would then go on for ever in a demo that has ended.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
