"""A port of the loopback interface for a program that cannot choose one itself.

Belongs here: the choosing. Never here: who listens there.
"""

from __future__ import annotations

import os
import random
import socket
from contextlib import suppress
from typing import Final

FIRST: Final = 10_000
LAST: Final = 32_767
"""Below those that the system gives to who lets it choose: none of them is given away before the program listens."""
CHANCE: Final = random.SystemRandom()
_given: Final[set[int]] = set()


def free_port() -> int:
    """A port on which nobody listens now, and that no other process of this run is given, nor this one again."""
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    mine = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    while True:
        port = CHANCE.randrange(FIRST + mine, LAST, processes)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port not in _given:
                _given.add(port)
                return port
