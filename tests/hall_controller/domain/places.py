"""Where every number of the day stands, told by the facts alone, in the slow and plain way.

A second, simpler hall to hold the real one against: it knows places and no more, and says no to a fact that cannot
have followed. Never here: anything taken over from `hall_controller.domain.hall`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Catalogue
from hall_controller.domain.facts import Fact


class Place(NamedTuple):
    """In a queue, at a desk, held by a desk, sent to a desk, held at the guidance desk, missed or ended."""

    kind: Literal["queue", "desk", "held", "sent", "guarded", "missed", "ended"]
    where: str = ""


HERE = ("queue", "desk", "held", "sent", "guarded")
ENDED = Place("ended")


@dataclass
class Places:
    """One day's numbers, in the order in which they were given out."""

    catalogue: Catalogue
    days: list[date] = field(default_factory=list)
    place: dict[str, Place] = field(default_factory=dict)
    priority: dict[str, str | None] = field(default_factory=dict)
    turn: dict[str, Fraction] = field(default_factory=dict)
    """Who has the lesser one is called first among those of one queue and class."""
    rung: set[str] = field(default_factory=set)
    status: dict[str, str] = field(default_factory=dict)
    calls: list[tuple[str, str, int]] = field(default_factory=list)
    skipped: dict[str, int] = field(default_factory=dict)
    ended: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The last two visits that ended at a counter: who comes back may end the visit of the one who is there."""
    guard: bool = False

    def happen(self, fact: Fact) -> None:  # noqa: C901, PLR0912, PLR0915 - one case a fact
        """Take the fact in; fails when it cannot have happened here."""
        match fact:
            case f.DayOpened():
                self._new_day(fact)
            case f.DayCorrected():
                assert fact.day > self.days[-1], "a business day goes back or begins twice"
                assert any(place.kind in HERE for place in self.place.values()), "corrected for nobody"
                self.days.append(fact.day)
            case f.NumbersSkipped():
                self.skipped[fact.queue] = fact.last_number
            case f.TicketIssued():
                self._issued(fact)
            case f.GuardTurned():
                assert self.guard != fact.on
                self.guard = fact.on
            case f.TicketGuarded():
                assert self.guard
                assert self.place[fact.ticket].kind == "queue"
                self.place[fact.ticket] = Place("guarded", self.place[fact.ticket].where)
            case f.TicketReleased():
                self._released(fact)
            case f.TicketCalled():
                self._may_call(fact)
                self._comes(fact.ticket, fact.counter, 1)
            case f.TicketResumed():
                last_two = self.ended.get(fact.counter, ())
                ended_here = fact.ticket in last_two and self.place[fact.ticket] == ENDED
                assert ended_here or self.place[fact.ticket] in (Place("held", fact.counter), Place("missed"))
                self._comes(fact.ticket, fact.counter, 1)
            case f.TicketRecalled():
                assert self.place[fact.ticket] == Place("desk", fact.counter)
                earlier = [call for ticket, _, call in self.calls if ticket == fact.ticket]
                assert fact.call == earlier[-1] + 1
                self.calls.append((fact.ticket, fact.counter, fact.call))
            case f.ServiceStarted():
                assert self.place[fact.ticket] == Place("desk", fact.counter)
            case f.TicketCompleted():
                self._goes(fact.ticket, fact.counter, ENDED)
                self.ended[fact.counter] = (*self.ended.get(fact.counter, ())[-1:], fact.ticket)
            case f.TicketMissed():
                self._goes(fact.ticket, fact.counter, Place("missed"))
            case f.TicketRequeued():
                self._requeued(fact)
            case f.TicketHeld():
                self._goes(fact.ticket, fact.counter, Place("held", fact.counter))
            case f.TicketTransferred():
                assert (fact.to_queue is None) != (fact.to_counter is None)
                to = Place("queue", fact.to_queue) if fact.to_queue else Place("sent", fact.to_counter or "")
                if fact.reason == "counter_closed":
                    assert self.place[fact.ticket] in (
                        Place("held", fact.counter),
                        Place("sent", fact.counter),
                    )
                    self.place[fact.ticket] = to
                else:
                    self._goes(fact.ticket, fact.counter, to)
            case f.TicketVoided():
                kinds = ("missed",) if fact.reason == "no_show" else HERE
                assert self.place[fact.ticket].kind in kinds
                self.place[fact.ticket] = ENDED
            case f.BellRung():
                self.rung.add(fact.counter)
            case f.BellAnswered():
                self.rung.remove(fact.counter)
            case f.CounterOpened():
                self.status[fact.counter] = "open"
            case f.CounterPaused():
                self._empties(fact.counter, "paused")
            case f.CounterClosed():
                self._empties(fact.counter, "closed")
            case _:
                pass

    def _new_day(self, fact: f.DayOpened) -> None:
        assert not self.days or fact.day > self.days[-1], "a business day goes back or begins twice"
        assert not [n for n, place in self.place.items() if place.kind in HERE], "visitors lost at midnight"
        assert set(self.status.values()) <= {"closed"}, "a counter is open over night"
        self.days.append(fact.day)
        self.place, self.priority, self.status, self.calls, self.skipped = {}, {}, {}, [], {}
        self.ended, self.turn, self.rung = {}, {}, set()
        self.guard = self.catalogue.dispenser.guard

    def _issued(self, fact: f.TicketIssued) -> None:
        assert fact.ticket not in self.place, f"{fact.ticket} given out twice on {self.days[-1]}"
        assert int(fact.ticket[1:]) > self.skipped.get(fact.queue, 0), (
            f"{fact.ticket} may be on paper already"
        )
        assert fact.ticket[0] == self.catalogue.queues[fact.queue].letter
        self.place[fact.ticket] = Place("queue", fact.queue)
        self.priority[fact.ticket] = fact.priority
        self.turn[fact.ticket] = Fraction(len(self.turn))

    def line(self, queue: str) -> list[str]:
        """Who waits in the queue, by turn; of two with the same turn who came first."""
        waiting = [number for number, place in self.place.items() if place == Place("queue", queue)]
        return sorted(waiting, key=lambda number: self.turn[number])

    def _released(self, fact: f.TicketReleased) -> None:
        """Behind everybody who waits, wherever that is, and before who comes next."""
        place = self.place[fact.ticket]
        assert place.kind == "guarded"
        others = [self.turn[number] for number, at in self.place.items() if at.kind == "queue"]
        self.turn[fact.ticket] = (max([*others, Fraction(len(self.turn) - 1)]) + len(self.turn)) / 2
        self.place[fact.ticket] = Place("queue", place.where)

    def _requeued(self, fact: f.TicketRequeued) -> None:
        """Between the one behind whom the visitor stands and the next, or before the first."""
        assert self.place[fact.ticket] == Place("missed")
        line = self.line(fact.queue)
        at = line.index(fact.after) + 1 if fact.after else 0
        end = self.turn[line[at]] if at < len(line) else Fraction(len(self.turn))
        own = self.turn[fact.ticket]
        begin = self.turn[fact.after] if fact.after else min(own, end) - 1
        self.turn[fact.ticket] = own if begin < own < end else (begin + end) / 2
        self.place[fact.ticket] = Place("queue", fact.queue)

    def _may_call(self, fact: f.TicketCalled) -> None:
        """The visitor waits for this counter, and nobody of the same queue and class came earlier."""
        place = self.place[fact.ticket]
        serves = [Place("queue", queue) for queue in self.catalogue.counters[fact.counter].queues]
        assert place in (Place("sent", fact.counter), *serves), (
            f"{fact.ticket} does not wait for {fact.counter}"
        )
        if fact.out_of_order:
            assert self.catalogue.calls.cherry_pick
            return
        mine = self.priority[fact.ticket]
        alike = [n for n in self.place if self.place[n] == place and self.priority[n] == mine]
        if place.kind == "sent":
            alike = [n for n in self.place if self.place[n] == place]
        first = min(alike, key=lambda number: self.turn[number])
        assert fact.ticket == first, f"{fact.ticket} is called before {first}"

    def _comes(self, ticket: str, counter: str, call: int) -> None:
        assert self.status.get(counter) == "open", "called to a counter that is not open"
        assert Place("desk", counter) not in self.place.values(), "two visitors at one counter"
        self.place[ticket] = Place("desk", counter)
        self.calls.append((ticket, counter, call))

    def _goes(self, ticket: str, counter: str, to: Place) -> None:
        assert self.place[ticket] == Place("desk", counter), f"{ticket} is not at counter {counter}"
        self.place[ticket] = to

    def _empties(self, counter: str, status: str) -> None:
        there = [Place("desk", counter)]
        if status == "closed":
            there += [Place("held", counter), Place("sent", counter)]
        assert not set(there) & set(self.place.values()), f"a visitor at a {status} counter"
        self.status[counter] = status

    def board(self, lines: int) -> list[tuple[str, str, int]]:
        """The last calls, newest first, each ticket once."""
        newest: dict[str, tuple[str, str, int]] = {}
        for call in reversed(self.calls):
            newest.setdefault(call[0], call)
        return list(newest.values())[:lines]


def tell(catalogue: Catalogue, happened: Iterable[Fact]) -> Places:
    """Where everybody stands after these facts."""
    places = Places(catalogue)
    for fact in happened:
        places.happen(fact)
    return places
