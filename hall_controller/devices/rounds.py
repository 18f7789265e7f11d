"""Whom to ask next on a line of units that speak only when asked, so that a dead one does not slow the others down.

    round   1 2 3 | 1 2 3 +7 | 1 2 3 | 1 2 3 +9 |      7 and 9 are lost: at most one of them a round, each once a second

Pure: times are given. Never here: bytes, ports, and what a unit says.
"""

from __future__ import annotations

from typing import Final

MISSES: Final = 5
"""Where noise eats every third answer, one round in 240 sees a unit miss five in a row."""
LOST_AGAIN_S: Final = 1.0


class Rounds:
    """The units of one line by their place, and who of them answers."""

    def __init__(self, units: int) -> None:
        self._misses = [MISSES - 1] * units  # a unit that was never heard has no credit
        self._answers: dict[int, bool] = {}
        self._asked_s = [0.0] * units
        self._queue: list[int] = []

    def next(self, now_s: float) -> int | None:
        """The place of the unit to ask now; None when all are lost and none is due."""
        if not self._queue:
            self._queue = [place for place in range(len(self._misses)) if not self.lost(place)]
            due = [place for place in range(len(self._misses)) if self._due(place, now_s)]
            self._queue += sorted(due, key=lambda place: self._asked_s[place])[:1]
        return self._queue.pop(0) if self._queue else None

    def asked(self, place: int, *, answered: bool, now_s: float) -> bool | None:
        """How it went; True when the unit is there and was not before, False when it is lost now, else None."""
        self._asked_s[place] = now_s
        before = self._answers.get(place)
        if answered:
            self._misses[place] = 0
            self._answers[place] = True
            return True if before is not True else None
        self._misses[place] += 1
        if self._misses[place] >= MISSES and before is not False:
            self._answers[place] = False
            return False
        return None

    def lost(self, place: int) -> bool:
        """Whether the unit did not answer when it should have."""
        return self._answers.get(place) is False

    def _due(self, place: int, now_s: float) -> bool:
        return self.lost(place) and now_s >= self._asked_s[place] + LOST_AGAIN_S
