"""The report for a terminal: aligned, Vietnamese first, English in quiet places below.

Long tables stand in the other formats.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hall_controller.reports.formats import spelled
from hall_controller.reports.table import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hall_controller.reports.table import Check, Report, Table


def page(report: Report) -> str:
    """The whole report as lines."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: Report) -> Iterator[str]:
    yield report.hall.vi
    yield f"BÁO CÁO từ {report.first_day:%d/%m/%Y} đến {report.last_day:%d/%m/%Y}"
    yield f"{report.hall.en}: report, {report.first_day} to {report.last_day}"
    for warning in report.warnings:
        yield f"\n! {warning.vi}\n  {warning.en}"
    if report.contradictions:
        yield f"\nMÂU THUẪN ({len(report.contradictions)})\nContradictions"
        for check in report.contradictions:
            yield from _check(check)
    held = len(report.checks) - len(report.contradictions)
    yield f"\n{held} phép đối chiếu khớp. / {held} checks hold."
    yield from ("", "SỐ LIỆU CHÍNH", "Figures", "")
    figures = [
        (figure.title.vi, spelled.figure(figure), figure.title.en) for figure in report.figures.values()
    ]
    yield from _aligned(figures, (False, True, False))
    for table in report.tables:
        if table.rows and not table.detail:
            yield from _table(table)


def _check(check: Check) -> Iterator[str]:
    told, found = spelled.plain(check.told), spelled.plain(check.found)
    yield f"! {check.about.vi}: {told}, nhưng tính được {found}" + (
        f" ({check.why.vi})" if check.why.vi else ""
    )
    yield f"  {check.about.en}: {told}, but it comes to {found}" + (
        f" ({check.why.en})" if check.why.en else ""
    )


def _table(table: Table) -> Iterator[str]:
    places = [n for n, column in enumerate(table.columns) if column.kind != "id"]
    columns = [table.columns[n] for n in places]
    rows = [[spelled.cell(row[n], table.columns[n]) for n in places] for row in table.rows]
    yield from ("", table.title.vi.upper(), table.title.en, "")
    heads = [[column.title.vi for column in columns], [column.title.en for column in columns]]
    yield from _aligned([*heads, *rows], [column.kind in NUMBERS for column in columns])
    for note in table.notes:
        yield f"({note.vi})"
        yield f"({note.en})"


def _aligned(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> Iterator[str]:
    widths = [max(len(row[n]) for row in rows) for n in range(len(right))]
    for row in rows:
        cells = [
            text.rjust(width) if to_right else text.ljust(width)
            for text, width, to_right in zip(row, widths, right, strict=True)
        ]
        yield "  ".join(cells).rstrip()
