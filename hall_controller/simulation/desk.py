"""An officer at a counter: opens, calls, waits for who was called, serves, pauses and stops, with the counter's keys.

Belongs here: what an officer does next. Whom the counter gets, and whether a key counts, say the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from hall_controller.domain import commands as c
from hall_controller.domain.facts import TicketCalled, TicketResumed
from hall_controller.domain.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hall_controller.domain.rules import Facts
    from hall_controller.simulation.chance import Chance
    from hall_controller.simulation.habits import Officers
    from hall_controller.simulation.shifts import Shift, Stretch
    from hall_controller.simulation.virtual_hall import VirtualHall
    from hall_controller.simulation.visits import Visit

HOLD_AFTER: Final = 0.3
"""The share of a visit after which it shows that a copy is missing."""
STANDS_THERE_MS: Final = 3_000
"""A visitor who stands at the counter needs no longer to sit down."""
PATIENCE_CALLS: Final = 9
"""Nobody calls more often, whatever the rules want before a visitor may be given up."""


@dataclass(slots=True)
class UnderWay:
    """A visitor in the hall, and how far the visit has come."""

    visit: Visit
    left_ms: int | None = None
    """What is left of a visit that was broken off."""
    sent_on: bool = False
    rates: bool = False
    """Whether the rating pad is still to be pressed."""


class Desk:
    """One counter on one day."""

    def __init__(
        self,
        virtual: VirtualHall,
        shift: Shift,
        habits: Officers,
        visitors: Mapping[str, UnderWay],
        chance: Chance,
    ) -> None:
        self.shift = shift
        self.counter = shift.counter
        self._virtual = virtual
        self._habits = habits
        self._visitors = visitors
        self._chance = chance
        self._stretch: Stretch | None = None
        self._pause_ms = 0
        self._back: list[str] = []
        self._looking = False
        self._busy = False

    def plan(self) -> None:
        """Everything that the clock brings."""
        for stretch in self.shift.stretches:
            self._virtual.at(stretch.opens_ms, partial(self._opens, stretch))
            self._virtual.at(stretch.ends_ms, self._look_if_idle)
            self._virtual.at(stretch.stops_ms, self._look_if_idle)
            for begins_ms, length_ms in stretch.pauses:
                self._virtual.at(begins_ms, partial(self._wants_a_pause, length_ms))

    @property
    def idle(self) -> bool:
        """Whether the officer sits there and waits for somebody."""
        return self._stretch is not None and not self._busy and not self._looking

    def notice(self, wait_ms: int) -> None:
        """Somebody may be there for this counter; the officer looks a little later."""
        if self.idle:
            self._looking = True
            self._virtual.after(wait_ms, self._look)

    def notice_soon(self, within_s: tuple[float, float]) -> None:
        """The same, so many seconds later as officers need to notice."""
        if self.idle:
            self.notice(self._chance.between_ms(within_s))

    def comes_back(self, number: str) -> None:
        """A held or missed visitor stands at the counter again."""
        self._back.append(number)
        self.notice(STANDS_THERE_MS)

    def _opens(self, stretch: Stretch) -> None:
        if self.shift.officer is not None and self._virtual.hall.desk(self.counter).officer is None:
            self._virtual.do(c.SignIn(self.counter, self.shift.officer))
        self._virtual.do(c.OpenCounter(self.counter))
        self._stretch, self._pause_ms = stretch, 0
        if not self._busy:
            self.notice(STANDS_THERE_MS)

    def _wants_a_pause(self, length_ms: int) -> None:
        self._pause_ms = length_ms
        self._look_if_idle()

    def _look_if_idle(self) -> None:
        self.notice(0)

    def _look(self) -> None:
        """The officer is free and turns to whoever or whatever is next."""
        self._looking = self._busy = False
        if self._stretch is None:
            return
        over = self._virtual.now_ms >= self._stretch.ends_ms
        if self._pause_ms and not over:
            self._pauses()
        elif self._back and not self._stopped():
            self._takes_back(self._back.pop(0))
        elif self._stopped() or isinstance(answer := self._virtual.do(c.CallNext(self.counter)), Refusal):
            self._nobody(over=over)
        else:
            self._follow(answer, over=over)

    def _stopped(self) -> bool:
        return self._stretch is not None and self._virtual.now_ms >= self._stretch.stops_ms

    def _follow(self, answer: Facts, *, over: bool) -> None:
        """Somebody was called, or the last visit was ended and nobody is there."""
        called = next((fact for fact in answer if isinstance(fact, TicketCalled | TicketResumed)), None)
        if called is None:
            self._nobody(over=over)
        else:
            self._busy = True
            self._wait_for(called.ticket, call=1)

    def _nobody(self, *, over: bool) -> None:
        """Nobody is to be called: the session ends here once its time is over."""
        if not over or (self._virtual.hall.desk(self.counter).held and not self._stopped()):
            return
        if self._stretch is self.shift.stretches[-1]:
            self._virtual.do(c.CloseCounter(self.counter))
            if self.shift.officer is not None:
                self._virtual.do(c.SignOut(self.counter))
        else:
            self._virtual.do(c.PauseCounter(self.counter, "lunch"))
        self._stretch = None

    def _pauses(self) -> None:
        length_ms, self._pause_ms = self._pause_ms, 0
        self._virtual.do(c.PauseCounter(self.counter, "break"))
        stretch, self._stretch = self._stretch, None
        self._virtual.after(length_ms, lambda: self._opens(stretch) if stretch else None)

    def _takes_back(self, number: str) -> None:
        ticket = self._virtual.hall.ticket(number)
        gone = ticket is None or ticket.state not in ("held", "missed")
        if gone or isinstance(answer := self._virtual.do(c.Resume(self.counter, number)), Refusal):
            self._look()
        else:
            self._follow(answer, over=False)

    def _here(self, number: str) -> bool:
        return self._virtual.hall.desk(self.counter).ticket == number

    def _wait_for(self, number: str, call: int) -> None:
        """The number has been called so often: the visitor comes, or is called again, or is missed."""
        visitor = self._visitors[number]
        known = visitor.left_ms is not None or visitor.sent_on
        if known or 0 < visitor.visit.comes_at_call <= call:
            wait_ms = STANDS_THERE_MS if known else visitor.visit.walk_ms
            self._virtual.after(wait_ms, lambda: self._serve(number))
        else:
            wait_ms = self._chance.between_ms(self._habits.recall_after_s)
            self._virtual.after(wait_ms, lambda: self._again(number, call))

    def _again(self, number: str, call: int) -> None:
        if not self._here(number):
            self._next_soon()
        elif call < self._habits.calls or isinstance(self._virtual.do(c.Miss(self.counter)), Refusal):
            self._virtual.do(c.Recall(self.counter))
            if call < PATIENCE_CALLS:
                self._wait_for(number, call + 1)
            else:
                self._next_soon()
        else:
            visitor = self._visitors[number]
            visitor.left_ms = visitor.visit.serve_ms
            if visitor.visit.back_after_ms is not None and not visitor.visit.waits_again:
                self._virtual.after(visitor.visit.back_after_ms, lambda: self.comes_back(number))
            self._next_soon()

    def _serve(self, number: str) -> None:
        visitor = self._visitors[number]
        visit, left_ms = visitor.visit, visitor.left_ms
        if left_ms is None and visit.hold_ms is not None:
            first_ms = round(visit.serve_ms * HOLD_AFTER)
            visitor.left_ms = visit.serve_ms - first_ms
            self._virtual.after(first_ms, lambda: self._hold(number, visit.hold_ms or 0))
        else:
            self._virtual.after(left_ms or visit.serve_ms, lambda: self._end(number))

    def _hold(self, number: str, wait_ms: int) -> None:
        if self._here(number):
            self._virtual.do(c.Hold(self.counter))
            self._virtual.after(wait_ms, lambda: self.comes_back(number))
        self._next_soon()

    def _end(self, number: str) -> None:
        """The visit is over: the visitor is sent on, or the officer presses `complete`, or just `next` later."""
        visitor = self._visitors[number]
        to = visitor.visit.sent_to
        if self._here(number):
            if to is not None and not visitor.sent_on:
                visitor.sent_on = True
                self._virtual.do(c.Transfer(self.counter, to, "another field"))
            elif self._chance.happens(self._habits.complete_key):
                self._virtual.do(c.Complete(self.counter))
        self._next_soon()

    def _next_soon(self) -> None:
        self._virtual.after(self._chance.between_ms(self._habits.between_s), self._look)
