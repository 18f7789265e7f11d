"""Paper for a layout: boxes and words set in the theme's own units and kept in the pixels of one screen.

Pure: it is given a way to measure text. Text that does not fit is shortened by words, never made smaller.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from displays.screens.theme import Colour, Weight, em

Measure = Callable[[str, int, Weight], int]
"""The width in pixels of a text, at a font size in pixels, in a weight."""
Role = Literal["number", "row", "notice", "quiet"]
"""What a text is for: number and row must be read from afar, a notice from the next chair, quiet text may be missed."""


@dataclass(frozen=True, slots=True)
class Block:
    """A filled rectangle, in pixels."""

    x: int
    y: int
    width: int
    height: int
    colour: Colour
    radius: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text: left end and baseline in pixels, `on` is the colour behind it."""

    text: str
    x: int
    baseline: int
    width: int
    em: int
    weight: Weight
    colour: Colour
    on: Colour
    role: Role


@dataclass(frozen=True, slots=True)
class Page:
    """A picture before it has pixels; later items lie on earlier ones."""

    width: int
    height: int
    ground: Colour
    items: tuple[Block | Words, ...]


@dataclass(frozen=True, slots=True)
class Style:
    """How a line of text is set: capital height in theme units, weight, colour and what lies behind it."""

    cap: float
    weight: Weight
    colour: Colour
    on: Colour
    role: Role


class Sheet:
    """Collects the items of one page; positions in theme units, `scale` pixels each."""

    def __init__(self, width: int, height: int, scale: float, measure: Measure) -> None:
        self._pixels = (width, height)
        self._scale = scale
        self._measure = measure
        self._items: list[Block | Words] = []
        self.width = width / scale
        self.height = height / scale

    def block(self, box: tuple[float, float, float, float], colour: Colour, radius: float = 0) -> None:
        """A rectangle `(x, y, width, height)`."""
        x, y, width, height = (round(part * self._scale) for part in box)
        self._items.append(Block(x, y, max(1, width), max(1, height), colour, round(radius * self._scale)))

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
        size = round(em(style.cap) * self._scale)
        width = self._measure(text, size, style.weight)
        if text:
            x = round(at[0] * self._scale) - (width if right else 0)
            baseline = round(at[1] * self._scale)
            self._items.append(
                Words(text, x, baseline, width, size, style.weight, style.colour, style.on, style.role)
            )
        return width / self._scale

    def size(self, text: str, style: Style) -> float:
        """The width that a line would have."""
        return self._measure(text, round(em(style.cap) * self._scale), style.weight) / self._scale

    def shortened(self, text: str, style: Style, room: float) -> str:
        """The text, or as many of its first words as fit, and an ellipsis."""
        if self.size(text, style) <= room:
            return text
        words = text.split()
        while len(words) > 1:
            words.pop()
            if self.size(shorter := " ".join(words).rstrip(",.;:") + "…", style) <= room:
                return shorter
        return words[0] if words and self.size(words[0], style) <= room else ""

    def wrapped(self, text: str, style: Style, room: float, lines: int) -> list[str]:
        """The text in at most so many lines, two of them about equally long; the last one is shortened."""
        words, done = text.split(), list[str]()
        while words and len(done) < lines - 1:
            count = len(words)
            while count > 1 and self.size(" ".join(words[:count]), style) > room:
                count -= 1
            done.append(" ".join(words[:count]))
            words = words[count:]
        if words:
            done.append(self.shortened(" ".join(words), style, room))
        return self._balanced(text, style) if len(done) == 2 and " ".join(done) == text else done  # noqa: PLR2004 - two

    def _balanced(self, text: str, style: Style) -> list[str]:
        """Two lines of which the longer is as short as can be, so that no word stands alone below."""
        words = text.split()
        breaks = [[" ".join(words[:count]), " ".join(words[count:])] for count in range(1, len(words))]
        return min(breaks, key=lambda lines: max(self.size(line, style) for line in lines))

    def page(self, ground: Colour) -> Page:
        return Page(*self._pixels, ground, tuple(self._items))
