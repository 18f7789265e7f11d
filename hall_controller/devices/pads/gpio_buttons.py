"""Buttons that are wired to pins of this Raspberry Pi: call pads, rating pads with a light, kiosk button boxes.

Belongs here: what the level of a pin means. Never here: pins (`devices/pins.py`), bouncing (`devices/contacts.py`).
"""

from __future__ import annotations

import re
from typing import Annotated, ClassVar, Final, Self

from pydantic import Field, PrivateAttr, model_validator

from hall_controller.devices.pad_keys import Button, check_different, check_names, press_of
from hall_controller.devices.pads import Heard, PadDriver
from hall_controller.messages import Ack, DeviceInput

LEVEL: Final = re.compile(rb"(?<![0-9])([0-9]{1,2})([=:])([01])\n")
LONGEST_BYTES: Final = 5
Pin = Annotated[int, Field(strict=True, ge=0, le=27, description="BCM number of a pin of the 40-pin header")]


class Driver(PadDriver):
    r"""Up to 25 buttons, each between a pin and ground, and a light.

    Data sheet. Pins have their BCM numbers, as `pinout` shows them; the line names those of the keys.

        line      gpio://17,27            pins are pulled up and a pressed button connects them to ground
                  gpio://17,27?pull=down  pins are pulled down and a pressed button connects them to 3.3 V (never 5 V)
        settings  keys = { next = 17, recall = 27 }      keys of a call pad, "1" (worst) to "5" of a rating pad
                  light = 22                             pin of the light that invites to rate: an LED with 330 ohm
                  debounce_ms = 20                       how long the cheapest of the buttons bounces
                  buttons = { land = { service = "dat-dai", purpose = "submit" } }, keys = { land = 17 }

    What the pins say comes as words, one a line: `17=1` key 17 went down, `17=0` it came up, `17:1` it was down when
    we began to look, which is no press. `22=1` turns the light on. A cable of more than 3 m wants a resistor of
    1 kilohm to 3.3 V and a capacitor of 100 nF to ground at the pin: the Pi's own pull-up (50 kilohm) hears every lift.

    >>> pad = Driver(keys={"next": 17, "recall": 27}, light=22)
    >>> [(heard.press.key, heard.down) for heard in pad.feed(b"17=1\n17=0\n27=1\n")]
    [('next', True), ('next', False), ('recall', True)]
    >>> pad.invite(on=True)
    b'22=1\n'
    """

    checked: ClassVar[bool] = False
    lines: ClassVar[frozenset[str]] = frozenset({"gpio"})

    keys: Annotated[dict[str, Pin], Field(min_length=1, examples=[{"next": 17, "4": 27}])]
    """By key: its pin."""
    light: Annotated[Pin | None, Field(examples=[22])] = None
    """The pin of the light that invites to rate."""
    debounce_ms: Annotated[float, Field(ge=1, le=200)] = 20.0
    """Milliseconds of quiet after which a level is believed."""
    buttons: dict[str, Button] = Field(default_factory=dict)
    """By name: what the keys of a kiosk's button box ask for."""

    _heard: bytes = PrivateAttr(default=b"")

    @model_validator(mode="after")
    def _keys_are_keys(self) -> Self:
        check_names(self.keys, self.buttons)
        check_different(self.keys | ({} if self.light is None else {"light": self.light}), "pin")
        return self

    @property
    def settle_s(self) -> float:
        return self.debounce_ms / 1000

    @property
    def inputs(self) -> tuple[int, ...]:
        return tuple(self.keys.values())

    @property
    def outputs(self) -> tuple[int, ...]:
        return () if self.light is None else (self.light,)

    def feed(self, heard: bytes) -> list[Heard]:
        waiting, found = self._heard + heard, []
        for level in LEVEL.finditer(waiting):
            name = next((name for name, pin in self.keys.items() if pin == int(level[1])), None)
            if name is not None:
                press, before = press_of(name, self.buttons), level[2] == b":"
                found.append(Heard(press, repeated=before, down=level[3] == b"1"))
        self._heard = waiting.rpartition(b"\n")[2][-LONGEST_BYTES:]
        return found

    def forget(self) -> None:
        self._heard = b""

    def invite(self, *, on: bool) -> bytes | None:
        return None if self.light is None else b"%d=%d\n" % (self.light, on)

    def answer(self, heard: Heard, ack: Ack) -> bytes:  # noqa: ARG002 - there is no light for it
        return b""

    def sent(self, heard: Heard) -> bytes:
        if heard.press is None:
            return b""
        pin = next(pin for name, pin in self.keys.items() if press_of(name, self.buttons) == heard.press)
        return b"%d%c%d\n" % (pin, b":" if heard.repeated else b"=", heard.down is not False)

    def presses(self) -> list[DeviceInput]:
        return [press_of(name, self.buttons) for name in self.keys]
