"""A hall in virtual time: the real rules, a clock that jumps from one event to the next, and nobody who sleeps.

Belongs here: time, and the one way in which a command becomes facts. Never here: who presses what.
"""

from __future__ import annotations

import heapq
import itertools
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from hall_controller.domain.commands import Command, Now, Tick
from hall_controller.domain.hall import Hall, evolve
from hall_controller.domain.refusals import Refusal
from hall_controller.domain.rules import Facts, decide

if TYPE_CHECKING:
    from collections.abc import Callable

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.domain.facts import Fact

    Action = Callable[[], object]
    Listener = Callable[[Fact], None]


class VirtualHall:
    """One hall and its clock; times are milliseconds since the midnight of the day."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.hall = Hall(catalogue)
        self.now_ms = 0
        self.facts: list[Fact] = []
        """What has happened since `begin`."""
        self.refused: dict[str, int] = {}
        """How often the rules said no, by the code of the refusal."""
        self._midnight = datetime(2000, 1, 1, tzinfo=UTC)
        self._due: list[tuple[int, int, Action]] = []
        self._order = itertools.count()
        self._listener: Listener | None = None

    @property
    def now(self) -> Now:
        return Now(self._midnight + timedelta(milliseconds=self.now_ms))

    def begin(self, day: date, listener: Listener | None = None) -> None:
        """Midnight; whatever was still to come is forgotten, and the listener hears of every fact from now on."""
        self._midnight = datetime.combine(day, time.min, self.hall.catalogue.timezone).astimezone(UTC)
        self._due, self._listener = [], listener
        self.now_ms, self.facts = 0, []

    def at(self, moment_ms: int, action: Action) -> None:
        """Let it happen then, or now when that is over; what is due at the same moment happens in the order given."""
        heapq.heappush(self._due, (max(moment_ms, self.now_ms), next(self._order), action))

    def after(self, wait_ms: int, action: Action) -> None:
        self.at(self.now_ms + wait_ms, action)

    def run(self) -> None:
        """Everything that is due, one after the other, until nothing is."""
        while self._due:
            self.now_ms, _, action = heapq.heappop(self._due)
            action()

    def tick(self) -> None:
        self.do(Tick())

    def do(self, command: Command) -> Facts | Refusal:
        """What follows from the command, which has then happened."""
        answer = decide(self.hall, command, self.now)
        if isinstance(answer, Refusal):
            self.refused[answer.code] = self.refused.get(answer.code, 0) + 1
            return answer
        for fact in answer:
            self.hall = evolve(self.hall, fact)
        self.facts += answer
        if self._listener is not None:
            for fact in answer:
                self._listener(fact)
        return answer
