"""How satisfied visitors are, by stage: who was asked, who answered, and how sure the share is.

No share without its interval and its response rate, and no single score of an officer: those are released in whole
groups. What looks wrong with scores stands in `implausible`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from hall_controller.domain import facts as f

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from hall_controller.domain.facts import Fact

HEADLINE_STAGE: Final = "collect"
"""Who has the result in hand can judge; who has just handed in a dossier cannot."""
Z_95: Final = 1.959963984540054
GROUP: Final = 5
"""Fewer scores than these could be put down to one visitor."""


class Interval(NamedTuple):
    """The least and the greatest share that a count is compatible with."""

    low: float
    high: float


class Visit(NamedTuple):
    """A ticket of a business day."""

    day: date
    ticket: str


@dataclass(slots=True)
class Stage:
    """One stage's visits: ended, asked on a pad, answered in any way, and satisfied."""

    visits: int = 0
    invited: int = 0
    answered: int = 0
    satisfied: int = 0

    @property
    def response(self) -> float | None:
        """Share of all visits that were rated."""
        return min(1.0, self.answered / self.visits) if self.visits else None

    @property
    def satisfied_95(self) -> Interval:
        return wilson(self.satisfied, self.answered)

    @property
    def not_satisfied_95(self) -> Interval:
        return wilson(self.answered - self.satisfied, self.answered)


def wilson(count: int, of: int, z: float = Z_95) -> Interval:
    """The interval of a share `count / of` after E. B. Wilson (JASA 22, 1927); of nothing, anything is possible.

    >>> round(wilson(0, 5251).high * 100, 3)
    0.073
    """
    if of == 0:
        return Interval(0.0, 1.0)
    share, weight = count / of, z * z / of
    middle = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * sqrt(share * (1 - share) / of + weight / (4 * of))
    return Interval(0.0 if count == 0 else middle - half, 1.0 if count == of else middle + half)


def is_satisfied(score: int, levels: int) -> bool:
    """The ministry's table of two levels, from any scale of 2 to 5: satisfied is what lies above the scale's middle.

    2: level 2; 3: level 3; 4: levels 3 and 4; 5: levels 4 and 5. "Neither" is not satisfied.
    """
    return 2 * score > levels + 1


def counted(facts: Iterable[Fact]) -> dict[Visit, f.TicketRated]:
    """The rating of each visit that counts, in the order given: the last one, when a mind was changed."""
    today: date | None = None
    found: dict[Visit, f.TicketRated] = {}
    for fact in facts:
        match fact:
            case f.DayOpened() | f.DayCorrected():
                today = fact.day
            case f.TicketRated():
                day = fact.day or today
                if day is not None:
                    found[Visit(day, fact.ticket)] = fact
            case _:
                pass
    return found


def by_stage(facts: Sequence[Fact]) -> dict[str, Stage]:
    """The figures of every stage in which a visit ended or was rated."""
    stages: dict[str, Stage] = {}
    today: date | None = None
    purpose: dict[str, str] = {}
    ended: dict[Visit, str] = {}
    invited: dict[Visit, str] = {}
    for fact in facts:
        match fact:
            case f.DayOpened():
                today, purpose = fact.day, {}
            case f.DayCorrected():
                today = fact.day
            case f.TicketIssued():
                purpose[fact.ticket] = fact.purpose
            case f.TicketCompleted() if today is not None:
                ended[Visit(today, fact.ticket)] = purpose.get(fact.ticket, "")
            case f.RatingInvited() if today is not None:
                invited[Visit(today, fact.ticket)] = fact.stage
            case _:
                pass
    for stage in ended.values():
        stages.setdefault(stage, Stage()).visits += 1
    for stage in invited.values():
        stages.setdefault(stage, Stage()).invited += 1
    for rated in counted(facts).values():
        of_stage = stages.setdefault(rated.stage, Stage())
        of_stage.answered += 1
        of_stage.satisfied += is_satisfied(rated.score, rated.levels)
    return stages


def released(scores: Sequence[int], group: int = GROUP) -> list[Counter[int]]:
    """An officer's scores from the first one on, oldest first, as groups without order; the rest is still withheld.

    Give all scores of the officer, whatever days a report is about: groups that moved with the days could be taken
    apart by asking for one day more.
    """
    whole = len(scores) - len(scores) % group
    return [Counter(scores[start : start + group]) for start in range(0, whole, group)]
