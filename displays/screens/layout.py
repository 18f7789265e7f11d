"""Where everything stands on the hall screen: a view and a size in, boxes and words out.

    header   hall ........................... clock
    hero     A012  đến Quầy 5                         a third of the screen, the one loud thing
    rows     A012  Quầy 5  08:05 | A 12  ~15 phút     newest first, each in its fixed row; queues quiet beside them
    footer   a notice, or since when nothing is known

Pure. Upright screens stack the same parts. Numbers here are theme units: pixels of a 1920 x 1080 screen.
"""

from __future__ import annotations

from typing import Final

from displays.screens import theme
from displays.screens.sheet import Measure, Page, Role, Sheet, Style
from displays.screens.theme import ACCENT, GROUND, HAIRLINE, QUIET, RAISED, TEXT
from displays.screens.view import Hero, QueueLine, Row, View

EDGE: Final = 48.0
INSET: Final = 56.0
INSET_UPRIGHT: Final = 44.0
HEADER: Final = 116.0
HERO: Final = 404.0
GAP: Final = 8.0
ROW: Final = 116.0
"""A row is at least this high; what is left over is shared among the rows."""
FOOTER: Final = 76.0
SIDE: Final = 600.0
"""The quiet column of queues."""
QUEUE_ROW: Final = 57.0

HEADER_UPRIGHT: Final = 230.0
HERO_UPRIGHT: Final = 720.0
FOOTER_UPRIGHT: Final = 148.0
SIDE_UPRIGHT: Final = 212.0

NAME: Final = Style(theme.NAME_CAP, "SemiBold", TEXT, GROUND, "quiet")
SMALL: Final = Style(theme.SMALL_CAP, "Medium", QUIET, GROUND, "quiet")
DATE: Final = Style(theme.NAME_CAP, "Medium", QUIET, GROUND, "quiet")
CLOCK: Final = Style(theme.CLOCK_CAP, "SemiBold", TEXT, GROUND, "quiet")
QUEUE: Final = Style(theme.QUIET_CAP, "Medium", QUIET, GROUND, "quiet")
NOTICE: Final = Style(theme.NOTICE_CAP, "Medium", TEXT, GROUND, "notice")
BAND: Final = Style(theme.NOTICE_CAP, "SemiBold", theme.ON_BAND, theme.BAND, "notice")


def layout(view: View, width: int, height: int, measure: Measure) -> Page:
    """Set a view on a screen of `width` x `height` pixels, upright when it is higher than wide."""
    upright = height > width
    scale = min(width / 1080, height / 1920) if upright else min(width / 1920, height / 1080)
    sheet = Sheet(width, height, scale, measure)
    if upright:
        _upright(sheet, view)
    else:
        _wide(sheet, view)
    _footer(sheet, view, FOOTER_UPRIGHT if upright else FOOTER)
    return sheet.page(GROUND)


def _wide(sheet: Sheet, view: View) -> None:
    _header(sheet, view)
    bottom = sheet.height - FOOTER
    if not view.rows and not view.queues:
        _message(sheet, view.hero, HEADER, bottom - HEADER - 16)
        return
    _hero(sheet, view.hero, HEADER, HERO)
    top = HEADER + HERO + GAP
    divider = sheet.width - EDGE - SIDE
    right = (divider if view.queues else sheet.width - EDGE) - INSET
    _rows(sheet, view.rows, (EDGE + INSET, top, right, bottom))
    if view.queues:
        sheet.block((divider, top + 24, 2, bottom - top - 48), HAIRLINE)
        _queue_column(sheet, view.queues, (divider + INSET, top), bottom)


def _upright(sheet: Sheet, view: View) -> None:
    _header_upright(sheet, view)
    bottom = sheet.height - FOOTER_UPRIGHT
    if not view.rows and not view.queues:
        _message(sheet, view.hero, HEADER_UPRIGHT, bottom - HEADER_UPRIGHT - 16)
        return
    if view.hero.kind == "call":
        _call_upright(sheet, view.hero)
    else:
        _message(sheet, view.hero, HEADER_UPRIGHT, HERO_UPRIGHT)
    top = HEADER_UPRIGHT + HERO_UPRIGHT + GAP
    strip = bottom - SIDE_UPRIGHT if view.queues else bottom
    right = sheet.width - EDGE - INSET_UPRIGHT
    _rows(sheet, view.rows, (EDGE + INSET_UPRIGHT, top, right, strip))
    if view.queues:
        sheet.block((EDGE, strip, sheet.width - 2 * EDGE, 2), HAIRLINE)
        _queue_strip(sheet, view.queues, strip)


