"""Any day at all: random commands, a clock that jumps, and what must hold after each step.

Belongs here: the state machine. test_any_day.py runs it on the hall as it is, and on halls broken on purpose.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hall_controller.domain import commands as c
from hall_controller.domain import facts as f
from hall_controller.domain import hall as halls
from hall_controller.domain import rules
from hall_controller.domain.catalogue import Calls, Catalogue, Dispenser, Precedence, WorkStep
from hall_controller.domain.codec import decode, encode
from hall_controller.domain.codes import ticket_code
from hall_controller.domain.earlier import EarlierVisit
from hall_controller.domain.facts import Fact
from hall_controller.domain.hall import CALLS_SHOWN, Hall
from hall_controller.domain.refusals import TEXTS, Refusal
from tests.hall_controller.domain.places import Place, Places
from tests.hall_controller.domain.ratings import Ratings
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, TUESDAY, WORKING_HOURS, local, small_hall

COUNTERS = st.sampled_from(["1", "2", "3", "4"])
SERVICES = st.sampled_from(["land", "land", "mortgage", "notary", "guidance", "business", "nowhere"])
PRIORITIES = st.sampled_from([None, None, None, "elderly", "disabled", "mayor"])
NUMBERS = st.builds("{}{:03}".format, st.sampled_from("AABC"), st.integers(1, 12))
DESTINATIONS = st.sampled_from([None, "land", "notary", "guidance", "1", "2", "3", "4", "nowhere"])
OFFICERS = st.sampled_from(["lan", "minh", "hoa", "stranger"])
OUTCOMES = st.sampled_from(["printed", "failed", "unknown"])
SOURCES = st.sampled_from(["kiosk-1", "kiosk-2"])
VISIT_KEYS: list[type[c.Recall | c.Miss | c.Hold | c.Transfer]] = [c.Recall, c.Miss, c.Hold, c.Transfer]
OTHER_KEYS: list[type[c.CounterCommand]] = [c.CallNext, c.CallNext, c.Complete, c.Resume, c.OpenCounter]
DESK_KEYS: list[type[c.CounterCommand]] = [c.PauseCounter, c.CloseCounter, c.Ring, c.SignOut]
KEYS = st.sampled_from([*VISIT_KEYS, *OTHER_KEYS, *DESK_KEYS])


def with_every_rule(catalogue: Catalogue) -> Catalogue:
    """The hall with work profiles, classes that take turns, a counter of one button, and limits on every call."""
    steps = (
        WorkStep(("notary",), only_when_waiting=2),
        WorkStep(("guidance", "land"), first_after_s=300, only_after_s=30),
        WorkStep(("notary",)),
    )
    profiled = replace(catalogue.counters["4"], profile=steps)
    one_button = replace(catalogue.counters["3"], one_button=True)
    return replace(
        catalogue,
        counters={**catalogue.counters, "3": one_button, "4": profiled},
        precedence=Precedence("interleaved", 1, 600),
        calls=Calls(
            double_press_s=0.5,
            recall_gap_s=2,
            calls_before_miss=1,
            cherry_pick=True,
            missed_numbers=2,
            missed_s=300,
            missed_returns_behind=2,
        ),
    )


class AnyDay(RuleBasedStateMachine):
    """Random commands on a random hall."""

    catalogue: Catalogue = replace(
        small_hall(DAY_AND_NIGHT),
        dispenser=Dispenser(gap_s=2, per_minute=40, burst_numbers=12),
        rating_pads=frozenset({"1", "3"}),
    )

    def __init__(self) -> None:
        super().__init__()
        self.hall = Hall(self.catalogue)
        self.replayed = self.hall
        self.places = Places(self.catalogue)
        self.ratings = Ratings(self.catalogue)
        self.now = c.Now(local(TUESDAY, "09:00"))
        self.issued: set[tuple[date, str, str]] = set()
        self.do(c.StartController("1.0"))
        self.do(c.Tick())

    # What happens.

    @rule(seconds=st.sampled_from([1, 2, 5, 29, 30, 61, 300, 600, 3600]))
    def time_passes(self, seconds: int) -> None:
        self.now = c.Now(self.now.at + timedelta(seconds=seconds), self.now.trusted)
        self.do(c.Tick())

    @rule(seconds=st.sampled_from([1, 40, 3600, 86_400, 365 * 86_400]), trusted=st.booleans())
    def the_clock_jumps_back(self, seconds: int, *, trusted: bool) -> None:
        self.now = c.Now(self.now.at - timedelta(seconds=seconds), trusted)
        self.do(c.Tick())

    @rule(trusted=st.booleans())
    def the_clock_is_believed_or_not(self, *, trusted: bool) -> None:
        self.now = c.Now(self.now.at, trusted)

    @rule(hours=st.sampled_from([1, 17, 40]), back=st.booleans(), trusted=st.booleans())
    def the_clock_is_set(self, hours: int, *, back: bool, trusted: bool) -> None:
        leapt = timedelta(hours=-hours if back else hours)
        self.now = c.Now(self.now.at + leapt, trusted)
        self.do(c.Tick(leapt.total_seconds()))

    @rule(later=st.sampled_from([0, 0, 1, 30]))
    def midnight_comes(self, later: int) -> None:
        today = self.now.at.astimezone(self.catalogue.timezone).date()
        evening, morning = local(today, "23:59:59"), local(today + timedelta(days=1 + later), "00:00:01")
        for moment in (evening, morning, morning + timedelta(hours=9)):
            self.now = c.Now(moment, self.now.trusted)
            self.do(c.Tick())

    @rule(
        service=SERVICES,
        purpose=st.sampled_from(["submit", "submit", "sing"]),
        priority=PRIORITIES,
        source=SOURCES,
    )
    def a_visitor_takes_a_number(self, service: str, purpose: str, priority: str | None, source: str) -> None:
        self.now = c.Now(self.now.at + timedelta(seconds=1), self.now.trusted)
        self.do(c.IssueTicket(service, purpose, "vi", priority, source))

    @rule(services=st.lists(SERVICES, min_size=3, max_size=15), counters=st.lists(COUNTERS, max_size=12))
    def many_come_and_many_are_called(self, services: list[str], counters: list[str]) -> None:
        for service in services:
            self.a_visitor_takes_a_number(service, "submit", None, f"kiosk-{service}")
        for counter in counters:
            self.do(c.OpenCounter(counter))
            self.do(c.CallNext(counter))
            self.now = c.Now(self.now.at + timedelta(seconds=1), self.now.trusted)

    @rule()
    def the_officers_come(self) -> None:
        for counter, officer in (("1", "lan"), ("2", "minh"), ("3", "hoa")):
            self.do(c.SignIn(counter, officer))
            self.do(c.OpenCounter(counter))
        self.do(c.OpenCounter("4"))

    @rule(counter=COUNTERS, keys=st.lists(KEYS, min_size=1, max_size=4))
    def keys_are_pressed(self, counter: str, keys: list[type[c.CallNext]]) -> None:
        for key in keys:
            self.do(key(counter))

    @rule(
        counter=COUNTERS,
        first=st.sampled_from(VISIT_KEYS),
        keys=st.lists(KEYS, max_size=5),
        waited_s=st.sampled_from([1, 40]),
    )
    def a_visit_does_not_go_straight(
        self, counter: str, first: type[c.CallNext], keys: list[type[c.CallNext]], waited_s: int
    ) -> None:
        self.a_visitor_takes_a_number("notary" if counter == "2" else "land", "submit", None, "desk")
        self.do(c.OpenCounter(counter))
        self.do(c.CallNext(counter))
        self.time_passes(waited_s)
        for key in [first, *keys]:
            self.do(key(counter))

    @rule(counter=COUNTERS, ticket=NUMBERS)
    def a_certain_visitor_comes_back(self, counter: str, ticket: str) -> None:
        self.do(c.Resume(counter, ticket))

    @rule(counter=COUNTERS, ticket=NUMBERS)
    def an_officer_chooses_a_visitor(self, counter: str, ticket: str) -> None:
        self.time_passes(1)
        self.do(c.CallNext(counter, ticket))

    @rule(counter=COUNTERS, later=st.sampled_from([0, 1, 200, 400]), more=st.integers(0, 3))
    def visitors_who_missed_the_call_are_back(self, counter: str, later: int, more: int) -> None:
        for _ in range(more):
            self.time_passes(1)
            self.do(c.CallNext(counter))
            self.do(c.Miss(counter))
        self.time_passes(later)
        for number in self.hall.missed:
            self.do(c.Requeue(number))

    @rule(counter=COUNTERS, to=DESTINATIONS)
    def a_visitor_is_sent_on(self, counter: str, to: str | None) -> None:
        self.do(c.CallNext(counter))
        self.do(c.Transfer(counter, to, "a paper is missing"))

    @rule(ticket=NUMBERS)
    def a_ticket_is_voided(self, ticket: str) -> None:
        self.do(c.VoidTicket(ticket, "left"))

    @rule(counter=COUNTERS, officer=OFFICERS)
    def an_officer_sits_down(self, counter: str, officer: str) -> None:
        self.do(c.SignIn(counter, officer))

    @rule(counter=COUNTERS, ticket=NUMBERS, score=st.integers(0, 6), ago_s=st.sampled_from([0, 5, 20, 40]))
    def visitors_rate(self, counter: str, ticket: str, score: int, ago_s: int) -> None:
        self.do(c.Rate(counter, score, self.now.at - timedelta(seconds=ago_s), "pad"))
        self.do(c.RateTicket(ticket, score, ("quick", "thân thiện")))

    @rule(counter=st.sampled_from(["1", "3"]), scores=st.lists(st.integers(1, 5), min_size=1, max_size=4))
    def a_visit_ends_and_somebody_plays_with_the_pad(self, counter: str, scores: list[int]) -> None:
        self.a_visitor_takes_a_number("land", "submit", None, "desk")
        self.do(c.OpenCounter(counter))
        self.do(c.CallNext(counter))
        self.do(c.Complete(counter))
        for score in scores:
            self.now = c.Now(self.now.at + timedelta(seconds=2), self.now.trusted)
            self.do(c.Rate(counter, score, self.now.at, "pad"))

    @rule(ticket=NUMBERS, days_ago=st.sampled_from([0, 1, 1, 30, 31]), completed=st.booleans())
    def a_visitor_of_an_earlier_day_rates(self, ticket: str, days_ago: int, *, completed: bool) -> None:
        day = self.places.days[-1] - timedelta(days=days_ago)
        code = ticket_code(self.catalogue.code_key, self.catalogue.hall, day, ticket)
        self.do(c.RateEarlierTicket(EarlierVisit(day, ticket, "submit", "1", completed=completed), code, 4))

    @rule(on=st.booleans(), numbers=st.lists(NUMBERS, max_size=4))
    def the_guidance_desk_keeps_watch(self, numbers: list[str], *, on: bool) -> None:
        self.do(c.TurnGuard(on=True))
        for service in ("land", "notary", "land"):
            self.a_visitor_takes_a_number(service, "submit", None, "desk")
        for number in numbers:
            self.do(c.ReleaseTicket(number))
        self.do(c.TurnGuard(on=on))

    @rule(ticket=NUMBERS, outcome=OUTCOMES)
    def the_printer_tells(self, ticket: str, outcome: Literal["printed", "failed", "unknown"]) -> None:
        self.do(c.RecordPrint(ticket, "printer", outcome, "cover open"))
        self.do(c.RecordPrinter("printer", "ready" if outcome == "printed" else "paper_out"))
        self.do(c.Reprint(ticket))

    @rule()
    def the_controller_starts_again(self) -> None:
        self.do(c.StartController("1.1", self.hall.epoch))

    @rule(more=st.integers(-1, 3), days_ago=st.sampled_from([0, 0, 1]))
    def a_backup_is_restored_and_numbers_may_be_on_paper(self, more: int, days_ago: int) -> None:
        day = self.places.days[-1] - timedelta(days=days_ago)
        highest = {"land": self.hall.queue("land").last_number + more, "gone": 5}
        self.do(c.SkipNumbers(day, highest))

    # How it happens, with what must hold for every command and every fact.

    def do(self, command: c.Command) -> None:
        answer = self.decide(self.hall, command, self.now)
        if isinstance(answer, Refusal):
            assert not isinstance(
                command, c.Tick | c.StartController | c.RecordPrint | c.RecordPrinter | c.SkipNumbers
            )
            assert answer.text.vi.startswith(TEXTS[answer.code].vi)
            return
        silent = isinstance(command, c.Tick | c.SkipNumbers)
        assert answer or silent, f"{command} was accepted and nothing happened"
        for fact in answer:
            self.happen(fact)

    def happen(self, fact: Fact) -> None:
        assert (fact.at, fact.time_trusted) == self.now
        stored = decode(fact.type, encode(fact), fact.at, time_trusted=fact.time_trusted)
        assert stored == fact
        self.places.happen(stored)
        self.ratings.happen(stored)
        self.hall = self.evolve(self.hall, stored)
        self.replayed = halls.evolve(self.replayed, fact)
        if isinstance(fact, f.DayOpened):
            assert fact.time_trusted or len(self.places.days) == 1
        if isinstance(fact, f.TicketIssued):
            mark = (self.places.days[-1], fact.queue, fact.ticket)
            assert mark not in self.issued, f"{mark} given out twice"
            self.issued.add(mark)

    def decide(self, hall: Hall, command: c.Command, now: c.Now) -> rules.Facts | Refusal:
        return rules.decide(hall, command, now)

    def evolve(self, hall: Hall, fact: Fact) -> Hall:
        return halls.evolve(hall, fact)

    # What must hold after every step.

    @invariant()
    def everybody_stands_in_exactly_one_place(self) -> None:
        found: dict[str, list[Place]] = {number: [] for number in self.places.place}
        for id_, line in self.hall.queues.items():
            for number in line.waiting:
                found[number].append(Place("queue", id_))
        for id_, desk in self.hall.desks.items():
            if desk.ticket is not None:
                found[desk.ticket].append(Place("desk", id_))
            for number in desk.held:
                found[number].append(Place("held", id_))
            for number in desk.waiting:
                found[number].append(Place("sent", id_))
        nowhere = ("guarded", "missed", "ended")
        told = {n: [p] if p.kind not in nowhere else [] for n, p in self.places.place.items()}
        assert found == told

    @invariant()
    def the_lines_are_in_order(self) -> None:
        for id_, line in self.hall.queues.items():
            assert list(line.waiting) == self.places.line(id_)
        missed = {number for number, place in self.places.place.items() if place == Place("missed")}
        assert sorted(self.hall.missed) == sorted(missed)

    @invariant()
    def the_bell_rings_where_somebody_rang_and_nobody_came(self) -> None:
        ringing = {id_ for id_, desk in self.hall.desks.items() if desk.bell_since}
        assert ringing == self.places.rung

    @invariant()
    def a_ticket_says_itself_where_it_stands(self) -> None:
        tickets = [ticket for numbers in self.hall.tickets.values() for ticket in numbers.values()]
        assert [t.number for t in sorted(tickets, key=lambda t: t.order)] == list(self.places.place)
        for ticket in tickets:
            place = self.places.place[ticket.number]
            match ticket.state:
                case "waiting":
                    assert place == Place("queue", ticket.queue)
                case "calling" | "serving":
                    assert place == Place("desk", ticket.counter or "")
                    assert self.hall.desk(place.where).serving == (ticket.state == "serving")
                case "held":
                    assert place == Place("held", ticket.counter or "")
                case "transferred_to_counter":
                    assert place == Place("sent", ticket.counter or "")
                case "unreleased":
                    assert place == Place("guarded", ticket.queue)
                case "missed":
                    assert place == Place("missed")
                case "completed" | "voided":
                    assert place == Place("ended")

    @invariant()
    def whoever_was_asked_and_has_not_answered_may_still_press(self) -> None:
        asked = {visit.ticket: id_ for id_, desk in self.hall.desks.items() for visit in desk.invited}
        assert asked == self.ratings.asked
        tickets = [ticket for numbers in self.hall.tickets.values() for ticket in numbers.values()]
        assert {ticket.number for ticket in tickets if ticket.rated} == set(self.ratings.pressed)

    @invariant()
    def only_an_open_counter_has_a_visitor(self) -> None:
        for desk in self.hall.desks.values():
            assert desk.status == "open" or desk.ticket is None
            assert desk.ticket is not None or (desk.call, desk.serving, desk.called_at) == (0, False, None)

    @invariant()
    def the_board_shows_the_last_calls(self) -> None:
        shown = [(call.ticket, call.counter, call.call) for call in self.hall.calls]
        assert shown == self.places.board(CALLS_SHOWN)

    @invariant()
    def the_journal_replayed_is_the_hall(self) -> None:
        assert self.replayed == self.hall

    @invariant()
    def what_visitors_are_told_about_waiting_is_possible(self) -> None:
        for line in self.hall.queues.values():
            assert all(seconds >= 0 for seconds in line.service_s)


class AnyDayWithHours(AnyDay):
    """The same with working hours, no limits on the dispenser, signing in at every counter, and every rule."""

    catalogue = with_every_rule(replace(small_hall(WORKING_HOURS), sign_in_required=True))
