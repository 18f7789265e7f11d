"""What every model of LED panel is sent in every state of its counter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from displays.panels import Face, PanelDriver, driver_of, models
from tests.displays.boards import MORNING, counter
from tests.pictures.frame import Picture

TITLE: Final = "LED panel"

FACES: Final[dict[str, dict[str, Any]]] = {
    "calling": {"display": counter(1, "calling", "A012"), "blink": True},
    "serving": {"display": counter(1, "serving", "A012")},
    "open": {"display": counter(1, "open")},
    "paused": {"display": counter(1, "paused")},
    "closed": {"display": counter(1, "closed")},
    "stale": {"display": counter(1, "serving", "A012"), "stale_since": MORNING + timedelta(hours=7)},
    "never heard": {},
    "identify": {"display": counter(1, "open"), "wanted": "identify"},
    "test": {"display": counter(1, "open"), "wanted": "test"},
}


def draw(folder: Path) -> Iterator[Picture]:
    """A text for each model: a line per state."""
    for model in models():
        driver = _driver(model)
        lines = [f"{state:12} {_sent(driver, Face(counter='5', **face))}" for state, face in FACES.items()]
        file = folder / f"{model}.txt"
        file.write_text("\n".join(lines) + "\n", "utf-8")
        yield Picture(file, model, (driver.__doc__ or "").splitlines()[0])


def _driver(model: str) -> PanelDriver:
    kind = driver_of(model)
    needed = {name: 5 for name, field in kind.model_fields.items() if field.is_required()}
    return kind.model_validate(needed)


def _sent(driver: PanelDriver, face: Face) -> str:
    try:
        sent = driver.encode(face).decode()
    except UnicodeDecodeError:
        return driver.encode(face).hex(" ")
    return "".join(sign if sign.isprintable() else f"<{ord(sign):02x}>" for sign in sent.rstrip("\n"))
