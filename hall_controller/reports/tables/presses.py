"""Presses that did not count, with the reason, and presses that were odd and counted all the same.

Told and never corrected. Which presses are odd is decided in `domain.flags`.
"""

from __future__ import annotations

from collections import Counter

from hall_controller.domain.catalogue import Text
from hall_controller.domain.refusals import TEXTS
from hall_controller.reports.table import Table
from hall_controller.reports.tables.sources import Sources, column


def tables(sources: Sources) -> list[Table]:
    whole = sources.period.whole
    refused = Table(
        "refused_presses",
        Text("Lần bấm bị từ chối", "Presses that were refused"),
        (
            column("command", "Lệnh", "Command"),
            column("code", "Mã lý do", "Code"),
            column("reason", "Lý do", "Reason"),
            column("count", "Số lần", "Times", "count"),
        ),
        tuple(
            (key.command, key.code, TEXTS.get(key.code, Text(key.code, key.code)), count)
            for key, count in whole.refused.most_common()
        ),
    )
    flags = Counter({key.whom: count for key, count in whole.happenings.items() if key.what == "flags"})
    flagged = Table(
        "flagged_presses",
        Text("Lần bấm đánh giá bất thường", "Odd presses on rating pads"),
        (
            column("flag", "Dấu hiệu", "Flag"),
            column("count", "Số lần", "Times", "count"),
        ),
        tuple(flags.most_common()),
    )
    return [refused, flagged]
