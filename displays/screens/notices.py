"""The one line at the foot of the screen: texts that take turns without moving, Vietnamese with its English.

Pure. What concerns the visitor who is being called stands there as long as the call is large.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from displays.newest import Newest
from displays.screens import wording
from displays.screens.highlights import Call
from hall_controller.messages import CounterDisplay, Text

KEEP_YOUR_TICKET: Final = Text(
    vi="Quý khách vui lòng giữ phiếu và theo dõi số trên màn hình",
    en="Please keep your ticket and watch this screen",
)


def notice(newest: Newest, texts: Sequence[Text], large: Call | None, turn: int) -> Text | None:
    """What stands there in this turn; `texts` are the screen's own, `large` the call in the large field."""
    if large is not None and (own := _of(newest, large)) is not None:
        return own
    told = [*_notices(newest, texts)]
    return told[turn % len(told)] if told else None


def turn(now: datetime, turn_s: float) -> int:
    """Which turn it is: everything that takes turns does so in the same moment."""
    return int(now.timestamp() // turn_s)


def _of(newest: Newest, call: Call) -> Text | None:
    """The remark on the counter that the call leads to, while it is this call's."""
    display = newest.counters.get(call.counter)
    if display is None or display.notice is None or display.ticket != call.ticket:
        return None
    return _standing_in([call.name], display.notice)


def _notices(newest: Newest, texts: Sequence[Text]) -> Iterator[Text]:
    hall = newest.hall
    told = [*(hall.notices if hall else ()), *texts]
    is_over = hall is not None and not hall.open
    yield from told
    if is_over:
        return
    yield from _stand_ins(newest)
    paused = [_name(counter, display) for counter, display in _by_name(newest) if display.state == "paused"]
    if paused:
        vi, en = wording.paused(paused)
        yield Text(vi=vi, en=en)
    if not told:
        yield KEEP_YOUR_TICKET


def _stand_ins(newest: Newest) -> Iterator[Text]:
    """One sentence for each pair of who stands in for whom."""
    counters = defaultdict[tuple[str, str], list[str]](list)
    for counter, display in _by_name(newest):
        if display.notice is not None and display.state != "closed":
            counters[display.notice.vi, display.notice.en].append(_name(counter, display))
    for (vi, en), names in counters.items():
        yield _standing_in(names, Text(vi=vi, en=en))


def _standing_in(names: list[str], remark: Text) -> Text:
    vi, en = wording.standing_in(names, remark.vi, remark.en)
    return Text(vi=vi, en=en)


def _by_name(newest: Newest) -> list[tuple[str, CounterDisplay]]:
    """The counters as people count: 2 before 10."""
    return sorted(newest.counters.items(), key=lambda known: (len(_name(*known)), _name(*known)))


def _name(counter: str, display: CounterDisplay) -> str:
    return display.name or counter
