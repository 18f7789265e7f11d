"""The real controller as a process of its own, for tests that stop it, kill it and start it again.

Belongs here: starting, asking and ending that process. Never here: what a test expects of it.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from typing import Any

from tests.free_port import free_port

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "firmware_config" / "hall.example.toml"
A_TUESDAY = "2022-03-01T08:30:00+07:00"
START_TIMEOUT_S = 40.0


class RunningHall:
    """`hall run` on the reference hall; `mqtt_port` may be a port on which there is no broker."""

    def __init__(
        self,
        data: Path,
        *,
        mqtt_port: int | None = None,
        settings: tuple[str, ...] = (),
        hall: Path = EXAMPLE,
    ) -> None:
        self.data = data
        self._hall = hall
        self.http_port = free_port()
        self._settings = (
            f"http.port={self.http_port}",
            f"mqtt.port={mqtt_port or free_port()}",
            "http.host=127.0.0.1",
            *settings,
        )
        self.process: subprocess.Popen[str] | None = None
        self.log = data.parent / f"{data.name}.log"

    def start(self) -> float:
        """Start it; returns the seconds until it was ready to give out numbers."""
        began_s = time.monotonic()
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "hall_controller", *self.arguments()], cwd=ROOT, stderr=log, text=True
            )
        while time.monotonic() - began_s < START_TIMEOUT_S:
            try:
                if self.get("/readyz")[0] == 200:
                    return time.monotonic() - began_s
            except (OSError, HTTPException):
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        self.kill()
        raise AssertionError(f"the hall did not start:\n{self.log.read_text()}")

    def arguments(self) -> list[str]:
        """Of the command line."""
        chosen = [part for setting in self._settings for part in ("--set", setting)]
        return ["run", str(self._hall), "--data", str(self.data), "--clock", A_TUESDAY, *chosen]

    def kill(self) -> None:
        """Like a power cut for the process: SIGKILL."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """As systemd or Ctrl-C would; returns the exit code."""
        return self._end(signal.SIGINT)

    def _end(self, how: signal.Signals) -> int:
        if self.process is None:
            return 0
        if self.process.poll() is None:
            os.kill(self.process.pid, how)
        code = self.process.wait(timeout=10)
        self.process = None
        return code

    def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON of a GET."""
        return self._ask("GET", path, None)

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        """Status and JSON of a POST."""
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None) -> tuple[int, Any]:
        connection = HTTPConnection("127.0.0.1", self.http_port, timeout=5)
        try:
            sent = json.dumps(body).encode() if body is not None else None
            connection.request(method, path, sent, {"Content-Type": "application/json"} if sent else {})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    async def burst(
        self, service: str, clients: int, acknowledged: list[dict[str, Any]], *, each: int | None = None
    ) -> None:
        """Clients that take tickets as fast as they can, `each` so many or until the hall goes away."""
        await asyncio.gather(*(self._client(service, acknowledged, each) for _ in range(clients)))

    async def _client(self, service: str, acknowledged: list[dict[str, Any]], tickets: int | None) -> None:
        body = json.dumps({"service": service, "purpose": "submit", "print": False}).encode()
        request = (
            b"POST /api/tickets HTTP/1.1\r\nHost: hall\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        )
        reader, writer = await asyncio.open_connection("127.0.0.1", self.http_port)
        try:
            for _ in range(tickets) if tickets is not None else count():
                writer.write(request)
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(
                    int(line.split(b":")[1])
                    for line in head.split(b"\r\n")
                    if line.lower().startswith(b"content-length")
                )
                answer = json.loads(await reader.readexactly(length))
                if not head.startswith(b"HTTP/1.1 201"):
                    return
                acknowledged.append(answer)
        except (OSError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()
