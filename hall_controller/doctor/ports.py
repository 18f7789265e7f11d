"""Whether the line of a wired device is there: its file, its permission, its network address; looking only.

Nothing is sent: a look must not print, press or light anything.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

ANSWER_S: Final = 1.0
GPIO: Final = ("/dev/gpiochip0", "/dev/gpiochip4")

Seen = Literal["there", "absent", "forbidden", "silent"]


def look_at_line(line: str) -> tuple[Seen, str]:
    """How the line is, and the path or the address that was looked at."""
    address = urlsplit(line)
    match address.scheme:
        case "tcp":
            host, port = address.hostname or "", address.port or 9100
            return _knock(host, port), f"{host}:{port}"
        case "gpio":
            chips = [chip for chip in GPIO if Path(chip).exists()]
            return (_file(Path(chips[0])) if chips else "absent"), (chips or GPIO)[0]
        case "usb":
            return _usb(address.netloc), f"usb {address.netloc}"
        case "serial" | "evdev" | "spi":
            return _file(Path(address.path)), address.path
        case "file" if address.path.startswith("/dev/"):
            return _file(Path(address.path)), address.path
        case _:
            return "there", line


def port_is_free(host: str, port: int) -> bool:
    """Whether a program may listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _file(path: Path) -> Seen:
    if not path.exists():
        return "absent"
    return "there" if os.access(path, os.R_OK | os.W_OK) else "forbidden"


def _knock(host: str, port: int) -> Seen:
    try:
        with socket.create_connection((host, port), timeout=ANSWER_S):
            return "there"
    except OSError:
        return "silent"


def _usb(name: str) -> Seen:
    vendor, _, product = name.partition(":")
    for device in Path("/sys/bus/usb/devices").glob("*"):
        try:
            if (device / "idVendor").read_text().strip() == vendor and (
                device / "idProduct"
            ).read_text().strip() == product:
                return "there"
        except OSError:
            continue
    return "absent"
