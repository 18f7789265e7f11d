"""The sentences of a ticket, in Vietnamese and in English.

Belongs here: words and how a date, a time, a wait and a list of counters are said. Never here: where they stand on the
paper or how large they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

REPRINT: Final = "IN LẠI / REPRINT"
TEST: Final = "IN THỬ · KHÔNG PHẢI SỐ / TEST PAGE"
TEST_VI: Final = "Trang này chỉ để thử máy in, không dùng để gọi số."
TEST_EN: Final = "Only a test of the printer; it is no number."
TEST_LETTERS: Final = "Ệ Ữ Ẳ Ỡ Ặ Ỵ Đ · ệ ữ ẳ ỡ ặ ỵ đ"
TEST_FIGURES: Final = "0123456789"
TRAINING: Final = "TẬP HUẤN · KHÔNG CÓ GIÁ TRỊ"
MISSED_VI: Final = "Nếu lỡ lượt gọi, mời quý khách đến bàn hướng dẫn."
MISSED_EN: Final = "Missed your call? Please ask the guidance desk."
ONLINE_VI: Final = "Lĩnh vực này chỉ nhận hồ sơ trực tuyến. Mời quý khách nộp hồ sơ tại:"
ONLINE_EN: Final = "This service is online only. Please submit your dossier at:"
GUARDED_VI: Final = "Mời đến bàn hướng dẫn"
GUARDED_WHY_VI: Final = "trước, để được xếp vào hàng"
GUARDED_EN: Final = "Guidance desk first: it puts you in line"

WEEKDAYS_VI: Final = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
MINUTE_S: Final = 60
HOUR_MIN: Final = 60
EXACT_UP_TO_MIN: Final = 10
STEP_MIN: Final = 5
"""Above ten minutes an expected wait is told in steps of five: it is no more certain than that."""


def date_vi(moment: datetime) -> str:
    """The day as it is written in the hall.

    >>> date_vi(datetime(2026, 11, 23, 8, 5))
    'Thứ Hai, 23/11/2026'
    """
    return f"{WEEKDAYS_VI[moment.weekday()]}, {moment:%d/%m/%Y}"


def time_vi(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def counters_vi(names: Sequence[str]) -> str:
    """The counters with their word; nothing where there is none.

    >>> counters_vi(("5", "6"))
    'Quầy 5, 6'
    """
    return f"Quầy {', '.join(names)}" if names else ""


def counters_en(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f"{'Counter' if len(names) == 1 else 'Counters'} {', '.join(names)}"


def wait_min(wait_s: int) -> int:
    """The expected wait in minutes, rounded up, in steps of five above ten.

    >>> [wait_min(s) for s in (0, 61, 600, 601, 4000)]
    [1, 2, 10, 15, 70]
    """
    minutes = max(1, -(-wait_s // MINUTE_S))
    return minutes if minutes <= EXACT_UP_TO_MIN else -(-minutes // STEP_MIN) * STEP_MIN


def ahead_vi(ahead: int | None) -> str:
    """How many are called before; what is unknown is not said.

    >>> ahead_vi(3)
    'Trước quý khách: 3 người'
    """
    if ahead is None:
        return ""
    return f"Trước quý khách: {ahead} người" if ahead else "Trước quý khách không còn ai"


def wait_vi(ahead: int | None, wait_s: int | None) -> str:
    """How long it may take; nothing when that is unknown or nobody is ahead.

    >>> wait_vi(3, 840)
    'Chờ khoảng 15 phút'
    """
    return (
        f"Chờ khoảng {_duration(wait_min(wait_s), 'giờ', 'phút')}"
        if wait_s is not None and ahead != 0
        else ""
    )


def ahead_en(ahead: int | None, wait_s: int | None) -> str:
    """Both in English.

    >>> ahead_en(1, 3700)
    '1 person ahead · about 1 h 5 min'
    """
    parts = []
    if ahead is not None:
        people = {0: "Nobody", 1: "1 person"}.get(ahead, f"{ahead} people")
        parts.append(f"{people} ahead")
    if wait_s is not None and ahead != 0:
        parts.append(f"about {_duration(wait_min(wait_s), 'h', 'min')}")
    text = " · ".join(parts)
    return text[:1].upper() + text[1:]


def _duration(minutes: int, hour: str, minute: str) -> str:
    hours, rest = divmod(minutes, HOUR_MIN)
    return " ".join([f"{hours} {hour}"] * bool(hours) + [f"{rest} {minute}"] * bool(rest or not hours))
