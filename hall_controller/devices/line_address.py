"""The address of a line, as it stands in hall.toml: `tcp://192.168.1.50:9100`.

Belongs here: what an address may be, and the sentence for one that may not. Never here: opening anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from hall_controller.errors import LineError

EXAMPLES: Final = {
    "tcp": "tcp://192.168.1.50:9100",
    "serial": "serial:///dev/ttyUSB0?baudrate=115200",
    "usb": "usb://04b8:0e28",
    "gpio": "gpio://17,27",
    "evdev": "evdev:///dev/input/by-path/platform-xhci-hcd.0-usb-0:1:1.0-event-kbd",
    "mqtt": "mqtt:",
    "console": "console:",
    "file": "file:///dev/usb/lp0",
}
HIGHEST_PORT: Final = 65535
USB_ID: Final = re.compile(r"[0-9a-fA-F]{4}:[0-9a-fA-F]{4}")


def _one_of(*values: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in values:
            raise ValueError(f"one of {', '.join(values)}")
        return value

    return check


def _baud(value: str) -> int:
    if not value.isdecimal() or int(value) == 0:
        raise ValueError("bits a second, such as 9600 or 115200")
    return int(value)


def _yes(value: str) -> bool:
    return _one_of("yes", "no")(value) == "yes"


SERIAL_SETTINGS: Final[Mapping[str, Callable[[str], str | int | float | bool]]] = {
    "baudrate": _baud,
    "bytesize": lambda value: int(_one_of("7", "8")(value)),
    "parity": _one_of("N", "E", "O"),
    "stopbits": lambda value: int(_one_of("1", "2")(value)),
    "rtscts": _yes,
    "dsrdtr": _yes,
    "xonxoff": _yes,
}
"""The settings of pyserial that a line may carry, by its own names."""
LINE_SETTINGS: Final[Mapping[str, Mapping[str, Callable[[str], str | int | float | bool]]]] = {
    "serial": SERIAL_SETTINGS,
    "gpio": {"pull": _one_of("up", "down")},
}
HIGHEST_PIN: Final = 27
"""Of the 40-pin header, by BCM number."""


@dataclass(frozen=True, slots=True)
class Address:
    """A line's address in its parts; `where` is a host, a path, a USB id or pins."""

    text: str
    scheme: str
    where: str = ""
    port: int = 0
    settings: Mapping[str, str | int | float | bool] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text


def parse(text: str) -> Address:
    """The address in its parts; raises LineError, in one sentence that tells how to write it.

    >>> parse("serial:///dev/ttyUSB0?baudrate=9600").settings
    {'baudrate': 9600}
    >>> parse("tcp://192.168.1.50")
    Traceback (most recent call last):
    hall_controller.errors.LineError: "tcp://192.168.1.50" has no port: write it like tcp://192.168.1.50:9100
    """
    scheme = text.partition(":")[0]
    if scheme not in EXAMPLES or ":" not in text:
        known = ", ".join(EXAMPLES.values())
        raise LineError(f'"{text}" is not a line that is known: write it like one of {known}')
    try:
        parts = urlsplit(text)
        port = (parts.port or 0) if scheme == "tcp" else 0
    except ValueError:
        raise _wrong(text, scheme, f"has a port that is not a number up to {HIGHEST_PORT}") from None
    settings = _settings(text, scheme, parts.query)
    match scheme:
        case "tcp" if not parts.hostname:
            raise _wrong(text, scheme, "has no host")
        case "tcp" if not port:
            raise _wrong(text, scheme, "has no port")
        case "tcp":
            return Address(text, scheme, parts.hostname or "", port, settings)
        case "serial" | "file" | "evdev" if parts.netloc or not parts.path.strip("/"):
            raise _wrong(text, scheme, "has no path; a path begins at the root, after three slashes")
        case "serial" | "file" | "evdev":
            return Address(text, scheme, parts.path, settings=settings)
        case "gpio" if not _pins(parts.netloc):
            raise _wrong(text, scheme, f"does not name pins from 0 to {HIGHEST_PIN}, each once")
        case "usb" if not USB_ID.fullmatch(parts.netloc):
            raise _wrong(
                text, scheme, "is not a vendor and a product of four hexadecimal digits each, as lsusb shows"
            )
        case _:
            return Address(text, scheme, parts.netloc, settings=settings)


def _settings(text: str, scheme: str, query: str) -> Mapping[str, str | int | float | bool]:
    found: dict[str, str | int | float | bool] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        known = LINE_SETTINGS.get(scheme, {})
        check = known.get(name)
        if check is None:
            allowed = f"may be {', '.join(known)}" if known else "there are none"
            raise LineError(
                f'"{text}" has the setting {name}, which a {scheme} line does not know: {allowed}'
            )
        try:
            found[name] = check(value)
        except ValueError as error:
            raise LineError(f'"{text}": {name} = {value} is not possible: write {error}') from None
    return found


def _pins(where: str) -> bool:
    pins = where.split(",")
    return all(pin.isdecimal() and int(pin) <= HIGHEST_PIN for pin in pins) and len(set(pins)) == len(pins)


def _wrong(text: str, scheme: str, what: str) -> LineError:
    return LineError(f'"{text}" {what}: write it like {EXAMPLES[scheme]}')
