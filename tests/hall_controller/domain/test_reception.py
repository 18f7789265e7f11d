"""Who received whom, for which agency, as whose officer; and how long the bell rang. All of it from the facts alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Assignment, Catalogue, Officer, Valid
from hall_controller.domain.commands import (
    CallNext,
    Complete,
    Miss,
    OpenCounter,
    Resume,
    Ring,
    SignIn,
    Transfer,
)
from hall_controller.domain.facts import Fact
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, small_hall

WEDNESDAY = date(2022, 3, 2)


def staffed_hall() -> Catalogue:
    """Counter 3 is for land and guidance; on Wednesday an officer of the post stands in at the notary's counter 2."""
    officers = {"lan": "tnmt", "minh": "tp", "thu": "bd"}
    stand_in = Assignment("2", "tp", "bd", "thu", Valid(WEDNESDAY, WEDNESDAY), "leave", "12/QĐ")
    assignments = (Assignment("1", "tnmt", "tnmt", "lan"), Assignment("2", "tp", "tp", "minh"), stand_in)
    return replace(
        small_hall(),
        officers={id_: Officer(id_, agency) for id_, agency in officers.items()},
        assignments=(*assignments, Assignment("3", "bd", "bd", None)),
    )


def received(facts: Iterable[Fact], day: date, ticket: str) -> list[tuple[str | None, str, str, str]]:
    """Who received a number on a day: officer, agency served, agency staffing, decision; one line a reception."""
    today, found = None, []
    for fact in facts:
        match fact:
            case f.DayOpened():
                today = fact.day
            case f.TicketCalled() | f.TicketResumed() if (today, fact.ticket) == (day, ticket):
                found.append((fact.officer, fact.agency, fact.staffing, fact.decision))
            case _:
                pass
    return found


def test_who_received_a_number_on_a_day_is_answered_by_the_facts() -> None:
    play = HallInPlay(staffed_hall())
    for day in (TUESDAY, WEDNESDAY):
        play.at(day, "08:00")
        play.open("2")
        play.take("notary")
        play.next("2")
    assert received(play.facts, TUESDAY, "B001") == [("minh", "tp", "tp", "")]
    assert received(play.facts, WEDNESDAY, "B001") == [("thu", "tp", "bd", "12/QĐ")]


def test_a_visit_is_put_down_to_both_agencies_from_the_call_to_its_end() -> None:
    play = HallInPlay(staffed_hall(), day=WEDNESDAY)
    play.open("2")
    play.take("notary")
    play.next("2")
    (completed,) = play.do(Complete("2"))
    assert completed == f.TicketCompleted(*play.now, "B001", "2", "thu", "complete", "tp", "bd")
    (resumed,) = play.do(Resume("2", "B001"))
    assert resumed == f.TicketResumed(*play.now, "B001", "2", "thu", "tp", "bd", "12/QĐ")


def test_at_a_pooled_counter_the_agency_served_is_the_visitors_own() -> None:
    play = HallInPlay(staffed_hall())
    play.open("3")
    play.take("land"), play.take("guidance")
    play.next("3"), play.next("3")
    assert received(play.facts, TUESDAY, "A001") == [(None, "tnmt", "bd", "")]
    assert received(play.facts, TUESDAY, "C001") == [(None, "bd", "bd", "")]
    ended = [fact.agency for fact in play.facts if isinstance(fact, f.TicketCompleted)]
    assert ended == ["tnmt"]


def test_a_visitor_sent_on_from_elsewhere_is_served_for_the_agency_of_the_counter() -> None:
    play = HallInPlay(staffed_hall())
    play.open("2", "3")
    play.take("notary")
    play.next("2")
    play.do(Transfer("2", "3"))
    play.next("3")
    assert received(play.facts, TUESDAY, "B001") == [("minh", "tp", "tp", ""), (None, "bd", "bd", "")]


def test_whoever_signs_in_elsewhere_than_assigned_is_of_their_own_agency() -> None:
    play = HallInPlay(staffed_hall(), day=WEDNESDAY)
    play.do(SignIn("2", "lan"))
    play.open("2")
    play.take("notary")
    play.next("2")
    assert received(play.facts, WEDNESDAY, "B001") == [("lan", "tp", "tnmt", "")]


def test_at_a_counter_without_an_assignment_the_visitor_and_the_officer_say_whose_they_are() -> None:
    play = HallInPlay(staffed_hall())
    play.do(SignIn("4", "thu"))
    play.open("4")
    play.take("notary")
    play.next("4")
    assert received(play.facts, TUESDAY, "B001") == [("thu", "tp", "bd", "")]


def answers(play: HallInPlay) -> list[tuple[str, float]]:
    return [(fact.counter, fact.response_s) for fact in play.facts if isinstance(fact, f.BellAnswered)]


def test_the_bell_is_answered_when_the_counter_opens() -> None:
    play = HallInPlay(staffed_hall())
    play.do(Ring("2"))
    play.wait(seconds=95)
    answered, opened = play.do(OpenCounter("2"))
    assert answered == f.BellAnswered(*play.now, "2", 95.0, "minh")
    assert isinstance(opened, f.CounterOpened)
    play.wait(minutes=5)
    play.take("notary")
    play.next("2")
    assert answers(play) == [("2", 95)], "it is answered once"


@pytest.mark.parametrize("key", ["call", "resume"])
def test_the_bell_is_answered_when_an_open_counter_calls(key: str) -> None:
    play = HallInPlay(staffed_hall())
    play.open("2")
    play.take("notary")
    if key == "resume":
        play.next("2")
        play.do(Miss("2"))
    play.do(Ring("2"))
    play.wait(seconds=30)
    assert answers(play) == []
    play.do(CallNext("2") if key == "call" else Resume("2", "B001"))
    assert answers(play) == [("2", 30)]


def test_ringing_twice_within_a_minute_is_one_ring_and_the_response_counts_from_the_first() -> None:
    play = HallInPlay(staffed_hall())
    play.do(Ring("2"))
    play.wait(seconds=59)
    assert play.no(Ring("2")) == "already_ringing"
    play.do(Ring("1"))
    play.wait(seconds=1)
    play.do(Ring("2"))
    play.wait(seconds=20)
    play.open("2")
    assert answers(play) == [("2", 80)]
    play.do(Ring("2"))


def test_time_alone_never_rings_and_a_new_day_begins_in_silence() -> None:
    play = HallInPlay(staffed_hall())
    play.do(Ring("2"))
    for _ in range(3):
        play.wait(minutes=2)
    assert sum(isinstance(fact, f.BellRung) for fact in play.facts) == 1
    play.at(WEDNESDAY, "07:30")
    play.open("2")
    assert answers(play) == []


def test_a_clock_that_is_put_back_makes_no_response_shorter_than_nothing() -> None:
    play = HallInPlay(staffed_hall())
    play.do(Ring("2"))
    play.at(TUESDAY, "07:00")
    play.do(Ring("2"))
    play.open("2")
    assert answers(play) == [("2", 0)]
