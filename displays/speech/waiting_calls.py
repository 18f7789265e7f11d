"""Which call is spoken next: one at a time, in the order of the calls, nobody twice and nobody late.

    announcement -> take: too late? heard before? replaces an older one? -> next, when the last is over

Pure; `now` is the hall's time. A call whose counter or ticket has moved on while it waited is replaced where it
stands in the row; when many wait, or one would be late, some are spoken in one breath.
"""

from __future__ import annotations

from collections import Counter, deque
from datetime import datetime, timedelta
from typing import Final, Literal

from hall_controller.messages import Announcement

Fate = Literal["waits", "replaces", "late", "twice"]

MANY: Final = 3
"""With more than so many waiting, calls are spoken in one breath, because a call may wait only seconds."""
IN_ONE_BREATH: Final = 3
"""Nobody listens to more numbers in a row."""
ALONE: Final = timedelta(seconds=6)
"""What a call takes with its chime and the pause behind it, in Vietnamese."""


class WaitingCalls:
    """The calls that are still to be spoken; `fates` counts what became of all that came."""

    def __init__(self, many: int = MANY) -> None:
        self._many = many
        self._waiting: list[Announcement] = []
        self._heard: deque[str] = deque(maxlen=256)
        self.fates: Counter[Fate] = Counter()

    def __len__(self) -> int:
        return len(self._waiting)

    def take(self, call: Announcement, now: datetime) -> Fate:
        """A call has come; only one that waits or replaces another will be spoken."""
        fate = self._fate(call, now)
        self.fates[fate] += 1
        return fate

    def _fate(self, call: Announcement, now: datetime) -> Fate:
        if call.id in self._heard:
            return "twice"
        self._heard.append(call.id)
        if call.expires <= now:
            return "late"
        older = [at for at, waiting in enumerate(self._waiting) if _same(waiting, call)]
        self._waiting = [waiting for waiting in self._waiting if not _same(waiting, call)]
        self._waiting.insert(older[0] if older else len(self._waiting), call)
        return "replaces" if older else "waits"

    def next(self, now: datetime) -> list[Announcement]:
        """What is to be spoken now, in one breath: mostly one call, several when many wait, none when nobody does."""
        late = [call for call in self._waiting if call.expires <= now]
        self.fates["late"] += len(late)
        self._waiting = [call for call in self._waiting if call.expires > now]
        hurry = len(self._waiting) > self._many or self._would_be_late(now)
        count = IN_ONE_BREATH if hurry else 1
        spoken, self._waiting = self._waiting[:count], self._waiting[count:]
        return spoken

    def _would_be_late(self, now: datetime) -> bool:
        """Whether somebody's time would be over if everybody before them were called alone."""
        turns = enumerate(self._waiting)
        return any(call.expires <= now + place * ALONE for place, call in turns)


def _same(one: Announcement, other: Announcement) -> bool:
    """Whether the newer of two calls makes the older one wrong: it has the same ticket or the same counter."""
    return one.ticket == other.ticket or one.counter == other.counter
