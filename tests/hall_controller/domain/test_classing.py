"""Another priority class for somebody who waits."""

from __future__ import annotations

from hall_controller.domain.commands import CallNext, ClassTicket, ReleaseTicket, TurnGuard
from hall_controller.domain.facts import TicketCalled
from tests.hall_controller.domain.small_hall import HallInPlay


def test_who_is_given_a_class_goes_before_those_without_one() -> None:
    play = HallInPlay()
    play.open("1")
    for _ in range(3):
        play.take()
    play.do(ClassTicket("A003", "elderly"))
    called = next(fact for fact in play.do(CallNext("1")) if isinstance(fact, TicketCalled))
    assert (called.ticket, called.reason) == ("A003", "priority:elderly")


def test_among_those_of_a_class_the_older_number_goes_first() -> None:
    play = HallInPlay()
    play.open("1")
    for class_ in (None, "elderly"):
        play.take("land", class_)
    play.do(ClassTicket("A001", "elderly"))
    assert play.next("1") == "A001"


def test_a_class_is_taken_away_again() -> None:
    play = HallInPlay()
    play.open("1")
    play.take()
    play.take("land", "elderly")
    play.do(ClassTicket("A002", None))
    assert play.hall.classed == frozenset()
    assert play.next("1") == "A001"


def test_a_number_that_is_held_on_guard_keeps_its_class_when_released() -> None:
    play = HallInPlay()
    play.do(TurnGuard(on=True))
    play.take()
    play.do(ClassTicket("A001", "disabled"))
    assert play.hall.queue("land").waiting == ()
    play.do(ReleaseTicket("A001"))
    assert play.ticket("A001").priority == "disabled"
    assert play.hall.queue("land").waiting == ("A001",)


def test_only_who_waits_is_given_one_of_the_classes_of_the_hall() -> None:
    play = HallInPlay()
    play.open("1")
    play.take("land", "elderly")
    assert play.no(ClassTicket("A001", "kings")) == "unknown_priority"
    assert play.no(ClassTicket("A001", "elderly")) == "class_is_that"
    assert play.no(ClassTicket("B404", "elderly")) == "unknown_ticket"
    play.next("1")
    assert play.no(ClassTicket("A001", "disabled")) == "not_waiting"
