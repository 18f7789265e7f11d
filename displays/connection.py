"""An MQTT connection that ends when it should: what aiomqtt 2 leaves open or swallows on Python 3.11 is mended here.

Belongs here: the two mends, each with its reason. Never here: a topic or a payload.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import aiomqtt

CONNECTING_S: Final = 1.0
"""How long a stop waits for an attempt that is under way, so that its socket can be closed."""


@asynccontextmanager
async def connected(client: aiomqtt.Client) -> AsyncIterator[None]:
    """The client's connection for as long as the block runs; raises MqttError.

    A broker that takes the connection but never answers (stopped, overloaded) leaves aiomqtt with an open socket for
    every attempt; when it wakes up, all of them would fight for one client identifier. So the socket is always closed.
    """
    entering = asyncio.create_task(client.__aenter__())
    try:
        await _finished(entering)
        try:
            yield
        finally:
            await client.__aexit__(None, None, None)
    finally:
        client._client._sock_close()  # noqa: SLF001 - neither aiomqtt nor paho closes the socket of a failed attempt


async def _finished(entering: asyncio.Task[aiomqtt.Client]) -> None:
    """Wait for a connection; when cancelled, first let the thread end in which paho opens its socket."""
    try:
        await asyncio.shield(entering)
    except asyncio.CancelledError:
        await asyncio.wait([entering], timeout=CONNECTING_S)
        entering.cancel()
        await asyncio.gather(entering, return_exceptions=True)
        raise


def heed_cancellation() -> None:
    """End this task if it was asked to end: Python 3.11's wait_for, which aiomqtt waits with, may swallow the request.

    It does so when the answer arrives in the same moment (bpo-42130); the request is counted all the same.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
