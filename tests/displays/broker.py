"""A real mosquitto for one test: on loopback, on a free port, empty at every start.

Belongs here: starting, killing and stopping the broker. Never here: what is said through it.
"""

from __future__ import annotations

import socket
import subprocess
import time
from pathlib import Path
from typing import Final

from tests.free_port import free_port

START_S: Final = 20.0


class Broker:
    """A mosquitto that can be killed and comes back at the same address."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._settings = folder / "mosquitto.conf"
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free_port()
        self._settings.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\n", "utf-8")

    def start(self) -> None:
        """Start, and return when it listens."""
        self._process = subprocess.Popen(
            [self._program, "-c", str(self._settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until_s = time.monotonic() + START_S
        while time.monotonic() < until_s:
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.01)  # there is no event to await before somebody listens
        raise TimeoutError("mosquitto does not listen")

    def kill(self) -> None:
        """End it as a power cut would: no goodbye, no last wills, nothing kept."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
