"""A counter's day so far, for the officer who sits there: the day's facts in, sums out; pure.

Nothing of a single visit, and no score that could be put down to one: scores come in whole groups of five.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.domain import facts as f
from hall_controller.web.counter_bodies import CounterDay, Pause, ScoresReleased

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hall_controller.domain.facts import Fact

GROUP: Final = 5
"""As in the reports: fewer scores than these could be put down to one visitor."""


def counter_day(facts: Iterable[Fact], counter: str, now: datetime, levels: int) -> CounterDay:
    """What the facts of a day since its opening say about one counter; `now` ends a pause that lasts."""
    day = _Day()
    for fact in facts:
        if getattr(fact, "counter", None) == counter:
            day.hear(fact)
    pauses = day.pauses
    return CounterDay(
        served=len(day.took_s),
        mean_s=round(sum(day.took_s) / len(day.took_s)) if day.took_s else None,
        missed=day.missed,
        sent_on=day.sent_on,
        pauses=pauses,
        paused_s=round(sum(max(0.0, ((p.until or now) - p.since).total_seconds()) for p in pauses)),
        opened_at=day.opened_at,
        closed_at=day.closed_at,
        ratings=_rated(list(day.scores.values())),
        levels=levels,
    )


class _Day:
    """Counts the facts of one counter."""

    def __init__(self) -> None:
        self.took_s: list[float] = []
        self.missed = self.sent_on = 0
        self.pauses: list[Pause] = []
        self.opened_at: datetime | None = None
        self.closed_at: datetime | None = None
        self.scores: dict[str, int] = {}
        self._called_at: dict[str, datetime] = {}

    def hear(self, fact: Fact) -> None:
        match fact:
            case f.TicketCalled() | f.TicketResumed():
                self._called_at[fact.ticket] = fact.at
            case f.TicketCompleted():
                self.took_s.append((fact.at - self._called_at.get(fact.ticket, fact.at)).total_seconds())
            case f.TicketMissed():
                self.missed += 1
            case f.TicketTransferred():
                self.sent_on += 1
            case f.TicketRated(day=None):
                self.scores[fact.ticket] = fact.score
            case f.CounterOpened() | f.CounterPaused() | f.CounterClosed():
                self._turned(fact)
            case _:
                pass

    def _turned(self, fact: f.CounterOpened | f.CounterPaused | f.CounterClosed) -> None:
        if self.pauses and self.pauses[-1].until is None:
            self.pauses[-1] = self.pauses[-1].model_copy(update={"until": fact.at})
        self.closed_at = None
        match fact:
            case f.CounterOpened():
                self.opened_at = self.opened_at or fact.at
            case f.CounterPaused():
                self.pauses.append(Pause(since=fact.at, until=None, reason=fact.reason))
            case f.CounterClosed():
                self.closed_at = fact.at


def _rated(scores: list[int]) -> ScoresReleased | None:
    """The scores of the first whole groups: the mean of one more would tell the one."""
    whole = scores[: len(scores) - len(scores) % GROUP]
    return ScoresReleased(scores=len(whole), mean=round(sum(whole) / len(whole), 1)) if whole else None
