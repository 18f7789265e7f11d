"""The hall screen in every state, lying and upright, and a few of them at 4K."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from displays.screens.examples import EXAMPLES
from tests.displays.screens.example_pictures import draw_example, shapes_of
from tests.pictures.frame import Picture

TITLE: Final = "Hall screen"


def draw(folder: Path) -> Iterator[Picture]:
    """Every state in its shapes."""
    for name, example in EXAMPLES.items():
        for size in shapes_of(name):
            file = folder / f"{name}-{size[0]}x{size[1]}.png"
            draw_example(example(), size, file)
            yield Picture(file, f"{name} {size[0]} x {size[1]}", example().about)
