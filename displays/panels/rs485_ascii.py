"""An LED panel of 4 to 8 characters on a shared RS-485 line, spoken to in ASCII frames.

Belongs here: how a face becomes a frame and what an answer means. Never here: opening a port, waiting, retrying.
"""

from __future__ import annotations

from functools import reduce
from operator import xor
from typing import Annotated, Final

from pydantic import Field

from displays.panel_words import WordsDriver, first
from displays.panels import Face, Verdict

STX: Final = 0x02
ETX: Final = 0x03
ACK: Final = 0x06
NAK: Final = 0x15
BLINK: Final = 1
POINT: Final = 2
ANSWER_BYTES: Final = 7


class Driver(WordsDriver):
    r"""A seven-segment or dot-matrix counter panel with a two-digit address.

    Data sheet. 9600 baud, 8 data bits, no parity, 1 stop bit; half duplex; the panel speaks only when spoken to, within
    50 ms.

        frame    STX 0x02 | address "00".."99" | command | flags | text | checksum | ETX 0x03
        command  "D" show the text, "T" light every segment
        flags    one hexadecimal digit: bit 0 the text blinks (the panel does it, 2 Hz), bit 1 the point at the lower
                 right is lit
        text     in ASCII, padded with spaces to the panel's length
        checksum two hexadecimal digits: exclusive or of all bytes after STX and before the checksum
        answer   STX | address | ACK 0x06 or NAK 0x15 | checksum | ETX

    A NAK says that the frame came damaged. The point is the stale mark: a shape, not a colour. Letters have no marks.
    The panel has no clock of its own: when nobody speaks to it any more, it goes on showing the last text.

    >>> from datetime import UTC, datetime
    >>> from hall_controller.messages import CounterDisplay, Text
    >>> display = CounterDisplay(epoch=1, rev=2, state="calling", ticket="A012", call=1, name="5",
    ...     since=datetime(2026, 11, 23, tzinfo=UTC), text=Text(vi="Mời số A012", en="Number A012"))
    >>> Driver(address=8).encode(Face(counter="5", display=display, blink=True))
    b'\x0208D1A0120F\x03'
    """

    address: Annotated[int, Field(ge=0, le=99, description="as set on the panel's switches")]
    length: Annotated[int, Field(ge=4, le=8, description="characters on the panel")] = 4
    blink_s: Annotated[float, Field(ge=0, le=5, description="how long a new call blinks; 0 = never")] = 5.0
    answer_timeout_s: Annotated[float, Field(gt=0, le=2)] = 0.1
    refresh_s: Annotated[float, Field(ge=0, le=3600)] = 30.0

    @property
    def places(self) -> tuple[str, ...]:
        return (f"address = {self.address}",)

    @property
    def dashes(self) -> str:
        return "-" * self.length

    def fits(self, text: str) -> bool:
        return len(text) <= self.length

    def text(self, face: Face) -> str:
        match face.wanted:
            case "test":
                return "8" * self.length
            case "identify":
                return first(self.fits, f"ID {self.address:02}", f"ID{self.address:02}")
            case _:
                return self.words(face)

    def encode(self, face: Face) -> bytes:
        flags = (BLINK if face.blink else 0) | (POINT if face.stale_since is not None else 0)
        command = "T" if face.wanted == "test" else "D"
        text = self.text(face).center(self.length) if face.wanted == "board" else self.text(face)
        body = f"{self.address:02}{command}{flags:X}{text:<{self.length}}".encode("ascii")
        return bytes([STX]) + body + _checksum(body) + bytes([ETX])

    def judge(self, heard: bytes) -> Verdict:
        """Look for a whole answer of this panel in what was heard; noise and other panels' answers are passed over."""
        for start, byte in enumerate(heard):
            answer = heard[start : start + ANSWER_BYTES]
            if byte != STX or len(answer) < ANSWER_BYTES or answer[-1] != ETX:
                continue
            body, checksum = answer[1:4], answer[4:6]
            if body[:2] != b"%02d" % self.address or checksum != _checksum(body):
                continue
            if body[2] == ACK:
                return "taken"
            if body[2] == NAK:
                return "refused"
        return "more"


def _checksum(body: bytes) -> bytes:
    """Two hexadecimal digits: the exclusive or of all bytes."""
    return b"%02X" % reduce(xor, body, 0)
