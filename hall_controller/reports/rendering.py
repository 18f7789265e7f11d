"""A report in one of its formats, as bytes for a file or an answer.

Only programs that end after one report import this: jinja2 and openpyxl are too heavy for the controller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hall_controller.reports.formats import as_csv, as_html, as_json, as_text, as_xlsx

if TYPE_CHECKING:
    from hall_controller.reports.kinds import Format
    from hall_controller.reports.table import Report


def rendered(report: Report, format_: Format, style: str = "") -> bytes:
    """The bytes; `style` is the sheet that a page brings along, without it the page links the controller's."""
    match format_:
        case "text":
            return as_text.page(report).encode()
        case "csv":
            return as_csv.page(report).encode()
        case "json":
            return as_json.page(report).encode()
        case "html":
            return as_html.page(report, style).encode()
        case "xlsx":
            return as_xlsx.book(report)
