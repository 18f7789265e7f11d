"""Who is next: work profiles, classes that take turns, age, and a reason that answers "why this one"."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Catalogue, Counter, Precedence, WorkStep
from hall_controller.domain.commands import CallNext, Transfer
from hall_controller.domain.order import place
from tests.hall_controller.domain.small_hall import HallInPlay, small_hall


def hall_with(profile: tuple[WorkStep, ...] = (), precedence: Precedence | None = None) -> HallInPlay:
    """Counter 4 works by the profile, and is open."""
    catalogue: Catalogue = small_hall()
    queues = tuple(queue for step in profile for queue in step.queues) or catalogue.counters["4"].queues
    counters = {**catalogue.counters, "4": Counter("4", "4", queues, profile=profile)}
    play = HallInPlay(replace(catalogue, counters=counters, precedence=precedence or Precedence()))
    play.open("4")
    return play


def called(play: HallInPlay, counter: str = "4") -> f.TicketCalled:
    fact = play.do(CallNext(counter))[-1]
    assert isinstance(fact, f.TicketCalled)
    return fact


def order_of(play: HallInPlay, calls: int) -> list[tuple[str, str]]:
    return [(fact.ticket, fact.reason) for fact in (called(play) for _ in range(calls))]


OWN_FIRST = (WorkStep(("notary",)), WorkStep(("land",), first_after_s=1200), WorkStep(("guidance",)))


def test_a_profile_is_worked_from_its_first_step_down() -> None:
    play = hall_with(OWN_FIRST)
    for service in ("guidance", "land", "notary", "notary"):
        play.take(service)
    calls = [called(play) for _ in range(4)]
    assert [(c.ticket, c.step, c.queues) for c in calls] == [
        ("B001", 1, ("notary",)),
        ("B002", 1, ("notary",)),
        ("A001", 2, ("land",)),
        ("C001", 3, ("guidance",)),
    ]
    assert {c.reason for c in calls} == {"longest_wait"}


def test_when_the_oldest_waits_over_20_minutes_that_queue_is_taken_first() -> None:
    play = hall_with(OWN_FIRST)
    play.take("land")
    play.wait(minutes=1)
    play.take("land")
    play.take("notary"), play.take("notary")
    play.wait(minutes=18, seconds=59)
    assert called(play).ticket == "B001"
    play.wait(seconds=1)
    overdue = called(play)
    assert (overdue.ticket, overdue.reason, overdue.step) == ("A001", "overdue:land", 2)
    assert (overdue.waited_s, overdue.limit_s, overdue.queues) == (1200, 1200, ("land",))
    assert called(play).ticket == "B002", "A002 has waited 19 minutes: the profile holds again"


def test_of_two_overdue_queues_the_earlier_step_goes_first() -> None:
    play = hall_with(
        (WorkStep(("guidance", "notary"), first_after_s=600), WorkStep(("land",), first_after_s=60))
    )
    for service in ("land", "notary", "guidance"):
        play.take(service)
    play.wait(minutes=10)
    assert order_of(play, 3) == [
        ("C001", "overdue:guidance"),
        ("B001", "overdue:notary"),
        ("A001", "overdue:land"),
    ]


def test_a_counter_helps_another_queue_only_when_its_visitors_wait_long_or_are_many() -> None:
    helps = (
        WorkStep(("notary",)),
        WorkStep(("land",), only_after_s=600),
        WorkStep(("guidance",), only_when_waiting=3),
    )
    play = hall_with(helps)
    play.take("land"), play.take("guidance"), play.take("guidance")
    assert play.no(CallNext("4")) == "none_waiting"
    play.take("guidance")
    assert called(play).ticket == "C001"
    play.wait(minutes=10)
    assert called(play).ticket == "A001"
    (ended,) = play.do(CallNext("4"))
    assert isinstance(ended, f.TicketCompleted), "two who want guidance are not many"


def test_the_queues_of_one_step_are_one_line() -> None:
    play = hall_with((WorkStep(("land", "notary")), WorkStep(("guidance",))))
    for service in ("guidance", "notary", "land", "notary"):
        play.take(service)
    assert [called(play).ticket for _ in range(4)] == ["B001", "A001", "B002", "C001"]


def test_the_profile_chooses_the_queue_and_the_class_chooses_within_it() -> None:
    play = hall_with((WorkStep(("notary",)), WorkStep(("land",))))
    play.take("land", "disabled"), play.take("notary"), play.take("notary", "elderly")
    assert order_of(play, 3) == [
        ("B002", "priority:elderly"),
        ("B001", "longest_wait"),
        ("A001", "priority:disabled"),
    ]


def test_whom_another_counter_sent_here_comes_before_the_profile() -> None:
    play = hall_with(OWN_FIRST)
    play.open("3")
    play.take("land"), play.take("notary")
    play.next("3")
    play.do(Transfer("3", "4"))
    sent = called(play)
    assert (sent.ticket, sent.reason, sent.queues, sent.step) == ("A001", "sent_here", (), 0)


def test_classes_that_take_turns_let_two_without_a_class_pass_after_each_with_one() -> None:
    play = hall_with(precedence=Precedence("interleaved", 2))
    for priority in (None, None, None, "elderly", "elderly", "disabled"):
        play.take("land", priority)
    assert order_of(play, 6) == [
        ("A006", "priority:disabled"),
        ("A001", "interleaved"),
        ("A002", "interleaved"),
        ("A004", "priority:elderly"),
        ("A003", "interleaved"),
        ("A005", "priority:elderly"),
    ]


def test_whoever_has_a_class_does_not_wait_for_visitors_who_have_not_come() -> None:
    play = hall_with(precedence=Precedence("interleaved", 3))
    play.take("land", "elderly"), play.take("land", "elderly")
    assert order_of(play, 2) == [("A001", "priority:elderly"), ("A002", "priority:elderly")]


def test_each_counter_keeps_its_own_turns_and_who_is_sent_to_it_is_no_turn() -> None:
    play = hall_with(precedence=Precedence("interleaved", 1))
    play.open("3")
    for priority in ("elderly", "elderly", "elderly", None, None):
        play.take("land", priority)
    assert [called(play, "4").ticket, called(play, "3").ticket] == ["A001", "A002"]
    play.do(Transfer("3", "4"))
    assert order_of(play, 3) == [("A002", "sent_here"), ("A004", "interleaved"), ("A003", "priority:elderly")]


@pytest.mark.parametrize("mode", ["strict", "interleaved"])
def test_whoever_has_waited_half_an_hour_counts_as_of_the_highest_class(mode: str) -> None:
    play = hall_with(precedence=Precedence("strict" if mode == "strict" else "interleaved", 1, 1800))
    play.take("land"), play.take("land", "elderly")
    play.wait(minutes=29)
    play.take("land", "disabled")
    assert place(play.hall, play.ticket("A003")) == 0
    play.wait(minutes=1)
    aged = called(play)
    assert (aged.ticket, aged.reason, aged.waited_s, aged.limit_s) == ("A001", "aged", 1800, 1800)
    assert order_of(play, 2) == [("A002", "aged"), ("A003", "priority:disabled")]


def test_nobody_ages_where_the_hall_does_not_say_so() -> None:
    play = hall_with()
    play.take("land")
    play.wait(hours=3)
    play.take("land", "elderly")
    assert order_of(play, 2) == [("A002", "priority:elderly"), ("A001", "longest_wait")]


def test_the_reason_says_who_could_have_been_called_and_how_long_this_one_waited() -> None:
    play = HallInPlay()
    play.open("1", "2")
    play.take("land")
    play.wait(minutes=3)
    play.take("notary")
    fact = called(play, "2")
    assert (fact.ticket, fact.queue, fact.waited_s) == ("B001", "notary", 0)
    assert fact.queues == ("notary",), "A001 waited longer, but not for this counter"
    fact = called(play, "1")
    assert (fact.ticket, fact.queue, fact.waited_s, fact.queues) == ("A001", "land", 180, ("land", "notary"))


def test_a_class_that_the_hall_has_done_away_with_is_no_class_any_more() -> None:
    play = HallInPlay()
    play.open("4")
    for priority in ("elderly", None, "disabled"):
        play.take("land", priority)
    play.change(priorities={"disabled": play.hall.catalogue.priorities["disabled"]})
    assert [called(play).ticket for _ in range(3)] == ["A003", "A001", "A002"]


def test_the_place_that_a_visitor_is_told_is_the_number_of_calls_before_theirs() -> None:
    for precedence in (Precedence(), Precedence("interleaved", 1), Precedence("interleaved", 2)):
        play = hall_with((WorkStep(("land",)),), precedence)
        for priority in (None, "elderly", None, "disabled", None, "elderly", None, None, None):
            play.take("land", priority)
        numbers = play.hall.queue("land").waiting
        told = {number: place(play.hall, play.ticket(number)) for number in numbers}
        assert [called(play).ticket for _ in numbers] == sorted(numbers, key=lambda number: told[number])
