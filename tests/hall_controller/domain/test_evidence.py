"""What a report needs in ten years can be computed from the facts alone: no state, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from hall_controller.domain import facts as f
from hall_controller.domain.commands import (
    CloseCounter,
    Complete,
    Hold,
    IssueTicket,
    Miss,
    Rate,
    Resume,
    SignIn,
    Transfer,
)
from hall_controller.domain.facts import Fact
from tests.hall_controller.domain.small_hall import HallInPlay


def waits_s(happened: Iterable[Fact]) -> dict[str, list[float]]:
    """Each stretch of waiting, from joining a line to the first call there."""
    since: dict[str, datetime] = {}
    waits: dict[str, list[float]] = {}
    for fact in happened:
        match fact:
            case f.TicketIssued() | f.TicketTransferred():
                since[fact.ticket] = fact.at
            case f.TicketCalled():
                waits.setdefault(fact.ticket, []).append((fact.at - since.pop(fact.ticket)).total_seconds())
            case _:
                pass
    return waits


def service_s(happened: Iterable[Fact]) -> dict[tuple[str, str, str | None], float]:
    """Seconds at each counter by ticket, counter and officer, without the time spent aside."""
    came: dict[str, f.TicketCalled | f.TicketResumed] = {}
    served: dict[tuple[str, str, str | None], float] = {}
    for fact in happened:
        match fact:
            case f.TicketCalled() | f.TicketResumed():
                came[fact.ticket] = fact
            case f.TicketHeld() | f.TicketCompleted() | f.TicketTransferred():
                call = came.pop(fact.ticket)
                key = (fact.ticket, call.counter, call.officer)
                served[key] = served.get(key, 0) + (fact.at - call.at).total_seconds()
            case _:
                pass
    return served


def a_day() -> HallInPlay:
    """A001 is served by lan; A002 by minh, aside for a while, then sent to the notary's; A003 did not come."""
    play = HallInPlay()
    play.open("1", "2")
    play.do(IssueTicket("mortgage", "collect", priority="elderly"))
    play.take(), play.take()
    play.wait(minutes=2)
    play.next("1")
    play.wait(minutes=3)
    play.do(Complete("1"))
    play.do(Rate("1", 5, play.now.at, "pad-1"))
    play.do(SignIn("1", "minh"))
    play.next("1")
    play.wait(minutes=1)
    play.do(Hold("1"))
    play.wait(minutes=10)
    play.do(Resume("1"))
    play.wait(minutes=4)
    play.do(Transfer("1", "2", "needs a notary"))
    play.next("1")
    play.do(Miss("1"))
    play.wait(minutes=5)
    play.next("2")
    play.wait(minutes=6)
    play.do(CloseCounter("2"))
    return play


def test_waiting_times_follow_from_the_facts() -> None:
    assert waits_s(a_day().facts) == {"A001": [120], "A002": [300, 300], "A003": [1200]}


def test_service_times_follow_from_the_facts_with_the_officer_who_served() -> None:
    assert service_s(a_day().facts) == {
        ("A001", "1", "lan"): 180,
        ("A002", "1", "minh"): 300,
        ("A002", "2", None): 360,
    }


def test_what_a_visitor_came_for_and_what_became_of_it_follows_from_the_facts() -> None:
    happened = a_day().facts
    issued = {fact.ticket: fact for fact in happened if isinstance(fact, f.TicketIssued)}
    assert (issued["A001"].service, issued["A001"].purpose, issued["A001"].priority) == (
        "mortgage",
        "collect",
        "elderly",
    )
    assert [fact.ticket for fact in happened if isinstance(fact, f.TicketCompleted)] == ["A001", "A002"]
    assert [fact.ticket for fact in happened if isinstance(fact, f.TicketMissed)] == ["A003"]


def test_a_rating_says_by_itself_what_stage_and_whom_it_is_about() -> None:
    (rated,) = (fact for fact in a_day().facts if isinstance(fact, f.TicketRated))
    assert (rated.stage, rated.counter, rated.officer, rated.score, rated.levels) == (
        "collect",
        "1",
        "lan",
        5,
        5,
    )


def test_the_hours_of_a_counter_and_of_an_officer_follow_from_the_facts() -> None:
    play = a_day()
    play.do(CloseCounter("1"))
    play.at(date(2022, 3, 2), "00:00")
    opened = {fact.counter: fact.at for fact in play.facts if isinstance(fact, f.CounterOpened)}
    closed = {fact.counter: fact.at for fact in play.facts if isinstance(fact, f.CounterClosed)}
    assert {n: closed[n] - opened[n] for n in opened} == {
        "1": timedelta(minutes=31),
        "2": timedelta(minutes=31),
    }
    seats = [fact for fact in play.facts if isinstance(fact, f.OfficerSignedIn | f.OfficerSignedOut)]
    assert [(type(fact), fact.officer, fact.counter) for fact in seats] == [
        (f.OfficerSignedIn, "minh", "1"),
        (f.OfficerSignedOut, "minh", "1"),
    ]


def test_no_fact_names_a_person() -> None:
    names = {"name", "phone", "address", "citizen"}
    assert not {field for fact in a_day().facts for field in fact.__dataclass_fields__} & names
