"""The frame of all pictures: finds the surfaces, lets them draw, and writes the page that shows what they drew.

Belongs here: what every surface shares. Never here: a surface.
"""

from __future__ import annotations

import html
import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final

from tests.pictures import surfaces

STYLE: Final = """
body { font: 16px/1.4 sans-serif; margin: 32px; background: #eef1f5; color: #16202c }
section { margin-bottom: 48px }
.shots { display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start }
figure { margin: 0; padding: 12px; background: white; border: 1px solid #cbd4df }
figcaption { max-width: 460px; margin-bottom: 8px }
.large { max-width: 460px; max-height: 460px; border: 1px solid #cbd4df }
.small { max-width: 120px; max-height: 120px; margin-left: 12px; vertical-align: bottom }
pre { background: #16202c; color: #ffc439; padding: 12px; font-size: 18px }
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """One state of a surface: the file that shows it, the state's name, and a sentence of what to look for."""

    file: Path
    state: str
    about: str = ""


def found() -> list[str]:
    """Every surface, by the name of its file."""
    return sorted(module.name for module in pkgutil.iter_modules(surfaces.__path__))


def surface(name: str) -> ModuleType:
    """The module of a surface; raises ModuleNotFoundError for a name without a file."""
    return importlib.import_module(f"{surfaces.__name__}.{name}")


def drawn(names: Iterable[str], folder: Path) -> Iterator[tuple[str, Picture]]:
    """Let these surfaces draw, each into a folder of its own; then write the page."""
    pictures: dict[str, list[Picture]] = {}
    for name in names:
        place = folder / name
        place.mkdir(parents=True, exist_ok=True)
        module = surface(name)
        pictures[module.TITLE] = []
        for picture in module.draw(place):
            pictures[module.TITLE].append(picture)
            yield name, picture
    (folder / "index.html").write_text(page(pictures, folder), "utf-8")


def page(pictures: dict[str, list[Picture]], folder: Path) -> str:
    """The index: every picture large enough to judge, and at a tenth of it, as from ten metres away."""
    return "\n".join(
        [
            "<!doctype html><html lang='en'><meta charset='utf-8'><title>Every surface in every state</title>",
            f"<style>{STYLE}</style><h1>Every surface in every state</h1>",
            *(_section(title, shots, folder) for title, shots in pictures.items()),
            "</html>\n",
        ]
    )


def _section(title: str, shots: list[Picture], folder: Path) -> str:
    figures = "\n".join(_figure(shot, folder) for shot in shots)
    return f"<section><h2>{html.escape(title)}</h2><div class='shots'>\n{figures}\n</div></section>"


def _figure(shot: Picture, folder: Path) -> str:
    caption = f"<figcaption><b>{html.escape(shot.state)}</b><br>{html.escape(shot.about)}</figcaption>"
    if shot.file.suffix == ".txt":
        return f"<figure>{caption}<pre>{html.escape(shot.file.read_text('utf-8'))}</pre></figure>"
    address = html.escape(shot.file.relative_to(folder).as_posix())
    images = "".join(f"<img class='{size}' src='{address}' alt=''>" for size in ("large", "small"))
    return f"<figure>{caption}<a href='{address}'>{images}</a></figure>"
