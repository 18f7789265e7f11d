"""The address of a panel's line: what may be written, and what a technician is told otherwise."""

from __future__ import annotations

import pytest

from displays.line_address import parse


def test_a_serial_line_may_say_how_it_is_set() -> None:
    address = parse("serial:///dev/hall/rs485?baudrate=19200&parity=E&stopbits=1")
    assert (address.scheme, address.where) == ("serial", "/dev/hall/rs485")
    assert address.settings == {"baudrate": 19200, "parity": "E", "stopbits": 1}


def test_an_spi_bus_may_say_how_fast_its_cable_is() -> None:
    assert parse("spi:///dev/spidev0.0?speed_hz=500000").settings == {"speed_hz": 500_000}


def test_two_settings_of_one_port_are_one_device() -> None:
    assert parse("serial:///dev/a?baudrate=9600").device == parse("serial:///dev/a").device
    assert parse("tcp://host:1").device != parse("tcp://host:2").device


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("com3", "a line is one of"),
        ("serial://dev/ttyUSB0", "three slashes"),
        ("spi://0.0", "as in spi:///dev/spidev0.0"),
        ("serial:///dev/ttyUSB0?baudrate=fast", "baudrate is a number like 9600"),
        ("serial:///dev/ttyUSB0?parity=X", "parity is one of N, E, O"),
        ("serial:///dev/ttyUSB0?speed=9600", "speed is no setting of such a line; there is baudrate"),
        ("spi:///dev/spidev0.0?speed_hz=0", "speed_hz is a number"),
        ("tcp://192.0.2.1", "a host and a port"),
        ("tcp://192.0.2.1:4001?baudrate=9600", "there is none"),
        ("file://panel.txt", "three slashes"),
        ("tcp://host:port", "host and a port"),
        ("mqtt:", "a panel that speaks MQTT hears .* by itself: leave it out here"),
    ],
)
def test_a_wrong_address_is_refused_with_what_to_write(address: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        parse(address)
