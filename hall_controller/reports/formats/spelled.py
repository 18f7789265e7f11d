"""Cells as people write them in Viet Nam: 35.809 and 267,2, 33,4 %, 15/04/2022; an empty cell is not known, not zero.

For paper only; machines get the values themselves.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hall_controller.domain.catalogue import Text

if TYPE_CHECKING:
    from hall_controller.reports.table import Cell, Column, Figure, Kind

UNKNOWN = "\N{EN DASH}"
_SWAPPED = str.maketrans(",.", ".,")


def cell(value: Cell, column: Column) -> str:
    """The cell of a column.

    >>> number(35809, "count", 0), number(0.3336, "share", 1)
    ('35.809', '33,4 %')
    """
    match value:
        case None:
            return UNKNOWN
        case bool():
            return "có" if value else ""
        case Text():
            return value.vi
        case date():
            return f"{value:%d/%m/%Y}"
        case str():
            return value
        case _:
            return number(value, column.kind, column.digits)


def figure(figure_: Figure) -> str:
    """The value of a figure, with its unit: no head of a column says it."""
    if figure_.value is None:
        return UNKNOWN
    unit = " phút" if figure_.kind == "minutes" else ""
    return number(figure_.value, figure_.kind, figure_.digits) + unit


def number(value: float, kind: Kind, digits: int) -> str:
    """A number of that kind; more decimals where so few would say zero."""
    if kind in ("count", "minutes"):
        return f"{value:,.0f}".translate(_SWAPPED)
    if kind == "share":
        return f"{100 * value:,.{digits}f} %".translate(_SWAPPED)
    return f"{value:,.{digits}f}".translate(_SWAPPED)


def plain(value: float) -> str:
    """A number of a check, with the decimals that it has."""
    text = f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.translate(_SWAPPED)
