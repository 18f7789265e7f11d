"""The address of a panel's line, as it stands in display.toml: `serial:///dev/hall/rs485?baudrate=19200`.

Belongs here: what an address may be, and the sentence for one that may not. Never here: opening anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlsplit

EXAMPLES: Final = (
    "console:, file:///var/log/panel.txt, serial:///dev/ttyUSB0?baudrate=9600, tcp://192.168.1.20:4001, "
    "spi:///dev/spidev0.0"
)
ABOUT: Final = {"file": "/path", "serial": "/path", "spi": "/dev/spidev0.0"}
"""The schemes whose address is a path, and one as an example."""


@dataclass(frozen=True, slots=True)
class Address:
    """A line's address in its parts; `where` is a path or a host."""

    text: str
    scheme: str
    where: str = ""
    port: int = 0
    settings: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def device(self) -> str:
        """What two addresses of one line have in common, however they are set."""
        return self.text.partition("?")[0]


def _count(value: str) -> int:
    if not value.isdecimal() or int(value) == 0:
        raise ValueError("a number like 9600")
    return int(value)


def _one_of(*values: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in values:
            raise ValueError(f"one of {', '.join(values)}")
        return value

    return check


def _stopbits(value: str) -> int:
    return int(_one_of("1", "2")(value))


SETTINGS: Final[Mapping[str, Mapping[str, Callable[[str], str | int]]]] = {
    "serial": {"baudrate": _count, "parity": _one_of("N", "E", "O"), "stopbits": _stopbits},
    "spi": {"speed_hz": _count},
}
"""What may stand behind the question mark, by scheme; for serial lines by pyserial's own names."""


def parse(text: str) -> Address:
    """The address in its parts; raises ValueError with a sentence that says what is wrong.

    >>> parse("serial:///dev/ttyUSB0?baudrate=19200&parity=E").settings
    {'baudrate': 19200, 'parity': 'E'}
    >>> parse("tcp://192.168.1.20")
    Traceback (most recent call last):
    ValueError: a tcp line needs a host and a port, as in tcp://192.168.1.20:4001
    """
    parts = urlsplit(text)
    settings = _settings(parts.scheme, parts.query)
    match parts.scheme:
        case "file" | "serial" | "spi":
            if parts.netloc or not parts.path.strip("/"):
                raise ValueError(
                    f"a {parts.scheme} line needs three slashes and a whole path, "
                    f"as in {parts.scheme}://{ABOUT[parts.scheme]}"
                )
            return Address(text, parts.scheme, parts.path, settings=settings)
        case "tcp":
            host, port = parts.hostname, _port(text)
            if not (host and port):
                raise ValueError("a tcp line needs a host and a port, as in tcp://192.168.1.20:4001")
            return Address(text, "tcp", host, port)
        case "console":
            return Address(text, "console")
        case "mqtt":
            raise ValueError(
                "a panel that speaks MQTT hears counter/+/display by itself: leave it out here, name it in hall.toml"
            )
        case _:
            raise ValueError(f"a line is one of {EXAMPLES}")


def _port(text: str) -> int:
    """The port of a TCP address; 0 when it is none."""
    try:
        return urlsplit(text).port or 0
    except ValueError:
        return 0


def _settings(scheme: str, query: str) -> dict[str, str | int]:
    known = SETTINGS.get(scheme, {})
    found: dict[str, str | int] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name not in known:
            raise ValueError(f"{name} is no setting of such a line; there is {', '.join(known) or 'none'}")
        try:
            found[name] = known[name](value)
        except ValueError as error:
            raise ValueError(f"{name} is {error}") from None
    return found