def _header(sheet: Sheet, view: View) -> None:
    right = sheet.width - EDGE
    taken = sheet.words(view.time, (right, 82), CLOCK, right=True)
    taken += 28 + sheet.words(view.date, (right - taken - 28, 82), DATE, right=True)
    if view.training:
        taken += 28 + _training(sheet, right - taken - 28, 82)
    room = sheet.width - 2 * EDGE - taken - 40
    lines = sheet.wrapped(view.hall, NAME, room, 2)
    if len(lines) == 1 and view.hall_english:
        sheet.words(lines[0], (EDGE, 54), NAME)
        sheet.words(view.hall_english, (EDGE, 98), SMALL, room=room)
    else:
        for index, line in enumerate(lines):
            sheet.words(line, (EDGE, (50 if len(lines) > 1 else 82) + 53 * index), NAME)


def _header_upright(sheet: Sheet, view: View) -> None:
    right = sheet.width - EDGE
    for index, line in enumerate(sheet.wrapped(view.hall, NAME, sheet.width - 2 * EDGE, 2)):
        sheet.words(line, (EDGE, 64 + 58 * index), NAME)
    taken = sheet.words(view.time, (right, 202), CLOCK, right=True)
    sheet.words(view.date, (EDGE, 202), DATE)
    if view.training:
        _training(sheet, right - taken - 28, 202)


def _training(sheet: Sheet, right: float, baseline: float) -> float:
    """An outlined word beside the clock, as this is not the real time; returns its width."""
    text = "Giờ luyện tập"
    width = sheet.size(text, SMALL) + 40
    sheet.block((right - width, baseline - 46, width, 62), QUIET, 31)
    sheet.block((right - width + 3, baseline - 43, width - 6, 56), GROUND, 28)
    sheet.words(text, (right - width + 20, baseline - 1), SMALL)
    return width


def _hero(sheet: Sheet, hero: Hero, top: float, height: float) -> None:
    if hero.kind == "message":
        _message(sheet, hero, top, height)
        return
    _card(sheet, hero, top, height)
    x, baseline = EDGE + INSET, top + height - 58
    number = _style(hero, theme.NUMBER_CAP, "number")
    _label(sheet, ("Mời số", "Number"), (x, top + 74))
    wide = sheet.words(hero.title, (x - 12, baseline), number)
    left = max(x + wide + 72, sheet.width * 0.53)
    room = sheet.width - EDGE - INSET - left
    counter = _style(hero, theme.COUNTER_CAP, "row")
    if sheet.size(hero.counter, counter) > room:
        counter = _style(hero, theme.COUNTER_CAP * 0.72, "row")
    _label(sheet, ("đến", "Please go to"), (left, top + 74))
    sheet.words(hero.counter, (left - 8, baseline), counter, room=room)
    sheet.words(hero.detail, (left, top + 136), _on_card(SMALL), room=room)


def _call_upright(sheet: Sheet, hero: Hero) -> None:
    top = HEADER_UPRIGHT
    _card(sheet, hero, top, HERO_UPRIGHT)
    x = EDGE + INSET_UPRIGHT
    room = sheet.width - EDGE - x
    _label(sheet, ("Mời số", "Number"), (x, top + 74))
    number = _style(hero, theme.NUMBER_CAP, "number")
    if sheet.size(hero.title, number) > room:
        number = _style(hero, theme.LONG_NUMBER_CAP, "number")
    sheet.words(hero.title, (x - 12, top + 352), number)
    _label(sheet, ("đến", "Please go to"), (x, top + 450))
    sheet.words(hero.counter, (x - 8, top + 654), _style(hero, theme.COUNTER_CAP, "row"), room=room)


