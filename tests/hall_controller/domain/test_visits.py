"""A visit that does not go straight: called again, missed, held, sent on, voided, printed twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain.commands import (
    CallNext,
    CloseCounter,
    Complete,
    Hold,
    Miss,
    PauseCounter,
    RateTicket,
    Recall,
    RecordPrint,
    Reprint,
    Resume,
    Transfer,
    VoidTicket,
)
from tests.hall_controller.domain.small_hall import HallInPlay


def at_counter(counter: str = "1", service: str = "land") -> HallInPlay:
    """A hall with one visitor, A001 or B001, called to the counter, and two more waiting."""
    play = HallInPlay()
    play.open(counter)
    for _ in range(3):
        play.take(service)
    play.next(counter)
    return play


def test_a_visitor_called_again_is_counted_and_stays_the_same_visitor() -> None:
    play = at_counter()
    first_call = play.now.at
    play.wait(seconds=40)
    assert play.do(Recall("1")) == (f.TicketRecalled(*play.now, "A001", "1", 2),)
    assert play.do(Recall("1")) == (f.TicketRecalled(*play.now, "A001", "1", 3),)
    assert (play.ticket("A001").state, play.ticket("A001").called_at) == ("calling", first_call)
    assert [(call.ticket, call.call) for call in play.hall.calls] == [("A001", 3)]


def test_a_visitor_called_again_is_waited_for_again() -> None:
    play = at_counter()
    play.wait(seconds=25)
    play.do(Recall("1"))
    play.wait(seconds=29)
    assert play.ticket("A001").state == "calling"
    play.wait(seconds=1)
    assert play.ticket("A001").state == "serving"


def test_a_visitor_who_did_not_come_leaves_the_counter_free() -> None:
    play = at_counter()
    play.do(Miss("1"))
    assert (play.ticket("A001").state, play.hall.desk("1").ticket) == ("missed", None)
    assert play.next("1") == "A002"
    assert play.ticket("A001").state == "missed"


def test_a_missed_visitor_who_turns_up_may_be_taken_by_any_counter() -> None:
    play = at_counter()
    play.do(Miss("1"))
    play.open("3")
    play.do(Resume("3", "A001"))
    ticket = play.ticket("A001")
    assert (ticket.state, ticket.counter, ticket.ended_at) == ("calling", "3", None)


def test_a_held_visitor_comes_back_to_the_same_counter_and_the_other_one_has_been_served() -> None:
    play = at_counter()
    play.do(Hold("1"))
    play.next("1")
    completed, resumed = play.do(Resume("1"))
    assert completed == f.TicketCompleted(*play.now, "A002", "1", "lan", "resume", "tnmt", "tnmt")
    assert resumed == f.TicketResumed(*play.now, "A001", "1", "lan", "tnmt", "tnmt")
    assert play.hall.desk("1").held == ()


def test_resume_takes_the_one_held_last_unless_told_which() -> None:
    play = at_counter()
    for _ in range(2):
        play.do(Hold("1"))
        play.next("1")
    assert play.hall.desk("1").held == ("A001", "A002")
    play.do(Hold("1"))
    play.do(Resume("1", "A001"))
    assert play.hall.desk("1").held == ("A002", "A003")
    play.do(Resume("1"))
    assert play.hall.desk("1").ticket == "A003"


def test_a_counter_does_not_take_a_visitor_whom_another_one_holds() -> None:
    play = at_counter()
    play.do(Hold("1"))
    play.open("3")
    assert play.no(Resume("3", "A001")) == "not_resumable"
    assert play.no(Resume("3")) == "nothing_held"


@pytest.mark.parametrize(
    ("number", "code"), [("A002", "not_resumable"), ("A001", "not_resumable"), ("A099", "unknown_ticket")]
)
def test_only_who_stepped_aside_or_was_missed_can_come_back(number: str, code: str) -> None:
    assert at_counter().no(Resume("1", number)) == code


def test_held_visitors_outlast_a_pause() -> None:
    play = at_counter()
    play.do(Hold("1"))
    play.do(PauseCounter("1"))
    assert play.no(Resume("1")) == "counter_paused"
    play.open("1")
    play.do(Resume("1"))
    assert play.hall.desk("1").ticket == "A001"


def test_a_visitor_sent_to_another_queue_keeps_number_and_age() -> None:
    play = at_counter("4")
    play.wait(minutes=5)
    play.take("guidance")
    play.do(Transfer("4", "guidance", "a form is missing"))
    ticket = play.ticket("A001")
    assert (ticket.number, ticket.queue, ticket.state, ticket.counter) == (
        "A001",
        "guidance",
        "waiting",
        None,
    )
    assert ticket.issued_at == play.now.at - timedelta(minutes=5)
    play.open("3")
    assert play.hall.queue("guidance").waiting == ("A001", "C001")
    assert play.next("3") == "A001"


def test_a_visitor_sent_on_does_not_use_up_a_number_of_the_new_queue() -> None:
    play = at_counter("4")
    play.do(Transfer("4", "notary"))
    assert play.take("notary") == "B001"
    assert play.take("land") == "A004"


def test_visitors_sent_to_a_counter_are_called_by_age_whoever_was_sent_first() -> None:
    play = at_counter("4")
    play.open("3", "1")
    play.next("3")
    play.do(Transfer("3", "1"))
    play.do(Transfer("4", "1"))
    assert play.hall.desk("1").waiting == ("A001", "A002")
    assert [play.next("1"), play.next("1")] == ["A001", "A002"]


def test_the_transfer_key_alone_sends_where_the_settings_say() -> None:
    to_counter = at_counter("4")
    to_counter.open("2")
    assert to_counter.do(Transfer("4")) == (
        f.TicketTransferred(*to_counter.now, "A001", "4", to_counter="2"),
    )
    to_queue = at_counter("3")
    assert to_queue.do(Transfer("3")) == (f.TicketTransferred(*to_queue.now, "A001", "3", to_queue="notary"),)
    assert at_counter("1").no(Transfer("1")) == "destination_missing"


@pytest.mark.parametrize("to", ["nowhere", "1"])
def test_a_visitor_is_not_sent_nowhere_nor_to_where_they_stand(to: str) -> None:
    play = at_counter("1")
    assert play.no(Transfer("1", to)) == "unknown_destination"
    assert play.hall.desk("1").ticket == "A001"


@pytest.mark.parametrize("where", ["waiting", "calling", "serving", "held", "transferred_to_counter"])
def test_a_ticket_can_be_voided_wherever_it_stands(where: str) -> None:
    play = HallInPlay()
    play.open("1", "3")
    play.take()
    if where != "waiting":
        play.next("1")
    if where == "serving":
        play.wait(seconds=30)
    elif where == "held":
        play.do(Hold("1"))
    elif where == "transferred_to_counter":
        play.do(Transfer("1", "3"))
    assert play.ticket("A001").state == where
    play.do(VoidTicket("A001", "left"))
    desks = [play.hall.desk(counter) for counter in "13"]
    assert [(d.ticket, d.held, d.waiting) for d in desks] == [(None, (), ())] * 2
    assert play.hall.queue("land").waiting == ()
    assert play.no(CallNext("1")) == "none_waiting"
    assert play.no(VoidTicket("A001")) == "already_ended"


def test_a_visit_that_ended_is_not_voided_and_an_unknown_number_neither() -> None:
    play = at_counter()
    play.do(Complete("1"))
    assert play.no(VoidTicket("A001")) == "already_ended"
    assert play.no(VoidTicket("A099")) == "unknown_ticket"
    assert play.no(VoidTicket("")) == "unknown_ticket"


def test_whatever_the_printer_says_the_number_stands() -> None:
    play = at_counter()
    assert play.do(RecordPrint("A002", "p", "failed", "no paper")) == (
        f.PrintFailed(*play.now, "A002", "p", "no paper"),
    )
    assert (play.ticket("A002").paper, play.ticket("A002").state) == ("failed", "waiting")
    play.do(RecordPrint("A003", "p", "unknown", "line broken"))
    play.do(RecordPrint("A003", "p", "printed"))
    assert play.ticket("A003").paper == "printed"
    assert [play.next("1"), play.next("1")] == ["A002", "A003"]


def test_a_reprint_is_the_same_number_again() -> None:
    play = at_counter()
    assert play.do(Reprint("A002")) == (f.ReprintRequested(*play.now, "A002"),)
    assert play.take() == "A004"
    assert play.no(Reprint("A099")) == "unknown_ticket"


def test_a_counter_that_closes_has_served_its_visitor_and_sends_whom_it_holds_back_to_the_queue() -> None:
    play = at_counter()
    play.do(Hold("1"))
    play.next("1")
    play.do(CloseCounter("1"))
    assert (play.ticket("A002").state, play.ticket("A001").state) == ("completed", "waiting")
    assert play.hall.desk("1").held == ()
    assert play.hall.queue("land").waiting[0] == "A001", "with its age, before all who came later"


def test_nobody_is_sent_to_a_counter_that_is_closed() -> None:
    play = at_counter()
    assert play.no(Transfer("1", "3")) == "destination_closed"
    assert play.ticket("A001").state == "calling"


def test_whoever_was_sent_to_a_counter_that_then_closes_waits_in_the_queue_again() -> None:
    play = at_counter()
    play.open("3")
    play.do(Transfer("1", "3"))
    play.do(CloseCounter("3"))
    assert (play.ticket("A001").state, play.hall.queue("land").waiting[0]) == ("waiting", "A001")


def test_a_visit_that_a_second_press_ended_too_early_can_be_taken_up_again() -> None:
    play = at_counter()
    play.next("1")
    play.do(Hold("1"))
    play.do(Resume("1", "A001"))
    assert (play.ticket("A001").state, play.hall.desk("1").held) == ("calling", ("A002",))


def test_a_visit_that_was_rated_has_ended_for_good() -> None:
    play = at_counter()
    play.do(Complete("1"))
    play.do(RateTicket("A001", 5))
    assert play.no(Resume("1", "A001")) == "not_resumable"
