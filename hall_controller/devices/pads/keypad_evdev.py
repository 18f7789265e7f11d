"""A number pad of a computer, on USB: one at each counter, told apart by the socket that it is plugged into.

Belongs here: the events of the kernel, and which key cap means what. Never here: opening or grabbing the device.
"""

from __future__ import annotations

import re
import struct
from typing import Annotated, ClassVar, Final, Self

from pydantic import Field, PrivateAttr, field_validator, model_validator

from hall_controller.devices.pad_keys import Button, check_names, press_of
from hall_controller.devices.pads import Heard, PadDriver
from hall_controller.messages import Ack, DeviceInput

EVENT: Final = struct.Struct("<qqHHi")
"""`struct input_event` of <linux/input.h> on 64-bit Linux: seconds, microseconds, type, code, value; 24 bytes."""
IN_TIME: Final = re.compile(
    rb"[\x00-\xff]{5}\x00{3}[\x00-\xff]{2}[\x00-\x0f]\x00{5}(?:"
    rb"\x00\x00[\x00-\x0f]\x00[\x00\x01]\x00{3}"  # EV_SYN
    rb"|\x01\x00([\x00-\xff][\x00-\x02])([\x00-\x02])\x00{3}"  # EV_KEY
    rb"|[\x02-\x1f]\x00[\x00-\xff]{6})"
)
EV_SYN, EV_KEY, EV_LED = 0, 1, 0x11
SYN_REPORT, SYN_DROPPED, LED_NUMLOCK = 0, 3, 0
RELEASED, PRESSED = 0, 1
LONGEST_REPORT: Final = 16
CAPS: Final = {
    "kp0": 82,
    "kp1": 79,
    "kp2": 80,
    "kp3": 81,
    "kp4": 75,
    "kp5": 76,
    "kp6": 77,
    "kp7": 71,
    "kp8": 72,
    "kp9": 73,
    "kpenter": 96,
    "kpplus": 78,
    "kpminus": 74,
    "kpasterisk": 55,
    "kpslash": 98,
    "kpdot": 83,
    "kpequal": 117,
    "numlock": 69,
    "backspace": 14,
    "tab": 15,
    "esc": 1,
    "space": 57,
    "enter": 28,
    **{str(digit): digit + 1 for digit in range(1, 10)},
    "0": 11,
}
"""Names of key caps -> their codes in <linux/input-event-codes.h>, without KEY_."""
USUAL: Final = {
    "kpenter": "next",
    "kpplus": "recall",
    "kpminus": "miss",
    "kpasterisk": "hold",
    "kpslash": "resume",
    "kpdot": "ring",
    "kp0": "pause",
    "kp1": "complete",
    "kp3": "transfer",
    "kp7": "open",
    "kp9": "close",
}


class Driver(PadDriver):
    r"""A USB number pad with about 18 keys, held by this program alone.

    Data sheet. The largest key calls the next visitor:

        Enter next   + recall   - miss   * hold   / resume   . ring
        0 pause      1 complete   3 transfer   7 open   9 close

        line      evdev:///dev/input/by-path/platform-...-usb-0:1.2:1.0-event-kbd    the socket it is plugged into
        settings  keys = { kpenter = "next", kpplus = "recall" }    instead of the map above; key caps are kp0 to kp9,
                  kpenter, kpplus, kpminus, kpasterisk, kpslash, kpdot, kpequal, numlock, backspace, tab, esc, space,
                  enter, and 0 to 9 of the upper row
                  keys = { kp1 = "1", kp2 = "2", kp3 = "3" }        as a rating pad
                  light = true                                      the NumLock light invites to rate

    Each event is a `struct input_event` of 24 bytes; a report ends with SYN_REPORT, and what came before SYN_DROPPED is
    not complete and forgotten. Key repeat (value 2) is no press. A key that is held is told by its missing release.

    >>> pad = Driver()
    >>> enter = EVENT.pack(1646096400, 0, EV_KEY, CAPS["kpenter"], PRESSED) + EVENT.pack(1646096400, 0, 0, 0, 0)
    >>> [(heard.press.key, heard.down) for heard in pad.feed(enter)]
    [('next', True)]
    """

    checked: ClassVar[bool] = False
    lines: ClassVar[frozenset[str]] = frozenset({"evdev", "file", "serial"})

    keys: Annotated[dict[str, str], Field(min_length=1)] = Field(default_factory=lambda: dict(USUAL))
    """By key cap: the key of the hall."""
    light: Annotated[bool, Field(strict=True, examples=[True])] = False
    """Whether the NumLock light invites to rate."""
    buttons: dict[str, Button] = Field(default_factory=dict)
    """By name: what the keys of a kiosk's button box ask for."""

    _heard: bytes = PrivateAttr(default=b"")
    _report: list[Heard] = PrivateAttr(default_factory=list)

    @field_validator("keys")
    @classmethod
    def _caps_exist(cls, keys: dict[str, str]) -> dict[str, str]:
        for cap in keys:
            if cap not in CAPS:
                raise ValueError(
                    f"names the key cap '{cap}', which does not exist: there are {', '.join(CAPS)}"
                )
        return keys

    @model_validator(mode="after")
    def _keys_are_keys(self) -> Self:
        check_names(self.keys.values(), self.buttons)
        return self

    def feed(self, heard: bytes) -> list[Heard]:
        waiting, start, found = self._heard + heard, 0, []
        while event := IN_TIME.search(waiting, start):
            start = event.end()
            found += self._event(event[0])
        self._heard = waiting[max(start, len(waiting) - EVENT.size + 1) :]
        return found

    def forget(self) -> None:
        self._heard = b""
        self._report = []

    def invite(self, *, on: bool) -> bytes | None:
        if not self.light:
            return None
        return EVENT.pack(0, 0, EV_LED, LED_NUMLOCK, on) + EVENT.pack(0, 0, EV_SYN, SYN_REPORT, 0)

    def answer(self, heard: Heard, ack: Ack) -> bytes:  # noqa: ARG002 - there is no light for it
        return b""

    def sent(self, heard: Heard) -> bytes:
        if heard.press is None:
            return b""
        cap = next(cap for cap, name in self.keys.items() if press_of(name, self.buttons) == heard.press)
        value = RELEASED if heard.down is False else PRESSED
        return EVENT.pack(1, 0, EV_KEY, CAPS[cap], value) + EVENT.pack(1, 0, EV_SYN, SYN_REPORT, 0)

    def presses(self) -> list[DeviceInput]:
        return [press_of(name, self.buttons) for name in dict.fromkeys(self.keys.values())]

    def _event(self, event: bytes) -> list[Heard]:
        """What one event completes: the report that it ends, or nothing."""
        _, _, kind, code, value = EVENT.unpack(event)
        if kind == EV_KEY and value in (RELEASED, PRESSED):
            name = next((name for cap, name in self.keys.items() if CAPS[cap] == code), None)
            if name is not None:
                heard = Heard(press_of(name, self.buttons), down=value == PRESSED)
                self._report = [*self._report[-LONGEST_REPORT:], heard]
        elif kind == EV_SYN and code in (SYN_REPORT, SYN_DROPPED):
            report, self._report = self._report, []
            return report if code == SYN_REPORT else []
        return []
