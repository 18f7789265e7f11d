"""What display.toml says of a screen, in the words of the view and the layout.

Pure but for the size of the hall's mark. Belongs here: turning settings into values. Never here: reading the file.
"""

from __future__ import annotations

from displays.config import ScreenSettings
from displays.screens.edges import Logo
from displays.screens.paint import proportions
from displays.screens.slides import Slides
from displays.screens.theme import Theme
from displays.screens.view import Place, Way
from hall_controller.messages import Text


def place_of(settings: ScreenSettings) -> Place:
    """Ways and texts of a screen; a counter that is named twice keeps its last way."""
    ways: dict[str, Way] = {}
    for way in settings.way:
        zone, english = (way.zone.vi, way.zone.en) if way.zone else ("", "")
        ways |= dict.fromkeys(way.counters, Way(way.arrow, zone, english))
    texts = tuple(Text(vi=text.vi, en=text.en) for text in settings.ticker)
    return Place(ways, texts, settings.turn_s)


def logo_of(theme: Theme) -> Logo | None:
    """The hall's mark, if the theme has one; raises OSError when it was taken away since."""
    return Logo(theme.logo, proportions(theme.logo)) if theme.logo else None


def slides_of(settings: ScreenSettings) -> Slides:
    """The pictures for a quiet hour, if any."""
    slides = settings.slides
    return Slides(slides.folder, slides.after_s, slides.each_s) if slides else Slides(None, 0, 1)
