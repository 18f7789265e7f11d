"""A real mosquitto on a free loopback port, with a folder of its own, and a cable to it that can be pulled.

Belongs here: starting, killing and ending that broker, and breaking the line to it. Never here: what a test expects.

    with RunningBroker(tmp_path) as broker:
        broker.kill()      # SIGKILL: everything retained is gone
        broker.start()     # the same port again
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from tests.debian import program
from tests.free_port import free_port

START_TIMEOUT_S = 20.0
SETTINGS = """\
listener {port} 127.0.0.1
allow_anonymous true
persistence false
set_tcp_nodelay true
max_inflight_messages 0
max_queued_messages 0
log_dest file {folder}/mosquitto.log
"""


class RunningBroker:
    """Mosquitto as a hall has it: nothing kept on the disk, no small limits."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._folder = folder
        self._program = program("mosquitto", package="mosquitto")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, empty; returns when it takes connections."""
        settings = self._folder / "mosquitto.conf"
        settings.write_text(SETTINGS.format(port=self.port, folder=self._folder), "utf-8")
        log = self._folder / "mosquitto.log"
        log.touch()
        log.chmod(0o666)  # started by root, mosquitto becomes somebody else first
        self._process = subprocess.Popen(
            [self._program, "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        began_s = time.monotonic()
        while time.monotonic() - began_s < START_TIMEOUT_S and self._process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.002)
        self.kill()
        raise AssertionError(f"mosquitto did not start:\n{log.read_text('utf-8')}")

    def kill(self) -> None:
        """As a crash would: SIGKILL."""
        self._end(signal.SIGKILL)

    def hang(self) -> None:
        """Alive but silent: SIGSTOP."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)

    def stop(self) -> None:
        """As systemd would: SIGTERM."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            if self._process.poll() is None:
                os.kill(self._process.pid, how)
            self._process.wait(timeout=10)
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


SMALL_BROKER = """
import asyncio, sys
from hall_controller.embedded_broker import embedded_broker

async def run():
    async with embedded_broker(int(sys.argv[1])):
        await asyncio.sleep(60)

asyncio.run(run())
"""


@contextmanager
def small_broker() -> Iterator[int]:
    """The port of the embedded broker, in a process of its own: it leaves the connections open that it refuses."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", SMALL_BROKER, str(port)], stderr=subprocess.DEVNULL)
    try:
        began_s = time.monotonic()
        while time.monotonic() - began_s < START_TIMEOUT_S:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.02)
        yield port
    finally:
        process.kill()
        process.wait()


class Cable:
    """A line to the broker on a port of its own, which can be pulled and put back."""

    def __init__(self, broker_port: int) -> None:
        self.port = free_port()
        self._broker_port = broker_port
        self._server: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self._carrying: set[asyncio.Task[None]] = set()
        self._joining: set[asyncio.Task[None]] = set()

    async def put_back(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)

    async def pull(self) -> None:
        """Both ends see a broken connection at once, without a goodbye."""
        if self._server is not None:
            self._server.close()
            self._server = None
        await asyncio.gather(*self._joining)
        for end in self._ends:
            end.transport.abort()
        await asyncio.gather(*self._carrying)
        self._ends.clear()

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._ends.add(writer)
        joining = asyncio.create_task(self._join(reader, writer))
        self._joining.add(joining)
        joining.add_done_callback(self._joining.discard)

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = await asyncio.open_connection("127.0.0.1", self._broker_port)
        except OSError:
            writer.transport.abort()
            return
        self._ends.add(there[1])
        for source, sink in ((reader, there[1]), (there[0], writer)):
            task = asyncio.create_task(self._carry(source, sink))
            self._carrying.add(task)
            task.add_done_callback(self._carrying.discard)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await source.read(65_536):
                sink.write(chunk)
                await sink.drain()
        sink.close()

    async def __aenter__(self) -> Self:
        await self.put_back()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.pull()
