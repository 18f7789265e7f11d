"""Paper for a layout: boxes and words set in the theme's own units and kept in the pixels of one screen.

Pure: it is given a way to measure text. Text that does not fit is shortened by words, never made smaller.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from displays.screens.theme import Tone, Weight

Measure = Callable[[str, float, Weight], int]
"""The width in pixels of a text whose capitals are so many pixels high, in a weight."""
Role = Literal["number", "row", "notice", "quiet"]
"""What a text is for: number and row must be read from afar, a notice from the next chair, quiet text may be missed."""
Box = tuple[float, float, float, float]
"""Left, top, width, height in theme units."""


@dataclass(frozen=True, slots=True)
class Block:
    """A filled rectangle, in pixels."""

    x: int
    y: int
    width: int
    height: int
    tone: Tone
    radius: int = 0


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled polygon, in pixels."""

    points: tuple[tuple[int, int], ...]
    tone: Tone


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture, as large as it gets within a box, in pixels; `at_left` or in the middle."""

    file: PurePath
    x: int
    y: int
    width: int
    height: int
    at_left: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text: left end, baseline and height of its capitals in pixels, `on` is the tone behind it."""

    text: str
    x: int
    baseline: int
    width: int
    cap: float
    weight: Weight
    tone: Tone
    on: Tone
    role: Role


Item = Block | Shape | Photo | Words


@dataclass(frozen=True, slots=True)
class Page:
    """A picture before it has pixels; later items lie on earlier ones."""

    width: int
    height: int
    ground: Tone
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How a line of text is set: capital height in theme units, weight, tone and what lies behind it."""

    cap: float
    weight: Weight
    tone: Tone
    on: Tone
    role: Role


class Sheet:
    """Collects the items of one page; positions in theme units, `scale` pixels each."""

    def __init__(self, width: int, height: int, scale: float, measure: Measure) -> None:
        self._pixels = (width, height)
        self._scale = scale
        self._measure = measure
        self._items: list[Item] = []
        self.width = width / scale
        self.height = height / scale

    def block(self, box: Box, tone: Tone, radius: float = 0) -> None:
        x, y, width, height = (round(part * self._scale) for part in box)
        self._items.append(Block(x, y, max(1, width), max(1, height), tone, round(radius * self._scale)))

    def shape(self, points: Sequence[tuple[float, float]], tone: Tone) -> None:
        pixels = tuple((round(x * self._scale), round(y * self._scale)) for x, y in points)
        self._items.append(Shape(pixels, tone))

    def photo(self, file: PurePath, box: Box, *, at_left: bool = False) -> None:
        x, y, width, height = (round(part * self._scale) for part in box)
        self._items.append(Photo(file, x, y, max(1, width), max(1, height), at_left))

    def words(
        self,
        text: str,
        at: tuple[float, float],
        style: Style,
        *,
        room: float | None = None,
        right: bool = False,
    ) -> float:
        """A line at `(x, baseline)`, `x` its left end or its right one; returns its width.

        Shortened by words to `room`, the width that there is.
        """
        if room is not None:
            text = self.shortened(text, style, room)
        cap = style.cap * self._scale
        width = self._measure(text, cap, style.weight)
        if text:
            x = round(at[0] * self._scale) - (width if right else 0)
            baseline = round(at[1] * self._scale)
            self._items.append(
                Words(text, x, baseline, width, cap, style.weight, style.tone, style.on, style.role)
            )
        return width / self._scale

    def size(self, text: str, style: Style) -> float:
        """The width that a line would have."""
        return self._measure(text, style.cap * self._scale, style.weight) / self._scale

    def shortened(self, text: str, style: Style, room: float, *, keep_end: bool = False) -> str:
        """The text, or as many of its first words as fit, and an ellipsis; with `keep_end` its last words.

        Only a single word that is too long loses letters.
        """
        if self.size(text, style) <= room:
            return text
        words = _words(text)
        fewer = range(len(words) - 1, 0, -1)
        pieces = [" ".join(words[-count:] if keep_end else words[:count]) for count in fewer]
        word = (words[-1] if keep_end else words[0]) if words else ""
        if keep_end and self.size(word, style) <= room < self.size(f"…{word}", style):
            return word
        pieces += [word[-count:] if keep_end else word[:count] for count in range(len(word) - 1, 0, -1)]
        for piece in pieces:
            shorter = f"…{piece}" if keep_end else piece.rstrip(" ,.;:-") + "…"
            if self.size(shorter, style) <= room:
                return shorter
        return ""

    def wrapped(self, text: str, style: Style, room: float, lines: int) -> list[str]:
        """The text in at most so many lines, two of them about equally long; the last one is shortened."""
        words, done = _words(text), list[str]()
        while words and len(done) < lines - 1:
            count = len(words)
            while count > 1 and self.size(" ".join(words[:count]), style) > room:
                count -= 1
            done.append(self.shortened(" ".join(words[:count]), style, room))
            words = words[count:]
        if words:
            done.append(self.shortened(" ".join(words), style, room))
        return self._balanced(text, style) if len(done) == 2 and " ".join(done) == text else done  # noqa: PLR2004 - two

    def _balanced(self, text: str, style: Style) -> list[str]:
        """Two lines of which the longer is as short as can be, so that no word stands alone below."""
        words = _words(text)
        breaks = [[" ".join(words[:count]), " ".join(words[count:])] for count in range(1, len(words))]
        return min(breaks, key=lambda lines: max(self.size(line, style) for line in lines))

    def page(self, ground: Tone) -> Page:
        return Page(*self._pixels, ground, tuple(self._items))


def _words(text: str) -> list[str]:
    """The words of a text; a dash between two words stays with the first, so that no line begins with one.

    >>> _words("Lao động - Thương binh")
    ['Lao', 'động -', 'Thương', 'binh']
    """
    words = list[str]()
    for word in text.split():
        if words and word in {"-", "\N{EN DASH}"}:
            words[-1] += f" {word}"
        else:
            words.append(word)
    return words
