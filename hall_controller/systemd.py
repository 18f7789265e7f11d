"""Tells systemd that the controller is ready, alive, beginning again or stopping; without systemd it does nothing.

Protocol: sd_notify(3), one datagram a message to the socket named by NOTIFY_SOCKET.
"""

from __future__ import annotations

import contextlib
import os
import socket
import time


def notify(message: str) -> None:
    """Send `READY=1`, `WATCHDOG=1`, `STOPPING=1` or what `reloading` says."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender, contextlib.suppress(OSError):
        sender.connect(address)
        sender.sendall(message.encode())


def reloading() -> str:
    """The message that the service begins again by itself, and is ready when it says so next."""
    return f"RELOADING=1\nMONOTONIC_USEC={time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000}"
