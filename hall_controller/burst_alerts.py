"""Tells technician and guidance desk that numbers are being taken in a burst, and takes it back when it is over.

Translates the hall's state into an alert and decides nothing: what a burst is, and whether numbers are held at the
desk, says `domain.dispenser`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.domain.dispenser import bursts, on_guard
from hall_controller.messages import Text

if TYPE_CHECKING:
    from datetime import datetime

    from hall_controller.domain.hall import Hall
    from hall_controller.health import Health

UNGUARDED: Final = "burst"
GUARDED: Final = "burst-guarded"


def look(hall: Hall, at: datetime, health: Health) -> None:
    """Raise or end the alert; at most one of the two holds. Cheap, to be called as often as one likes."""
    sources = bursts(hall, at)
    here = bool(sources) or hall.guarded_since is not None
    guarded = on_guard(hall)
    for code, holds in ((UNGUARDED, here and not guarded), (GUARDED, here and guarded)):
        if holds:
            health.raise_alert(code, "warning", _text(sources or hall.bursting, guarded=guarded))
        else:
            health.end_alert(code)


def _text(sources: frozenset[str], *, guarded: bool) -> Text:
    names = ", ".join(sorted(sources))
    vi = f"Số được lấy dồn dập ở {names}" if names else "Số được lấy dồn dập"
    en = f"Numbers are being taken in a burst at {names}" if names else "Numbers are being taken in a burst"
    if guarded:
        return Text(
            vi=f"{vi}. Chế độ kiểm soát cấp số đang bật: bàn hướng dẫn gặp từng người rồi mới cho số vào hàng.",
            en=f"{en}. Guard mode is on: the guidance desk sees each visitor, then releases the number.",
        )
    return Text(
        vi=f"{vi}: hãy đến xem. Nếu không phải khách thật, bật chế độ kiểm soát cấp số ở bàn hướng dẫn.",
        en=f"{en}: go and look. Unless they are real visitors, turn guard mode on at the guidance desk.",
    )
