"""What single values of hall.toml may be: days, hours, ports, networks, lines, names.

Each kind of value says in one sentence how to write it. Nothing here knows which setting it is for.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from ipaddress import ip_network
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, StringConstraints

from hall_controller.messages import Identifier

LETTER_PATTERN: Final = r"^[A-HJ-NPR-Z]$"
SCHEMES: Final = {
    "tcp": (r"tcp://[^/\s:]+:\d{1,5}", "tcp://192.168.1.50:9100"),
    "serial": (r"serial:///\S+", "serial:///dev/ttyUSB0?baudrate=9600"),
    "usb": (r"usb://[0-9a-fA-F]{4}:[0-9a-fA-F]{4}", "usb://04b8:0e28"),
    "gpio": (r"gpio://\d+(,\d+)*", "gpio://17"),
    "evdev": (r"evdev:///\S+", "evdev:///dev/input/by-path/platform-xhci-hcd.0-usb-0:1:1.0-event-kbd"),
    "mqtt": (r"mqtt:", "mqtt:"),
    "console": (r"console:", "console:"),
    "file": (r"file:///\S+", "file:///dev/usb/lp0"),
}
"""Scheme of a device's line -> its form and an example; any of them may end in `?name=value&...`."""

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NEAR_NETWORKS: Final = (
    "127.0.0.0/8",
    "::1/128",
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "fc00::/7",
    "fe80::/10",
)
"""Loopback and the private networks of RFC 1918 and RFC 4193: what a hall's own network looks like."""


def parse_hours(hours: str) -> tuple[time, time]:
    """`"07:30-11:30"` as two local times; raises ValueError with a sentence."""
    match = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", hours)
    try:
        a, b, c, d = (int(part) for part in match.groups()) if match else (0, 0, 0, 0)
        start, end = time(a, b), time(c, d)
    except ValueError:
        start = end = time(0)
    if not start < end:
        raise ValueError('must be a beginning and a later end on the same day, such as "07:30-11:30"')
    return start, end


def _check_hours(hours: str) -> str:
    parse_hours(hours)
    return hours


def _check_line(line: str) -> str:
    scheme = line.partition(":")[0]
    if scheme not in SCHEMES:
        known = ", ".join(f"{name}:" for name in SCHEMES)
        raise ValueError(f"is not a line that is known: begin it with one of {known}")
    form, example = SCHEMES[scheme]
    if not re.fullmatch(form + r"(\?\S*)?", line):
        raise ValueError(f"is not a whole {scheme} line: write it like {example}")
    return line


def _check_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("is not a timezone that this machine knows: use Asia/Ho_Chi_Minh") from None
    return name


def _check_network(network: str) -> str:
    try:
        ip_network(network)
    except ValueError:
        raise ValueError('is not a network: write it like "192.168.1.0/24"') from None
    return network


def _check_url(url: str) -> str:
    if url and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", url):
        raise ValueError('is not a web address: write it like "http://192.168.1.10:8080"')
    return url.rstrip("/")


def _check_host(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", name):
        raise ValueError('is not the name of a machine alone: write it like "hall.tuyenquang.gov.vn"')
    return name


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


NotEmpty = Annotated[str, StringConstraints(min_length=1)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_nfc)]
Hours = Annotated[str, AfterValidator(_check_hours)]
Day = Annotated[date, Field(strict=True)]
Port = Annotated[int, Field(strict=True, ge=1, le=65535)]
Seconds = Annotated[float, Field(strict=True, ge=0, le=86_400, allow_inf_nan=False)]
Minutes = Annotated[float, Field(strict=True, ge=0, le=1_440, allow_inf_nan=False)]
Whole = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
Flag = Annotated[bool, Field(strict=True)]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Identifiers = Annotated[tuple[Identifier, ...], Field(min_length=1)]
Letter = Annotated[str, StringConstraints(pattern=LETTER_PATTERN)]
Line = Annotated[str, AfterValidator(_check_line)]
Network = Annotated[str, AfterValidator(_check_network)]
HostName = Annotated[str, AfterValidator(_check_host)]
Timezone = Annotated[str, AfterValidator(_check_timezone)]
Url = Annotated[str, AfterValidator(_check_url)]
