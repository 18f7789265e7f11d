"""Begins the controller again in the same process: the same command line, a new program, the door kept open.

Whoever knocks meanwhile waits in the socket's backlog and is not refused. Under systemd the process keeps its number,
so nothing has failed; without systemd it works as well.
"""

from __future__ import annotations

import os
import socket
import sys
from typing import Final, NoReturn

from hall_controller import systemd

LISTENER: Final = "HALL_LISTENER"
"""Names the open socket to the program that comes next: its number, and where it listens."""


def hand_on(listening: socket.socket, host: str, port: int) -> None:
    """The next program goes on listening on this socket."""
    number = os.dup(listening.fileno())
    os.set_inheritable(number, True)  # noqa: FBT003 - the function takes no names
    os.environ[LISTENER] = f"{number} {port} {host}"


def handed_on(host: str, port: int) -> socket.socket | None:
    """The socket of the program before, when it listens there; one that listens elsewhere is closed."""
    told = os.environ.pop(LISTENER, None)
    if told is None:
        return None
    number, its_port, its_host = told.split(" ", 2)
    listening = socket.socket(fileno=int(number))
    os.set_inheritable(listening.fileno(), False)  # noqa: FBT003 - the function takes no names
    if (its_host, int(its_port)) == (host, port):
        return listening
    listening.close()
    return None


def begin_again() -> NoReturn:
    """Never returns: the same command line takes this process's place."""
    systemd.notify("WATCHDOG=1")
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - no shell, our own command line
