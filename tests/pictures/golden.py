"""Golden pictures of web pages: kept small, compared with tolerance for the hair's breadth that browsers differ.

A renewed picture is looked at before it is committed: `make pictures ARGS=--renew-golden`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PIL import Image, ImageChops, ImageFilter

FOLDER: Final = Path(__file__).parent / "golden"
LONGEST_SIDE_PX: Final = 640
COLOURS: Final = 24
NOTABLE: Final = 40
"""Grey levels by which a spot must differ to be another one; fonts are smoothed differently by less."""
MOST_NOTABLE: Final = 0.012
"""Share of spots that may differ: the clock may have moved on by a minute, and a banner tells its time."""


def small(file: Path) -> Image.Image:
    """The picture as it is kept."""
    with Image.open(file) as image:
        kept = image.convert("RGB")
    kept.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), Image.Resampling.LANCZOS)
    return kept


def keep(file: Path, name: str) -> None:
    """Keep this picture as the golden one of that name."""
    FOLDER.mkdir(exist_ok=True)
    small(file).quantize(COLOURS, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def difference(file: Path, name: str) -> float:
    """The share of spots that differ notably, 0 to 1; 1 for a picture of another shape."""
    now = small(file)
    with Image.open(FOLDER / f"{name}.png") as image:
        golden = image.convert("RGB")
    if abs(now.height - golden.height) > 2 or abs(now.width - golden.width) > 2:
        return 1.0
    blurred = [each.resize(golden.size).filter(ImageFilter.GaussianBlur(1.5)) for each in (now, golden)]
    grey = ImageChops.difference(*blurred).convert("L")
    histogram = grey.histogram()
    return sum(histogram[NOTABLE:]) / sum(histogram)
