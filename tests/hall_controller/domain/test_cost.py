"""A long day costs no more per visitor than a short one, and old days cost nothing; ratios, never seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from time import thread_time

from hall_controller.domain.catalogue import Counter
from hall_controller.domain.commands import CallNext, IssueTicket, Now, OpenCounter, Tick
from hall_controller.domain.facts import DayOpened
from hall_controller.domain.hall import evolve
from hall_controller.domain.refusals import Refusal
from hall_controller.domain.rules import decide
from tests.hall_controller.domain.any_day import with_every_rule
from tests.hall_controller.domain.small_hall import DAY_AND_NIGHT, TUESDAY, HallInPlay, small_hall

SERVICES = ("land", "notary", "guidance")


def quickest_s(act: Callable[[], object], times: int = 7) -> float:
    """Processor time of ten of them, at best: what else the machine does counts for nothing."""

    def once() -> float:
        began = thread_time()
        for _ in range(10):
            act()
        return thread_time() - began

    return min(once() for _ in range(times))


def press(play: HallInPlay, command: IssueTicket | CallNext | Tick) -> Callable[[], object]:
    """The cost of one press on this very hall: decided and taken in, and forgotten again."""
    hall, now = play.hall, play.now

    def act() -> None:
        after = hall
        answer = decide(hall, command, now)
        assert not isinstance(answer, Refusal)
        for fact in answer:
            after = evolve(after, fact)

    return act


def costs(play: HallInPlay) -> tuple[float, float]:
    """Seconds for a number and for a call with ten people in each queue."""
    return quickest_s(press(play, IssueTicket("land", "submit"))), quickest_s(press(play, CallNext("4")))


def a_hall_with_ten_in_each_queue() -> HallInPlay:
    play = HallInPlay(small_hall(DAY_AND_NIGHT))
    play.open("4")
    for _ in range(10):
        for service in SERVICES:
            play.take(service)
    return play


def visits(play: HallInPlay, count: int) -> None:
    """So many visitors come to each queue and as many are called."""
    for _ in range(count):
        for service in SERVICES:
            play.take(service)
            play.do(CallNext("4"))


def test_the_900th_visitor_of_the_day_costs_little_more_than_the_10th() -> None:
    play = a_hall_with_ten_in_each_queue()
    early = costs(play)
    visits(play, 900)
    late = costs(play)
    assert play.hall.queue("land").last_number == 910
    assert late[0] < 8 * early[0] + 0.001, (
        f"a number: {late[0] / early[0]:.1f} times as dear at the end of the day"
    )
    assert late[1] < 8 * early[1] + 0.001, (
        f"a call: {late[1] / early[1]:.1f} times as dear at the end of the day"
    )


def test_a_crowd_of_900_in_one_queue_costs_no_more_than_its_number() -> None:
    play = a_hall_with_ten_in_each_queue()
    small_crowd = quickest_s(press(play, CallNext("4")))
    for _ in range(890):
        play.take("land")
    assert quickest_s(press(play, CallNext("4"))) < 90 * small_crowd


def test_classes_age_and_a_profile_cost_a_call_among_900_little_more_than_a_plain_one() -> None:
    plain, ruled = (HallInPlay(catalogue) for catalogue in (small_hall(), with_every_rule(small_hall())))
    for play in (plain, ruled):
        play.open("4")
        for n in range(900):
            play.take("land", "elderly" if n % 7 == 0 else None)
        play.wait(seconds=40)
    assert quickest_s(press(ruled, CallNext("4"))) < 4 * quickest_s(press(plain, CallNext("4")))


def test_days_that_are_over_cost_nothing() -> None:
    play = HallInPlay(small_hall(DAY_AND_NIGHT))
    first: tuple[float, float] | None = None
    sizes = []
    for day in range(30):
        play.at(TUESDAY + timedelta(days=day), "08:00")
        play.open("4")
        visits(play, 20)
        for service in SERVICES:
            play.take(service)
        first = first or costs(play)
        sizes.append(len(repr(play.hall)))
    last = costs(play)
    assert first is not None
    assert last[0] < 4 * first[0]
    assert last[1] < 4 * first[1]
    assert max(sizes) < 1.02 * min(sizes), "something of the days before is still in the hall"


def test_a_second_of_a_busy_day_costs_no_more_than_one_of_an_empty_day() -> None:
    quiet = HallInPlay(small_hall(DAY_AND_NIGHT))
    busy = a_hall_with_ten_in_each_queue()
    visits(busy, 300)
    assert quickest_s(press(busy, Tick())) < 8 * quickest_s(press(quiet, Tick())) + 0.001


def test_a_hall_of_64_counters_empties_at_midnight_in_one_go() -> None:
    many = {str(n): Counter(str(n), str(n), SERVICES) for n in range(1, 65)}
    play = HallInPlay(replace(small_hall(DAY_AND_NIGHT), counters=many))
    for counter in many:
        play.do(OpenCounter(counter))
    began = thread_time()
    for _ in range(999):
        for service in SERVICES:
            play.take(service)
    given_out_s = thread_time() - began
    began = thread_time()
    play.now = Now(play.now.at + timedelta(days=1))
    facts = play.tick()
    assert sum(isinstance(fact, DayOpened) for fact in facts) == 1
    assert len(facts) >= 3 * 999 + 64
    assert thread_time() - began < 5 * given_out_s
