"""Calls are spoken in their order, each once, never late; who has moved on is not called to the old place."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from displays.speech.waiting_calls import IN_ONE_BREATH, WaitingCalls
from tests.displays.boards import MORNING
from tests.displays.speech.calls_to_speak import announced


def spoken(waiting: WaitingCalls, after_s: float = 0) -> list[list[tuple[str, str]]]:
    """Everything that is said from now on, breath by breath."""
    said = []
    while calls := waiting.next(MORNING + timedelta(seconds=after_s)):
        said.append([(call.ticket, call.counter) for call in calls])
    return said


@pytest.fixture
def waiting() -> WaitingCalls:
    return WaitingCalls()


def test_calls_to_different_counters_are_spoken_in_order(waiting: WaitingCalls) -> None:
    for ticket, counter in (("A001", "1"), ("B001", "2"), ("A002", "3")):
        assert waiting.take(announced(ticket, counter), MORNING) == "waits"
    assert spoken(waiting) == [[("A001", "1")], [("B001", "2")], [("A002", "3")]]
    assert len(waiting) == 0


def test_a_recall_takes_the_place_of_the_call_that_still_waits(waiting: WaitingCalls) -> None:
    first, other = announced("A001", "1"), announced("B001", "2")
    recall = announced("A001", "1", call=2)
    assert [waiting.take(call, MORNING) for call in (first, other, recall)] == ["waits", "waits", "replaces"]
    assert [call.id for call in waiting.next(MORNING)] == [recall.id]
    assert spoken(waiting) == [[("B001", "2")]]


def test_a_recall_after_the_call_was_spoken_is_spoken_again(waiting: WaitingCalls) -> None:
    waiting.take(announced("A001", "1"), MORNING)
    assert spoken(waiting) == [[("A001", "1")]]
    assert waiting.take(announced("A001", "1", call=2), MORNING) == "waits"
    assert spoken(waiting) == [[("A001", "1")]]


def test_nobody_is_sent_to_a_counter_that_has_called_somebody_else_meanwhile(waiting: WaitingCalls) -> None:
    for ticket, counter in (("A001", "1"), ("B001", "2"), ("A002", "1")):
        waiting.take(announced(ticket, counter), MORNING)
    assert spoken(waiting) == [[("A002", "1")], [("B001", "2")]]


def test_a_ticket_that_was_moved_is_called_to_its_new_counter_only(waiting: WaitingCalls) -> None:
    for ticket, counter in (("A001", "1"), ("B001", "2"), ("A001", "2")):
        waiting.take(announced(ticket, counter), MORNING)
    assert spoken(waiting) == [[("A001", "2")]]


def test_a_call_delivered_twice_is_spoken_once(waiting: WaitingCalls) -> None:
    call = announced("A001")
    assert [waiting.take(call, MORNING) for _ in range(3)] == ["waits", "twice", "twice"]
    assert spoken(waiting) == [[("A001", "5")]]
    assert waiting.take(call, MORNING) == "twice"


def test_a_call_after_its_time_is_never_spoken(waiting: WaitingCalls) -> None:
    assert waiting.take(announced("A001", left_s=0), MORNING) == "late"
    assert waiting.take(announced("B001", "2", left_s=5), MORNING) == "waits"
    assert waiting.take(announced("B002", "3", left_s=15), MORNING) == "waits"
    assert spoken(waiting, after_s=10) == [[("B002", "3")]]
    assert waiting.fates["late"] == 2


def test_when_many_wait_some_are_spoken_in_one_breath(waiting: WaitingCalls) -> None:
    for number in range(1, 7):
        waiting.take(announced(f"A00{number}", str(number), left_s=60), MORNING)
    breaths = spoken(waiting)
    assert [len(breath) for breath in breaths] == [IN_ONE_BREATH, 1, 1, 1]
    assert [ticket for breath in breaths for ticket, _ in breath] == [
        f"A00{number}" for number in range(1, 7)
    ]


def test_six_counters_that_call_at_once_are_all_heard_in_time(waiting: WaitingCalls) -> None:
    for number in range(1, 7):
        waiting.take(announced(f"A00{number}", str(number), left_s=20), MORNING)
    now, heard = MORNING, []
    while calls := waiting.next(now):
        heard += [call.ticket for call in calls]
        now += timedelta(seconds=0.5 + 3.8 * len(calls))  # measured: a short chime, then each sentence
    assert heard == [f"A00{number}" for number in range(1, 7)]
    assert waiting.fates["late"] == 0


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 5), st.integers(-2, 30)), max_size=40))
def test_whatever_comes_the_newest_call_of_each_counter_is_spoken_if_it_is_in_time(
    came: list[tuple[int, int, int]],
) -> None:
    waiting = WaitingCalls()
    calls = [announced(f"A00{ticket}", str(counter), left_s=left_s) for ticket, counter, left_s in came]
    for call in calls:
        waiting.take(call, MORNING)
    said = [pair for breath in spoken(waiting) for pair in breath]
    in_time = [call for call in calls if call.expires > MORNING]
    newest = [
        (call.ticket, call.counter)
        for at, call in enumerate(in_time)
        if not any(
            call.counter == later.counter or call.ticket == later.ticket for later in in_time[at + 1 :]
        )
    ]
    assert sorted(said) == sorted(newest)
