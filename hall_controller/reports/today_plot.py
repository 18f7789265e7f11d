"""The plot of a day's waits by half hour, with the national targets, in one language.

What a wait is stands in `today`, where ink goes in `plots`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import Text
from hall_controller.reports.plots import Mark, Series, plot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hall_controller.reports.today import Waits

TITLE: Final = Text("Thời gian chờ theo nửa giờ lấy số", "Waits by half hour of arrival")
P90: Final = Text("9/10 khách chờ không quá (p90)", "nine in ten wait at most (p90)")
P50: Final = Text("trung vị (p50)", "median (p50)")
MINUTES: Final = Text("phút", "min")
TARGETS: Final = ((30, 2022), (15, 2025))
"""Mean waits in minutes, and from when on: Decision 468/QD-TTg."""


def waits_plot(by_half_hour: Mapping[int, Waits], of: str, language: str) -> str:
    """SVG; `of` names the field, or the whole hall."""

    def said(text: Text) -> str:
        return text.en if language == "en" else text.vi

    series = [
        Series(said(P90), tuple(waits.p90 for waits in by_half_hour.values()), line=True),
        Series(said(P50), tuple(waits.p50 for waits in by_half_hour.values()), line=True),
    ]
    marks = [Mark(f"{minutes} {said(MINUTES)} ({year})", minutes) for minutes, year in TARGETS]
    labels = [clock(half) for half in by_half_hour]
    return plot(f"{of}: {said(TITLE)}", said(MINUTES), labels, series, marks)


def clock(half_hour: int) -> str:
    """The half hour as people write it.

    >>> clock(15)
    '07:30'
    """
    return f"{half_hour // 2:02}:{half_hour % 2 * 30:02}"
