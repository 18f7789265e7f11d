"""Which plots a report has, and from which of its tables each is drawn.

Where a table is empty there is no plot. How one looks stands in `plots`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import TYPE_CHECKING

from hall_controller.domain.catalogue import Text
from hall_controller.reports.plots import Mark, Series, plot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hall_controller.reports.table import Cell, Report


@dataclass(frozen=True, slots=True)
class Picture:
    """A plot beneath its title, to stand before the table of that name."""

    table: str
    title: Text
    svg: str


def pictures(report: Report) -> tuple[Picture, ...]:
    """The plots for which there is something to draw."""
    there = {table.id for table in report.tables}
    makers = (
        (_weeks, "days"),
        (_arrivals, "waits_by_half_hour"),
        (_waits, "waits_by_half_hour"),
        (_loads, "counters"),
    )
    return tuple(picture for make, table in makers if table in there for picture in make(report))


def _weeks(report: Report) -> Iterator[Picture]:
    """Visitors on an open weekday, week by week: Saturdays are another kind of day."""
    table = report.table("days")
    weeks: defaultdict[date, list[float]] = defaultdict(list)
    columns = (table.column("day"), table.column("saturday"), table.column("open"), table.column("in_person"))
    for day, saturday, opened, visits in zip(*columns, strict=True):
        if isinstance(day, date) and opened and not saturday:
            weeks[day - timedelta(days=day.weekday())].append(_number(visits) or 0.0)
    if not weeks:
        return
    title = Text("Khách trực tiếp bình quân một ngày thường, theo tuần", "Visitors per weekday, by week")
    labels = [f"{week:%d/%m}" for week in sorted(weeks)]
    means = tuple(fmean(weeks[week]) for week in sorted(weeks))
    yield Picture(
        "agencies", title, plot(title.vi, "khách", labels, [Series("khách một ngày thường", means)])
    )


def _arrivals(report: Report) -> Iterator[Picture]:
    table, days = report.table("waits_by_half_hour"), report.figures["days_open"].value
    if not table.rows or not days:
        return
    title = Text(
        "Khách được gọi theo nửa giờ lấy số, bình quân một ngày", "Called visitors by half hour of arrival"
    )
    called = tuple((_number(cell) or 0) / days for cell in table.column("called"))
    labels = [str(cell) for cell in table.column("half_hour")]
    yield Picture("waits_by_half_hour", title, plot(title.vi, "khách", labels, [Series("khách", called)]))


def _waits(report: Report) -> Iterator[Picture]:
    table = report.table("waits_by_half_hour")
    if not table.rows:
        return
    title = Text("Thời gian chờ theo nửa giờ lấy số", "Waits by half hour of arrival")
    labels = [str(cell) for cell in table.column("half_hour")]
    series = [
        Series("9/10 khách chờ không quá (p90)", tuple(map(_number, table.column("p90"))), line=True),
        Series("trung vị (p50)", tuple(map(_number, table.column("p50"))), line=True),
    ]
    marks = [Mark("30 phút (2022)", 30), Mark("15 phút (2025)", 15)]
    yield Picture("waits_by_half_hour", title, plot(title.vi, "phút", labels, series, marks))


def _loads(report: Report) -> Iterator[Picture]:
    table = report.table("counters")
    loads = table.column("load") if table.rows else []
    if not any(loads):
        return
    title = Text("Tải của từng quầy", "Load of each counter")
    labels = [str(cell) for cell in table.column("name")]
    shares = tuple(None if (load := _number(cell)) is None else 100 * load for cell in loads)
    yield Picture("counters", title, plot(title.vi, "%", labels, [Series("giờ có khách / giờ mở", shares)]))


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) else None
