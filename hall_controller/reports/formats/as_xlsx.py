"""The report as a spreadsheet: a sheet for each table, numbers as numbers, the head of each sheet frozen.

Only here is openpyxl known; it is heavy, so the controller's own process never imports this.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from hall_controller.domain.catalogue import Text
from hall_controller.reports.table import NUMBERS, Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from hall_controller.reports.table import Cell, Report

HEAD: Final = Font(bold=True, color="FFFFFF")
GROUND: Final = PatternFill("solid", fgColor="17406B")
WIDEST: Final = 60
_FORMATS: Final = {"count": "#,##0", "minutes": "#,##0", "day": "dd/mm/yyyy"}


def page(report: Report) -> bytes:
    """The file."""
    made = Workbook()
    about = made.active or made.create_sheet()
    about.title = "report"
    for row in (
        ("Báo cáo", report.hall.vi),
        ("Từ ngày", report.first_day),
        ("Đến ngày", report.last_day),
        *(("Lưu ý", warning.vi) for warning in report.warnings),
    ):
        about.append(list(row))
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 14, 110
    figures = made.create_sheet("figures")
    _fill(figures, _FIGURES, [(id_, f.title, f.value) for id_, f in report.figures.items()])
    for line, figure in enumerate(report.figures.values(), 2):
        figures.cell(line, 3).number_format = _number_format(figure.kind, figure.digits)
    rows = [(c.right, c.about, c.told, c.found, c.why) for c in report.checks]
    _fill(made.create_sheet("checks"), _CHECKS, rows)
    for table in report.tables:
        sheet = made.create_sheet(table.id)
        _fill(sheet, table.columns, table.rows)
        if table.last_is_sum and table.rows:
            for cell in sheet[len(table.rows) + 1]:
                cell.font = Font(bold=True)
        for n, note in enumerate(table.notes):
            sheet.cell(len(table.rows) + 3 + n, 1, note.vi).font = Font(italic=True)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    sheet.append([column.title.vi for column in columns])
    for cell in sheet[1]:
        cell.font, cell.fill = HEAD, GROUND
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    for row in rows:
        sheet.append([_cell(cell) for cell in row])
    sheet.freeze_panes = "A2"
    for n, column in enumerate(columns, 1):
        letter = get_column_letter(n)
        lengths = [len(str(cell.value or "")) for cell in sheet[letter][1:]]
        longest = min(max(lengths, default=0), WIDEST)
        sheet.column_dimensions[letter].width = max(12, longest + 2 if column.kind not in NUMBERS else 12)
        for cell in sheet[letter][1:]:
            cell.number_format = _number_format(column.kind, column.digits)


def _cell(value: Cell) -> object:
    match value:
        case Text():
            return _safe(value.vi)
        case bool():
            return "có" if value else "không"
        case str():
            return _safe(value)
        case _:
            return value


def _safe(text: str) -> str:
    """A name that looks like a formula stays a name."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") and len(text) > 1 else text


def _number_format(kind: str, digits: int) -> str:
    if kind == "share":
        return f"0.{'0' * digits}%" if digits else "0%"
    if kind in ("number", "hours"):
        return f"#,##0.{'0' * digits}"
    return _FORMATS.get(kind, "General")


_FIGURES: Final = (
    Column("name", Text("Mã", "Id"), "id"),
    Column("title", Text("Chỉ tiêu", "Figure")),
    Column("value", Text("Giá trị", "Value"), "number"),
)
_CHECKS: Final = (
    Column("right", Text("Khớp", "Right"), "yes"),
    Column("about", Text("Nội dung", "About")),
    Column("told", Text("Số đã nêu", "Told"), "number", 3),
    Column("found", Text("Số tính được", "Found"), "number", 3),
    Column("why", Text("Căn cứ", "Why")),
)
