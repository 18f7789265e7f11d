"""How often codes may be tried from one place: who asks for what exists is served, who guesses has to wait.

Pure, with the time given. A code that exists costs its place in the minute; an unknown one counts as a guess.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from typing import Final

PER_MINUTE: Final = 20
"""A visitor with a stack of receipts scans one in three seconds."""
GUESSES: Final = 5
"""So many unknown codes from one place, and the next may be tried when the first is GUESS_S old."""
GUESS_S: Final = 60.0
GUESSES_OF_ALL: Final = 60
"""Unknown codes in a minute from the whole hall: more are no typing mistakes."""
PLACES: Final = 1000


class LookupLimit:
    """Remembers what was asked lately from where; `wait_s` is 0 when one more may be asked."""

    def __init__(self) -> None:
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._guessed: OrderedDict[str, deque[float]] = OrderedDict()
        self._all: deque[float] = deque(maxlen=GUESSES_OF_ALL)

    def wait_s(self, place: str, now_s: float) -> float:
        """Seconds until this place may ask again."""
        waits = (
            _until_free(self._asked.get(place), PER_MINUTE, now_s),
            _until_free(self._guessed.get(place), GUESSES, now_s),
            _until_free(self._all, GUESSES_OF_ALL, now_s),
        )
        return max(waits)

    def asked(self, place: str, now_s: float, *, found: bool) -> None:
        """One more was asked there."""
        _add(self._asked, place, PER_MINUTE, now_s)
        if not found:
            _add(self._guessed, place, GUESSES, now_s)
            self._all.append(now_s)


def _until_free(times: deque[float] | None, most: int, now_s: float) -> float:
    if times is None or len(times) < most:
        return 0.0
    return max(0.0, times[0] + GUESS_S - now_s)


def _add(places: OrderedDict[str, deque[float]], place: str, most: int, now_s: float) -> None:
    places.setdefault(place, deque(maxlen=most)).append(now_s)
    places.move_to_end(place)
    if len(places) > PLACES:
        places.popitem(last=False)
