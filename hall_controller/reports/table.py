"""What a report is made of: tables of typed cells with titles in two languages, figures, and checks of sums.

Shapes only. What a cell says is decided in `tables`, how it looks in `formats`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, Literal

from hall_controller.domain.catalogue import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["id", "text", "count", "number", "share", "minutes", "hours", "day", "yes"]
"""id: for programs, left out on paper; count: whole; number and hours: decimals; share: 0 to 1; minutes: whole."""
Cell = str | int | float | bool | date | Text | None
"""None is what is not known, or was not imported; it is never zero."""

NUMBERS: Final = frozenset({"count", "number", "share", "minutes", "hours"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `id` is its name in JSON and CSV, and stays."""

    id: str
    title: Text
    kind: Kind = "text"
    digits: int = 1
    """Decimals of a number, an hour or a share in per cent."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `detail` ones are too long for paper and stand only in CSV, JSON and the spreadsheet."""

    id: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Text, ...] = ()
    detail: bool = False
    last_is_sum: bool = False

    def column(self, id_: str) -> list[Cell]:
        """The cells of one column; raises ValueError when there is none."""
        place = [column.id for column in self.columns].index(id_)
        return [row[place] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that people know by name."""

    title: Text
    value: float | None
    kind: Kind = "count"
    digits: int = 1


@dataclass(frozen=True, slots=True)
class Check:
    """Two ways to the same number, and whether they meet; `told` is what somebody printed or the sum of parts."""

    about: Text
    told: float
    found: float
    right: bool
    why: Text


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report says; `warnings` are what must be read before any figure."""

    hall: Text
    first_day: date
    last_day: date
    made_at: datetime
    warnings: tuple[Text, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def contradictions(self) -> tuple[Check, ...]:
        """The checks that do not hold."""
        return tuple(check for check in self.checks if not check.right)

    def table(self, id_: str) -> Table:
        """The table of that name; raises KeyError."""
        for table in self.tables:
            if table.id == id_:
                return table
        raise KeyError(id_)
