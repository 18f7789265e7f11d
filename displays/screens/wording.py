"""The words of the hall screen, Vietnamese first.

Pure. Sentences speak to the visitor with respect; dates and times are written as people in Viet Nam write them.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import Final

WEEKDAYS: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
WEEKDAYS_EN: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WAIT_STEP_MIN: Final = 5
"""An expected wait is told in steps: a finer one would promise what nobody can keep."""


def date(day: datetime) -> str:
    """A day, as in `Thứ Hai, 23/11/2026`.

    >>> date(datetime(2026, 11, 23))
    'Thứ Hai, 23/11/2026'
    """
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"


def opening(opens: datetime | None, now: datetime) -> tuple[str, str]:
    """When the hall opens again, in both languages; both in the hall's time zone.

    >>> opening(datetime(2026, 11, 24, 7, 30), datetime(2026, 11, 23, 17, 5))
    ('Mở cửa lúc 07:30, Thứ Ba, 24/11/2026', 'Opens at 07:30 on Tuesday, 24/11/2026')
    """
    if opens is None:
        return "Mời quý khách quay lại vào ngày làm việc", "Please come back on a working day"
    if opens.date() == now.date():
        return f"Mở cửa lúc {opens:%H:%M} hôm nay", f"Opens today at {opens:%H:%M}"
    english = f"Opens at {opens:%H:%M} on {WEEKDAYS_EN[opens.weekday()]}, {opens:%d/%m/%Y}"
    return f"Mở cửa lúc {opens:%H:%M}, {date(opens)}", english


def stale(since: datetime | None) -> tuple[str, str]:
    """Since when the hall is silent; empty while it is not."""
    if since is None:
        return "", ""
    return (
        f"Mất kết nối từ {since:%H:%M}, mời quý khách hỏi bàn hướng dẫn",
        f"No connection since {since:%H:%M}, please ask at the guidance desk",
    )


def wait(seconds: int | None) -> str:
    """An expected wait, rounded up to five minutes; empty when it is not known.

    >>> wait(700), wait(100), wait(None)
    ('~15 phút', '<5 phút', '')
    """
    if seconds is None:
        return ""
    minutes = math.ceil(seconds / 60 / WAIT_STEP_MIN) * WAIT_STEP_MIN
    return f"<{WAIT_STEP_MIN} phút" if minutes <= WAIT_STEP_MIN else f"~{minutes} phút"


def standing_in(counters: list[str], vi: str, en: str) -> tuple[str, str]:
    """Who stands in for whom, at which counters.

    >>> standing_in(["5", "6"], "Bưu điện tỉnh tiếp nhận thay Sở Y tế", "Post Office for Department of Health")
    ('Quầy 5, 6: Bưu điện tỉnh tiếp nhận thay Sở Y tế', 'Counters 5, 6: Post Office for Department of Health')
    """
    names = ", ".join(counters)
    return f"Quầy {names}: {vi}", f"{_counters(counters)} {names}: {en}" if en else ""


def paused(counters: list[str]) -> tuple[str, str]:
    """Which counters are paused.

    >>> paused(["3"])
    ('Quầy 3 tạm dừng, quý khách vui lòng chờ', 'Counter 3 is paused, please wait')
    """
    names = ", ".join(counters)
    verb = "is" if len(counters) == 1 else "are"
    return (
        f"Quầy {names} tạm dừng, quý khách vui lòng chờ",
        f"{_counters(counters)} {names} {verb} paused, please wait",
    )


def _counters(counters: list[str]) -> str:
    return "Counter" if len(counters) == 1 else "Counters"
