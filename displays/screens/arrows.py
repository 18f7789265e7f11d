"""Arrows to the counters, as polygons: straight ones and slanted ones, all of one drawing.

Pure. Belongs here: the shape. Never here: where one points; the hall sets that for each screen.
"""

from __future__ import annotations

import math
from typing import Final

from displays.screens.sheet import Sheet
from displays.screens.theme import Tone
from displays.screens.view import Arrow

TURNED: Final[dict[Arrow, int]] = {
    "right": 0,
    "down-right": 45,
    "down": 90,
    "down-left": 135,
    "left": 180,
    "up-left": 225,
    "up": 270,
    "up-right": 315,
}
"""Degrees, clockwise from the right."""
POINTING_RIGHT: Final = (
    (0.5, 0.0),
    (0.06, -0.44),
    (-0.09, -0.29),
    (0.095, -0.105),
    (-0.5, -0.105),
    (-0.5, 0.105),
    (0.095, 0.105),
    (-0.09, 0.29),
    (0.06, 0.44),
)
"""Around its middle, one unit long."""


def arrow(sheet: Sheet, way: Arrow, box: tuple[float, float, float], tone: Tone) -> None:
    """An arrow in a square of `(left, top, side)`."""
    left, top, side = box
    turn = math.radians(TURNED[way])
    points = [
        (
            left + side * (0.5 + x * math.cos(turn) - y * math.sin(turn)),
            top + side * (0.5 + x * math.sin(turn) + y * math.cos(turn)),
        )
        for x, y in POINTING_RIGHT
    ]
    sheet.shape(points, tone)