def _card(sheet: Sheet, hero: Hero, top: float, height: float) -> None:
    """The raised field, with the bar of "now" at its left while a call has its moment."""
    sheet.block((EDGE, top, sheet.width - 2 * EDGE, height), RAISED, 20)
    if hero.now and hero.lit:
        sheet.block((EDGE, top + 28, 14, height - 56), ACCENT, 7)


def _style(hero: Hero, cap: float, role: Role) -> Style:
    return Style(cap, "Bold", ACCENT if hero.now and hero.lit else TEXT, RAISED, role)


def _on_card(style: Style) -> Style:
    return Style(style.cap, style.weight, style.colour, RAISED, style.role)


def _label(sheet: Sheet, text: tuple[str, str], at: tuple[float, float]) -> None:
    """A word in Vietnamese, its English quietly beside it."""
    vietnamese = Style(theme.NOTICE_CAP, "SemiBold", TEXT, RAISED, "notice")
    width = sheet.words(text[0], at, vietnamese)
    sheet.words(text[1], (at[0] + width + 24, at[1]), _on_card(QUEUE))


def _message(sheet: Sheet, hero: Hero, top: float, height: float) -> None:
    """A sentence in the large field, its three lines in the optical middle."""
    sheet.block((EDGE, top, sheet.width - 2 * EDGE, height), RAISED, 20)
    x, room = EDGE + INSET, sheet.width - 2 * EDGE - 2 * INSET
    title = Style(theme.TITLE_CAP * (1.25 if height > HERO_UPRIGHT else 1), "SemiBold", TEXT, RAISED, "row")
    detail = Style(theme.NOTICE_CAP + 8, "Medium", TEXT, RAISED, "notice")
    titles = sheet.wrapped(hero.title, title, room, 2)
    details = sheet.wrapped(hero.detail, detail, room, 2) if hero.detail else []
    block = theme.TITLE_CAP + 140 * (len(titles) - 1) + 112 + 80 * (len(details) - 1) + 84
    baseline = top + (height - block) * 0.46 + theme.TITLE_CAP
    for line in titles:
        sheet.words(line, (x - 4, baseline), title)
        baseline += 140
    baseline -= 28
    for line in details:
        sheet.words(line, (x, baseline), detail, room=room)
        baseline += 80
    english = _on_card(QUEUE)
    for line in sheet.wrapped(hero.english, english, room, 2):
        sheet.words(line, (x, baseline + 4), english)
        baseline += 64


