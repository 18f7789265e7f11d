"""How many are ahead, as a ticket tells it, is the number of calls that really come first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hall_controller.domain.catalogue import Counter, Precedence
from hall_controller.domain.commands import CallNext
from hall_controller.domain.estimate import open_for
from hall_controller.domain.order import place
from tests.hall_controller.domain.small_hall import HallInPlay, small_hall

CLASSES = st.lists(st.sampled_from([None, None, "elderly", "disabled"]), max_size=14)
PRECEDENCES = st.builds(Precedence, st.sampled_from(["strict", "interleaved"]), st.integers(1, 3))


def a_hall(precedence: Precedence, counters: int) -> HallInPlay:
    """Counters that call from the queue for land alone, and are open."""
    names = [str(n) for n in range(1, counters + 1)]
    play = HallInPlay(
        replace(small_hall(), counters={n: Counter(n, n, ("land",)) for n in names}, precedence=precedence)
    )
    play.open(*names)
    return play


def calls_until(play: HallInPlay, number: str) -> int:
    """How many are called before this one, by counters that call one after the other."""
    counters = [counter.id for counter in open_for(play.hall, "land")]
    for calls in range(100):
        counter = counters[calls % len(counters)]
        play.do(CallNext(counter))
        if play.hall.desk(counter).ticket == number:
            return calls
    raise AssertionError(f"{number} is never called")


@given(
    waiting=CLASSES,
    newcomer=st.sampled_from([None, "elderly", "disabled"]),
    called=st.integers(0, 6),
    counters=st.integers(1, 3),
    precedence=PRECEDENCES,
)
@example(["elderly", None, "elderly"], None, 1, 1, Precedence("interleaved", 1))
@example([None, None, "disabled"], "elderly", 0, 1, Precedence("interleaved", 2))
def test_the_people_ahead_are_the_calls_that_come_first(
    waiting: list[str | None], newcomer: str | None, called: int, counters: int, precedence: Precedence
) -> None:
    play = a_hall(precedence, counters)
    for class_ in waiting:
        play.issue(priority=class_)
    for _ in range(min(called, len(waiting)) // counters):
        for counter in play.hall.catalogue.counters:
            play.do(CallNext(counter))
    issued = play.issue(priority=newcomer)
    assert place(play.hall, play.ticket(issued.ticket)) == issued.ahead
    assert calls_until(play, issued.ticket) == issued.ahead


@given(waiting=CLASSES.filter(bool), precedence=PRECEDENCES, counters=st.integers(1, 2))
def test_everybody_who_waits_is_told_a_place_of_their_own(
    waiting: list[str | None], precedence: Precedence, counters: int
) -> None:
    play = a_hall(precedence, counters)
    for class_ in waiting:
        play.issue(priority=class_)
    numbers = play.hall.queue("land").waiting
    assert sorted(place(play.hall, play.ticket(number)) for number in numbers) == list(range(len(numbers)))


@pytest.mark.parametrize(("mode", "ahead"), [("strict", 3), ("interleaved", 2)])
def test_a_visitor_without_a_class_is_not_told_to_wait_for_everybody_who_has_one(
    mode: str, ahead: int
) -> None:
    play = a_hall(Precedence("strict" if mode == "strict" else "interleaved", 1), 1)
    for _ in range(4):
        play.issue(priority="elderly")
    play.next("1")
    play.issue()
    if mode == "strict":
        assert place(play.hall, play.ticket("A005")) == ahead
    else:
        assert place(play.hall, play.ticket("A005")) == 0, "the first turn after one of a class is theirs"
        assert play.issue().ahead == ahead


def test_with_every_counter_closed_the_first_call_is_taken_to_be_of_a_class() -> None:
    play = HallInPlay(replace(small_hall(), precedence=Precedence("interleaved", 2)))
    for class_ in (None, "elderly", None):
        play.issue(priority=class_)
    assert [place(play.hall, play.ticket(number)) for number in ("A001", "A002", "A003")] == [1, 0, 2]
