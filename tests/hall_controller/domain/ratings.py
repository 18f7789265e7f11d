"""Who may rate what, told by the facts alone: beside `places` a second hall to hold the real one against.

Says no to a rating, an invitation or a silence that cannot have followed. Never here: anything taken from the rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Catalogue
from hall_controller.domain.facts import Fact


class Visit(NamedTuple):
    """Where and when a visit ended."""

    counter: str
    ended_at: datetime


@dataclass
class Ratings:
    """One day's visits that have ended, and their ratings."""

    catalogue: Catalogue
    ended: dict[str, Visit] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    """Who may still press, and at which counter."""
    pressed: dict[str, datetime | None] = field(default_factory=dict)
    """When a rated visit was rated first; None: not on a pad."""
    earlier: set[tuple[date, str]] = field(default_factory=set)

    def happen(self, fact: Fact) -> None:
        """Take the fact in; fails when it cannot have happened here."""
        match fact:
            case f.DayOpened():
                assert not self.asked, "somebody is still asked on the day after"
                self.ended, self.pressed, self.earlier = {}, {}, set()
            case f.TicketCompleted():
                self.ended[fact.ticket] = Visit(fact.counter, fact.at)
            case f.TicketResumed():
                assert fact.ticket not in self.pressed, "a visit that was rated goes on"
                self.ended.pop(fact.ticket, None)
                self.asked.pop(fact.ticket, None)
            case f.RatingInvited():
                assert self.ended[fact.ticket] == (fact.counter, fact.at), "asked before the visit has ended"
                assert fact.counter in self.catalogue.rating_pads
                assert fact.ticket not in self.asked
                self.asked[fact.ticket] = fact.counter
            case f.RatingExpired():
                assert self.asked.pop(fact.ticket) == fact.counter
            case f.TicketRated():
                self._rated(fact)
            case _:
                pass

    def _rated(self, fact: f.TicketRated) -> None:
        assert 1 <= fact.score <= fact.levels == self.catalogue.rating.levels
        if fact.day is not None:
            assert (fact.day, fact.ticket) not in self.earlier, "an earlier visit is rated twice"
            self.earlier.add((fact.day, fact.ticket))
            return
        assert (fact.ticket in self.pressed) == fact.replaces, "a visit is rated twice"
        settings = self.catalogue.rating
        since, within_s = self.ended[fact.ticket].ended_at, settings.window_s
        if fact.replaces:
            first = self.pressed[fact.ticket]
            assert first is not None, "the pad takes the place of the code"
            since, within_s = first, settings.change_s
        else:
            self.pressed[fact.ticket] = fact.pressed_at
        if fact.pressed_at is not None:
            assert timedelta(0) <= fact.pressed_at - since <= timedelta(seconds=within_s)
            assert fact.counter == self.ended[fact.ticket].counter
        self.asked.pop(fact.ticket, None)