def _rows(sheet: Sheet, rows: tuple[Row, ...], box: tuple[float, float, float, float]) -> None:
    """As many rows as fit into `(left, top, right, bottom)`, each in its fixed place."""
    x, top, right, bottom = box
    number = Style(theme.ROW_CAP, "SemiBold", TEXT, GROUND, "row")
    word = Style(theme.WORD_CAP, "Medium", QUIET, GROUND, "quiet")
    column = x + sheet.size("A000", number) + 96
    timed = (
        column + sheet.size("Quầy", word) + sheet.size("0000", number) + sheet.size("00:00", QUEUE) < right
    )
    fit = int((bottom - top) // ROW)
    pitch = (bottom - top) / fit
    for index, row in enumerate(rows[:fit]):
        baseline = top + pitch * index + (pitch + theme.ROW_CAP) / 2 - 4
        if index:
            sheet.block((x, top + pitch * index, right - x, 1), HAIRLINE)
        colour = ACCENT if row.now else TEXT
        here = Style(theme.ROW_CAP, "SemiBold", colour, GROUND, "row")
        if row.now:
            sheet.block((EDGE, baseline - theme.ROW_CAP, 14, theme.ROW_CAP), ACCENT, 7)
        left = max(column, x + sheet.words(row.ticket, (x - 4, baseline), here) + 48)
        before, _, name = row.counter.partition(" ")
        left += sheet.words(before, (left, baseline), word) + 28
        left += sheet.words(name, (left, baseline), here, room=right - left)
        if timed:
            sheet.words(row.time, (right, baseline), QUEUE, right=True)


def _queue_column(
    sheet: Sheet, queues: tuple[QueueLine, ...], at: tuple[float, float], bottom: float
) -> None:
    x, top = at
    right = sheet.width - EDGE - INSET / 2
    fit = int((bottom - top - 24) // QUEUE_ROW) - 1
    baseline = top + 60
    _queue_heading(sheet, (x, baseline))
    shown, more = _busiest(queues, fit)
    for queue in shown:
        baseline += QUEUE_ROW
        _queue_line(sheet, queue, x, right, baseline + 6)
    if more:
        sheet.words(f"và {more} hàng khác", (x, baseline + QUEUE_ROW + 6), SMALL)


def _queue_heading(sheet: Sheet, at: tuple[float, float]) -> None:
    width = sheet.words("Đang chờ", at, Style(theme.QUIET_CAP, "SemiBold", TEXT, GROUND, "quiet"))
    sheet.words("Waiting", (at[0] + width + 24, at[1]), SMALL)


def _queue_line(sheet: Sheet, queue: QueueLine, x: float, right: float, baseline: float) -> None:
    letter = Style(theme.QUIET_CAP, "Bold", TEXT, GROUND, "quiet")
    sheet.words(queue.letter, (x, baseline), letter)
    sheet.words(queue.waiting, (x + 190, baseline), letter, right=True)
    sheet.words(queue.wait, (right, baseline), QUEUE, right=True)


def _queue_strip(sheet: Sheet, queues: tuple[QueueLine, ...], top: float) -> None:
    """The same in two lines of cells, for an upright screen."""
    letter = Style(theme.QUIET_CAP, "Bold", TEXT, GROUND, "quiet")
    _queue_heading(sheet, (EDGE, top + 62))
    shown, more = _busiest(queues, 10)
    cell = (sheet.width - 2 * EDGE) / 5
    for index, queue in enumerate(shown):
        x, baseline = EDGE + cell * (index % 5), top + 122 + 62 * (index // 5)
        sheet.words(queue.letter, (x, baseline), letter)
        sheet.words(queue.waiting, (x + 56, baseline), QUEUE)
    if more:
        sheet.words(f"và {more} hàng khác", (sheet.width - EDGE, top + 62), SMALL, right=True)


def _busiest(queues: tuple[QueueLine, ...], fit: int) -> tuple[list[QueueLine], int]:
    """As many queues as fit, by letter, the fullest when there are more; and how many are left out."""
    if len(queues) <= fit:
        return list(queues), 0
    chosen = sorted(queues, key=lambda queue: -int(queue.waiting))[: fit - 1]
    return sorted(chosen, key=lambda queue: queue.letter), len(queues) - len(chosen)


def _footer(sheet: Sheet, view: View, height: float) -> None:
    top = sheet.height - height
    style, left = (BAND, EDGE + 76) if view.stale else (NOTICE, EDGE)
    text = view.stale or view.notice
    if view.stale:
        sheet.block((0, top, sheet.width, height), theme.BAND)
        _mark(sheet, (EDGE, top + (height - 48) / 2))
    elif text:
        sheet.block((EDGE, top, sheet.width - 2 * EDGE, 2), HAIRLINE)
    room = sheet.width - EDGE - left
    lines = sheet.wrapped(text, style, room, int(height // (FOOTER - 8)))
    baseline = top + (height + theme.NOTICE_CAP - 68 * (len(lines) - 1)) / 2
    width = 0.0
    for index, line in enumerate(lines):
        width = sheet.words(line, (left, baseline + 68 * index), style)
    if view.stale and len(lines) == 1:
        english = Style(theme.SMALL_CAP, "Medium", theme.ON_BAND, theme.BAND, "quiet")
        if width + 48 + sheet.size(view.stale_english, english) <= room:
            sheet.words(view.stale_english, (sheet.width - EDGE, baseline), english, right=True)


def _mark(sheet: Sheet, at: tuple[float, float]) -> None:
    """A round mark with an exclamation, so that the band is told by shape as well."""
    x, y = at
    sheet.block((x, y, 48, 48), theme.ON_BAND, 24)
    sheet.block((x + 21, y + 10, 6, 18), theme.BAND, 3)
    sheet.block((x + 21, y + 33, 6, 6), theme.BAND, 3)
