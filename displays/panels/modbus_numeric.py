"""A numeric LED display that is a Modbus RTU slave: its digits are holding registers.

Belongs here: how a face becomes registers, and which answer means that they were taken. Never here: opening a port,
waiting, retrying. Frames and checksums are pymodbus's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU, ModbusPDU
from pymodbus.pdu import register_message as pdu

from displays.panel_words import WordsDriver, first
from displays.panels import Face, Step, Verdict

BLINK: Final = 1
POINT: Final = 2
WRITE_SEVERAL: Final = 16
EXCEPTION: Final = 0x80
EXCEPTION_BYTES: Final = 5
WRITTEN_BYTES: Final = 8
BITS_PER_CHARACTER: Final = 11
SHORTEST_GAP_S: Final = 0.00175
"""MODBUS over serial line 1.02, section 2.5.1.1: 3.5 characters of silence, above 19,200 baud 1.75 ms."""
FIGURES: Final = "0123456789- "
"""By nibble of a BCD display, as decoders of LED drivers have them; 0xF is dark."""
DARK: Final = 0xF
FRAMER: Final = FramerRTU(DecodePDU(is_server=False))


class Driver(WordsDriver):
    r"""A display of 2 to 8 places behind Modbus RTU, as many makers sell them for scales, car parks and queues.

    Data sheet: what differs between makers is a setting. The line must be set as the display is:
    `serial:///dev/ttyUSB0?baudrate=19200&parity=E`; a converter must not echo what is sent.

        unit            the slave's address, 1 to 247
        first_register  the first holding register of the digits, counted from 0 (40001 in a manual is 0)
        digits          places on the display
        encoding        ascii      two characters a register, the left one in the high byte
                        characters one character a register, in its low byte
                        bcd        four figures a register, 0xA a dash, 0xF a dark place
        function        16 writes all registers at once; 6 one after the other, for displays that know nothing else
        flags_register  a register whose bit 0 lets the number blink and bit 1 lights the point; without one the display
                        does not blink, and a stale number gives way to dashes
        readback        whether the digits are read again (function 3) after they were written, and must be the same

    A BCD display has no letters: it shows the figures of a number alone, which is right only at a counter that calls
    from one queue. Paused it shows a dash at both ends, closed nothing. When nobody speaks to it any more, it goes on
    showing the last number, unless a register of its own for that is set: take 120 s, four times `refresh_s`.

    >>> from datetime import UTC, datetime
    >>> from hall_controller.messages import CounterDisplay, Text
    >>> display = CounterDisplay(epoch=1, rev=2, state="calling", ticket="A012", call=1, name="5",
    ...     since=datetime(2026, 11, 23, tzinfo=UTC), text=Text(vi="Mời số A012", en="Number A012"))
    >>> Driver(unit=8).encode(Face(counter="5", display=display)).hex(" ")
    '08 10 00 00 00 02 04 41 30 31 32 5d 45'
    """

    unit: Annotated[int, Field(ge=1, le=247)]
    first_register: Annotated[int, Field(ge=0, le=0xFFF0)] = 0
    digits: Annotated[int, Field(ge=2, le=8)] = 4
    encoding: Literal["ascii", "characters", "bcd"] = "ascii"
    function: Literal[16, 6] = 16
    flags_register: Annotated[int, Field(ge=0, le=0xFFFF)] | None = None
    readback: bool = False
    baudrate: Annotated[int, Field(ge=1200, le=115_200)] = 9600
    """As on the line; only the silence between two frames follows from it."""
    answer_timeout_s: Annotated[float, Field(gt=0, le=2)] = 0.1
    refresh_s: Annotated[float, Field(ge=0, le=3600)] = 30.0

    @model_validator(mode="after")
    def _can_blink(self) -> Self:
        if self.blink_s and self.flags_register is None:
            raise ValueError("blink_s needs a flags_register: without one this display cannot blink")
        if self.flash_hz:
            raise ValueError(
                "flash_hz is not for this model: the display blinks by itself, with its flags_register"
            )
        return self

    @property
    def places(self) -> tuple[str, ...]:
        return (f"unit = {self.unit}, first_register = {self.first_register}",)

    @property
    def agreed(self) -> str:
        return f"baudrate = {self.baudrate}"

    @property
    def dashes(self) -> str:
        """One alone, because all of them mean that the hall is silent."""
        return "-"

    def fits(self, text: str) -> bool:
        return len(text) <= self.digits and (self.encoding != "bcd" or set(text) <= set(FIGURES))

    def called(self, number: str, counter: str) -> tuple[str, ...]:  # noqa: ARG002 - a display has one number
        return (number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") if self.encoding == "bcd" else number,)

    def text(self, face: Face) -> str:
        match face.wanted:
            case "test":
                return "8" * self.digits
            case "identify":
                return first(self.fits, f"ID{self.unit:02}", f"-{self.unit:02}-", f"{self.unit}")
            case _ if face.stale_since is not None and self.flags_register is None:
                return "-" * self.digits
            case _ if self.encoding == "bcd" and face.display is not None and face.display.state == "paused":
                return "-" + " " * (self.digits - 2) + "-"
            case _:
                return self.words(face)

    def encode(self, face: Face) -> bytes:
        return self.steps(face)[0].frame

    def judge(self, heard: bytes) -> Verdict:
        return self._judge(self.function, WRITTEN_BYTES, b"", heard)

    def steps(self, face: Face) -> Sequence[Step]:
        registers = self._registers(self.text(face).rjust(self.digits))
        steps = self._write(self.first_register, registers)
        if self.flags_register is not None:
            flags = BLINK * face.blink | POINT * (face.stale_since is not None)
            steps += self._write(self.flags_register, [flags])
        return steps + [self._read(registers)] * self.readback

    def _registers(self, text: str) -> list[int]:
        match self.encoding:
            case "characters":
                return [ord(letter) for letter in text]
            case "ascii":
                text = text.ljust(len(text) + len(text) % 2)
                return [
                    ord(left) << 8 | ord(right) for left, right in zip(text[::2], text[1::2], strict=True)
                ]
            case "bcd":
                nibbles = [DARK if figure == " " else FIGURES.index(figure) for figure in text]
                nibbles[:0] = [DARK] * (-len(nibbles) % 4)
                return [
                    int("".join(f"{nibble:X}" for nibble in nibbles[at : at + 4]), 16)
                    for at in range(0, len(nibbles), 4)
                ]

    def _write(self, register: int, values: list[int]) -> list[Step]:
        if self.function == WRITE_SEVERAL:
            told = pdu.WriteMultipleRegistersRequest(
                dev_id=self.unit, address=register, count=len(values), registers=values
            )
            wanted = pdu.WriteMultipleRegistersResponse(dev_id=self.unit, address=register, count=len(values))
            return [self._step(told, wanted)]
        ones = [
            pdu.WriteSingleRegisterRequest(dev_id=self.unit, address=register + at, registers=[value])
            for at, value in enumerate(values)
        ]
        return [self._step(one, one) for one in ones]

    def _read(self, expected: list[int]) -> Step:
        asked = pdu.ReadHoldingRegistersRequest(
            dev_id=self.unit, address=self.first_register, count=len(expected)
        )
        return self._step(asked, pdu.ReadHoldingRegistersResponse(dev_id=self.unit, registers=expected))

    def _step(self, told: ModbusPDU, wanted: ModbusPDU) -> Step:
        answer = FRAMER.buildFrame(wanted)
        return Step(
            FRAMER.buildFrame(told),
            partial(self._judge, wanted.function_code, len(answer), answer),
            gap_s=max(SHORTEST_GAP_S, 3.5 * BITS_PER_CHARACTER / self.baudrate),
        )

    def _judge(self, function: int, size: int, wanted: bytes, heard: bytes) -> Verdict:
        """Look for a whole answer of this unit in what was heard, whatever noise stands around it."""
        for start in range(len(heard) - EXCEPTION_BYTES + 1):
            if heard[start] != self.unit:
                continue
            refusal = heard[start : start + EXCEPTION_BYTES]
            if refusal[1] == function | EXCEPTION and _is_whole(refusal, EXCEPTION_BYTES):
                return "refused"
            answer = heard[start : start + size]
            if answer[1] == function and _is_whole(answer, size):
                return "taken" if wanted in (b"", answer) else "refused"
        return "more"


def _is_whole(frame: bytes, size: int) -> bool:
    return len(frame) == size and FramerRTU.check_CRC(frame[:-2], int.from_bytes(frame[-2:], "big"))
