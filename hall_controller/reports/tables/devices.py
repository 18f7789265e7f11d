"""The availability of every device: its share of the opening hours, its outages, and for how long nothing is known.

On paper stand those that were away, the worst first, and all others in one row; a file lists every device.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from hall_controller.domain.catalogue import Text
from hall_controller.reports.table import Table
from hall_controller.reports.tables.sources import column, share

if TYPE_CHECKING:
    from collections import Counter

    from hall_controller.reports.day_summary import Device, Outage
    from hall_controller.reports.table import Cell
    from hall_controller.reports.tables.sources import Sources

NAMED: Final = 25
"""More rows do not fit on a page."""
_MINUTE_MS: Final = 60_000
_HOUR_MS: Final = 60 * _MINUTE_MS
_COLUMNS: Final = (
    column("device", "Thiết bị", "Device"),
    column("available", "Sẵn sàng", "Available", "share", 2),
    column("outages", "Số lần gián đoạn", "Outages", "count"),
    column("away_min", "Phút gián đoạn", "Minutes away", "number"),
    column("mean_min", "Trung bình (phút)", "Mean (minutes)", "number"),
    column("longest_min", "Lâu nhất (phút)", "Longest (minutes)", "number"),
    column("unknown_min", "Chưa rõ (phút)", "Not known (minutes)", "number"),
    column("watched_h", "Giờ phát số", "Opening hours", "hours"),
)
_NOTES: Final = (
    Text(
        "Trong giờ phát số. Gián đoạn dưới 30 giây không ghi; thiết bị chập chờn là một lần gián đoạn.",
        "While numbers are given out. Less than 30 s is no outage; a device that comes and goes is one outage.",
    ),
    Text(
        "Chưa rõ: bộ điều khiển tắt; không tính vào tỷ lệ sẵn sàng. Gián đoạn nhiều ngày tính mỗi ngày một lần.",
        "Not known: the controller was off; left out of the share. An outage of several days counts once a day.",
    ),
)


class _Sum(NamedTuple):
    """What one device, or several, came to."""

    watched_ms: int = 0
    lost_ms: int = 0
    faulty_ms: int = 0
    unknown_ms: int = 0
    outages: int = 0
    longest_s: int = 0

    @property
    def away_ms(self) -> int:
        return self.lost_ms + self.faulty_ms

    def and_(self, other: _Sum) -> _Sum:
        return _Sum(
            self.watched_ms + other.watched_ms,
            self.lost_ms + other.lost_ms,
            self.faulty_ms + other.faulty_ms,
            self.unknown_ms + other.unknown_ms,
            self.outages + other.outages,
            max(self.longest_s, other.longest_s),
        )

    def row(self, title: Cell) -> tuple[Cell, ...]:
        known_ms = self.watched_ms - self.unknown_ms
        away_min = self.away_ms / _MINUTE_MS
        return (
            title,
            share(known_ms - self.away_ms, known_ms),
            self.outages,
            away_min,
            away_min / self.outages if self.outages else None,
            self.longest_s / 60 if self.outages else None,
            self.unknown_ms / _MINUTE_MS,
            self.watched_ms / _HOUR_MS,
        )


def tables(sources: Sources) -> list[Table]:
    whole = sources.period.whole
    sums = _sums(whole.devices, whole.outages)
    worst = sorted(sums, key=lambda device: (-sums[device].away_ms, device))
    named = [device for device in worst if sums[device].away_ms][:NAMED]
    rows = [sums[device].row(device) for device in named]
    others = [sums[device] for device in worst if device not in named]
    if others:
        rest = _Sum()
        for one in others:
            rest = rest.and_(one)
        rows.append(rest.row(_all_others(len(others))))
    title = Text("Độ sẵn sàng của thiết bị", "Availability of devices")
    everyone = Text("Độ sẵn sàng của từng thiết bị", "Availability of every device")
    notes = _NOTES if sums else (*_NOTES, _NOTHING)
    return [
        Table("devices", title, _COLUMNS, tuple(rows), notes),
        Table(
            "every_device", everyone, _COLUMNS, tuple(sums[one].row(one) for one in sorted(sums)), detail=True
        ),
    ]


_NOTHING: Final = Text(
    "Nhật ký của kỳ này chưa ghi tình trạng thiết bị.",
    "The journal of this period does not tell yet how devices were.",
)


def _all_others(number: int) -> Text:
    return Text(f"{number} thiết bị khác", f"{number} other devices")


def _sums(devices: Counter[Device], outages: Counter[Outage]) -> dict[str, _Sum]:
    lengths: defaultdict[str, list[int]] = defaultdict(list)
    for outage, count in outages.items():
        lengths[outage.device] += [outage.seconds] * count
    spent: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for key, ms in devices.items():
        spent[key.device][key.what] = ms
    return {
        device: _Sum(**times, outages=len(lengths[device]), longest_s=max(lengths[device], default=0))
        for device, times in spent.items()
    }
