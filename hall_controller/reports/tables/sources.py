"""What every table is made from: the days, the imported counts, and names for identifiers.

Shapes, and cells that several tables need. Never here: a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import Text
from hall_controller.reports.cut_summary import MARK
from hall_controller.reports.table import Column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hall_controller.explain_calls import Names
    from hall_controller.reports.imports import Imports
    from hall_controller.reports.period import Period
    from hall_controller.reports.table import Cell, Figure, Kind

NOT_TOLD: Final = Text("(không chia theo cơ quan)", "(not told by agency)")
ALL: Final = Text("Cộng", "Sum")
CODES: Final = Text(
    "Mã bắt đầu bằng # thay cho cán bộ của những tháng đã hết hạn lưu tên; cùng một mã là cùng một người.",
    "A code that begins with # stands for an officer in months whose names are not kept; the same one is one person.",
)


@dataclass(frozen=True, slots=True)
class Sources:
    """The period and what goes with it."""

    period: Period
    imports: Imports
    names: Names
    figures: Mapping[str, Figure]


def column(id_: str, vi: str, en: str, kind: Kind = "text", digits: int = 1) -> Column:
    """A column with its two titles."""
    return Column(id_, Text(vi, en), kind, digits)


def codes(rows: Iterable[tuple[Cell, ...]], place: int = 0) -> tuple[Text, ...]:
    """What a code in place of an officer is, where a row has one."""
    return (CODES,) if any(str(row[place]).startswith(MARK) for row in rows) else ()


def plus(*parts: int | None) -> int | None:
    """The sum of what is known; None when nothing is."""
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def sum_row(title: Cell, rows: list[tuple[Cell, ...]], summed: Callable[[int], bool]) -> tuple[Cell, ...]:
    """A last row whose cells are the sums of the columns chosen by place, and empty elsewhere."""
    width = len(rows[0]) if rows else 0
    cells: list[Cell] = [title]
    for place in range(1, width):
        numbers = [row[place] for row in rows if summed(place)]
        whole = [number for number in numbers if isinstance(number, int)]
        cells.append(sum(whole) if whole else None)
    return tuple(cells)


def share(part: float | None, whole: float | None) -> float | None:
    """Part of a whole; None when there is no whole."""
    return part / whole if part is not None and whole else None
