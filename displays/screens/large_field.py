"""The large field: the call happening now, a sentence when there is none, or a picture in a quiet hour.

Pure. Belongs here: the one loud thing of the screen. Never here: its place among the others.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from displays.screens import theme
from displays.screens.arrows import arrow
from displays.screens.recent import before
from displays.screens.sheet import Box, Role, Sheet, Style
from displays.screens.view import Hero

LABEL: Final = Style(theme.NOTICE_CAP, "SemiBold", "text", "raised", "notice")
ENGLISH: Final = Style(theme.QUIET_CAP, "Medium", "quiet", "raised", "quiet")
SMALL: Final = Style(theme.SMALL_CAP, "Medium", "quiet", "raised", "quiet")
ZONE: Final = Style(theme.NOTICE_CAP, "SemiBold", "text", "raised", "notice")
DETAIL: Final = Style(theme.NOTICE_CAP + 8, "Medium", "text", "raised", "notice")
WIDE: Final = 1200.0
COLUMN: Final = 0.53
"""The counter stands at this share of a lying screen's width, whatever the number beside it."""
SPACE: Final = 24.0
COUNTER_STEPS: Final = (
    (theme.COUNTER_WORD_CAP, theme.COUNTER_CAP),
    (theme.WORD_CAP, theme.COUNTER_CAP),
    (theme.WORD_CAP, theme.LONG_COUNTER_CAP),
)
"""*Quầy*, with the words of a name that has some, and the last word, which tells one counter from another."""
DETAIL_LINE: Final = theme.line(theme.NOTICE_CAP + 8)
ENGLISH_LINE: Final = theme.line(theme.QUIET_CAP)


def call(sheet: Sheet, hero: Hero, box: Box, inset: float) -> None:
    """Number at the left, counter at the right; `box` is left, top, width, height."""
    left, top, width, height = box
    _card(sheet, hero, box)
    x, baseline = left + inset, top + height - 42
    _label(sheet, ("Mời số", "Number"), (x, top + 60))
    wide = sheet.words(hero.title, (x - 12, baseline), _loud(hero, theme.NUMBER_CAP, "number"))
    column = max(x + wide + 60, sheet.width * COLUMN)
    room = left + width - inset + 16 - column
    _label(sheet, ("đến", "Please go to"), (column, top + 60))
    _zone(sheet, hero, (column, top + 122), room)
    _counter(sheet, hero, (column, baseline), room)


def call_upright(sheet: Sheet, hero: Hero, box: Box, inset: float) -> None:
    """Number above, counter below."""
    left, top, width, height = box
    _card(sheet, hero, box)
    x, right = left + inset, left + width - inset + 16
    _label(sheet, ("Mời số", "Number"), (x, top + 60))
    number = _loud(hero, theme.NUMBER_CAP, "number")
    if sheet.size(hero.title, number) > right - x:
        number = _loud(hero, theme.LONG_NUMBER_CAP, "number")
    sheet.words(hero.title, (x - 12, top + 324), number)
    wide = _label(sheet, ("đến", "Please go to"), (x, top + 400))
    _zone(sheet, hero, (x + wide + 60, top + 400), right - x - wide - 60)
    _counter(sheet, hero, (x, top + height - 46), right - x)


def _card(sheet: Sheet, hero: Hero, box: Box) -> None:
    """The raised field, with the bar of "now" at its left while a call has its moment."""
    left, top, _, height = box
    sheet.block(box, "raised", 20)
    if hero.now and hero.lit:
        sheet.block((left, top + 28, 14, height - 56), "accent", 7)


def _loud(hero: Hero, cap: float, role: Role) -> Style:
    return Style(cap, "Bold", "accent" if hero.now and hero.lit else "text", "raised", role)


def _label(sheet: Sheet, text: tuple[str, str], at: tuple[float, float]) -> float:
    """A word in Vietnamese, its English quietly beside it; returns their width."""
    width = sheet.words(text[0], at, LABEL) + 24
    return width + sheet.words(text[1], (at[0] + width, at[1]), ENGLISH)


def _zone(sheet: Sheet, hero: Hero, at: tuple[float, float], room: float) -> None:
    if not hero.way.zone:
        return
    width = sheet.words(hero.way.zone, at, ZONE, room=room) + 24
    if width + sheet.size(hero.way.zone_english, SMALL) <= room:
        sheet.words(hero.way.zone_english, (at[0] + width, at[1]), SMALL)


def _counter(sheet: Sheet, hero: Hero, at: tuple[float, float], room: float) -> None:
    """*Quầy* and its name, and the arrow where the hall has set one; a long name has smaller steps."""
    x, baseline = at
    if hero.way.arrow is not None:
        high = theme.COUNTER_CAP
        arrow(sheet, hero.way.arrow, (x + room - high, baseline - high, high), _loud(hero, high, "row").tone)
        room -= high + 36
    head, _, last = f"Quầy {hero.counter}".rpartition(" ")
    steps = [
        tuple(_loud(hero, cap, "row" if cap >= theme.ROW_CAP else "notice") for cap in step)
        for step in COUNTER_STEPS
    ]
    fitting = [
        (word, name)
        for word, name in steps
        if sheet.size(head, word) + SPACE + sheet.size(last, name) <= room
    ]
    word, name = (fitting or steps[-1:])[0]
    last = sheet.shortened(last, name, room - SPACE - sheet.size("Quầy", word), keep_end=True)
    head = before(sheet, head, word, room - SPACE - sheet.size(last, name))
    left = sheet.words(head, (x - 4, baseline), word) + SPACE
    sheet.words(last, (x + left, baseline), name)


def message(sheet: Sheet, hero: Hero, box: Box, inset: float) -> None:
    """A sentence in the large field, its lines in the optical middle."""
    left, top, width, height = box
    sheet.block(box, "raised", 20)
    x, room = left + inset, width - 2 * inset
    title = Style(
        theme.LARGE_TITLE_CAP if height > width / 3 and width > WIDE else theme.TITLE_CAP,
        "SemiBold",
        "text",
        "raised",
        "row",
    )
    line = theme.line(title.cap)
    titles = sheet.wrapped(hero.title, title, room, 2)
    details = sheet.wrapped(hero.detail, DETAIL, room, 2) if hero.detail else []
    english = sheet.wrapped(hero.english, ENGLISH, room, 2)
    high = (
        title.cap + line * (len(titles) - 1) + DETAIL_LINE * len(details) + ENGLISH_LINE * len(english) + 34
    )
    baseline = top + (height - high) * 0.47 + title.cap
    for index, words in enumerate(titles):
        sheet.words(words, (x - 4, baseline + line * index), title)
    baseline += line * (len(titles) - 1) + 26
    for detail in details:
        baseline += DETAIL_LINE
        sheet.words(detail, (x, baseline), DETAIL, room=room)
    baseline += 8
    for words in english:
        baseline += ENGLISH_LINE
        sheet.words(words, (x, baseline), ENGLISH)


def slide(sheet: Sheet, file: PurePath, box: Box) -> None:
    """A picture on the raised field, as large as it gets."""
    sheet.block(box, "raised", 20)
    left, top, width, height = box
    sheet.photo(file, (left + 16, top + 16, width - 32, height - 32))
