"""Tells systemd that the controller is ready, alive or stopping; without systemd it does nothing.

Protocol: sd_notify(3), one datagram a message to the socket named by NOTIFY_SOCKET.
"""

from __future__ import annotations

import contextlib
import os
import socket


def notify(message: str) -> None:
    """Send `READY=1`, `WATCHDOG=1` or `STOPPING=1`."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender, contextlib.suppress(OSError):
        sender.connect(address)
        sender.sendall(message.encode())
