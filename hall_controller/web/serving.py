"""Serves the web on a socket until it is told to stop.

The socket is opened before anything else, so that a port in use is one sentence and not half a start.
"""

from __future__ import annotations

import contextlib
import socket
from typing import TYPE_CHECKING, Final

import uvicorn

from hall_controller import restarting
from hall_controller.errors import HallError

if TYPE_CHECKING:
    from collections.abc import Generator

    from fastapi import FastAPI

LONGEST_GOODBYE_S: Final = 4
"""A ticket that is being printed (3 s at most) still gets its answer."""


def listen(host: str, port: int) -> socket.socket:
    """The listening socket, as the program before left it where it did; port 0 finds a free one. Raises HallError."""
    handed_on = restarting.handed_on(host, port)
    if handed_on is not None:
        return handed_on
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=2048)
    except OSError as error:
        raise HallError(
            f"http.host {host}, http.port {port}: cannot listen there ({error.strerror or error}); stop the program "
            "that uses it, or set another http.port"
        ) from error


class Server:
    """The web of a hall on a socket: `await run()` serves until `stop()`."""

    def __init__(self, app: FastAPI, listening: socket.socket) -> None:
        self._listening = listening
        self._uvicorn = _Uvicorn(
            uvicorn.Config(
                app,
                http="httptools",
                ws="none",
                lifespan="off",
                access_log=False,
                log_config=None,
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=LONGEST_GOODBYE_S,
            )
        )

    @property
    def port(self) -> int:
        """The port that is listened on."""
        port: int = self._listening.getsockname()[1]
        return port

    async def run(self) -> None:
        await self._uvicorn.serve(sockets=[self._listening])

    def stop(self) -> None:
        """Take no more requests, end the streams, finish what is under way; then `run` returns."""
        self._uvicorn.should_exit = True


class _Uvicorn(uvicorn.Server):
    """Uvicorn that leaves signals to the program around it, and ends streams when it stops."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.config.app.state.stream.close()  # type: ignore[union-attr]  # the application is ours
        await super().shutdown(sockets)
