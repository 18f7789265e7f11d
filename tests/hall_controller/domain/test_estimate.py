"""What visitors are told about waiting: from what was measured, with a range, and nothing when nothing is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall_controller.domain.catalogue import Counter, WorkStep
from hall_controller.domain.commands import Miss, PauseCounter, Transfer
from hall_controller.domain.estimate import (
    FEWEST_SERVICES,
    Wait,
    expected_wait,
    open_for,
    service_time_s,
    summary,
)
from hall_controller.domain.hall import Hall, QueueLine
from tests.hall_controller.domain.small_hall import HallInPlay, small_hall


def a_hall(*open_counters: str, minutes: float = 10, visits: int = 6) -> HallInPlay:
    """Every visit to a counter has taken so long in the queue for land, and nobody waits."""
    play = HallInPlay(clock="07:30")
    play.open("1")
    for _ in range(visits):
        play.take()
        play.serve("1", minutes * 60)
    play.open(*(counter for counter in open_counters if counter != "1"))
    if "1" not in open_counters:
        play.do(PauseCounter("1"))
    return play


def likely_min(play: HallInPlay, queue: str, ahead: int) -> float:
    wait = expected_wait(play.hall, queue, ahead)
    assert wait is not None
    return wait.likely_s / 60


def test_nobody_waits_for_a_counter_that_is_free() -> None:
    assert expected_wait(a_hall("1").hall, "land", 0) == Wait(0, 0, 0)


def test_whoever_is_next_waits_for_the_rest_of_the_visit_under_way() -> None:
    play = a_hall("1")
    play.take()
    play.next("1")
    assert likely_min(play, "land", 0) == pytest.approx(5, abs=1.5), "half of ten minutes, on average"
    assert likely_min(play, "land", 3) == pytest.approx(35, abs=1)


def test_two_counters_halve_the_wait() -> None:
    assert likely_min(a_hall("1", "3"), "land", 6) == 30
    assert likely_min(a_hall("1"), "land", 6) == 60


def test_a_counter_that_pauses_serves_nobody() -> None:
    play = a_hall("1", "3")
    play.do(PauseCounter("3"))
    assert likely_min(play, "land", 6) == 60
    play.do(PauseCounter("1"))
    assert expected_wait(play.hall, "land", 6) is None


def test_who_waits_in_another_queue_of_the_same_counter_is_waited_for_as_well() -> None:
    play = a_hall("1")
    for _ in range(4):
        play.take("notary")
    assert likely_min(play, "land", 2) == 60
    play.open("2")
    assert likely_min(play, "land", 2) == 40, "half of the notary's visitors go to the counter beside"


def test_a_queue_that_stands_behind_in_the_work_profile_takes_no_time() -> None:
    first_land = (WorkStep(("land",)), WorkStep(("notary",)))
    counters = {**small_hall().counters, "1": Counter("1", "1", ("land", "notary"), profile=first_land)}
    play = a_hall("1")
    play.change(counters=counters)
    for _ in range(4):
        play.take("notary")
    assert likely_min(play, "land", 2) == 20
    line = replace(play.hall.queue("land"), waiting=tuple(play.take() for _ in range(3)))
    notary = replace(play.hall.queue("notary"), busy_s=line.busy_s)
    hall = replace(play.hall, queues={**play.hall.queues, "notary": notary})
    wait = expected_wait(hall, "notary", 2)
    assert wait is not None
    assert wait.likely_s == 50 * 60, "two before in the queue, and the three whom the counter prefers"


def test_who_was_sent_to_the_counter_comes_first() -> None:
    play = a_hall("3")
    play.open("1")
    play.take()
    play.next("1")
    play.do(Transfer("1", "3"))
    play.do(PauseCounter("1"))
    assert likely_min(play, "land", 0) == pytest.approx(8, abs=0.5), (
        "a visit, and one that was sent on at once"
    )


def test_a_number_that_nobody_answers_counts_with_the_time_that_it_took() -> None:
    play = a_hall("1", visits=FEWEST_SERVICES - 1)
    assert service_time_s(play.hall, "land") is None
    play.take()
    play.next("1")
    play.wait(seconds=90)
    play.do(Miss("1"))
    assert play.hall.queue("land").busy_s[-1] == 90
    assert service_time_s(play.hall, "land") == (4 * 600 + 90) / 5


def test_one_forgotten_key_does_not_frighten_the_hall() -> None:
    steady = summary([600.0] * 9)
    forgotten = summary([600.0] * 9 + [3 * 3600.0])
    assert steady is not None
    assert forgotten is not None
    assert forgotten.mean_s == 1.3 * steady.mean_s, "it counts as four visits, not as eighteen"


def test_the_range_is_wide_for_visits_that_differ_and_narrow_for_those_that_do_not() -> None:
    def width_s(times: tuple[float, ...]) -> int:
        hall = a_hall("1").hall
        line = replace(hall.queue("land"), busy_s=times)
        wait = expected_wait(replace(hall, queues={**hall.queues, "land": line}), "land", 5)
        assert wait is not None
        assert wait.low_s < wait.likely_s < wait.high_s
        return wait.high_s - wait.low_s

    assert width_s((300.0, 900.0) * 10) > 1.05 * width_s((590.0, 610.0) * 10)


def test_a_counter_that_is_not_in_the_settings_any_more_serves_nobody() -> None:
    play = a_hall("1", "3")
    play.change(counters={"1": play.hall.catalogue.counters["1"]})
    assert [counter.id for counter in open_for(play.hall, "land")] == ["1"]


@given(
    times=st.lists(st.floats(0, 4 * 3600), min_size=FEWEST_SERVICES, max_size=20),
    ahead=st.integers(0, 300),
    here=st.booleans(),
)
def test_whatever_was_measured_the_range_holds_the_likely_wait(
    times: list[float], ahead: int, *, here: bool
) -> None:
    play = HallInPlay()
    play.open("1")
    if here:
        play.take()
        play.next("1")
    hall: Hall = replace(play.hall, queues={"land": QueueLine(open=True, busy_s=tuple(times))})
    wait, longer = expected_wait(hall, "land", ahead), expected_wait(hall, "land", ahead + 1)
    assert wait is not None
    assert longer is not None
    assert 0 <= wait.low_s <= wait.high_s
    assert wait.low_s <= wait.likely_s <= wait.high_s
    assert wait.likely_s <= longer.likely_s
