"""Who missed a call comes back in time, to a place that the hall sets; later the number is void, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Calls
from hall_controller.domain.commands import CallNext, Miss, Requeue, Resume, Transfer, VoidTicket
from hall_controller.domain.facts import Fact
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, small_hall


def missed_hall(visitors: int = 9, **calls: object) -> HallInPlay:
    """A001 has missed the call of counter 1; so many visitors took numbers."""
    settings = replace(Calls(), **calls)  # type: ignore[arg-type]  # replace checks the names
    play = HallInPlay(replace(small_hall(), calls=settings))
    play.open("1", "3")
    for _ in range(visitors):
        play.take()
    play.next("1")
    play.do(Miss("1"))
    return play


def voided(facts: tuple[Fact, ...] | list[Fact]) -> list[str]:
    return [fact.ticket for fact in facts if isinstance(fact, f.TicketVoided) and fact.reason == "no_show"]


@pytest.mark.parametrize(
    ("behind", "line"),
    [
        (0, ["A001", "A002", "A003", "A004", "A005"]),
        (2, ["A002", "A003", "A001", "A004", "A005"]),
        (9, ["A002", "A003", "A004", "A005", "A001"]),
        (None, ["A002", "A003", "A004", "A005", "A001"]),
    ],
)
def test_who_missed_the_call_waits_again_where_the_hall_says(behind: int | None, line: list[str]) -> None:
    play = missed_hall(5, missed_returns_behind=behind)
    play.do(Requeue("A001"))
    assert list(play.hall.queue("land").waiting) == line
    assert [play.next("1") for _ in line] == line


def test_the_fact_says_behind_whom() -> None:
    play = missed_hall(5, missed_returns_behind=2)
    assert play.do(Requeue("A001")) == (f.TicketRequeued(*play.now, "A001", "land", "A003"),)
    front = missed_hall(5)
    assert front.do(Requeue("A001")) == (f.TicketRequeued(*front.now, "A001", "land"),)


def test_who_comes_later_stands_behind_whoever_was_put_back() -> None:
    play = missed_hall(2, missed_returns_behind=None)
    play.do(Requeue("A001"))
    play.take()
    assert [play.next("1") for _ in range(3)] == ["A002", "A001", "A003"]


def test_many_who_come_back_one_after_the_other_keep_that_order_however_many_they_are() -> None:
    play = missed_hall(80, missed_returns_behind=1)
    for _ in range(60):
        play.next("1")
        play.do(Miss("1"))
    missed = play.hall.missed
    for number in missed:
        play.do(Requeue(number))
    line = play.hall.queue("land").waiting
    assert line[:3] == ("A062", "A061", "A060"), "each stands right behind the first"
    assert [play.next("1") for _ in line] == list(line)


def test_a_visitor_put_back_goes_behind_others_of_the_same_class_only() -> None:
    play = HallInPlay(replace(small_hall(), calls=Calls(missed_returns_behind=1)))
    play.open("1")
    for priority in ("elderly", None, "elderly", None, "elderly"):
        play.take("land", priority)
    play.next("1")
    play.do(Miss("1"))
    assert play.do(Requeue("A001")) == (f.TicketRequeued(*play.now, "A001", "land", "A003"),)
    assert [play.next("1") for _ in range(5)] == ["A003", "A001", "A005", "A002", "A004"]


def test_a_visitor_put_back_waits_from_then_on() -> None:
    play = missed_hall()
    play.wait(minutes=20)
    play.do(Requeue("A001"))
    play.wait(minutes=2)
    called = play.do(CallNext("1"))[-1]
    assert isinstance(called, f.TicketCalled)
    assert (called.ticket, called.waited_s, called.reason) == ("A001", 120, "longest_wait")


def test_a_visitor_put_back_can_be_sent_on_and_keeps_the_place() -> None:
    play = missed_hall(4, missed_returns_behind=1)
    play.do(Requeue("A001"))
    play.next("1"), play.next("1")
    play.do(Transfer("1", "guidance"))
    play.take("guidance")
    assert [play.next("3") for _ in range(2)] == ["A001", "A003"]


def test_only_who_missed_the_call_is_put_back() -> None:
    play = missed_hall()
    assert play.no(Requeue("A002")) == "not_missed"
    assert play.no(Requeue("A099")) == "unknown_ticket"
    play.do(Requeue("A001"))
    assert play.no(Requeue("A001")) == "not_missed"


def test_a_missed_number_is_void_when_later_numbers_were_called_and_minutes_are_over() -> None:
    play = missed_hall(missed_numbers=2, missed_s=600)
    play.wait(minutes=10)
    assert play.hall.missed == ("A001",), "no later number was called"
    play.next("1")
    play.wait(seconds=1)
    assert play.hall.missed == ("A001",)
    play.next("3")
    assert voided(play.tick()) == ["A001"]
    assert play.tick() == ()
    assert play.ticket("A001").state == "voided"
    assert list(play.hall.missed) == []


def test_minutes_count_even_when_many_are_called() -> None:
    play = missed_hall(missed_numbers=2, missed_s=600)
    for _ in range(5):
        play.next("1")
    play.wait(minutes=9)
    play.do(Resume("1", "A001"))
    assert play.hall.desk("1").ticket == "A001"


@pytest.mark.parametrize(
    ("limits", "calls", "minutes", "good"),
    [
        ({"missed_numbers": 3}, 2, 300, True),
        ({"missed_numbers": 3}, 3, 0, False),
        ({"missed_s": 900}, 8, 14, True),
        ({"missed_s": 900}, 0, 15, False),
        ({}, 8, 180, True),
    ],
)
def test_each_limit_holds_alone_and_with_none_a_number_is_good_all_day(
    limits: dict[str, int], calls: int, minutes: int, *, good: bool
) -> None:
    play = missed_hall(**limits)
    for _ in range(calls):
        play.next("1")
    play.wait(minutes=minutes)
    assert (play.ticket("A001").state == "missed") == good


def test_who_comes_too_late_is_told_so_before_and_after_the_number_is_void() -> None:
    play = missed_hall(missed_numbers=1)
    play.next("1")
    for _ in range(2):
        assert play.no(Resume("1", "A001")) == "missed_too_long"
        assert play.no(Requeue("A001")) == "missed_too_long"
        play.tick()
    assert voided(play.facts) == ["A001"]


def test_a_visitor_who_came_back_in_time_has_missed_nothing() -> None:
    play = missed_hall(missed_numbers=1, missed_s=60)
    play.do(Resume("3", "A001"))
    play.next("1"), play.next("1")
    play.wait(minutes=5)
    assert voided(play.facts) == []
    play.do(VoidTicket("A001", "left"))
    assert play.no(Resume("1", "A001")) == "not_resumable"


def test_calls_of_other_queues_do_not_count() -> None:
    play = missed_hall(1, missed_numbers=1)
    play.take("guidance")
    play.next("3")
    assert voided(play.tick()) == []


def test_while_the_clock_cannot_be_believed_nobody_is_sent_away() -> None:
    play = missed_hall(missed_s=600)
    play.at(TUESDAY, "16:00", trusted=False)
    assert voided(play.facts) == []
    play.at(TUESDAY, "16:00")
    assert voided(play.facts) == ["A001"]
