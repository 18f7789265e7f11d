"""Agencies with fewer visitors than open days, and on how many days nobody came: the case for one shared counter.

Low volume is said per channel: who has few visitors may have thousands of dossiers online.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hall_controller.domain.catalogue import Text
from hall_controller.reports.figures import low_volume
from hall_controller.reports.table import Table
from hall_controller.reports.tables.sources import ALL, Sources, column, plus, sum_row

if TYPE_CHECKING:
    from hall_controller.reports.table import Cell


def tables(sources: Sources) -> list[Table]:
    period, imports = sources.period, sources.imports
    open_days = Counter(agency for day in period.open_days() for agency in set(period.open_agencies(day)))
    visits: Counter[str] = Counter()
    for key, count in period.visits.items():
        visits[key.agency] += count
    rows: list[tuple[Cell, ...]] = []
    for agency in low_volume(period):
        online, post = (imports.total(channel, agency=agency) for channel in ("online", "post"))
        days = open_days[agency] or len(period.open_days())
        rows.append(
            (
                agency,
                sources.names.agency(agency),
                plus(visits[agency], online, post),
                visits[agency],
                online,
                post,
                days,
                max(0, days - period.days_with_visitors[agency]),
                None if online is None else online < days,
            )
        )
    total = sum_row("", rows, lambda place: 1 < place < 6)  # noqa: PLR2004 - the counts
    table = Table(
        "low_volume",
        Text("Cơ quan ít khách trực tiếp", "Agencies with few visitors in person"),
        (
            column("agency", "Mã", "Id", "id"),
            column("name", "Cơ quan", "Agency"),
            column("total", "Tổng", "Total", "count"),
            column("in_person", "Trực tiếp", "In person", "count"),
            column("online", "Trực tuyến", "Online", "count"),
            column("post", "Bưu chính", "Post", "count"),
            column("days_open", "Ngày mở cửa", "Days open", "count"),
            column("days_without", "Ngày không có khách", "Days without visitors", "count"),
            column("low_online", "Trực tuyến cũng ít", "Few online too", "yes"),
        ),
        (*rows, (total[0], ALL, *total[2:])) if rows else (),
        (
            Text(
                "Ít khách: bình quân chưa đến một khách một ngày mở cửa, xét riêng từng kênh.",
                "Few: less than one for each open day, said for each channel by itself.",
            ),
        ),
        last_is_sum=bool(rows),
    )
    return [table]
