r"""Draws a ticket: its blocks become strips of black dots, and strips become a picture of the paper.

    TicketPaper -> blocks (ticket.py) -> strips (here) -> bytes (a driver of printers/)
                                               \-> picture, for a preview

Belongs here: fonts, wrapping, dots. Never here: words (ticket_words.py), commands of a printer, or how bytes travel.
Fonts are read once for each process. Text is set with FreeType's own black-and-white rendering, hinted to whole
dots, which on a thermal head is sharper than grey cut at a threshold.
"""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from hall_controller.devices import qr
from hall_controller.devices.ticket import (
    DOTS_PER_MM,
    PAPER_DOTS,
    Block,
    QrBlock,
    RuleBlock,
    Size,
    TextBlock,
    TicketPaper,
    blocks,
)

ASSETS: Final = Path(__file__).parent / "assets"
MEDIUM: Final = "NotoSans-SemiCondensedMedium.ttf"
BOLD: Final = "NotoSans-SemiCondensedBold.ttf"
NARROW: Final = "NotoSans-CondensedBold.ttf"

# Font sizes in dots; 8 dots are a millimetre, a capital is 0.71 of the size.
STEPS: Final[dict[int, dict[Size, int]]] = {
    58: {Size.NUMBER: 204, Size.COUNTER: 42, Size.BODY: 26, Size.NOTE: 21, Size.SECOND: 20},
    80: {Size.NUMBER: 280, Size.COUNTER: 44, Size.BODY: 27, Size.NOTE: 21, Size.SECOND: 20},
}
MARGIN_DOTS: Final = 8
LINE_HEIGHT: Final = 1.35
"""Of the size of the type: Vietnamese stacks two marks on a letter."""
BASELINE: Final = 1.05
TRACKING: Final = 0.06
"""Of the size, between the characters of a number: it was read without a mistake, and closer together not."""
LABEL_DOTS: Final = 10
# What a ticket is tried with, until it is short enough: lines up to this rank, the number's height, lines of a name.
STAGES: Final = (
    (6, 1.0, 9),
    (5, 1.0, 9),
    (4, 1.0, 9),
    (4, 0.8, 9),
    (3, 0.8, 9),
    (2, 0.8, 9),
    (1, 0.8, 9),
    (1, 0.6, 9),
)
LAST_STAGES: Final = {58: ((1, 0.6, 2), (0, 0.5, 2)), 80: ((1, 0.6, 1), (0, 0.5, 1))}
EDGE_DOTS: Final = 24
MOST_KEPT: Final = 512
"""Lines kept drawn: most of a ticket is the same as on the last one."""
SHORTENED: Final = "…"
MOST_DOT_BYTES: Final = 13_900
"""With the commands around them 14 KB: 1.2 s on a serial line of 115,200 baud."""


@dataclass(frozen=True, slots=True)
class Strip:
    """Rows of dots after `gap` blank ones, centred on the paper: `rows` holds `width // 8` bytes for each, 1 = black.

    With `zoom` 2 a dot here is two by two dots on the paper.
    """

    gap: int
    width: int
    rows: bytes
    zoom: int = 1

    @property
    def height(self) -> int:
        """Rows of the strip, before the zoom."""
        return len(self.rows) * 8 // self.width


@dataclass(frozen=True, slots=True)
class QrStrip:
    """A QR code after `gap` blank rows, centred, with modules of `module` dots."""

    gap: int
    content: str
    module: int

    @property
    def height(self) -> int:
        """The rows of paper that it takes."""
        return qr.side(self.content) * self.module


def strips(paper: TicketPaper, width_mm: int) -> tuple[Strip | QrStrip, ...]:
    """The ticket as strips for paper of 58 or 80 mm, in at most 14 KB.

    What would be more gives up its least needed lines, in the order of their `rank`, and some of the number's height,
    then the ends of long names, and at last the name of the hall.
    """
    column: list[_Placed] = []
    drawn: list[tuple[int, list[_Placed]]] = []
    drawn_so: tuple[float, int] | None = None
    for kept, number, most_lines in (*STAGES, *LAST_STAGES[width_mm]):
        if drawn_so != (number, most_lines):
            drawn_so = (number, most_lines)
            drawn = [(block.rank, _drawn(block, width_mm, number, most_lines)) for block in blocks(paper)]
        column = [placed for rank, several in drawn if rank <= kept for placed in several]
        if sum(placed.bytes for placed in column) <= MOST_DOT_BYTES:
            break
    return _set(column)


