"""How dossiers were settled, as imported, and each late dossier with its two dates.

A hall's queue never sees a settlement: nothing here is measured.
"""

from __future__ import annotations

from hall_controller.domain.catalogue import Text
from hall_controller.reports.imports import LATE_DOSSIER
from hall_controller.reports.table import Table
from hall_controller.reports.tables.sources import Sources, column, share


def tables(sources: Sources) -> list[Table]:
    figures = sources.figures
    settled = figures["settled"].value
    names = ("to_settle", "settled", "early", "on_time", "late", "open")
    rows = tuple(
        (
            figures[name].title,
            None if figures[name].value is None else int(figures[name].value or 0),
            share(figures[name].value, settled) if name in ("early", "on_time", "late") else None,
        )
        for name in names
    )
    settlement = Table(
        "settlement",
        Text("Giải quyết hồ sơ (số liệu nhập)", "Settlement (imported)"),
        (
            column("what", "Chỉ tiêu", "What"),
            column("count", "Số hồ sơ", "Dossiers", "count"),
            column("share", "Tỷ lệ trên số đã giải quyết", "Share of the settled", "share", 3),
        ),
        rows if settled is not None else (),
    )
    late = Table(
        "late_dossiers",
        Text("Hồ sơ trễ hạn", "Late dossiers"),
        (
            column("dossier", "Hồ sơ", "Dossier"),
            column("due", "Hẹn trả", "Due", "day"),
            column("settled", "Ngày trả", "Settled", "day"),
            column("days_late", "Số ngày trễ", "Days late", "count"),
            column("printed", "Số đã công bố", "As printed", "count"),
        ),
        tuple(
            (line.name, line.first_day, line.last_day, (line.last_day - line.first_day).days, int(line.count))
            for line in sources.imports.of(LATE_DOSSIER)
        ),
    )
    return [settlement, late]
