"""Ratings of a day: who was asked, who answered with what, which presses did not count and which were odd.

A rating given later with the code counts on the day on which it was given: a day that is over does not change any
more. A changed mind counts once, as it was changed.
"""

from __future__ import annotations

from collections import Counter

from hall_controller.domain import facts as f
from hall_controller.reports.counting.seeing import Seeing
from hall_controller.reports.day_summary import Happening, Refused, Score, Stage


class Ratings(Seeing):
    """Counts ratings while the facts of one day go by."""

    def __init__(self) -> None:
        self._purposes: dict[str, str] = {}
        self._ended: dict[str, str] = {}
        self._rated: dict[str, f.TicketRated] = {}
        self._invited: dict[str, str] = {}
        self._later: Counter[Score] = Counter()
        self.refused: Counter[Refused] = Counter()
        self.happenings: Counter[Happening] = Counter()
        self.ways = {
            f.TicketIssued: self._issued,
            f.TicketCompleted: self._completed,
            f.RatingInvited: self._invite,
            f.TicketRated: self._rate,
            f.PressRefused: self._refuse,
        }

    def scores(self) -> Counter[Score]:
        """The answers that count."""
        return self._later + Counter(_score(rated) for rated in self._rated.values())

    def stages(self) -> Counter[Stage]:
        """Visits, invitations and answers of every stage."""
        found: Counter[Stage] = Counter()
        for what, of in (("visits", self._ended), ("invited", self._invited)):
            for stage in of.values():
                found[Stage(stage, what)] += 1
        for score, count in self.scores().items():
            found[Stage(score.stage, "answered")] += count
        return found

    def _issued(self, fact: f.TicketIssued) -> None:
        self._purposes[fact.ticket] = fact.purpose

    def _completed(self, fact: f.TicketCompleted) -> None:
        self._ended[fact.ticket] = self._purposes.get(fact.ticket, "")

    def _invite(self, fact: f.RatingInvited) -> None:
        self._invited[fact.ticket] = fact.stage

    def _refuse(self, fact: f.PressRefused) -> None:
        self.refused[Refused(fact.command, fact.code)] += 1
        self._flag(fact.flags)

    def _rate(self, fact: f.TicketRated) -> None:
        self._flag(fact.flags)
        if fact.device is None:
            self.happenings[Happening("rated_by_code", fact.stage)] += 1
        if fact.day is None:
            self._rated[fact.ticket] = fact
        else:
            self._later[_score(fact)] += 1

    def _flag(self, flags: tuple[str, ...]) -> None:
        for flag in flags:
            self.happenings[Happening("flags", flag)] += 1


def _score(rated: f.TicketRated) -> Score:
    return Score(rated.stage, rated.officer or "", rated.levels, rated.score)
