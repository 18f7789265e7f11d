"""The header and the footer of the hall screen: whose hall, what time, one notice, or since when nothing is known.

Pure. Belongs here: those two strips. Never here: what lies between them, or how high they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from displays.screens import theme
from displays.screens.sheet import Box, Sheet, Style
from displays.screens.view import View

NAME: Final = Style(theme.NAME_CAP, "SemiBold", "text", "ground", "quiet")
SMALL: Final = Style(theme.SMALL_CAP, "Medium", "quiet", "ground", "quiet")
DATE: Final = Style(theme.NAME_CAP, "Medium", "quiet", "ground", "quiet")
CLOCK: Final = Style(theme.CLOCK_CAP, "SemiBold", "text", "ground", "quiet")
NOTICE: Final = Style(theme.NOTICE_CAP, "Medium", "text", "ground", "notice")
BAND: Final = Style(theme.NOTICE_CAP, "SemiBold", "on_band", "band", "notice")
BAND_ENGLISH: Final = Style(theme.SMALL_CAP, "Medium", "on_band", "band", "quiet")
BASELINE: Final = 82.0
BASELINE_UPRIGHT: Final = 182.0
LOGO: Final = 72.0
LINE: Final = theme.line(theme.NOTICE_CAP)
ENGLISH_LINE: Final = theme.line(theme.SMALL_CAP)
ENGLISH_GAP: Final = 20.0
SPACE: Final = 28.0


@dataclass(frozen=True, slots=True)
class Logo:
    """The hall's mark: a picture and its width over its height."""

    file: PurePath
    proportions: float


def header(sheet: Sheet, view: View, edge: float, logo: Logo | None) -> None:
    """Name at the left in one or two lines, date and clock at the right."""
    left, right = edge + _logo(sheet, logo, (edge, 24.0)), sheet.width - edge
    taken = sheet.words(view.time, (right, BASELINE), CLOCK, right=True)
    taken += SPACE + sheet.words(view.date, (right - taken - SPACE, BASELINE), DATE, right=True)
    if view.training:
        taken += SPACE + _training(sheet, right - taken - SPACE, BASELINE)
    room = right - left - taken - 40
    lines = sheet.wrapped(view.hall, NAME, room, 2)
    if len(lines) == 1 and view.hall_english:
        sheet.words(lines[0], (left, 54), NAME)
        sheet.words(view.hall_english, (left, 98), SMALL, room=room)
    else:
        for index, line in enumerate(lines):
            sheet.words(line, (left, (50 if len(lines) > 1 else BASELINE) + 53 * index), NAME)


def header_upright(sheet: Sheet, view: View, edge: float, logo: Logo | None) -> None:
    """Name above, date and clock beneath it."""
    left, right = edge + _logo(sheet, logo, (edge, 40.0)), sheet.width - edge
    room = right - left - (_training(sheet, right, 84) + SPACE if view.training else 0)
    lines = sheet.wrapped(view.hall, NAME, room, 2)
    for index, line in enumerate(lines):
        sheet.words(line, (left, 56 + 55 * index), NAME)
    if len(lines) == 1:
        sheet.words(view.hall_english, (left, 112), SMALL, room=room)
    sheet.words(view.time, (right, BASELINE_UPRIGHT), CLOCK, right=True)
    sheet.words(view.date, (edge, BASELINE_UPRIGHT), DATE)


def _logo(sheet: Sheet, logo: Logo | None, at: tuple[float, float]) -> float:
    """The hall's mark, if it has one; returns the room that it takes."""
    if logo is None:
        return 0.0
    width = min(LOGO * logo.proportions, LOGO * 4)
    sheet.photo(logo.file, (*at, width, LOGO), at_left=True)
    return width + SPACE


def _training(sheet: Sheet, right: float, baseline: float) -> float:
    """An outlined word beside the clock, as this is not the real time; returns its width."""
    text = "Tập huấn · Training"
    width = sheet.size(text, SMALL) + 40
    sheet.block((right - width, baseline - 46, width, 62), "quiet", 31)
    sheet.block((right - width + 3, baseline - 43, width - 6, 56), "ground", 28)
    sheet.words(text, (right - width + 20, baseline - 1), SMALL)
    return width


def footer(sheet: Sheet, view: View, box: Box, lines: int) -> None:
    """A notice in `(left, top, right, bottom)`: so many lines of Vietnamese, its English small beneath."""
    left, top, right, bottom = box
    if view.stale:
        sheet.block((0, top, sheet.width, bottom - top), "band")
        _mark(sheet, (left, top + (bottom - top - 48) / 2))
        _notice(
            sheet,
            (view.stale, view.stale_english),
            (left + 76, top, right, bottom),
            lines,
            (BAND, BAND_ENGLISH),
        )
    elif view.notice:
        sheet.block((left, top, right - left, 2), "hairline")
        _notice(sheet, (view.notice, view.notice_english), box, lines, (NOTICE, SMALL))


def _notice(sheet: Sheet, text: tuple[str, str], box: Box, lines: int, styles: tuple[Style, Style]) -> None:
    """Where one line cannot hold the Vietnamese, it takes the room of the English: cut short it would tell nobody."""
    left, top, right, bottom = box
    vietnamese = sheet.wrapped(text[0], styles[0], right - left, lines)
    english = sheet.wrapped(text[1], styles[1], right - left, lines)
    if lines == 1 and vietnamese[0].endswith("…"):
        vietnamese, english = sheet.wrapped(text[0], styles[0], right - left, 2), []
    high = theme.NOTICE_CAP + LINE * (len(vietnamese) - 1) + (ENGLISH_GAP + theme.SMALL_CAP if english else 0)
    high += ENGLISH_LINE * max(0, len(english) - 1)
    baseline = top + (bottom - top - high) / 2 + theme.NOTICE_CAP
    for index, line in enumerate(vietnamese):
        sheet.words(line, (left, baseline + LINE * index), styles[0])
    below = baseline + LINE * (len(vietnamese) - 1) + ENGLISH_GAP + theme.SMALL_CAP
    for index, line in enumerate(english):
        sheet.words(line, (left, below + ENGLISH_LINE * index), styles[1])


def _mark(sheet: Sheet, at: tuple[float, float]) -> None:
    """A round mark with an exclamation, so that the band is told by shape as well."""
    x, y = at
    sheet.block((x, y, 48, 48), "on_band", 24)
    sheet.block((x + 21, y + 10, 6, 18), "band", 3)
    sheet.block((x + 21, y + 33, 6, 6), "band", 3)
