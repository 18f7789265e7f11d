"""The pins of this Raspberry Pi: the levels of buttons come out as words, words turn lights on.

    17=1  went down    17=0  came up    17:1  was down when we began to look    (in) 22=1  light on

Belongs here: opening pins and closing them. Never here: bouncing, which key a pin is, waiting. gpiozero calls
`on_level` in a thread of its own.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterable
from functools import partial

from hall_controller.devices.line_address import Address
from hall_controller.errors import LineError


class Pins:
    """The opened pins of one pad; raises LineError, in one sentence, where they cannot be had."""

    def __init__(
        self,
        address: Address,
        inputs: Iterable[int],
        outputs: Iterable[int],
        on_level: Callable[[bytes], None],
    ) -> None:
        import gpiozero

        self._opened = contextlib.ExitStack()
        self._lights: dict[int, gpiozero.DigitalOutputDevice] = {}
        self._error = gpiozero.GPIOZeroError
        pull_up = address.settings.get("pull", "up") == "up"
        pin: int | None = None
        try:
            with warnings.catch_warnings():
                # On a machine without pins each library that was tried is a warning; the sentence below says it all.
                warnings.simplefilter("ignore")
                for pin in outputs:
                    self._lights[pin] = self._opened.enter_context(gpiozero.DigitalOutputDevice(pin))
                for pin in inputs:
                    key = self._opened.enter_context(gpiozero.DigitalInputDevice(pin, pull_up=pull_up))
                    key.when_activated = partial(on_level, b"%d=1\n" % pin)
                    key.when_deactivated = partial(on_level, b"%d=0\n" % pin)
                    if key.is_active:
                        on_level(b"%d:1\n" % pin)
        except (self._error, OSError, ImportError, RuntimeError, ValueError) as error:
            self.close()
            raise LineError(_cannot_open(address, pin, error, self._error)) from None

    def write(self, words: bytes) -> None:
        """Turn lights on and off; what is no light of ours is passed over."""
        for word in words.split():
            pin, _, on = word.partition(b"=")
            light = self._lights.get(int(pin))
            if light is not None:
                light.value = int(on)

    def close(self) -> None:
        """Let go of all pins; lights go out."""
        with contextlib.suppress(self._error, OSError):
            self._opened.close()


def _cannot_open(address: Address, pin: int | None, error: Exception, gpio_error: type[Exception]) -> str:
    what = f"{address} cannot be opened at pin {pin}"
    if type(error).__name__ == "BadPinFactory":
        return f"{what}: this machine has no pins, or lgpio is missing (pip install hall-controller[gpio])"
    if isinstance(error, PermissionError):
        return f"{what}: this user may not use the pins; add the user to the group gpio"
    if "busy" in str(error).lower():
        return f"{what}: another program uses the pin; end it, or look into /boot/firmware/config.txt"
    said = error if isinstance(error, gpio_error) else f"{type(error).__name__}: {error}"
    return f"{what}: {said}"
