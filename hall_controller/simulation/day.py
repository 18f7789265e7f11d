"""One day of the hall: visitors and officers meet, and what follows is written down by the real rules.

Belongs here: what visitors do, and who notices what. What officers do stands in desk, the rules in the domain.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from hall_controller.domain import commands as c
from hall_controller.domain import facts as f
from hall_controller.domain.opening import sessions
from hall_controller.domain.refusals import Refusal
from hall_controller.simulation.chance import Chance
from hall_controller.simulation.desk import Desk, UnderWay
from hall_controller.simulation.equipment import KIOSK, PRINTER, Equipment
from hall_controller.simulation.visits import HANDING_IN, open_services, since_midnight_ms

if TYPE_CHECKING:
    from hall_controller.simulation.habits import Habits
    from hall_controller.simulation.shifts import Shift
    from hall_controller.simulation.virtual_hall import VirtualHall
    from hall_controller.simulation.visits import Visit

LOOKS_AT_CLOCK_MS: Final = 5 * 60_000
"""A real controller does so every second; what is due at a known moment is looked at then."""
TRY_AGAIN_MS: Final = 5_000
TRIES: Final = 60
REPRINT_AFTER_MS: Final = 40_000
THROTTLED: Final = frozenset({"too_fast", "too_many"})


class Day:
    """A day to be played once; with `ratings`, exactly so many are wanted, and who may not rate is stood in for.

    Without `equipment` nothing is known of devices, and the printer prints.
    """

    def __init__(
        self,
        virtual: VirtualHall,
        habits: Habits,
        day: date,
        ratings: int | None = None,
        equipment: Equipment | None = None,
    ) -> None:
        self._virtual = virtual
        self._equipment = equipment
        self._habits = habits
        self._day = day
        self._visitors: dict[str, UnderWay] = {}
        self._desks: list[Desk] = []
        self._guidance = Chance(day, "guidance desk")
        self._best_score = virtual.hall.catalogue.rating.levels
        self._wanted = ratings
        self._to_give = 0
        """Ratings that nobody is planned to give."""
        self.owed = 0
        """Ratings that were wanted on this day and not given."""
        self.turned_away = 0

    def play(self, visits: list[Visit], shifts: list[Shift], seed: int) -> None:
        """From midnight until the last counter has closed."""
        virtual = self._virtual
        virtual.begin(self._day, self._hear)
        virtual.tick()
        if self._equipment is not None:
            self._equipment.plan()
        if self._wanted is not None:
            self._to_give = self._wanted - sum(visit.score is not None for visit in visits)
        self._desks = [
            Desk(
                virtual,
                shift,
                self._habits.officers,
                self._visitors,
                Chance(seed, self._day, "desk", shift.counter),
            )
            for shift in shifts
        ]
        self._guidance = Chance(seed, self._day, "guidance desk")
        self._clock_ticks(shifts)
        for desk in self._desks:
            desk.plan()
        for visit in visits:
            virtual.at(visit.at_ms, partial(self._take, visit))
        virtual.run()
        if self._wanted is not None:
            self.owed = self._wanted - sum(isinstance(fact, f.TicketRated) for fact in virtual.facts)

    def _clock_ticks(self, shifts: list[Shift]) -> None:
        """The controller looks at its clock every few minutes, and when a session begins or ends."""
        moments = {
            since_midnight_ms(
                self._day, datetime.combine(self._day, time, self._virtual.hall.catalogue.timezone)
            )
            for service in open_services(self._virtual.hall.catalogue, self._day).values()
            for session in sessions(self._virtual.hall.catalogue, service, self._day)
            for time in (session.start, session.end)
        }
        if shifts:
            first_ms = min(shift.stretches[0].opens_ms for shift in shifts)
            last_ms = max(shift.stretches[-1].stops_ms for shift in shifts)
            moments.update(range(first_ms, last_ms, LOOKS_AT_CLOCK_MS))
        for moment in sorted(moments):
            self._virtual.at(moment, self._virtual.tick)

    # What happens in the hall.

    def _hear(self, fact: f.Fact) -> None:
        match fact:
            case f.TicketIssued():
                self._wake(fact.queue, fact.agency)
            case f.TicketTransferred(to_queue=str(queue)):
                self._wake(queue, None)
            case f.TicketTransferred(to_counter=str(counter)):
                self._wake_desk(counter)
            case f.TicketCalled() | f.TicketResumed() | f.TicketRecalled():
                after_s = self._virtual.hall.catalogue.serving_after_s
                self._virtual.after(round(after_s * 1000), partial(self._sits_down, fact.counter))
            case f.TicketCompleted():
                self._served(fact)
            case f.RatingInvited():
                window_s = self._virtual.hall.catalogue.rating.window_s
                self._virtual.after(round(window_s * 1000) + 1, self._virtual.tick)
            case f.TicketMissed():
                self._missed(fact)
            case _:
                self._hear_at_the_guidance_desk(fact)

    def _hear_at_the_guidance_desk(self, fact: f.Fact) -> None:
        match fact:
            case f.TicketRequeued():
                self._wake(fact.queue, None)
            case f.TicketGuarded():
                wait_ms = self._guidance.between_ms(self._habits.officers.guidance_s)
                self._virtual.after(wait_ms, partial(self._virtual.do, c.ReleaseTicket(fact.ticket)))
            case f.TicketReleased():
                ticket = self._virtual.hall.ticket(fact.ticket)
                self._wake(ticket.queue if ticket else "", None)
            case _:
                pass

    def _sits_down(self, counter: str) -> None:
        desk = self._virtual.hall.desk(counter)
        if desk.ticket is not None and not desk.serving:
            self._virtual.tick()

    def _wake(self, queue: str, agency: str | None) -> None:
        """Idle officers notice somebody in their queue, those of the agency first."""
        counters = self._virtual.hall.catalogue.counters
        for desk in self._desks:
            if desk.idle and queue in counters[desk.counter].queues:
                own = agency is None or desk.shift.agency in (agency, None)
                desk.notice_soon(self._habits.officers.notice_s if own else self._habits.officers.help_s)

    def _wake_desk(self, counter: str) -> None:
        for desk in self._desks:
            if desk.counter == counter:
                desk.notice_soon(self._habits.officers.notice_s)

    # What visitors do.

    def _take(self, visit: Visit, tries: int = TRIES) -> None:
        answer = self._virtual.do(
            c.IssueTicket(visit.service, visit.purpose, visit.language, visit.priority, KIOSK)
        )
        if isinstance(answer, Refusal):
            if answer.code in THROTTLED and tries:
                self._virtual.after(TRY_AGAIN_MS, partial(self._take, visit, tries - 1))
            else:
                self.turned_away += 1
            return
        for fact in answer:
            if isinstance(fact, f.TicketIssued):
                self._visitors[fact.ticket] = UnderWay(visit, rates=visit.score is not None)
                self._virtual.after(visit.paper_ms, partial(self._paper, fact.ticket, visit))

    def _missed(self, fact: f.TicketMissed) -> None:
        """Some ask at the guidance desk later and wait again; the others go back to the counter, which knows them."""
        visit = self._visitors[fact.ticket].visit
        if visit.waits_again and visit.back_after_ms is not None:
            self._virtual.after(visit.back_after_ms, partial(self._virtual.do, c.Requeue(fact.ticket)))

    def _paper(self, number: str, visit: Visit) -> None:
        prints = self._equipment is None or self._equipment.prints()
        outcome = visit.paper if prints else "failed"
        self._virtual.do(c.RecordPrint(number, PRINTER, outcome))
        if outcome == "unknown":
            self._virtual.after(REPRINT_AFTER_MS, partial(self._reprint, number))

    def _reprint(self, number: str) -> None:
        self._virtual.do(c.Reprint(number))
        self._virtual.do(c.RecordPrint(number, PRINTER, "printed"))

    def _served(self, fact: f.TicketCompleted) -> None:
        visitor = self._visitors.get(fact.ticket)
        if visitor is None:
            return
        score = visitor.visit.score if visitor.rates else None
        if score is None and self._to_give > 0 and visitor.visit.score is None and self._hands_in(visitor):
            score = self._best_score
            self._to_give -= 1
        if score is not None:
            visitor.rates = False
            self._virtual.after(visitor.visit.rate_after_ms, partial(self._rate, fact.counter, score))

    def _hands_in(self, visitor: UnderWay) -> bool:
        return visitor.visit.purpose == HANDING_IN

    def _rate(self, counter: str, score: int) -> None:
        command = c.Rate(counter, score, self._virtual.now.at, f"rating-{counter}")
        if isinstance(self._virtual.do(command), Refusal) and self._wanted is not None:
            self._to_give += 1
