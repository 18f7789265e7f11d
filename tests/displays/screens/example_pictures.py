"""An example hall as a picture: what the golden pictures and `make pictures` share."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pygame

from displays.config import ScreenSettings
from displays.screens.examples import EXAMPLES
from displays.screens.still import still

WIDE: Final = (1920, 1080)
UPRIGHT: Final = (1080, 1920)
UHD: Final = ((3840, 2160), (2160, 3840))
THEME: Final = Path(__file__).parents[3] / "firmware_config" / "theme.example.toml"
WAYS: Final = (
    {"counters": ["5"], "arrow": "left", "zone": {"vi": "Khu A, tầng 1", "en": "Zone A, ground floor"}},
    {
        "counters": ["28", "12"],
        "arrow": "up-right",
        "zone": {"vi": "Khu B, tầng 2", "en": "Zone B, first floor"},
    },
)
TICKER: Final = (
    {"vi": "Nộp hồ sơ trực tuyến tại dichvucong.gov.vn", "en": "Submit online at dichvucong.gov.vn"},
)

Paint = Callable[[], pygame.Surface]


def shapes_of(name: str) -> tuple[tuple[int, int], ...]:
    """Lying and upright; the call and the 64 counters at 4K besides."""
    return (WIDE, UPRIGHT, *UHD) if name in {"calling", "64-counters"} else (WIDE, UPRIGHT)


def drawn(name: str, size: tuple[int, int], **settings: object) -> pygame.Surface:
    """A state on a screen of this size, with these settings of a screen besides."""
    table = {"width": size[0], "height": size[1], **settings}
    return still(EXAMPLES[name](), ScreenSettings.model_validate(table))


def quiet_hour(name: str, size: tuple[int, int]) -> pygame.Surface:
    """The same with a picture in the place of the large field: a landscape of three colours."""
    landscape = pygame.Surface((1600, 900))
    landscape.fill((120, 170, 210))
    pygame.draw.polygon(
        landscape,
        (60, 100, 90),
        [(0, 900), (0, 520), (500, 260), (900, 560), (1250, 380), (1600, 620), (1600, 900)],
    )
    pygame.draw.circle(landscape, (250, 225, 150), (1200, 200), 90)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "landscape.png"
        pygame.image.save(landscape, file)
        return still(EXAMPLES[name](), ScreenSettings(width=size[0], height=size[1]), file)


BESIDES: Final[dict[str, tuple[str, Paint]]] = {
    "way": ("An arrow and a zone, where the hall has set them.", partial(drawn, "calling", WIDE, way=WAYS)),
    "way-upright": ("The same upright.", partial(drawn, "several-calls", UPRIGHT, way=WAYS)),
    "ticker": ("A text of the screen's own.", partial(drawn, "paused", WIDE, ticker=TICKER)),
    "bright-theme": ("Another theme, for a bright hall.", partial(drawn, "calling", WIDE, theme=str(THEME))),
    "bright-theme-stale": ("Its band.", partial(drawn, "stale", UPRIGHT, theme=str(THEME))),
    "quiet-hour": ("A picture while nobody is called.", partial(quiet_hour, "nobody-waiting", WIDE)),
    "quiet-hour-waiting": ("The fields stay.", partial(quiet_hour, "normal", WIDE)),
    "quiet-hour-upright": ("The same upright.", partial(quiet_hour, "normal", UPRIGHT)),
}
"""What a hall's own settings add, with a sentence each."""


def golden_pictures() -> dict[str, Paint]:
    """Every picture that is kept: each state in both shapes, one at 4K, and what settings add."""
    states = {
        f"{name}-{shape}": partial(drawn, name, size)
        for name in EXAMPLES
        for shape, size in (("wide", WIDE), ("upright", UPRIGHT))
    }
    return states | {name: paint for name, (_, paint) in BESIDES.items()}
