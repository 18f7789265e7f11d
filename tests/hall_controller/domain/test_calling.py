"""Whom a counter calls, and what becomes of the visitor who was there."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from hall_controller.domain import commands as c
from hall_controller.domain import facts as f
from hall_controller.domain.commands import CallNext, Command, Transfer
from tests.hall_controller.domain.small_hall import HallInPlay, small_hall


def test_visitors_are_called_in_the_order_in_which_they_came() -> None:
    play = HallInPlay()
    play.open("1", "3")
    for _ in range(4):
        play.take()
    assert [play.next(counter) for counter in ("3", "1", "1", "3")] == ["A001", "A002", "A003", "A004"]


def test_next_ends_the_visit_of_who_was_there_and_calls_the_next_in_one_go() -> None:
    play = HallInPlay()
    play.open("1")
    play.take(), play.take()
    play.next("1")
    completed, called = play.do(CallNext("1"))
    assert completed == f.TicketCompleted(*play.now, "A001", "1", "lan", "next", "tnmt", "tnmt")
    asked = {"queue": "land", "waited_s": 0, "queues": ("land", "notary"), "step": 1}
    expected = f.TicketCalled(*play.now, "A002", "1", "lan", "longest_wait", "tnmt", "tnmt")
    assert called == replace(expected, **asked)  # type: ignore[arg-type]  # replace checks the names
    assert play.ticket("A001").state == "completed"


def test_next_with_nobody_waiting_ends_the_visit_and_calls_nobody() -> None:
    play = HallInPlay()
    play.open("1")
    play.take()
    play.next("1")
    (completed,) = play.do(CallNext("1"))
    assert isinstance(completed, f.TicketCompleted)
    assert play.no(CallNext("1")) == "none_waiting"


def test_the_longest_wait_over_all_the_queues_of_a_counter_is_called() -> None:
    play = HallInPlay()
    play.open("4")
    for service in ("notary", "guidance", "land", "guidance"):
        play.take(service)
    assert [play.next("4") for _ in range(4)] == ["B001", "C001", "A001", "C002"]


def test_a_counter_calls_only_from_its_own_queues() -> None:
    play = HallInPlay()
    play.open("2")
    play.take("land"), play.take("guidance")
    assert play.no(CallNext("2")) == "none_waiting"
    play.take("notary")
    assert play.next("2") == "B001"


def test_a_higher_class_is_called_first_and_within_it_who_came_first() -> None:
    play = HallInPlay()
    play.open("4")
    for service, priority in (
        ("land", None), ("land", "elderly"), ("notary", "disabled"), ("land", "disabled"), ("notary", "elderly"),
    ):  # fmt: skip
        play.take(service, priority)
    called = [play.do(CallNext("4"))[-1] for _ in range(5)]
    assert [(fact.ticket, fact.reason) for fact in called if isinstance(fact, f.TicketCalled)] == [
        ("B001", "priority:disabled"),
        ("A003", "priority:disabled"),
        ("A002", "priority:elderly"),
        ("B002", "priority:elderly"),
        ("A001", "longest_wait"),
    ]


def test_a_hall_without_classes_calls_the_first_of_the_line() -> None:
    play = HallInPlay(replace(small_hall(), priorities={}))
    play.open("1")
    play.take("notary"), play.take("land"), play.take("notary")
    assert [play.next("1") for _ in range(3)] == ["B001", "A001", "B002"]


def test_who_was_sent_to_this_very_counter_comes_before_everybody_else() -> None:
    play = HallInPlay()
    play.open("1", "2")
    for priority in (None, None, "disabled"):
        play.take("notary", priority)
    play.next("1")
    play.next("1")
    play.do(Transfer("1", "2"))
    (called,) = play.do(CallNext("2"))
    assert isinstance(called, f.TicketCalled)
    assert (called.ticket, called.reason, called.queue) == ("B001", "sent_here", "notary")
    assert play.next("2") == "B002"


@pytest.mark.parametrize(("key", "code"), [(None, "counter_closed"), (c.PauseCounter, "counter_paused")])
def test_a_counter_that_is_not_open_calls_nobody(key: type[c.PauseCounter] | None, code: str) -> None:
    play = HallInPlay()
    play.take()
    if key:
        play.open("1")
        play.do(key("1"))
    assert play.no(CallNext("1")) == code
    assert play.no(c.Resume("1", "A001")) == code
    assert play.ticket("A001").state == "waiting"


KEYS = [
    "CallNext Recall Miss Complete Hold Resume Transfer OpenCounter PauseCounter CloseCounter Ring SignOut".split()
]


@pytest.mark.parametrize("key", KEYS[0])
def test_a_key_of_a_counter_that_does_not_exist_does_nothing(key: str) -> None:
    assert HallInPlay().no(cast("Command", getattr(c, key)("99"))) == "unknown_counter"


@pytest.mark.parametrize("key", "Recall Miss Complete Hold Transfer".split())
def test_a_key_about_a_visitor_needs_one_at_the_counter(key: str) -> None:
    play = HallInPlay()
    press = cast("Command", getattr(c, key)("4"))
    assert play.no(press) == "no_ticket"
    play.open("4")
    play.take()
    assert play.no(press) == "no_ticket"


def test_the_same_number_is_never_called_to_two_counters() -> None:
    play = HallInPlay()
    play.open("1", "3", "4")
    play.take()
    assert play.next("1") == "A001"
    assert play.no(CallNext("3")) == "none_waiting"
    assert play.no(CallNext("4")) == "none_waiting"


def test_a_visitor_who_was_called_counts_as_being_served_after_half_a_minute() -> None:
    play = HallInPlay()
    play.open("1")
    play.take()
    play.next("1")
    play.wait(seconds=29)
    assert play.ticket("A001").state == "calling"
    play.wait(seconds=1)
    assert (play.ticket("A001").state, play.hall.desk("1").serving) == ("serving", True)
    assert play.tick() == ()


def test_the_board_shows_twelve_calls_newest_first() -> None:
    play = HallInPlay()
    play.open("1", "3")
    for _ in range(14):
        play.take()
    for turn in range(14):
        play.next("13"[turn % 2])
    assert [call.ticket for call in play.hall.calls] == [f"A{n:03}" for n in range(14, 2, -1)]
    play.do(c.Recall("1"))
    assert [call.ticket for call in play.hall.calls][:3] == ["A013", "A014", "A012"]
    assert len(play.hall.calls) == 12
