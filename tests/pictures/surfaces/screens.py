"""The hall screen in every state, lying and upright, some at 4K; then with a hall's own theme, ways and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from displays.screens.examples import EXAMPLES
from displays.screens.paint import save
from tests.displays.screens import golden
from tests.displays.screens.example_pictures import BESIDES, drawn, golden_pictures, shapes_of
from tests.pictures.frame import Picture

TITLE: Final = "Hall screen"


def draw(folder: Path) -> Iterator[Picture]:
    """Every state in its shapes."""
    for name, example in EXAMPLES.items():
        for size in shapes_of(name):
            file = folder / f"{name}-{size[0]}x{size[1]}.png"
            save(drawn(name, size), file)
            yield Picture(file, f"{name} {size[0]} x {size[1]}", example().about)
    for name, (about, paint) in BESIDES.items():
        file = folder / f"{name}.png"
        save(paint(), file)
        yield Picture(file, name, about)


def renew_golden() -> None:
    """Write the golden pictures anew."""
    for name, paint in golden_pictures().items():
        golden.keep(paint(), golden.FOLDER / f"{name}.png")
