"""Whether somebody takes numbers to sell them, by service and by hour; numbers and never people.

What is counted stands in `touts`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import Text
from hall_controller.reports.table import Table
from hall_controller.reports.tables.sources import Sources, column, share

if TYPE_CHECKING:
    from hall_controller.reports.table import Cell

_COLUMNS: Final = (
    column("issued", "Số đã cấp", "Numbers", "count"),
    column("no_shows", "Không đến", "No-shows", "count"),
    column("no_show_rate", "Tỷ lệ không đến", "No-show rate", "share"),
    column("bursts", "Lấy số dồn dập", "Bursts", "count"),
    column("bursts_per_100", "trên 100 số", "per 100", "number"),
    column("held", "Giữ ở bàn hướng dẫn", "Held at the desk", "count"),
    column("never_released", "Không ai đến nhận", "Never released", "count"),
)


def tables(sources: Sources) -> list[Table]:
    by_service: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_hour: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for given, count in sources.period.whole.given.items():
        by_service[given.service][given.what] += count
        by_hour[given.service, given.hour][given.what] += count
    service = column("service", "Mã", "Id", "id"), column("name", "Lĩnh vực", "Field")
    name = sources.names.service
    return [
        Table(
            "no_shows",
            Text("Không đến và lấy số dồn dập", "No-shows and bursts"),
            (*service, *_COLUMNS),
            tuple(
                (id_, name(id_), *_cells(of))
                for id_, of in sorted(by_service.items(), key=lambda item: -item[1]["issued"])
            ),
        ),
        Table(
            "no_shows_by_hour",
            Text("Không đến và lấy số dồn dập, theo giờ", "No-shows and bursts by hour"),
            (*service, column("hour", "Giờ", "Hour", "count"), *_COLUMNS),
            tuple((id_, name(id_), hour, *_cells(of)) for (id_, hour), of in sorted(by_hour.items())),
            detail=True,
        ),
    ]


def _cells(of: Counter[str]) -> tuple[Cell, ...]:
    issued = of["issued"]
    return (
        issued,
        of["no_shows"],
        share(of["no_shows"], issued),
        of["bursts"],
        100 * of["bursts"] / issued if issued else None,
        of["held"],
        of["never_released"],
    )
