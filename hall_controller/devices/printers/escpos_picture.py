"""Reads what was sent to an ESC/POS printer, and shows the paper that came out.

    bytes -> commands -> pictures, one a cut

Belongs here: the printer's side of the language, read from Epson's reference and not from our driver, for the demo's
ticket.png and as a check on the driver. Never here: what a ticket says. It knows the commands that tickets use; any
other is told by an error, with its place.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

HEAD_DOTS: Final = {58: 384, 80: 576}
DPI: Final = 203
BLANK_EDGE_DOTS: Final = 24
QUIET_ZONE: Final = 4
LINE_FEED_DOTS: Final = 34
"""1/6 inch: the spacing of lines that ESC d feeds by."""

# Bytes after the two of the command's name, where that is a fixed number.
FIXED: Final = {
    b"\x1b@": 0,
    b"\x1ba": 1,
    b"\x1bJ": 1,
    b"\x1bd": 1,
    b"\x1d!": 1,
    b"\x1dP": 2,
    b"\x1dr": 1,
    b"\x10\x04": 1,
    b"\x1b\x00": 0,  # a command that broke off after its first byte
    b"\x1d\x00": 0,
}
CUT_WITH_FEED: Final = (65, 66)


@dataclass(frozen=True, slots=True)
class Command:
    """One command: the two bytes of its name, and what follows them."""

    name: bytes
    data: bytes


def split(stream: bytes) -> tuple[list[Command], int]:
    """The whole commands at the beginning of a stream, and how many bytes they take.

    Raises ValueError, with the place, at a byte that begins none. NUL is nothing, and passed over.
    """
    found, at = [], 0
    while at < len(stream):
        if stream[at] == 0:
            at += 1
            continue
        length = _length(stream, at)
        if length is None or at + length > len(stream):
            break
        found.append(Command(stream[at : at + 2], stream[at + 2 : at + length]))
        at += length
    return found, at


def _length(stream: bytes, at: int) -> int | None:
    """How long the command is that begins here; None as long as too little of it is known."""
    name = stream[at : at + 2]
    if len(name) < len(b"\x1b@"):
        return None
    if name in FIXED:
        return 2 + FIXED[name]
    head = stream[at + 2 : at + 8]
    match name:
        case b"\x1dV":
            return None if not head else 4 if head[0] in CUT_WITH_FEED else 3
        case b"\x1d(":
            return None if len(head) < 3 else 5 + int(struct.unpack_from("<H", head, 1)[0])  # noqa: PLR2004 - k pL pH
        case b"\x1dv":
            if len(head) < 6:  # noqa: PLR2004 - 0 m xL xH yL yH
                return None
            width, height = struct.unpack_from("<HH", head, 2)
            return 8 + int(width) * int(height)
        case _:
            raise ValueError(f"byte {at}: {name.hex(' ')} begins no command that tickets use")


def pictures(stream: bytes, width_mm: int) -> list[Image.Image]:
    """The papers that came out, black on white, a dot a pixel; what was not cut off at the end is one more.

    Raises ValueError when the stream is not a whole number of commands, or prints outside the paper.
    """
    commands, taken = split(stream)
    if taken != len(stream):
        raise ValueError(f"byte {taken}: the stream ends within a command")
    return list(_papers(commands, HEAD_DOTS[width_mm]))


def save(stream: bytes, file: Path, width_mm: int = 80) -> None:
    """Write the last paper that came out as a PNG; raises ValueError as `pictures` does, and when there is none."""
    papers = pictures(stream, width_mm)
    if not papers:
        raise ValueError("nothing was printed")
    papers[-1].save(file, "PNG", dpi=(DPI, DPI))


def _papers(commands: list[Command], dots: int) -> Iterator[Image.Image]:
    pieces: list[Image.Image] = []
    centred = False
    code = _Code()
    for command in commands:
        match command:
            case Command(b"\x1b@"):
                centred, code = False, _Code()
            case Command(b"\x1ba", data):
                centred = data in (b"\x01", b"1")
            case Command(b"\x1bJ", data):
                pieces.append(_blank(dots, data[0]))
            case Command(b"\x1bd", data):
                pieces.append(_blank(dots, data[0] * LINE_FEED_DOTS))
            case Command(b"\x1dv", data):
                pieces.append(_placed(_raster(data), dots, centred=centred))
            case Command(b"\x1d(", data):
                printed = code.obey(data)
                pieces += [_placed(printed, dots, centred=centred)] if printed else []
            case Command(b"\x1dV"):
                yield _joined(pieces, dots)
                pieces = []
            case _:
                pass
    if pieces:
        yield _joined(pieces, dots)


def _blank(dots: int, height: int) -> Image.Image:
    return Image.new("1", (dots, height), 1)


def _raster(data: bytes) -> Image.Image:
    """GS v 0 m xL xH yL yH d...: bit 7 of the first byte is the leftmost dot, 1 is black; m doubles it."""
    mode, per_row, rows = struct.unpack_from("<xBHH", data)
    ink = Image.frombytes("1", (per_row * 8, rows), data[6:])
    black_on_white = ink.point(lambda dot: 255 - dot)
    return black_on_white.resize((ink.width * (1 + mode % 2), ink.height * (1 + mode // 2 % 2)))


def _placed(ink: Image.Image, dots: int, *, centred: bool) -> Image.Image:
    if ink.width > dots:
        raise ValueError(f"{ink.width} dots do not fit on paper of {dots}")
    row = _blank(dots, ink.height)
    row.paste(ink, ((dots - ink.width) // 2 if centred else 0, 0))
    return row


def _joined(pieces: list[Image.Image], dots: int) -> Image.Image:
    paper = _blank(dots, sum(piece.height for piece in pieces) + BLANK_EDGE_DOTS)
    top = BLANK_EDGE_DOTS
    for piece in pieces:
        paper.paste(piece, (0, top))
        top += piece.height
    return paper


class _Code:
    """The QR code that GS ( k describes in steps: module size (67), correction (69), data (80), print (81)."""

    def __init__(self) -> None:
        self._module = 3
        self._correction = 0
        self._content = b""

    def obey(self, data: bytes) -> Image.Image | None:
        """Take one step; the picture where it was the step that prints."""
        kind, function, rest = data[3:4], data[4], data[5:]
        if data[:1] != b"k" or kind != b"1":
            raise ValueError(f"GS ( {data[:1]!r} with kind {kind!r} is no QR code")
        match function:
            case 67:
                self._module = rest[0]
            case 69:
                self._correction = rest[0] - ord("0")
            case 80:
                self._content = rest[1:]
            case 81:
                return self._drawn()
            case _:
                pass
        return None

    def _drawn(self) -> Image.Image:
        import qrcode

        # The library counts L = 1, M = 0, Q = 3, H = 2; the printer 0, 1, 2, 3 in this order.
        code = qrcode.QRCode(border=0, box_size=1, error_correction=(1, 0, 3, 2)[self._correction])
        code.add_data(self._content, optimize=0)
        code.make(fit=True)
        matrix = code.get_matrix()
        small = Image.new("1", (len(matrix), len(matrix)))
        small.putdata([0 if dark else 255 for row in matrix for dark in row])
        side = len(matrix) * self._module
        return small.resize((side, side), Image.Resampling.NEAREST)
