"""Printers and the controller: paper that came out or not, times out of order, starts.

Every device's availability, the printers' too, stands in `devices`.
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
    printers = sorted({printer for what in (*_OUTCOMES, *_STOPS) for printer in of[what]})
    paper = Table(
        "printers",
        Text("Máy in", "Printers"),
        (
            column("printer", "Máy in", "Printer"),
            column("printed", "Đã in", "Printed", "count"),
            column("failed", "Không in được", "Failed", "count"),
            column("unknown", "Không rõ", "Unknown", "count"),
            column("share", "Tỷ lệ in được", "Share printed", "share", 2),
            column("paper_out", "Lần hết giấy", "Times out of paper", "count"),
            column("not_ready", "Lần ngừng in khác", "Times stopped otherwise", "count"),
            column("stopped_min", "Số phút ngừng in", "Minutes stopped", "number"),
        ),
        tuple(
            (
                printer,
                of["printed"][printer],
                of["print_failed"][printer],
                of["print_unknown"][printer],
                share(of["printed"][printer], sum(of[what][printer] for what in _OUTCOMES)),
                of["printer_paper_out"][printer],
                of["printer_not_ready"][printer],
                of["printer_away_ms"][printer] / 60_000,
            )
            for printer in printers
        ),
        (
            Text(
                "Số lần và số phút ngừng in chỉ có ở máy in số thứ tự, trong giờ phát số.",
                "Stops are known of the printer of the tickets, while numbers are given out.",
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
_STOPS = ("printer_paper_out", "printer_not_ready")
