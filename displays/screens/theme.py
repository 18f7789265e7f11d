"""Colours, type and sizes of the hall screen: a dark calm ground, near-white text, one accent for "now".

Belongs here: values with the reason for each. Never here: a position or a text. Sizes are pixels of a 1920 x 1080
screen (1080 x 1920 upright) and grow with the screen.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Weight = Literal["Medium", "SemiBold", "Bold"]


class Colour(NamedTuple):
    """Red, green and blue, 0 to 255."""

    red: int
    green: int
    blue: int


GROUND: Final = Colour(9, 22, 38)
RAISED: Final = Colour(16, 34, 56)
HAIRLINE: Final = Colour(38, 60, 88)
TEXT: Final = Colour(244, 247, 251)
QUIET: Final = Colour(163, 184, 208)
ACCENT: Final = Colour(255, 196, 57)
"""Amber: the call happening now and nothing else."""
BAND: Final = TEXT
"""A message that must be seen without a second accent is printed in reverse."""
ON_BAND: Final = GROUND

CAP_PER_EM: Final = 1490 / 2048
"""The height of a capital in Hall Sans, from the font's OS/2 table."""
LINE_PER_EM: Final = 1.35
"""Stacked Vietnamese marks need this much from baseline to baseline."""


def em(cap: float) -> float:
    """The font size whose capitals are `cap` pixels high."""
    return cap / CAP_PER_EM


NUMBER_CAP: Final = 244
"""The current number: at least 240 px, so that it is read from thirty metres on a 55-inch screen."""
LONG_NUMBER_CAP: Final = 206
"""A letter and four figures on an upright screen: a number cannot be shortened, so it has one smaller step."""
COUNTER_CAP: Final = 146
ROW_CAP: Final = 88
"""A row: 1/200 of ten metres is 50 mm, which is 80 px on a 55-inch 1080p screen."""
WORD_CAP: Final = 54
"""The word *Quầy* in a row: quieter than the two numbers that it stands between."""
TITLE_CAP: Final = 88
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
