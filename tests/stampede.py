"""Many devices that come back at once: a program of its own, so that its work is not the controller's.

Belongs here: devices that connect and say that they are ready. Never here: what a test expects of the controller.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack

from hall_controller.messages import Topics
from tests.mqtt_peers import Peer


async def come_back(port: int, hall: str, first: int, last: int) -> None:
    """Connect pad-`first` to pad-`last` all at once, say "all" when each is ready, stay until the input ends."""
    topics = Topics(hall)
    async with AsyncExitStack() as devices:

        async def comes_back(device: str) -> None:
            peer = await devices.enter_async_context(Peer(port, device, max_queued_outgoing_messages=10))
            await peer.say(topics.device(device, "state"), {"state": "ready", "boot": 2}, retain=True)

        await asyncio.gather(*(comes_back(f"pad-{number}") for number in range(first, last + 1)))
        sys.stdout.write("all\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(come_back(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
