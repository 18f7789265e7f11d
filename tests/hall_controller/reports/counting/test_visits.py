"""What became of each number, how long it waited for its first call, and who received it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hall_controller.domain.catalogue import VIETNAM, Assignment
from hall_controller.domain.commands import (
    Complete,
    Hold,
    IssueSlip,
    IssueTicket,
    Miss,
    Requeue,
    Resume,
    Transfer,
)
from hall_controller.domain.facts import TicketCalled, TicketIssued
from hall_controller.reports.counting.visits import half_hour, whole_minutes
from hall_controller.reports.day_summary import Happening, StandIn, Ticket, Wait
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, local, small_hall
from tests.hall_controller.reports.played_days import played, summary


def outcomes(play: HallInPlay) -> dict[str, int]:
    counts: dict[str, int] = {}
    for ticket, count in summary(play.facts).tickets.items():
        counts[ticket.what] = counts.get(ticket.what, 0) + count
    return counts


def test_every_number_has_one_outcome() -> None:
    play = played()
    for _ in range(3):
        play.take()
    play.serve("1", 60)
    play.next("1")
    play.do(Miss("1"))
    assert outcomes(play) == {"issued": 3, "dossiers": 3, "served": 1, "no_show": 1, "left": 1}


def test_who_comes_back_after_all_was_served() -> None:
    play = played(lambda p: p.take())
    play.next("1")
    play.do(Miss("1"))
    play.do(Resume("1", "A001"))
    play.do(Complete("1"))
    assert outcomes(play) == {"issued": 1, "dossiers": 1, "served": 1}


def test_who_waits_again_and_is_not_called_any_more_was_left() -> None:
    play = played(lambda p: p.take())
    play.next("1")
    play.do(Miss("1"))
    play.do(Requeue("A001"))
    assert outcomes(play) == {"issued": 1, "dossiers": 1, "left": 1}


def test_a_visit_that_was_ended_too_early_and_held_at_the_end_was_not_served() -> None:
    play = played(lambda p: p.take())
    play.serve("1", 60)
    play.do(Resume("1", "A001"))
    play.do(Hold("1"))
    assert outcomes(play)["left"] == 1


def test_who_is_sent_on_is_counted_once_and_waited_once() -> None:
    play = played(lambda p: p.take())
    play.wait(minutes=5)
    play.next("1")
    play.do(Transfer("1", "notary"))
    play.open("2")
    play.wait(minutes=20)
    play.next("2")
    day = summary(play.facts)
    assert day.visits == 1
    assert day.waits == {Wait("land", 16, 5): 1}, "the first call is what the visitor waited for"


def test_tickets_are_told_by_agency_service_and_purpose() -> None:
    play = played()
    play.do(IssueTicket("mortgage", "collect"))
    play.do(IssueTicket("notary", "submit"))
    assert summary(play.facts).tickets == {
        Ticket("tnmt", "mortgage", "collect", "issued"): 1,
        Ticket("tnmt", "mortgage", "collect", "dossiers"): 1,
        Ticket("tnmt", "mortgage", "collect", "left"): 1,
        Ticket("tp", "notary", "submit", "issued"): 1,
        Ticket("tp", "notary", "submit", "dossiers"): 1,
        Ticket("tp", "notary", "submit", "left"): 1,
    }


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (1, 1), (60, 1), (61, 2), (900, 15), (901, 16), (1800, 30), (1801, 31)]
)
def test_a_wait_is_rounded_up_so_that_over_15_minutes_is_exact(seconds: int, minutes: int) -> None:
    assert whole_minutes(seconds) == minutes


@pytest.mark.parametrize(
    ("clock", "half"), [("00:00", 0), ("07:29", 14), ("07:30", 15), ("16:59", 33), ("23:59", 47)]
)
def test_the_half_hour_is_the_halls_own(clock: str, half: int) -> None:
    assert half_hour(local(TUESDAY, clock), VIETNAM) == half


def test_a_wait_belongs_to_the_half_hour_in_which_the_number_was_given_out() -> None:
    play = HallInPlay(clock="08:29")
    play.take()
    play.open("1")
    play.wait(minutes=40)
    play.next("1")
    assert summary(play.facts).waits == {Wait("land", 16, 40): 1}


def test_facts_of_an_old_version_without_the_wait_are_measured_from_the_two_times() -> None:
    play = played(lambda p: p.take())
    play.wait(minutes=7)
    play.next("1")
    old = [replace(fact, waited_s=None) if isinstance(fact, TicketCalled) else fact for fact in play.facts]
    assert summary(old).waits == {Wait("land", 16, 7): 1}


def test_a_visitor_with_three_dossiers_is_one_visit() -> None:
    play = played(lambda p: p.take())
    facts = [replace(fact, dossiers=3) if isinstance(fact, TicketIssued) else fact for fact in play.facts]
    day = summary(facts)
    assert day.visits == 1
    assert day.tickets[Ticket("tnmt", "land", "submit", "dossiers")] == 3


def test_a_slip_is_no_visit() -> None:
    play = played(lambda p: p.do(IssueSlip("business")))
    day = summary(play.facts)
    assert day.visits == 0
    assert day.happenings[Happening("slips", "business")] == 1


def test_a_stand_in_is_told_with_the_decision() -> None:
    hall = small_hall()
    lent = Assignment("1", "tnmt", "bd", "hoa", reason="help", decision="01/QĐ")
    play = HallInPlay(replace(hall, assignments=(lent,)), day=TUESDAY + timedelta(days=1))
    play.open("1")
    play.take()
    play.next("1")
    assert summary(play.facts).stand_ins == {StandIn("1", "tnmt", "bd", "hoa", "01/QĐ"): 1}


def test_an_officer_of_the_agency_itself_stands_in_for_nobody() -> None:
    play = played(lambda p: p.take())
    play.next("1")
    day = summary(play.facts)
    assert day.day == date(2022, 3, 1)
    assert not day.stand_ins
