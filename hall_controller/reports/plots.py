"""Plots as SVG of our own: bars and lines with axes, styled by attributes only, so that any page may show them.

No script, no style sheet, no library. What is plotted is said by the caller; here is only where ink goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INK: Final = "#1b2733"
QUIET: Final = "#5b6b7b"
HAIRLINE: Final = "#d5dce3"
COLOURS: Final = ("#1f5f9e", "#e08a1e", "#4a8f5a")
"""Told apart by lightness too, for a black-and-white printer."""
FONT: Final = "Be Vietnam Pro, Noto Sans, DejaVu Sans, sans-serif"
WIDTH, HEIGHT = 720, 270
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 34, 46
MOST_LABELS: Final = 16
TICKS: Final = 5


@dataclass(frozen=True, slots=True)
class Series:
    """Values in the order of the labels, as bars or as a line; None where there is nothing."""

    name: str
    values: tuple[float | None, ...]
    line: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A height that means something, such as a target."""

    name: str
    value: float


def plot(
    title: str, unit: str, labels: Sequence[str], series: Sequence[Series], marks: Sequence[Mark] = ()
) -> str:
    """The picture; bars of several series stand on each other."""
    stacked = [sum(v for s in series if not s.line if (v := s.values[n])) for n in range(len(labels))]
    lines = [v for s in series if s.line for v in s.values if v is not None]
    step = _step(max([*stacked, *lines, *(mark.value for mark in marks), 1e-9]))
    top = step * _ticks(max([*stacked, *lines, *(mark.value for mark in marks)], default=0), step)
    scale = _Scale(len(labels), top)
    parts = [
        *_axes(scale, step, unit, labels),
        *_bars(scale, [s for s in series if not s.line]),
        *_lines(scale, [s for s in series if s.line], sum(not s.line for s in series)),
        *_marks(scale, marks),
        *_legend(series),
    ]
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" role="img" '
        f'aria-label="{escaped(title)}" font-family="{FONT}" font-size="11">\n{body}\n</svg>'
    )


def escaped(text: str) -> str:
    """Text that stands in markup.

    >>> escaped('a < "b"')
    'a &lt; &quot;b&quot;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


@dataclass(frozen=True, slots=True)
class _Scale:
    labels: int
    top: float

    @property
    def slot(self) -> float:
        return (WIDTH - LEFT - RIGHT) / max(1, self.labels)

    def x(self, place: int) -> float:
        return LEFT + self.slot * (place + 0.5)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top


def _step(highest: float) -> float:
    """A distance of ticks that people count in: 1, 2 or 5 times a power of ten."""
    rough = highest / TICKS
    power = 10.0 ** floor(log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)


def _ticks(highest: float, step: float) -> int:
    return max(1, -int(-highest // step))


def _axes(scale: _Scale, step: float, unit: str, labels: Sequence[str]) -> Iterator[str]:
    for tick in range(_ticks(scale.top, step) + 1):
        value = tick * step
        y = scale.y(value)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{HAIRLINE}" fill="none"/>'
        yield _text(LEFT - 6, y + 4, f"{value:g}".replace(".", ","), "end")
    yield _text(LEFT - 6, TOP - 14, unit, "end")
    every = -(-len(labels) // MOST_LABELS)
    for place, label in enumerate(labels):
        if place % every == 0:
            yield _text(scale.x(place), HEIGHT - BOTTOM + 16, label, "middle")


def _bars(scale: _Scale, series: Sequence[Series]) -> Iterator[str]:
    width = scale.slot * 0.7
    for place in range(scale.labels):
        below = 0.0
        for n, one in enumerate(series):
            value = one.values[place]
            if value:
                y, foot = scale.y(below + value), scale.y(below)
                yield (
                    f'<rect x="{scale.x(place) - width / 2:.1f}" y="{y:.1f}" width="{width:.1f}" '
                    f'height="{foot - y:.1f}" fill="{COLOURS[n % len(COLOURS)]}"/>'
                )
                below += value


def _lines(scale: _Scale, series: Sequence[Series], first_colour: int) -> Iterator[str]:
    for n, one in enumerate(series):
        colour = COLOURS[(first_colour + n) % len(COLOURS)]
        points = [(scale.x(p), scale.y(v)) for p, v in enumerate(one.values) if v is not None]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        dashed = ' stroke-dasharray="6 4"' if n else ""
        if points:
            yield f'<path d="M{path}" stroke="{colour}" stroke-width="2.5" fill="none"{dashed}/>'
        for x, y in points:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'


def _marks(scale: _Scale, marks: Sequence[Mark]) -> Iterator[str]:
    for mark in marks:
        y = scale.y(mark.value)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{INK}" stroke-dasharray="2 4" fill="none"/>'
        yield _text(WIDTH - RIGHT, y - 4, mark.name, "end", halo=True)


def _legend(series: Sequence[Series]) -> Iterator[str]:
    x = float(LEFT)
    for one in sorted(series, key=lambda one: one.line):
        place = sorted(series, key=lambda s: s.line).index(one)
        yield f'<rect x="{x:.1f}" y="6" width="12" height="12" fill="{COLOURS[place % len(COLOURS)]}"/>'
        yield _text(x + 17, 16, one.name, "start", INK)
        x += 40 + 6.6 * len(one.name)


def _text(x: float, y: float, text: str, anchor: str, colour: str = QUIET, *, halo: bool = False) -> str:
    """A text; with a white halo where it may stand on a bar."""
    around = ' stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"{around}>{escaped(text)}</text>'
    )
