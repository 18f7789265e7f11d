"""The recent calls: newest first, each in a row that keeps its place, so that an eye that comes back finds it.

Pure. Belongs here: the rows. Never here: which calls they show.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from displays.screens import theme
from displays.screens.arrows import arrow
from displays.screens.sheet import Box, Sheet, Style
from displays.screens.view import Row

ROW: Final = 112.0
"""A row is at least this high; what is left over is shared among the rows."""
WORD: Final = Style(theme.WORD_CAP, "Medium", "quiet", "ground", "quiet")
TIME: Final = Style(theme.QUIET_CAP, "Medium", "quiet", "ground", "quiet")
ARROW: Final = 64.0
SPACE: Final = 28.0


def rows(sheet: Sheet, calls: tuple[Row, ...], box: Box, inset: float) -> None:
    """As many rows as fit into `(left, top, right, bottom)`, each in its fixed place."""
    left, top, right, bottom = box
    fit = int((bottom - top) // ROW)
    if fit < 1:
        return
    pitch = (bottom - top) / fit
    pointed = any(row.arrow for row in calls[:fit])
    timed = _has_room_for_times(sheet, right - left - inset - (8 + ARROW + SPACE if pointed else 0))
    for index, row in enumerate(calls[:fit]):
        if index:
            sheet.block((left + inset, top + pitch * index, right - left - inset, 1), "hairline")
        baseline = top + pitch * index + (pitch + theme.ROW_CAP) / 2 - 6
        if row.now:
            sheet.block((left, baseline - theme.ROW_CAP, 14, theme.ROW_CAP), "accent", 7)
        _row(sheet, row if timed else replace(row, time=""), (left + inset, right), baseline)


def before(sheet: Sheet, head: str, word: Style, room: float) -> str:
    """*Quầy* with as many words of the counter's name as there is room for; the word itself is never cut."""
    shortened = sheet.shortened(head, word, room)
    return shortened if shortened.startswith("Quầy") else "Quầy"


def _has_room_for_times(sheet: Sheet, room: float) -> bool:
    """Whether an ordinary row leaves room for its time: then all have one."""
    number = Style(theme.ROW_CAP, "SemiBold", "text", "ground", "row")
    ordinary = sheet.size("A000", number) + 72 + sheet.size("Quầy", WORD) + SPACE + sheet.size("00", number)
    return ordinary + SPACE + sheet.size("00:00", TIME) <= room


def _row(sheet: Sheet, row: Row, ends: tuple[float, float], baseline: float) -> None:
    x, right = ends
    number = Style(theme.ROW_CAP, "SemiBold", "accent" if row.now else "text", "ground", "row")
    column = x + sheet.size("A000", number) + 72
    left = max(column, x + sheet.words(row.ticket, (x - 4, baseline), number) + 44)
    head, _, last = f"Quầy {row.counter}".rpartition(" ")
    last = sheet.shortened(last, number, right - left - SPACE - sheet.size("Quầy", WORD), keep_end=True)
    room = right - left - SPACE - sheet.size(last, number)
    left += sheet.words(before(sheet, head, WORD, room), (left, baseline), WORD) + SPACE
    left += sheet.words(last, (left, baseline), number) + SPACE
    if row.arrow is not None and left + ARROW <= right:
        arrow(sheet, row.arrow, (left + 8, baseline - (theme.ROW_CAP + ARROW) / 2, ARROW), number.tone)
        left += 8 + ARROW + SPACE
    if left + sheet.size(row.time, TIME) <= right:
        sheet.words(row.time, (right, baseline), TIME, right=True)
