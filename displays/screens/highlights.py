"""Calls waiting for their moment in the large field: each is seen, one after the other, none is skipped.

Pure: it is told the calls and the time, and says which one is large now. A board of calls is state and may hold several
new calls at once; what is new is found here. Times named `at_s` are monotonic seconds, the others the hall's time.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LONGEST_S: Final = 4.0
"""A person who heard the chime needs this long to look up, find the number and read the counter."""
SHORTEST_S: Final = 1.5
"""Below this a number and a counter cannot be read; a burst never gets less."""
BURST_S: Final = 8.0
"""What a burst shares: with many waiting, each gets its part of this, within the two bounds."""
NEWS: Final = timedelta(seconds=10)
"""At start or after a lost connection, older calls are history and only stand in the rows."""
SAME_CALL: Final = timedelta(seconds=20)
"""The same call number of a ticket at a counter, this much later, is another call: of another day, after a transfer."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a ticket to a counter."""

    ticket: str
    counter: str
    name: str
    call: int
    time: datetime


class Highlights:
    """The queue in front of the large field.

    >>> from datetime import UTC
    >>> time = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)
    >>> highlights = Highlights()
    >>> highlights.hear([Call("A012", "5", "5", 1, time), Call("B003", "2", "2", 1, time)], now=time, settled=True)
    >>> highlights.current(100.0).ticket, highlights.current(103.9).ticket, highlights.current(104.1).ticket
    ('A012', 'A012', 'B003')
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[int, datetime]] = {}
        self._waiting: deque[Call] = deque()
        self._current: Call | None = None
        self._began_s = 0.0

    @property
    def waiting(self) -> tuple[Call, ...]:
        """The calls that have not been large yet, next first."""
        return tuple(self._waiting)

    def hear(self, calls: Iterable[Call], *, now: datetime, settled: bool) -> None:
        """Queue what is new among these calls, oldest first.

        `settled` is false for the first board after a start or a lost connection: then only calls of the last `NEWS`
        count as new. Later a call is new however the clocks differ.
        """
        for call in sorted(calls, key=lambda call: call.time):
            if self._is_new(call) and (settled or now - call.time < NEWS):
                self._waiting.append(call)
            self._remember(call)
        self._forget(now)

    def current(self, at_s: float) -> Call | None:
        """The call that is large now; None when every call has had its time."""
        if self._current is not None and at_s >= self._began_s + self._hold_s():
            self._current = None
        if self._current is None and self._waiting:
            self._current = self._waiting.popleft()
            self._began_s = at_s
        return self._current

    def shown_for(self, at_s: float) -> float:
        """Seconds since the current call became large."""
        return at_s - self._began_s

    def ends_s(self) -> float | None:
        """When the current call must make room, as things stand; None when nothing is large."""
        return self._began_s + self._hold_s() if self._current is not None else None

    def _hold_s(self) -> float:
        return max(SHORTEST_S, min(LONGEST_S, BURST_S / (len(self._waiting) + 1)))

    def _is_new(self, call: Call) -> bool:
        known = self._known.get((call.ticket, call.counter))
        return known is None or call.call > known[0] or call.time - known[1] > SAME_CALL

    def _remember(self, call: Call) -> None:
        if self._is_new(call):
            self._known[call.ticket, call.counter] = (call.call, call.time)

    def _forget(self, now: datetime) -> None:
        """A hall calls some hundred tickets an hour; what is twelve hours old is of another day."""
        if len(self._known) > 4096:  # noqa: PLR2004 - more than any business day's half
            self._known = {
                key: seen for key, seen in self._known.items() if now - seen[1] < timedelta(hours=12)
            }
