"""The demo's broker: mosquitto as a process where the machine has one, else the broker inside this process.

Loopback only, anybody may come in: never a hall's configuration, which stands in firmware_config.
"""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import socket
from contextlib import AsyncExitStack, asynccontextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from hall_controller.demonstration.connection import LOOPBACK
from hall_controller.embedded_broker import embedded_broker
from hall_controller.errors import HallError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from hall_controller.demonstration.children import Children

SYSTEM_FOLDERS: Final = "/usr/local/sbin:/usr/sbin:/sbin:/opt/homebrew/sbin"
"""Where daemons are installed, off the PATH of most people."""
GOODBYE_S: Final = 0.6
"""mosquitto ends at once; this and the hall's own parts stay under 3 s together."""
ANSWERS_WITHIN_S: Final = 5.0
LOOK_EVERY_S: Final = 0.01

CONFIGURATION: Final = """\
listener {port} {host}
allow_anonymous true
persistence false
max_inflight_messages 0
max_queued_messages 100000
set_tcp_nodelay true
log_dest stderr
log_type error
log_type warning
"""


class BrokerChoice(StrEnum):
    """Which broker a demo uses."""

    AUTO = "auto"
    EMBEDDED = "embedded"
    MOSQUITTO = "mosquitto"


def free_port(preferred: int) -> int:
    """A TCP port of the loopback that nobody uses: the preferred one if it can be had.

    >>> 1024 <= free_port(0) <= 65535
    True
    """
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((LOOPBACK, port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise HallError("No TCP port is free on 127.0.0.1: end programs that listen there.")


def find_mosquitto() -> str | None:
    """Where mosquitto is on this machine."""
    return shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:{SYSTEM_FOLDERS}")


@asynccontextmanager
async def broker(choice: BrokerChoice, port: int, children: Children, folder: Path) -> AsyncIterator[str]:
    """A broker on 127.0.0.1:port for as long as the block runs; gives its name. Raises HallError."""
    program = find_mosquitto() if choice is not BrokerChoice.EMBEDDED else None
    if program is None and choice is BrokerChoice.MOSQUITTO:
        raise HallError(
            "mosquitto is not on this machine: sudo apt-get install mosquitto, or use --broker embedded"
        )
    async with AsyncExitStack() as running:
        if program is None:
            loop = asyncio.get_running_loop()
            running.callback(loop.set_exception_handler, loop.get_exception_handler())
            loop.set_exception_handler(_unless_amqtt_stumbles)
            await running.enter_async_context(embedded_broker(port))
            logging.getLogger("amqtt").setLevel(logging.CRITICAL)
        else:
            configuration = folder / "mosquitto.conf"
            configuration.write_text(_configuration(port), "utf-8")
            child = await children.start("broker", [program, "-c", str(configuration)])
            running.push_async_callback(child.end, GOODBYE_S)
            await _answers(port)
        yield "amqtt" if program is None else "mosquitto"


def _unless_amqtt_stumbles(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Amqtt 0.12 stumbles over its own subscriptions when several clients leave at once; nobody needs to read that."""
    if context.get("message") != "Unhandled exception in client_connected_cb":
        loop.default_exception_handler(context)


def _configuration(port: int) -> str:
    """As root mosquitto would change its user, and so forget that it should die with the demo (prctl(2))."""
    return CONFIGURATION.format(port=port, host=LOOPBACK) + ("user root\n" if os.geteuid() == 0 else "")


async def _answers(port: int) -> None:
    deadline_s = asyncio.get_running_loop().time() + ANSWERS_WITHIN_S
    while True:
        try:
            _, writer = await asyncio.open_connection(LOOPBACK, port)
        except OSError:
            if asyncio.get_running_loop().time() > deadline_s:
                raise HallError(f"The demo's broker does not answer on port {port}.") from None
            await asyncio.sleep(LOOK_EVERY_S)
        else:
            writer.close()
            await writer.wait_closed()
            return
