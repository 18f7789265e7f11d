"""The report as one CSV: a section for each table, headed by its name, with values that programs can read.

    # agencies: Tiếp nhận theo cơ quan
    agency,name,in_person,...
    sct,Sở Công Thương,59,...

Sections are parted by an empty line; `figures` and `checks` come first. Numbers have a point, shares go from 0 to 1.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from hall_controller.domain.catalogue import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hall_controller.reports.table import Cell, Report


def page(report: Report) -> str:
    """The whole report; UTF-8 with a mark, so that a spreadsheet reads the letters right."""
    sheet = io.StringIO()
    sheet.write("\ufeff")
    writer = csv.writer(sheet, lineterminator="\n")

    def section(id_: str, title: str, columns: Iterable[str], rows: Iterable[Iterable[Cell]]) -> None:
        writer.writerow([f"# {id_}: {title}"])
        writer.writerow(columns)
        writer.writerows([_cell(cell) for cell in row] for row in rows)
        sheet.write("\n")

    about: list[tuple[Cell, ...]] = [
        ("hall", report.hall),
        ("first_day", report.first_day),
        ("last_day", report.last_day),
    ]
    warnings: list[tuple[Cell, ...]] = [("warning", warning) for warning in report.warnings]
    section("report", "Báo cáo", ("what", "value"), [*about, *warnings])
    figures = report.figures.items()
    section(
        "figures",
        "Số liệu chính",
        ("name", "value", "title"),
        [(id_, f.value, f.title) for id_, f in figures],
    )
    section(
        "checks",
        "Đối chiếu",
        ("about", "told", "found", "right", "why"),
        [(check.about, check.told, check.found, check.right, check.why) for check in report.checks],
    )
    for table in report.tables:
        section(table.id, table.title.vi, [column.id for column in table.columns], table.rows)
    return sheet.getvalue()


def _cell(value: Cell) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Text():
            return value.vi
        case date():
            return value.isoformat()
        case float():
            return f"{value:.12g}"
        case _:
            return str(value)
