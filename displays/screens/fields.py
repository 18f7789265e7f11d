"""How many wait for what, and how long it may take: a quiet list, a page of it at a time.

Pure. Belongs here: the list. Never here: how long each page stands.
"""

from __future__ import annotations

from typing import Final

from displays.screens import theme
from displays.screens.sheet import Box, Sheet, Style
from displays.screens.view import QueueLine, View

HEADING: Final = Style(theme.QUIET_CAP, "SemiBold", "text", "ground", "quiet")
SMALL: Final = Style(theme.SMALL_CAP, "Medium", "quiet", "ground", "quiet")
LETTER: Final = Style(theme.NOTICE_CAP, "Bold", "text", "ground", "notice")
NAME: Final = Style(theme.QUIET_CAP - 2, "Medium", "text", "ground", "quiet")
WAIT: Final = Style(theme.NAME_CAP - 2, "Medium", "quiet", "ground", "quiet")
HEADING_HEIGHT: Final = 60.0
HIGH: Final = 92.0
"""Of the two lines of a field."""
INDENT: Final = 72.0
SPACE: Final = 28.0


def fields(sheet: Sheet, view: View, box: Box, least: int) -> None:
    """At least `least` fields in `(left, top, right, bottom)`; where there are more, pages of them take turns."""
    left, top, right, bottom = box
    room = bottom - top - HEADING_HEIGHT
    fit = max(least, int(room // 104))
    pages = -(-len(view.queues) // fit)
    page = view.turn % pages
    _heading(sheet, (left, top + 50), right, f"{page + 1}/{pages}" if pages > 1 else "")
    pitch = room / fit
    for index, queue in enumerate(view.queues[page * fit : (page + 1) * fit]):
        line = top + HEADING_HEIGHT + pitch * index
        sheet.block((left, line, right - left, 1), "hairline")
        _field(sheet, queue, (left, right), line + (pitch - HIGH) / 2)


def _heading(sheet: Sheet, at: tuple[float, float], right: float, page: str) -> None:
    width = sheet.words("Đang chờ", at, HEADING)
    sheet.words("Waiting", (at[0] + width + 24, at[1]), SMALL)
    sheet.words(page, (right, at[1]), SMALL, right=True)


def _field(sheet: Sheet, queue: QueueLine, ends: tuple[float, float], top: float) -> None:
    """Letter and name, with the number of visitors; beneath, quietly, its English and the expected wait."""
    left, right = ends
    first, second = top + theme.NOTICE_CAP, top + HIGH
    sheet.words(queue.letter, (left, first), LETTER)
    taken = sheet.words(queue.waiting, (right, first), LETTER, right=True) + SPACE
    sheet.words(queue.name, (left + INDENT, first), NAME, room=right - left - INDENT - taken)
    taken = sheet.words(queue.wait, (right, second), WAIT, right=True) + SPACE
    sheet.words(queue.english, (left + INDENT, second), SMALL, room=right - left - INDENT - taken)
