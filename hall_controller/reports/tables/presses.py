"""Presses that did not count, with the reason, and presses that were odd and counted all the same.

Told and never corrected. Which presses are odd is decided in `domain.flags`.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from hall_controller.domain.catalogue import Text
from hall_controller.domain.refusals import TEXTS
from hall_controller.reports.table import Table
from hall_controller.reports.tables.sources import Sources, column

FLAGS: Final = {
    "no_ticket": Text("không có khách nào đang được mời hay phục vụ", "nobody was asked and nobody served"),
    "during_service": Text("đang phục vụ một khách khác", "somebody was being served at the counter"),
    "near_officer_key": Text("trong 2 giây quanh phím của cán bộ", "within 2 s of the officer's own key"),
    "streak": Text(
        "cùng một điểm mười lần liền trong một giờ", "the same score ten times in a row in an hour"
    ),
}


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
            column("flag", "Mã", "Id", "id"),
            column("what", "Dấu hiệu", "What is odd"),
            column("count", "Số lần", "Times", "count"),
        ),
        tuple((flag, FLAGS.get(flag, Text(flag, flag)), count) for flag, count in flags.most_common()),
    )
    return [refused, flagged]
