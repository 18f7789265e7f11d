"""The hall screen looks as it was last looked at and found good.

Golden pictures are true for the one pygame-ce of pyproject.toml. When a change is meant, look at both pictures that the
failure names, then write the new ones: HALL_GOLDEN=write make test ARGS="tests/displays/screens".
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pygame
import pytest
from PIL import Image, ImageChops

from displays.screens.layout import layout
from displays.screens.paint import Painter, save
from displays.screens.view import View, board_calls, view
from hall_controller.messages import Text
from tests.displays.boards import MORNING, busy_morning, recent

GOLDEN = Path(__file__).parent / "golden"
NOW = MORNING.astimezone(timezone(timedelta(hours=7)))
ONE = recent(
    ("A012", "5", 2), ("C103", "28", 50), ("B047", "12", 130), ("A011", "3", 190), ("D008", "7", 300)
)
FOUR = recent(("A013", "5", 0), ("B048", "12", 0), ("C104", "28", 0), ("D009", "7", 1), ("A012", "3", 70))
PRINTER = [Text(vi="Máy in hết giấy, mời quý khách lấy số tại bàn hướng dẫn", en="")]
WIDE, UPRIGHT = (960, 540), (540, 960)


def _calling(index: int = 0, several: bool = False) -> View:  # noqa: FBT001, FBT002 - two pictures of one kind
    known = busy_morning(*(FOUR if several else ONE), notices=[] if several else PRINTER)
    return view(known, now=NOW, large=board_calls(known)[index])


STATES: dict[str, tuple[View, tuple[int, int]]] = {
    "calling": (_calling(), WIDE),
    "several": (_calling(3, several=True), WIDE),
    "waiting": (view(busy_morning(), now=NOW, large=None), WIDE),
    "idle": (view(busy_morning(waiting=False), now=NOW, large=None), WIDE),
    "closed": (
        view(busy_morning(open=False, next_opening=MORNING + timedelta(days=1)), now=NOW, large=None),
        WIDE,
    ),
    "stale": (view(busy_morning(*ONE), now=NOW, large=None, stale_since=NOW), WIDE),
    "training": (replace(view(busy_morning(*ONE), now=NOW, large=None), training=True), WIDE),
    "upright": (_calling(), UPRIGHT),
}


@pytest.mark.parametrize("state", STATES)
def test_the_screen_looks_as_it_did(state: str, tmp_path: Path) -> None:
    said, size = STATES[state]
    painter, surface, drawn = Painter(), pygame.Surface(size), tmp_path / f"{state}.png"
    painter.paint(layout(said, *size, painter.measure), surface)
    golden = GOLDEN / f"{state}.png"
    if os.environ.get("HALL_GOLDEN") == "write":
        save(surface, golden)
    save(surface, drawn)
    with Image.open(golden) as expected, Image.open(drawn) as actual:
        difference = ImageChops.difference(expected.convert("RGB"), actual.convert("RGB")).convert("L")
        changed = sum(difference.histogram()[32:])
        if changed:
            beside = tmp_path / f"{state}-expected-and-drawn.png"
            _side_by_side(expected, actual).save(beside)
            pytest.fail(
                f"{changed} pixels differ: look at {beside}, expected left, drawn right", pytrace=False
            )


def _side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    both = Image.new("RGB", (left.width + right.width + 8, max(left.height, right.height)), "white")
    both.paste(left, (0, 0))
    both.paste(right, (left.width + 8, 0))
    return both
