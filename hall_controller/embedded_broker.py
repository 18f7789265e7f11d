"""An MQTT broker inside the process, for a laptop without mosquitto; loopback only, never for a real hall.

It speaks MQTT 3.1.1 only and forgets sessions of clients that are away, on which nothing in this product relies.
"""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from amqtt.broker import Broker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def embedded_broker(port: int) -> AsyncIterator[None]:
    """A broker on 127.0.0.1:port for as long as the block runs."""
    logging.getLogger("amqtt").setLevel(logging.ERROR)
    logging.getLogger("transitions").setLevel(logging.ERROR)
    settings = {
        "listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{port}", "max_connections": 500}},
        "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}},
    }
    broker = Broker(settings)
    await broker.start()
    try:
        yield
    finally:
        await broker.shutdown()
