"""Addresses of lines, right ones and wrong ones."""

from __future__ import annotations

import pytest

from hall_controller.devices.line_address import EXAMPLES, parse
from hall_controller.errors import LineError


@pytest.mark.parametrize("scheme", EXAMPLES)
def test_every_example_is_right(scheme: str) -> None:
    assert parse(EXAMPLES[scheme]).scheme == scheme
    assert str(parse(EXAMPLES[scheme])) == EXAMPLES[scheme]


def test_an_address_comes_apart() -> None:
    tcp = parse("tcp://printer-1.hall:9100")
    assert (tcp.where, tcp.port) == ("printer-1.hall", 9100)
    assert parse("tcp://[::1]:9100").where == "::1"
    assert parse("usb://04b8:0e28").where == "04b8:0e28"
    serial = parse("serial:///dev/serial/by-id/usb-FTDI?baudrate=115200&parity=E&stopbits=2&xonxoff=yes")
    assert serial.where == "/dev/serial/by-id/usb-FTDI"
    assert serial.settings == {"baudrate": 115200, "parity": "E", "stopbits": 2, "xonxoff": True}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is not a line that is known"),
        ("192.168.1.50:9100", "is not a line that is known"),
        ("lpt://1", "is not a line that is known"),
        ("tcp://192.168.1.50", "has no port: write it like tcp://192.168.1.50:9100"),
        ("tcp://:9100", "has no host"),
        ("tcp://printer:99999", "has a port that is not a number up to 65535"),
        ("tcp://printer:lpr", "has a port that is not a number up to 65535"),
        ("serial://dev/ttyUSB0", "has no path; a path begins at the root, after three slashes"),
        ("file://", "has no path"),
        ("usb://epson", "is not a vendor and a product"),
        ("serial:///dev/ttyS0?baudrate=fast", "baudrate = fast is not possible: write bits a second"),
        ("serial:///dev/ttyS0?parity=X", "parity = X is not possible: write one of N, E, O"),
        (
            "serial:///dev/ttyS0?speed=9600",
            "has the setting speed, which a serial line does not know: may be baudrate",
        ),
        ("tcp://printer:9100?baudrate=9600", "which a tcp line does not know: there are none"),
    ],
)
def test_a_wrong_address_is_told_in_one_sentence_with_what_to_write(text: str, told: str) -> None:
    with pytest.raises(LineError) as raised:
        parse(text)
    assert told in str(raised.value)
    assert f'"{text}"' in str(raised.value)
    assert "\n" not in str(raised.value)
