"""A pad of up to 26 keys on a shared RS-485 line, or alone on RS-232, that speaks ASCII frames with a CRC.

Belongs here: its frames, both ways. Never here: opening a port, waiting, remembering what was pressed before.
"""

from __future__ import annotations

import re
from binascii import crc_hqx
from functools import cached_property
from typing import Annotated, ClassVar, Final

from pydantic import Field, PrivateAttr

from hall_controller.devices.pad_keys import Button
from hall_controller.devices.pads import Heard, PadDriver
from hall_controller.messages import (
    Ack,
    DeviceInput,
    Key,
    KeyPress,
    ScorePress,
    TicketPress,
)

STX: Final = b"\x02"
SOH: Final = b"\x01"
ETX: Final = b"\x03"
FRAME: Final = re.compile(rb"([\x01\x02])([0-9]{2})([A-Za-z1-5])([0-9])([0-9A-F]{4})\x03")
FRAME_BYTES: Final = 10
BODY_BYTES: Final = 5
"""From the start byte to the sequence digit: all that the checksum covers."""
CRC_START: Final = 0xFFFF
HELLO: Final = "H"
STUCK: Final = "S"
KEY_STUCK: Final = "the key that was pressed last does not come up"
INVITE: Final = b"*"
INVITE_NO_MORE: Final = b"."
DONE: Final = b"+"
REFUSED: Final = b"-"
KEYS: Final[dict[str, Key]] = {
    "N": "next",
    "R": "recall",
    "M": "miss",
    "C": "complete",
    "D": "hold",
    "U": "resume",
    "T": "transfer",
    "O": "open",
    "P": "pause",
    "X": "close",
    "B": "ring",
}


class Driver(PadDriver):
    r"""A call pad, rating pad or button box with a two-digit address and two lights.

    Data sheet. 9600 baud, 8 data bits, no parity, 1 stop bit; the pad speaks when a key is pressed.

        frame     start | address "00".."99" | code | sequence | checksum | ETX 0x03          10 bytes, 10.4 ms
        start     STX 0x02 the first time, SOH 0x01 when the pad repeats the frame
        code      keys    N next  R recall  M miss  C complete  D hold  U resume  T transfer
                          O open  P pause  X close  B ring
                  scores  "1" (worst) to "5"
                  buttons "a" to "z", whose service and purpose are settings
                  H       the pad has been switched on
                  S       the last key has been down for 10 s
        sequence  one digit, 0 for H, then one more with every key and every S, 0 after 9
        checksum  four hexadecimal digits: CRC-16 of all bytes from the start byte to the sequence (polynomial 0x1021,
                  start 0xFFFF, as CRC-16/CCITT-FALSE)
        answer    the same frame with STX, the code "+" (green light, one beep) or "-" (red light, two beeps)
        light     the same frame with STX and sequence 0: "*" turns the light that invites to rate on, "." off; the pad
                  does not answer it

    The pad repeats a frame every 200 ms, and 2 ms more for each step of its address so that two pads that spoke at once
    do not do so again, until it sees the answer with its address and sequence. After 8 s it gives up with a red light.
    It takes no key meanwhile. The codes + - * and . are no keys, so a line that echoes our frames presses nothing.

    What noise can do: the checksum finds every damage of up to 16 bits in a row, and two frames of a pad that mean
    different presses differ in at least 4 bits. Where one bit of 1,000 is wrong, one frame in 10^11 is another press of
    the same pad; at the worst, where one bit of 20 is wrong and one frame in 60 comes through, one in 5 * 10^6.

    >>> pad = Driver(address=8)
    >>> (heard,) = pad.feed(b"noise\x0208N55D57\x03")
    >>> heard.press.key, heard.seq, heard.repeated
    ('next', 5, False)
    >>> pad.answer(heard, Ack(boot=0, seq=0, result="ok", ticket="A012"))
    b'\x0208+5A988\x03'
    >>> pad.invite(on=True)[:5]
    b'\x0208*0'
    """

    longest_gap_s: ClassVar[float] = 0.5
    lines: ClassVar[frozenset[str]] = frozenset({"file", "serial", "tcp"})

    address: Annotated[int, Field(ge=0, le=99, description="as set on the pad's switches")]
    buttons: dict[Annotated[str, Field(pattern="^[a-z]$")], Button] = Field(default_factory=dict)
    """By code: what the keys of a kiosk's button box ask for."""

    _heard: bytes = PrivateAttr(default=b"")

    def feed(self, heard: bytes) -> list[Heard]:
        waiting, start, found = self._heard + heard, 0, []
        while frame := FRAME.search(waiting, start):
            whole = self._whole(frame)
            start = frame.end() if whole else frame.start() + 1
            if whole and (said := self._said(frame)):
                found.append(said)
        self._heard = waiting[max(start, len(waiting) - FRAME_BYTES + 1) :]
        return found

    def forget(self) -> None:
        self._heard = b""

    def answer(self, heard: Heard, ack: Ack) -> bytes:
        return self._frame(STX, REFUSED if ack.result == "rejected" else DONE, heard.seq or 0)

    def invite(self, *, on: bool) -> bytes:
        return self._frame(STX, INVITE if on else INVITE_NO_MORE, 0)

    def sent(self, heard: Heard) -> bytes:
        if heard.faulty:
            return self._frame(STX, STUCK.encode("ascii"), heard.seq or 0)
        code = next((code for code, press in self._codes.items() if press == heard.press), None)
        if code is None:
            raise ValueError(f"an ascii_serial pad has no key for {heard.press}")
        return self._frame(SOH if heard.repeated else STX, code.encode("ascii"), heard.seq or 0)

    def presses(self) -> list[DeviceInput]:
        return [press for press in self._codes.values() if press is not None]

    @cached_property
    def _codes(self) -> dict[str, DeviceInput | None]:
        codes: dict[str, DeviceInput | None] = {HELLO: None, STUCK: None}
        codes |= {code: KeyPress(boot=0, seq=0, key=key) for code, key in KEYS.items()}
        codes |= {str(score): ScorePress(boot=0, seq=0, score=score) for score in range(1, 6)}
        return codes | {
            code: TicketPress(boot=0, seq=0, **button.model_dump()) for code, button in self.buttons.items()
        }

    def _whole(self, frame: re.Match[bytes]) -> bool:
        body, checksum = frame[0][:BODY_BYTES], frame[5]
        return checksum == _checksum(body)

    def _said(self, frame: re.Match[bytes]) -> Heard | None:
        """What a whole frame says, when it is this pad's and has a meaning."""
        start, address, code, sequence, _ = frame.groups()
        if int(address) != self.address or (name := code.decode("ascii")) not in self._codes:
            return None
        wrong = KEY_STUCK if name == STUCK else ""
        return Heard(self._codes[name], int(sequence), repeated=start == SOH, faulty=wrong)

    def _frame(self, start: bytes, code: bytes, sequence: int) -> bytes:
        body = start + b"%02d" % self.address + code + b"%d" % (sequence % 10)
        return body + _checksum(body) + ETX


def _checksum(body: bytes) -> bytes:
    return b"%04X" % crc_hqx(body, CRC_START)
