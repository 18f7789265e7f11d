"""Any printer that speaks ESC/POS: Epson's TM series and the many that follow it.

Belongs here: its commands and its answers. Never here: fonts, files, sockets. Commands are those of Epson's ESC/POS
reference, under the names that python-escpos gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Final, Literal

from escpos import constants as command

from hall_controller.devices import paper
from hall_controller.devices.ticket import PAPER_DOTS, TicketPaper

Paper = Literal["ok", "low", "out", "unknown"]
Cut = Literal["full", "partial", "none"]

DPI: Final = 203
SET_DOT_AS_UNIT: Final[bytes] = command.GS + b"P" + bytes((DPI, DPI))
CENTRE: Final[bytes] = command.ESC + b"a\x01"
FEED: Final[bytes] = command.ESC + b"J"
RASTER: Final[bytes] = command.GS + b"v0"
RASTER_MODE: Final[dict[int, int]] = {1: 0, 2: 3}
"""By zoom: m = 0 prints dots as they are, m = 3 each of them two by two."""
QR: Final[bytes] = command.GS + b"(k"
REPORT_WHEN_DONE: Final[bytes] = command.GS + b"r\x01"

MOST_FEED: Final = 255
MOST_ROWS: Final = 64
"""Rows in one raster command: cheap printers have a small buffer for it."""
COST_OF_A_CUT: Final = 11
"""Bytes that it takes to feed over blank rows and begin a new raster."""
CUT_FEED_DOTS: Final = 120
"""The knife sits 15 mm above the head; paper up to there is fed out before the cut."""

# DLE EOT n, for n = 1..4, is answered by one byte each: 0xx1xx10.
FIXED_BITS: Final = 0b1001_0011
FIXED_VALUE: Final = 0b0001_0010


@dataclass(frozen=True, slots=True)
class Status:
    """What a printer says of itself; `paper` is "unknown" and `online` False when it says nothing of use."""

    paper: Paper
    online: bool
    cover_open: bool = False
    error: bool = False

    @property
    def can_print(self) -> bool:
        return self.online and not self.cover_open and not self.error and self.paper != "out"


@dataclass(frozen=True, slots=True)
class Driver:
    r"""A printer for 58 or 80 mm paper with 203 dots to the inch, its cutter and its native QR codes.

    Speed of its interface: a ticket is about 12 KB, so a serial one needs 115,200 baud.
    `zooms`: prints dots doubled in both directions (GS v 0 with m = 3); `native_qr`: draws QR codes itself (GS ( k);
    `answers_status`: answers DLE EOT at once, even without paper or with its cover open;
    `reports_when_done`: answers GS r 1 after all that was sent before it is on the paper.

    >>> driver = Driver(width_mm=58, cut="partial")
    >>> driver.encode([])
    b'\x1b@\x1dP\xcb\xcb\x1ba\x01\x1bJx\x1dV\x01'
    >>> driver.status([b"\x12", b"\x12", b"\x12", b"\x72"])
    Status(paper='out', online=True, cover_open=False, error=False)
    """

    width_mm: int = 80
    cut: Cut = "partial"
    zooms: bool = True
    native_qr: bool = True
    answers_status: bool = True
    reports_when_done: bool = True

    status_requests: ClassVar[tuple[bytes, ...]] = tuple(
        command.DLE + command.EOT + bytes((n,)) for n in (1, 2, 3, 4)
    )
    done_request: ClassVar[bytes] = REPORT_WHEN_DONE

    def __post_init__(self) -> None:
        """Raise ValueError, in one sentence, for a setting that no such printer has."""
        if self.width_mm not in PAPER_DOTS:
            raise ValueError(f"width_mm = {self.width_mm}: the paper is 58 or 80 mm wide")
        if self.cut not in ("full", "partial", "none"):
            raise ValueError(f'cut = "{self.cut}": write "full", "partial" or "none"')

    @property
    def recovery(self) -> bytes:
        """Sent before the first ticket after one that broke off: fills up the raster that the printer may still be in.

        Outside of a raster a printer ignores NUL.
        """
        return bytes(MOST_ROWS * PAPER_DOTS[self.width_mm] // 8) + self.encode([])

    def ticket(self, ticket: TicketPaper) -> bytes:
        """All that is sent for a ticket."""
        return self.encode(paper.strips(ticket, self.width_mm))

    def encode(self, strips: Iterable[paper.Strip | paper.QrStrip]) -> bytes:
        """The strips in this printer's commands, the paper fed out and cut."""
        parts = [command.HW_INIT, SET_DOT_AS_UNIT, CENTRE]
        for strip in strips:
            match strip:
                case paper.QrStrip() if self.native_qr:
                    parts += [_feed(strip.gap), _native_qr(strip)]
                case paper.QrStrip():
                    parts += [_feed(strip.gap), *_raster(paper.drawn_qr(strip))]
                case paper.Strip():
                    parts += [_feed(strip.gap), *_raster(strip if self.zooms else paper.unzoomed(strip))]
        return b"".join([*parts, _feed(CUT_FEED_DOTS), self._cut()])

    def _cut(self) -> bytes:
        match self.cut:
            case "full":
                return bytes(command.PAPER_FULL_CUT)
            case "partial":
                return bytes(command.PAPER_PART_CUT)
            case "none":
                return b""

    @staticmethod
    def is_answer(byte: int) -> bool:
        """Whether this byte can answer DLE EOT: XON, XOFF and what a printer reports unasked cannot."""
        return byte & FIXED_BITS == FIXED_VALUE

    @staticmethod
    def status(answers: Sequence[bytes]) -> Status:
        """What the answers to the four `status_requests` say; an answer that did not come is empty.

        Bits: Epson, ESC/POS command reference, DLE EOT.
        """
        bits = [a[0] if a and Driver.is_answer(a[0]) else None for a in answers]
        printer, cause, fault, roll = [*bits, None, None, None, None][:4]
        if printer is None:
            return Status("unknown", online=False)
        cause = cause or 0
        out = bool((roll or 0) & 0b0110_0000 or cause & 0b0010_0000)
        low = bool((roll or 0) & 0b0000_1100)
        known: Paper = "unknown" if roll is None else "low" if low else "ok"
        return Status(
            paper="out" if out else known,
            online=not printer & 0b0000_1000,
            cover_open=bool(cause & 0b0000_0100),
            error=bool(cause & 0b0100_0000 or (fault or 0) & 0b0110_1100),
        )


def _feed(dots: int) -> bytes:
    full, rest = divmod(dots, MOST_FEED)
    return (FEED + bytes((MOST_FEED,))) * full + (FEED + bytes((rest,)) if rest else b"")


def _raster(strip: paper.Strip) -> list[bytes]:
    """The rows with ink, each run of them as one raster; blank rows are fed over where that is shorter."""
    per_row = strip.width // 8
    rows = [strip.rows[at : at + per_row] for at in range(0, len(strip.rows), per_row)]
    parts: list[bytes] = []
    run: list[bytes] = []
    for blank, group in groupby(rows, key=lambda row: not any(row)):
        found = list(group)
        if blank and len(found) * per_row > COST_OF_A_CUT:
            parts += [*_sent(run, per_row, zoom=strip.zoom), _feed(len(found) * strip.zoom)]
            run = []
        else:
            run += found
    return parts + _sent(run, per_row, zoom=strip.zoom)


def _sent(rows: list[bytes], per_row: int, *, zoom: int) -> list[bytes]:
    """GS v 0 m xL xH yL yH d..."""
    slices = [rows[at : at + MOST_ROWS] for at in range(0, len(rows), MOST_ROWS)]
    head = RASTER + bytes((RASTER_MODE[zoom],)) + per_row.to_bytes(2, "little")
    return [head + len(part).to_bytes(2, "little") + _harmless(b"".join(part)) for part in slices]


def _harmless(dots: bytes) -> bytes:
    """The dots without any that a printer would take for a real-time command, which it obeys even inside a picture.

    DLE EOT asks for the status, DLE ENQ clears errors, DLE DC4 opens the drawer or turns the power off. One dot more
    (0x10 becomes 0x18) breaks them.
    """
    for follower in (command.EOT, command.ENQ, command.DC4):
        dots = dots.replace(command.DLE + follower, b"\x18" + follower)
    return dots


def _native_qr(strip: paper.QrStrip) -> bytes:
    """GS ( k: model 2, module size, error correction M, store, print."""
    functions = (b"1A2\x00", b"1C" + bytes((strip.module,)), b"1E1", b"1P0" + strip.content.encode(), b"1Q0")
    return b"".join(QR + len(data).to_bytes(2, "little") + data for data in functions)
