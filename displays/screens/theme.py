"""Colours, type and sizes of the hall screen: a dark calm ground, near-white text, one accent for "now".

Belongs here: values with their reasons, and what every theme must keep to. Never here: a position, a text, a file.
Sizes are pixels of a 1920 x 1080 screen (1080 x 1920 upright) and grow with the screen; no theme changes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, NamedTuple

Weight = Literal["Medium", "SemiBold", "Bold"]
Tone = Literal["ground", "raised", "hairline", "text", "quiet", "accent", "band", "on_band"]
"""A colour by its task; a theme says which colour that is."""


class Colour(NamedTuple):
    """Red, green and blue, 0 to 255."""

    red: int
    green: int
    blue: int


COLOURS: Final[Mapping[Tone, Colour]] = {
    "ground": Colour(9, 22, 38),
    "raised": Colour(16, 34, 56),
    "hairline": Colour(38, 60, 88),
    "text": Colour(244, 247, 251),
    "quiet": Colour(163, 184, 208),
    "accent": Colour(255, 196, 57),  # amber: the call happening now and nothing else
    "band": Colour(
        244, 247, 251
    ),  # a message that must be seen without a second accent is printed in reverse
    "on_band": Colour(9, 22, 38),
}
READ_FROM_AFAR: Final = 7.0
READ_NEARBY: Final = 4.5
"""Contrast ratios of WCAG 2.2: success criterion 1.4.6 for the numbers, 1.4.3 for everything else."""
NEEDED: Final[Mapping[tuple[Tone, Tone], float]] = {
    ("text", "ground"): READ_FROM_AFAR,
    ("text", "raised"): READ_FROM_AFAR,
    ("accent", "ground"): READ_FROM_AFAR,
    ("accent", "raised"): READ_FROM_AFAR,
    ("quiet", "ground"): READ_NEARBY,
    ("quiet", "raised"): READ_NEARBY,
    ("on_band", "band"): READ_NEARBY,
}
"""Every pair of text and what lies behind it that the layout uses, with the least contrast."""


@dataclass(frozen=True, slots=True)
class Theme:
    """How one hall's screens look; weights without a font of their own are set in Hall Sans."""

    colours: Mapping[Tone, Colour] = field(default_factory=lambda: COLOURS)
    fonts: Mapping[Weight, Path] = field(default_factory=dict)
    logo: Path | None = None

    def too_faint(self) -> Iterator[str]:
        """A sentence for each pair of colours that people could not read."""
        for (ink, ground), needed in NEEDED.items():
            ratio = contrast(self.colours[ink], self.colours[ground])
            if ratio < needed:
                yield f"{ink} on {ground} has a contrast of {ratio:.1f}:1 and needs {needed:g}:1"


LINE_PER_EM: Final = 1.35
"""Stacked Vietnamese marks need this much from baseline to baseline."""
CAP_PER_EM: Final = 1490 / 2048
"""The height of a capital in Hall Sans, from the font's OS/2 table."""


def line(cap: float) -> float:
    """From baseline to baseline of lines whose capitals are `cap` high."""
    return cap / CAP_PER_EM * LINE_PER_EM


# Heights of capitals.
NUMBER_CAP: Final = 244
"""The current number: at least 240 px, so that it is read from thirty metres on a 55-inch screen."""
LONG_NUMBER_CAP: Final = 190
"""A letter and four figures on an upright screen: a number cannot be shortened, so it has one smaller step."""
COUNTER_CAP: Final = 180
LONG_COUNTER_CAP: Final = 88
"""The step for counters that have a name of words."""
COUNTER_WORD_CAP: Final = 88
ROW_CAP: Final = 88
"""A row: 1/200 of ten metres is 50 mm, which is 80 px on a 55-inch 1080p screen."""
WORD_CAP: Final = 54
"""The word *Quầy* in a row: quieter than the two numbers that it stands between."""
TITLE_CAP: Final = 88
LARGE_TITLE_CAP: Final = 110
NOTICE_CAP: Final = 40
QUIET_CAP: Final = 34
NAME_CAP: Final = 30
CLOCK_CAP: Final = 48
SMALL_CAP: Final = 25


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2.2: 1 (none) to 21 (black on white).

    >>> round(contrast(Colour(0, 0, 0), Colour(255, 255, 255)))
    21
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    """Relative luminance, WCAG 2.2."""
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own knee