@dataclass(frozen=True, slots=True)
class _Placed:
    """Something drawn, in a box of the full width: white above it, the ink, white below it, in dots."""

    above: int
    ink: Image.Image | QrStrip
    below: int = 0
    zoom: int = 1

    @property
    def height(self) -> int:
        return self.ink.height * self.zoom

    @property
    def bytes(self) -> int:
        return 0 if isinstance(self.ink, QrStrip) else -(-self.ink.width // 16) * 2 * self.ink.height


def _set(column: list[_Placed]) -> tuple[Strip | QrStrip, ...]:
    """What was drawn, one below the other."""
    found: list[Strip | QrStrip] = []
    white = 0
    for placed in column:
        gap = white + placed.above
        if isinstance(placed.ink, QrStrip):
            found.append(replace(placed.ink, gap=gap))
        else:
            canvas = Image.new("1", (-(-placed.ink.width // 16) * 16, placed.ink.height), 0)
            canvas.paste(placed.ink, ((canvas.width - placed.ink.width) // 2, 0))
            found.append(Strip(gap, canvas.width, canvas.tobytes(), placed.zoom))
        white = placed.below
    return tuple(found)


def _drawn(block: Block, width_mm: int, number: float, most_lines: int) -> list[_Placed]:
    gap = round(block.gap_mm * DOTS_PER_MM)
    match block:
        case QrBlock(content=content, side_mm=side_mm):
            return [_Placed(gap, QrStrip(0, content, qr.module_dots(content, round(side_mm * DOTS_PER_MM))))]
        case RuleBlock():
            return [_Placed(gap, Image.new("1", (PAPER_DOTS[width_mm] // 2, 1), 1), zoom=2)]
        case TextBlock(size=Size.NUMBER):
            return [_number(block.text, gap, width_mm, number)]
        case TextBlock():
            return _text(block, gap, width_mm, min(most_lines, block.most_lines))


def _number(text: str, gap: int, width_mm: int, share: float) -> _Placed:
    """The number: as tall as its step, or as the paper is wide enough for; each of its dots is two by two."""
    room = PAPER_DOTS[width_mm] - 2 * MARGIN_DOTS
    largest = STEPS[width_mm][Size.NUMBER]
    size = min(largest, largest * room / _spread(text, font(NARROW, largest)))
    set_in = font(NARROW, size * share // 2)
    drawn = Image.new("1", (round(_spread(text, set_in)), 2 * round(set_in.size)), 0)
    left = 0.0
    for character in text:
        ImageDraw.Draw(drawn).text((round(left), set_in.size), character, font=set_in, fill=1, anchor="ls")
        left += set_in.getlength(character) + TRACKING * set_in.size
    return _Placed(gap, drawn.crop(drawn.getbbox() or (0, 0, 1, 1)), zoom=2)


def _spread(text: str, set_in: ImageFont.FreeTypeFont) -> float:
    return sum(set_in.getlength(character) + TRACKING * set_in.size for character in text)


def _text(block: TextBlock, gap: int, width_mm: int, most_lines: int) -> list[_Placed]:
    size = STEPS[width_mm][block.size]
    set_in = font(BOLD if block.strong else MEDIUM, size)
    room = PAPER_DOTS[width_mm] - 2 * (MARGIN_DOTS + LABEL_DOTS * block.inverse)
    found = []
    for line in wrap(block.text, set_in, room, most_lines):
        placed = _label(line, set_in) if block.inverse else _line(line, set_in)
        found.append(replace(placed, above=placed.above + gap))
        gap = 0
    return found


@functools.lru_cache(MOST_KEPT)
def _line(line: str, set_in: ImageFont.FreeTypeFont) -> _Placed:
    """A line in its box, 1.35 times as high as its type: the distance of lines is the same whatever marks they have."""
    box = Image.new(
        "1", (round(set_in.getlength(line)) + 2 * MARGIN_DOTS, round(set_in.size * LINE_HEIGHT)), 0
    )
    ImageDraw.Draw(box).text((MARGIN_DOTS, set_in.size * BASELINE), line, font=set_in, fill=1, anchor="ls")
    left, top, right, bottom = box.getbbox() or (0, 0, 1, 1)
    return _Placed(top, box.crop((left, top, right, bottom)), box.height - bottom)


@functools.lru_cache(MOST_KEPT)
def _label(line: str, set_in: ImageFont.FreeTypeFont) -> _Placed:
    """White on black."""
    box = Image.new(
        "1", (round(set_in.getlength(line)) + 2 * LABEL_DOTS, round(set_in.size * LINE_HEIGHT)), 1
    )
    ImageDraw.Draw(box).text((LABEL_DOTS, set_in.size * BASELINE), line, font=set_in, fill=0, anchor="ls")
    return _Placed(0, box)


@functools.lru_cache(16 * MOST_KEPT)
def _length(set_in: ImageFont.FreeTypeFont, text: str) -> float:
    return set_in.getlength(text)


def wrap(text: str, set_in: ImageFont.FreeTypeFont, room: float, most_lines: int) -> list[str]:
    """The text in lines no longer than `room` dots: broken between words, a word alone too long within it.

    What does not fit into `most_lines` is left out by whole words and ends in an ellipsis.
    """
    lines = [""]
    for word in _pieces(unicodedata.normalize("NFC", text).split(), set_in, room):
        longer = f"{lines[-1]} {word}".strip()
        if _length(set_in, longer) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most_lines:
        lines = lines[:most_lines]
        while " " in lines[-1] and _length(set_in, lines[-1] + SHORTENED) > room:
            lines[-1] = lines[-1].rpartition(" ")[0]
        while _length(set_in, lines[-1] + SHORTENED) > room:
            lines[-1] = lines[-1][:-1]
        lines[-1] = lines[-1].rstrip(" ,.;:·-") + SHORTENED
    return lines


def _pieces(words: list[str], set_in: ImageFont.FreeTypeFont, room: float) -> list[str]:
    found = []
    for word in words:
        rest = word
        while _length(set_in, rest) > room:
            fits = max(at for at in range(1, len(rest)) if at == 1 or _length(set_in, rest[:at]) <= room)
            found.append(rest[:fits])
            rest = rest[fits:]
        found.append(rest)
    return found


@functools.cache
def font(name: str, size: float) -> ImageFont.FreeTypeFont:
    """A font of assets/, read once for each size."""
    return ImageFont.truetype(ASSETS / name, size, layout_engine=ImageFont.Layout.BASIC)


def drawn_qr(strip: QrStrip) -> Strip:
    """The code as dots, for a preview and for a printer that draws none itself."""
    modules = qr.matrix(strip.content)
    dark = Image.new("1", (len(modules), len(modules)), 0)
    dark.putdata([255 * cell for row in modules for cell in row])
    side = len(modules) * strip.module
    canvas = Image.new("1", (-(-side // 16) * 16, side), 0)
    canvas.paste(dark.resize((side, side), Image.Resampling.NEAREST), ((canvas.width - side) // 2, 0))
    return Strip(strip.gap, canvas.width, canvas.tobytes())


def unzoomed(strip: Strip) -> Strip:
    """The same on the paper with every dot written out, for a printer that cannot double them."""
    if strip.zoom == 1:
        return strip
    small = Image.frombytes("1", (strip.width, strip.height), strip.rows)
    large = small.resize((strip.width * strip.zoom, strip.height * strip.zoom), Image.Resampling.NEAREST)
    return Strip(strip.gap, large.width, large.tobytes())


def picture(paper: TicketPaper, width_mm: int) -> Image.Image:
    """The ticket as it will look: black on white, a dot a pixel, with a margin above and below."""
    found = strips(paper, width_mm)
    drawn = [drawn_qr(strip) if isinstance(strip, QrStrip) else unzoomed(strip) for strip in found]
    height = sum(strip.gap + strip.height for strip in drawn) + 2 * EDGE_DOTS
    sheet = Image.new("1", (PAPER_DOTS[width_mm], height), 1)
    top = EDGE_DOTS
    for strip in drawn:
        top += strip.gap
        dots = Image.frombytes("1", (strip.width, strip.height), strip.rows)
        sheet.paste(0, ((sheet.width - strip.width) // 2, top), mask=dots)
        top += strip.height
    return sheet
