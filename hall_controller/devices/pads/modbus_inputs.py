"""A module with digital inputs on RS-485 that speaks Modbus RTU: it is asked again and again how its keys stand.

Belongs here: questions, and what an answer says. Never here: whose turn it is (`devices/rounds.py`), ports, checksums.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Annotated, ClassVar, Final, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from hall_controller.devices.pad_keys import Button, check_different, check_names, press_of
from hall_controller.devices.pads import Heard, PadDriver
from hall_controller.messages import Ack, DeviceInput

if TYPE_CHECKING:
    from pymodbus.framer import FramerRTU
    from pymodbus.pdu import ModbusPDU

WRITE_COIL: Final = 5
REFUSED: Final = 0x80
WRITTEN_BYTES: Final = 8
REFUSED_BYTES: Final = 5
REGISTER_BITS: Final = 16
REFUSES: Final = "it refuses function {}: look at `function`, `first`, `keys` and `light` in its settings"
Number = Annotated[int, Field(strict=True, ge=1, le=REGISTER_BITS)]


def cycle_s(units: int, baudrate: int = 19_200, unit_s: float = 0.005) -> float:
    """Seconds in which so many units are asked once; `unit_s` is how long a unit thinks.

    8 bytes are asked, 6 answered, 11 bits each (8E1), with two silences of 3.5 bytes: 21 byte times a unit.

    >>> round(cycle_s(1), 3), round(cycle_s(6), 2), round(cycle_s(32), 2), round(cycle_s(32, 115_200), 2)
    (0.017, 0.1, 0.55, 0.22)
    """
    return units * (21 * 11 / baudrate + unit_s)


class Driver(PadDriver):
    r"""A module with up to 16 inputs (keys) and perhaps outputs (lights), such as those of Waveshare or Eastron.

    Data sheet. Modbus RTU, address 1 to 247, 19,200 baud or what its switches say.

        line      serial:///dev/ttyUSB0?baudrate=19200&parity=E     the same text for all modules on the two wires
        settings  unit = 7                              address, as set on the module
                  keys = { next = 1, recall = 2 }       by key: its input, counted from 1 as printed on the module
                  function = 2                          2 Read Discrete Inputs; 3 where the inputs are the bits of one
                                                        Holding Register
                  first = 0                             address of input 1, or of that register
                  light = 1                             output of the light that invites to rate (5 Write Single Coil)

    Several pads may be on one module, each with inputs of its own: 8 inputs are the keys of two or four counters.

    How often a module is asked (`cycle_s`): 21 byte times of 0.57 ms at 19,200 baud and about 5 ms to think are 17 ms.
    32 modules take 0.55 s, six take 0.1 s. A key must be down for one cycle to be heard, and people press for 0.1 to
    0.2 s: on a line of 19,200 baud at most 6 modules hear every push, at 115,200 baud 14. With 32 the key must be held
    for half a second, until the display changes. A module that does not answer costs the others at most one time-out
    of 0.1 s a round. `make bench ARGS=modules` measures it.

    What noise can do: answers that mean different keys differ in at least 4 bits, and where one bit of 20 is wrong, one
    answer in 4 * 10^5 says another key. So a change counts only when the module, asked again at once, says the same:
    then it is less than one in 10^11 at the worst, and less than one in 10^20 where one bit of 1,000 is wrong.

    >>> pad = Driver(unit=7, keys={"next": 1})
    >>> pad.ask().hex(" ")
    '07 02 00 00 00 01 b9 ac'
    >>> up, down = bytes.fromhex("07 02 01 00 a1 00"), bytes.fromhex("07 02 01 01 60 c0")
    >>> [heard.press for heard in pad.feed(up)], pad.unsure
    ([None], True)
    >>> [heard.press for heard in pad.feed(up + down)], pad.unsure
    ([None, None], True)
    >>> [(heard.press.key, heard.down) for heard in pad.feed(down) if heard.press]
    [('next', True)]
    """

    lines: ClassVar[frozenset[str]] = frozenset({"serial", "tcp"})
    answer_s: ClassVar[float] = 0.1

    unit: Annotated[int, Field(strict=True, ge=1, le=247, description="as set on the module")]
    keys: Annotated[dict[str, Number], Field(min_length=1, examples=[{"next": 1, "4": 10}])]
    """By key: its input, counted from 1."""
    function: Literal[2, 3] = 2
    """The Modbus function that reads the inputs."""
    first: Annotated[int, Field(strict=True, ge=0, le=0xFFFF)] = 0
    """The address of input 1, or of the register that holds all."""
    light: Annotated[Number | None, Field(examples=[1])] = None
    """The output of the light that invites to rate, counted from 1."""
    buttons: dict[str, Button] = Field(default_factory=dict)
    """By name: what the keys of a kiosk's button box ask for."""

    _heard: bytes = PrivateAttr(default=b"")
    _levels: int | None = PrivateAttr(default=None)
    """The inputs as they are believed, input 1 the lowest bit; None before the first."""
    _maybe: int | None = PrivateAttr(default=None)
    """Other levels, heard once."""
    _refuses: frozenset[int] = PrivateAttr(default=frozenset())
    """The functions that the module says it cannot do so."""

    @model_validator(mode="after")
    def _keys_are_keys(self) -> Self:
        check_names(self.keys, self.buttons)
        check_different(self.keys, "input")
        return self

    def begin(self) -> None:
        self.forget()
        self._levels = self._maybe = None

    def forget(self) -> None:
        self._heard = b""

    def ask(self) -> bytes:
        return self._question

    @property
    def unsure(self) -> bool:
        return self._maybe is not None

    def feed(self, heard: bytes) -> list[Heard]:
        waiting, start, found = self._heard + heard, 0, []
        while (at := waiting.find(self.unit, start)) >= 0:
            size = self._size(waiting[at : at + 3])
            if size is not None and len(waiting) < at + size:
                start = at
                break
            pdu = self._framer.handleFrame(waiting[at : at + size], self.unit, 0)[1] if size else None
            start = at + size if size and pdu else at + 1
            if pdu is not None:
                found += self._said(pdu)
        else:
            start = len(waiting)
        self._heard = waiting[start:]
        return found

    def invite(self, *, on: bool) -> bytes | None:
        if self.light is None:
            return None
        from pymodbus.pdu.bit_message import WriteSingleCoilRequest

        return self._framed(WriteSingleCoilRequest(address=self.light - 1, bits=[on], dev_id=self.unit))

    def answer(self, heard: Heard, ack: Ack) -> bytes:  # noqa: ARG002 - there is no light for it
        return b""

    def sent(self, heard: Heard) -> bytes:
        """The answer, twice: to the question, and to the one that makes sure."""
        names = self.keys if heard.press is not None and heard.down is not False else {}
        down = [self.keys[name] for name in names if press_of(name, self.buttons) == heard.press]
        return self._levels_sent(sum(1 << place - 1 for place in down)) * 2

    def presses(self) -> list[DeviceInput]:
        return [press_of(name, self.buttons) for name in self.keys]

    @cached_property
    def _inputs(self) -> int:
        return max(self.keys.values())

    @cached_property
    def _mask(self) -> int:
        return sum(1 << place - 1 for place in self.keys.values())

    @cached_property
    def _framer(self) -> FramerRTU:
        from pymodbus.framer import FramerRTU
        from pymodbus.pdu import DecodePDU

        return FramerRTU(DecodePDU(is_server=False))

    @cached_property
    def _question(self) -> bytes:
        from pymodbus.pdu.bit_message import ReadDiscreteInputsRequest
        from pymodbus.pdu.register_message import ReadHoldingRegistersRequest

        if self.function == ReadDiscreteInputsRequest.function_code:
            return self._framed(
                ReadDiscreteInputsRequest(address=self.first, count=self._inputs, dev_id=self.unit)
            )
        return self._framed(ReadHoldingRegistersRequest(address=self.first, count=1, dev_id=self.unit))

    def _framed(self, pdu: ModbusPDU) -> bytes:
        return self._framer.buildFrame(pdu)

    def _size(self, head: bytes) -> int | None:
        """The bytes of the answer that begins so, 3 while that is not known; None when none of ours does."""
        if len(head) < len("ufc"):
            return 3
        _, function, count = head
        if function == self.function and count == self._data_bytes:
            return 3 + self._data_bytes + 2
        if function == WRITE_COIL and self.light is not None:
            return WRITTEN_BYTES
        return REFUSED_BYTES if function in (self.function | REFUSED, WRITE_COIL | REFUSED) else None

    @property
    def _data_bytes(self) -> int:
        return 2 if self.function != 2 else (self._inputs + 7) // 8  # noqa: PLR2004 - the number of the function

    def _said(self, pdu: ModbusPDU) -> list[Heard]:
        """What one whole answer says; at least that the module is there."""
        function = pdu.function_code & ~REFUSED
        refused = bool(pdu.function_code & REFUSED)
        if refused != (function in self._refuses):
            self._refuses ^= {function}
            return [Heard(None, faulty=REFUSES.format(min(self._refuses)) if self._refuses else "")]
        if refused or function == WRITE_COIL:
            return [Heard(None)]
        levels = pdu.registers[0] if pdu.registers else sum(on << place for place, on in enumerate(pdu.bits))
        return self._changes(levels & self._mask) or [Heard(None)]

    def _changes(self, levels: int) -> list[Heard]:
        """The keys that went down or came up, when these levels are heard for the second time."""
        before = self._levels
        if levels == before or levels != self._maybe:
            self._maybe = None if levels == before else levels
            return []
        self._levels, self._maybe = levels, None
        return [
            Heard(press_of(name, self.buttons), repeated=before is None, down=bool(levels >> place - 1 & 1))
            for name, place in self.keys.items()
            if (levels ^ (before or 0)) >> place - 1 & 1
        ]

    def _levels_sent(self, levels: int) -> bytes:
        from pymodbus.pdu.bit_message import ReadDiscreteInputsResponse
        from pymodbus.pdu.register_message import ReadHoldingRegistersResponse

        if self.function == ReadDiscreteInputsResponse.function_code:
            bits = [bool(levels >> place & 1) for place in range(8 * self._data_bytes)]
            return self._framed(ReadDiscreteInputsResponse(bits=bits, dev_id=self.unit))
        return self._framed(ReadHoldingRegistersResponse(registers=[levels], dev_id=self.unit))
