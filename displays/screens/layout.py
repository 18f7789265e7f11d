"""Where everything stands on the hall screen: a view and a size in, boxes and words out.

    header   hall ........................... clock     edges.py
    hero     A012  đến Quầy 5                           large_field.py: a third of the screen, the one loud thing
    rows     A012  Quầy 5  08:05 | A Đất đai  12        recent.py: newest first, each in its fixed row
                                 |   Land  ~15 phút     fields.py: how many wait for what, and how long
    footer   a notice, or since when nothing is known   edges.py

Pure. Upright screens stack the same parts. Numbers here are theme units: pixels of a 1920 x 1080 screen.
"""

from __future__ import annotations

from typing import Final

from displays.screens.edges import Logo, footer, header, header_upright
from displays.screens.fields import fields
from displays.screens.large_field import call, call_upright, message, slide
from displays.screens.recent import rows
from displays.screens.sheet import Measure, Page, Sheet
from displays.screens.view import View

EDGE: Final = 48.0
INSET: Final = 56.0
INSET_UPRIGHT: Final = 40.0
GAP: Final = 8.0

HEADER: Final = 116.0
HERO: Final = 362.0
FOOTER: Final = 146.0
SIDE: Final = 720.0
"""The quiet column of fields."""
FIELDS_SHOWN: Final = 3

HEADER_UPRIGHT: Final = 206.0
HERO_UPRIGHT: Final = 646.0
FOOTER_UPRIGHT: Final = 240.0
SIDE_UPRIGHT: Final = 372.0


def layout(view: View, width: int, height: int, measure: Measure, logo: Logo | None = None) -> Page:
    """Set a view on a screen of `width` x `height` pixels, upright when it is higher than wide."""
    upright = height > width
    scale = min(width / 1080, height / 1920) if upright else min(width / 1920, height / 1080)
    sheet = Sheet(width, height, scale, measure)
    if upright:
        _upright(sheet, view, logo)
    else:
        _wide(sheet, view, logo)
    return sheet.page("ground")


def _wide(sheet: Sheet, view: View, logo: Logo | None) -> None:
    header(sheet, view, EDGE, logo)
    right, bottom = sheet.width - EDGE, sheet.height - FOOTER
    divider = right - SIDE if view.queues else right
    top = HEADER + HERO + GAP
    if view.slide is not None:
        slide(
            sheet,
            view.slide,
            (EDGE, HEADER, divider - EDGE - (32 if view.queues else 0), bottom - HEADER - GAP),
        )
        top = HEADER + GAP
    elif not view.rows and not view.queues:
        message(sheet, view.hero, (EDGE, HEADER, right - EDGE, bottom - HEADER - GAP), INSET)
    else:
        box = (EDGE, HEADER, right - EDGE, HERO)
        (call if view.hero.kind == "call" else message)(sheet, view.hero, box, INSET)
        rows(sheet, view.rows, (EDGE, top, divider - INSET, bottom), INSET)
    if view.queues:
        sheet.block((divider, top + 24, 2, bottom - top - 40), "hairline")
        fields(sheet, view, (divider + EDGE, top, right, bottom), FIELDS_SHOWN)
    footer(sheet, view, (EDGE, bottom, right, sheet.height), 1)


def _upright(sheet: Sheet, view: View, logo: Logo | None) -> None:
    header_upright(sheet, view, EDGE, logo)
    right, bottom = sheet.width - EDGE, sheet.height - FOOTER_UPRIGHT
    strip = bottom - SIDE_UPRIGHT if view.queues else bottom
    top = HEADER_UPRIGHT + HERO_UPRIGHT + GAP
    if view.slide is not None:
        slide(sheet, view.slide, (EDGE, HEADER_UPRIGHT, right - EDGE, strip - HEADER_UPRIGHT - GAP))
    elif not view.rows and not view.queues:
        whole = (EDGE, HEADER_UPRIGHT, right - EDGE, bottom - HEADER_UPRIGHT - GAP)
        message(sheet, view.hero, whole, INSET_UPRIGHT)
    else:
        box = (EDGE, HEADER_UPRIGHT, right - EDGE, HERO_UPRIGHT)
        (call_upright if view.hero.kind == "call" else message)(sheet, view.hero, box, INSET_UPRIGHT)
        rows(sheet, view.rows, (EDGE, top, right, strip), INSET_UPRIGHT)
    if view.queues:
        sheet.block((EDGE, strip, right - EDGE, 2), "hairline")
        fields(sheet, view, (EDGE, strip, right, bottom), FIELDS_SHOWN)
    footer(sheet, view, (EDGE, bottom, right, sheet.height), 2)
