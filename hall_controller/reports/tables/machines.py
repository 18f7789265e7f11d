"""What the journal knows of the machines' availability, and what it does not.

Only paper, starts and times without a journal are facts; a device that was lost and came back leaves none.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from hall_controller.domain.catalogue import Text
from hall_controller.reports.table import Table
from hall_controller.reports.tables.sources import Sources, column, share


def tables(sources: Sources) -> list[Table]:
    of: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, count in sources.period.whole.happenings.items():
        of[key.what][key.whom] += count
    printers = sorted({*of["printed"], *of["print_failed"], *of["print_unknown"]})
    paper = Table(
        "printers",
        Text("Máy in", "Printers"),
        (
            column("printer", "Máy in", "Printer"),
            column("printed", "Đã in", "Printed", "count"),
            column("failed", "Không in được", "Failed", "count"),
            column("unknown", "Không rõ", "Unknown", "count"),
            column("share", "Tỷ lệ in được", "Share printed", "share", 2),
        ),
        tuple(
            (
                printer,
                of["printed"][printer],
                of["print_failed"][printer],
                of["print_unknown"][printer],
                share(of["printed"][printer], sum(of[what][printer] for what in _OUTCOMES)),
            )
            for printer in printers
        ),
        (
            Text(
                "Nhật ký không ghi khi bảng, nút bấm, màn hình mất kết nối: chưa biết độ sẵn sàng của thiết bị.",
                "The journal does not hold when panels, pads or screens were lost: their availability is not known.",
            ),
        ),
    )
    controller = Table(
        "controller",
        Text("Bộ điều khiển", "Controller"),
        (
            column("starts", "Lần khởi động", "Starts", "count"),
            column("journal_stops", "Lần không ghi được", "Times not writable", "count"),
            column("journal_stops_min", "Số phút không ghi được", "Minutes not writable", "number"),
        ),
        (
            (
                of["starts"].total(),
                of["journal_unavailable"].total(),
                of["journal_unavailable_ms"].total() / 60_000,
            ),
        ),
    )
    return [paper, controller]


_OUTCOMES = ("printed", "print_failed", "print_unknown")
