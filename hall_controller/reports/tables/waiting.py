"""How long visitors waited for their first call: by half hour, by queue, and both.

From the number to the first call, by the half hour in which the number was given out. Percentiles are rounded up to
the whole minute; shares over 15 and 30 minutes (targets of 2025 and 2022) are exact.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from hall_controller.domain.catalogue import Text
from hall_controller.reports import minutes
from hall_controller.reports.table import Table
from hall_controller.reports.tables.sources import Sources, column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hall_controller.reports.table import Cell, Column

NOTE = Text(
    "Từ lúc cấp số đến lần gọi đầu. p50, p90: một nửa và 9/10 số khách chờ không quá chừng ấy, làm tròn lên phút. "
    "QĐ 468/QĐ-TTg: 30 phút (2022), 15 phút (2025).",
    "From number to first call. p50, p90: half and nine in ten waited no longer, rounded up to the minute. "
    "QĐ 468/QĐ-TTg: 30 min (2022), 15 min (2025).",
)


def tables(sources: Sources) -> list[Table]:
    by_half: defaultdict[int, Counter[int]] = defaultdict(Counter)
    by_queue: defaultdict[str, Counter[int]] = defaultdict(Counter)
    by_both: defaultdict[tuple[str, int], Counter[int]] = defaultdict(Counter)
    for wait, count in sources.period.whole.waits.items():
        by_half[wait.half_hour][wait.minutes] += count
        by_queue[wait.queue][wait.minutes] += count
        by_both[wait.queue, wait.half_hour][wait.minutes] += count
    busy: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for service, count in sources.period.whole.services.items():
        busy[service.queue][service.minutes] += count
    half = column("half_hour", "Từ", "From")
    queue = column("queue", "Mã", "Id", "id"), column("name", "Hàng chờ", "Queue")
    names = sources.names
    return [
        Table(
            "waits_by_half_hour",
            Text("Thời gian chờ theo nửa giờ lấy số", "Waits by half hour of arrival"),
            (half, *_COLUMNS),
            tuple((clock(at), *_cells(found)) for at, found in sorted(by_half.items())),
            (NOTE,),
        ),
        Table(
            "waits_by_queue",
            Text("Thời gian chờ theo hàng", "Waits by queue"),
            (*queue, *_COLUMNS, column("service_p50", "Phục vụ p50 (phút)", "Service p50 (min)", "minutes")),
            tuple(
                (id_, names.queue(id_), *_cells(found), minutes.percentile(busy[id_], 0.5))
                for id_, found in sorted(by_queue.items(), key=lambda item: -item[1].total())
            ),
            (NOTE,),
        ),
        Table(
            "waits",
            Text("Thời gian chờ theo hàng và nửa giờ", "Waits by queue and half hour"),
            (*queue, half, *_COLUMNS),
            tuple(
                (id_, names.queue(id_), clock(at), *_cells(found))
                for (id_, at), found in sorted(by_both.items())
            ),
            (NOTE,),
            detail=True,
        ),
    ]


def clock(half_hour: int) -> str:
    """When a half hour begins.

    >>> clock(15)
    '07:30'
    """
    return f"{half_hour // 2:02}:{half_hour % 2 * 30:02}"


def _cells(found: Mapping[int, int]) -> tuple[Cell, ...]:
    return (
        sum(found.values()),
        minutes.percentile(found, 0.5),
        minutes.percentile(found, 0.9),
        minutes.share_over(found, 15),
        minutes.share_over(found, 30),
    )


_COLUMNS: tuple[Column, ...] = (
    column("called", "Lượt gọi", "Called", "count"),
    column("p50", "p50 (phút)", "p50 (min)", "minutes"),
    column("p90", "p90 (phút)", "p90 (min)", "minutes"),
    column("over_15", "Quá 15 phút", "Over 15 min", "share"),
    column("over_30", "Quá 30 phút", "Over 30 min", "share"),
)
