"""Golden pictures: how a screen looked when somebody looked at it last and found it good.

Pictures are painted at full size and kept at half of it in few colours, so that the whole collection stays small; they
are compared in that form, with a tolerance that no eye can see past. True for the one pygame-ce of pyproject.toml.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pygame
from PIL import Image, ImageChops, ImageFilter

FOLDER: Final = Path(__file__).parent / "golden"
KEPT_COLOURS: Final = 40
DIFFERENT: Final = 24
"""Of 255: less is the price of few colours, more is another picture."""


def reduced(surface: pygame.Surface) -> Image.Image:
    """Half the size, every pixel the mean of four."""
    whole = Image.frombytes("RGB", surface.get_size(), pygame.image.tobytes(surface, "RGB"))
    return whole.reduce(2)


def keep(surface: pygame.Surface, file: Path) -> None:
    """Write a golden picture anew."""
    file.parent.mkdir(parents=True, exist_ok=True)
    few = reduced(surface).quantize(KEPT_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


def difference(surface: pygame.Surface, file: Path, beside: Path) -> str:
    """Empty when the surface looks as the golden picture does, else a sentence that names both, side by side."""
    actual = reduced(surface)
    try:
        with Image.open(file) as kept:
            expected = kept.convert("RGB")
    except FileNotFoundError:
        actual.save(beside)
        return f"{file} is missing: look at {beside}, then make pictures ARGS=--renew-golden"
    if expected.size == actual.size:
        apart = ImageChops.difference(expected, actual).convert("L").filter(ImageFilter.BoxBlur(1))
        if not (changed := sum(apart.histogram()[DIFFERENT:])):
            return ""
    else:
        changed = actual.width * actual.height
    _side_by_side(expected, actual).save(beside)
    return f"{changed} pixels differ: look at {beside}, expected left, drawn right"


def _side_by_side(left: Image.Image, right: Image.Image) -> Image.Image:
    both = Image.new("RGB", (left.width + right.width + 8, max(left.height, right.height)), "white")
    both.paste(left, (0, 0))
    both.paste(right, (left.width + 8, 0))
    return both
