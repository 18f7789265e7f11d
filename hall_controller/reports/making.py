"""Makes the whole report of a period: figures, checks, warnings and tables, out of days and imported counts.

days ─┬─ figures ─┬─ checks
CSV  ─┘           └─ tables ── formats (text, CSV, JSON, HTML, spreadsheet)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import Text
from hall_controller.explain_calls import Names
from hall_controller.reports.checks import checks
from hall_controller.reports.figures import figures
from hall_controller.reports.table import Report
from hall_controller.reports.tables import (
    devices,
    few_visitors,
    machines,
    presses,
    received,
    satisfied,
    settlement,
    touting,
    waiting,
    work,
)
from hall_controller.reports.tables.sources import Sources

if TYPE_CHECKING:
    from datetime import datetime

    from hall_controller.reports.imports import Imports
    from hall_controller.reports.period import Period

SUBJECTS: Final = (
    received,
    few_visitors,
    settlement,
    satisfied,
    waiting,
    work,
    touting,
    presses,
    machines,
    devices,
)


def report(period: Period, imports: Imports, made_at: datetime) -> Report:
    """The report; the tables stand in the order in which they are read."""
    numbers_ = figures(period, imports)
    sources = Sources(period, imports, Names(period.catalogue), numbers_)
    catalogue = period.catalogue
    return Report(
        hall=catalogue.name if catalogue else Text("Trung tâm", "The hall"),
        first_day=period.first_day,
        last_day=period.last_day,
        made_at=made_at,
        warnings=tuple(_warnings(sources)),
        figures=numbers_,
        checks=checks(period, imports, numbers_),
        tables=tuple(table for subject in SUBJECTS for table in subject.tables(sources)),
    )


def _warnings(sources: Sources) -> list[Text]:
    period, imports = sources.period, sources.imports
    said = []
    if period.training_days:
        said.append(
            Text(
                f"DỮ LIỆU TẬP HUẤN: {period.training_days} ngày mô phỏng hoặc tập huấn, không phải số đo thật.",
                f"TRAINING DATA: {period.training_days} days are simulated or training, and no measurement.",
            )
        )
    if not period.by_day:
        said.append(
            Text("Nhật ký không có ngày nào trong kỳ này.", "The journal holds no day of this period.")
        )
    if period.catalogue is None:
        said.append(
            Text(
                "Không có tệp cấu hình (--hall): chỉ có mã, không có tên, không đối chiếu được giờ mở cửa.",
                "No settings (--hall): identifiers in place of names, and opening rules are not checked.",
            )
        )
    if not imports.given:
        said.append(
            Text(
                "Chưa nhập số liệu trực tuyến, bưu chính và giải quyết hồ sơ (--imports).",
                "Online, postal and settlement counts were not imported (--imports).",
            )
        )
    if imports.left_out:
        lines = ", ".join(str(line.line) for line in imports.left_out)
        said.append(
            Text(
                f"Bỏ qua dòng {lines} của tệp nhập: vượt ra ngoài kỳ báo cáo.",
                f"Lines {lines} of the imports reach beyond the period and were left out.",
            )
        )
    return said + satisfied.headline(sources)
