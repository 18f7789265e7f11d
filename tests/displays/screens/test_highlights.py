"""Every call has its moment on the screen, however many counters call at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from displays.screens.highlights import LONGEST_S, SHORTEST_S, Call, Highlights
from tests.displays.boards import MORNING

MS = timedelta(milliseconds=1)


def call(ticket: str, place: str = "5", times: int = 1, time: datetime = MORNING) -> Call:
    return Call(ticket, place, place, times, time)


def hear(highlights: Highlights, *calls: Call, now: datetime = MORNING, settled: bool = True) -> None:
    highlights.hear(calls, now=now, settled=settled)


def watched(highlights: Highlights, until_s: float = 400.0) -> Iterator[tuple[str, float]]:
    """What somebody who never looks away sees: each ticket and how long it was large."""
    at_s, since_s, current = 0.0, 0.0, highlights.current(0.0)
    while at_s < until_s:
        at_s += 0.05
        following = highlights.current(at_s)
        if following != current:
            if current is not None:
                yield current.ticket, at_s - since_s
            current, since_s = following, at_s


def test_four_counters_calling_within_a_tenth_of_a_second_are_all_seen() -> None:
    highlights, board = Highlights(), list[Call]()
    for index in range(4):
        board.insert(0, call(f"A{index:03}", str(index), time=MORNING + 30 * index * MS))
        hear(highlights, *board)
        highlights.current(0.03 * index)
    seen = list(watched(highlights))
    assert [ticket for ticket, _ in seen] == ["A000", "A001", "A002", "A003"]
    assert all(large_s >= SHORTEST_S for _, large_s in seen)


def test_several_calls_in_one_board_are_shown_oldest_first() -> None:
    highlights = Highlights()
    hear(highlights, call("A002", "2", time=MORNING + MS), call("A001", "1"))
    assert [ticket for ticket, _ in watched(highlights)] == ["A001", "A002"]


def test_a_single_call_is_large_for_its_whole_time() -> None:
    highlights = Highlights()
    hear(highlights, call("A001"))
    ((ticket, large_s),) = watched(highlights)
    assert ticket == "A001"
    assert LONGEST_S <= large_s <= LONGEST_S + 0.1


@given(
    some.lists(some.tuples(some.integers(0, 99), some.integers(0, 63), some.floats(0, 60)), max_size=64),
    some.integers(1, 12),
)
def test_no_call_is_ever_skipped(arrivals: list[tuple[int, int, float]], heard_at_once: int) -> None:
    highlights, expected = Highlights(), set[str]()
    calls = []
    for ticket, place, after_s in sorted(arrivals, key=lambda arrival: arrival[2]):
        if (name := f"A{ticket:03}") not in expected:
            expected.add(name)
            calls.append(call(name, str(place), time=MORNING + timedelta(seconds=after_s)))
    for start in range(0, len(calls), heard_at_once):
        hear(highlights, *reversed(calls[: start + heard_at_once]))
        highlights.current(start * 0.01)
    seen = list(watched(highlights))
    assert {ticket for ticket, _ in seen} == expected
    assert len(seen) == len(expected)
    assert all(large_s >= SHORTEST_S for _, large_s in seen)


def test_a_recall_is_large_again() -> None:
    highlights = Highlights()
    hear(highlights, call("A001"))
    list(watched(highlights))
    hear(highlights, call("A001", times=2, time=MORNING + timedelta(seconds=30)))
    assert [ticket for ticket, _ in watched(highlights)] == ["A001"]


def test_a_board_that_is_repeated_calls_nobody_again() -> None:
    highlights = Highlights()
    hear(highlights, call("A001"))
    list(watched(highlights))
    hear(highlights, call("A001"), call("A001"))
    assert not list(watched(highlights))


def test_a_transfer_to_another_counter_is_another_call() -> None:
    highlights = Highlights()
    hear(highlights, call("A001", "5"))
    hear(highlights, call("A001", "7"))
    assert len(list(watched(highlights))) == 2


def test_the_same_number_of_the_next_day_is_another_call() -> None:
    highlights = Highlights()
    hear(highlights, call("A001"))
    list(watched(highlights))
    hear(highlights, call("A001", time=MORNING + timedelta(days=1)), now=MORNING + timedelta(days=1))
    assert [ticket for ticket, _ in watched(highlights)] == ["A001"]


def test_after_a_start_old_calls_are_history_and_the_newest_still_news() -> None:
    highlights = Highlights()
    board = [
        call("A009", "9", time=MORNING - timedelta(seconds=4)),
        call("A008", "8", time=MORNING - timedelta(seconds=40)),
    ]
    hear(highlights, *board, settled=False)
    assert [ticket for ticket, _ in watched(highlights)] == ["A009"]


def test_a_screen_whose_clock_is_wrong_still_shows_every_new_call() -> None:
    highlights = Highlights()
    hear(highlights, call("A001", time=MORNING - timedelta(hours=3)), settled=False)
    hear(highlights, call("A002", "2", time=MORNING - timedelta(hours=3)))
    assert [ticket for ticket, _ in watched(highlights)] == ["A002"]


def test_a_call_that_is_large_makes_room_earlier_when_others_wait() -> None:
    highlights = Highlights()
    hear(highlights, call("A001", "1"))
    assert highlights.current(0.0) == call("A001", "1")
    assert highlights.ends_s() == LONGEST_S
    hear(highlights, *(call(f"B00{index}", str(index), time=MORNING + index * MS) for index in range(2, 7)))
    assert highlights.ends_s() == SHORTEST_S
    assert len(highlights.waiting) == 5
    current = highlights.current(SHORTEST_S)
    assert current is not None
    assert current.ticket == "B002"


def test_nothing_grows_with_the_number_of_days() -> None:
    highlights = Highlights()
    for day in range(4):
        today = MORNING + timedelta(days=day)
        for number in range(1500):
            hear(highlights, call(f"A{number:04}", time=today), now=today, settled=False)
    assert len(highlights._known) <= 4097  # noqa: SLF001 - what must not grow
