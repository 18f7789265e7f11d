"""No number that cannot be served today: waiting and being served must fit into the hours that are left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hall_controller.domain.catalogue import Dispenser, Valid
from hall_controller.domain.commands import IssueTicket, OpenCounter, PauseCounter
from hall_controller.domain.forecast import open_seconds_left
from hall_controller.domain.refusals import Refusal
from hall_controller.domain.rules import decide
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, local, small_hall

FRIDAY = date(2022, 3, 4)
LAND = IssueTicket("land", "submit")


def a_hall(clock: str, *, minutes: float = 20, day: date = TUESDAY) -> HallInPlay:
    """A hall that forecasts, one counter, and visits of so many minutes; now it is so late."""
    catalogue = replace(small_hall(), dispenser=Dispenser(forecast_limit=True))
    play = HallInPlay(catalogue, day=day, clock="07:30")
    play.open("1")
    for _ in range(5):
        play.take()
        play.serve("1", minutes * 60)
    play.at(day, clock)
    return play


def numbers_given_out(play: HallInPlay) -> int:
    """Until the hall says that it is too late."""
    given = 0
    while not isinstance(decide(play.hall, LAND, play.now), Refusal):
        play.take()
        given += 1
    assert play.no(LAND) == "too_late"
    return given


def test_the_visit_itself_must_fit_before_closing_and_not_only_the_wait() -> None:
    assert numbers_given_out(a_hall("16:41")) == 0
    assert numbers_given_out(a_hall("16:40")) == 1
    assert numbers_given_out(a_hall("16:00")) == 3


def test_over_lunch_time_stands_still_and_the_afternoon_counts() -> None:
    assert numbers_given_out(a_hall("10:30")) == 3 + 12
    assert numbers_given_out(a_hall("11:29", minutes=24)) == 10


def test_the_refusal_says_when_it_opens_again() -> None:
    play = a_hall("16:50", day=FRIDAY)
    refusal = decide(play.hall, LAND, play.now)
    assert isinstance(refusal, Refusal)
    assert refusal.text.vi == (
        "Hôm nay không còn đủ thời gian phục vụ. Mở lại Thứ Hai, 07/03/2022 lúc 07:30."
    )
    assert "It opens on Monday, 07/03/2022 at 07:30." in refusal.text.en


def test_in_the_morning_the_next_opening_is_not_this_afternoon() -> None:
    play = a_hall("11:00", minutes=45)
    while not isinstance(refusal := decide(play.hall, LAND, play.now), Refusal):
        play.take()
    assert "Thứ Tư, 02/03/2022 lúc 07:30" in refusal.text.vi


def test_another_counter_makes_room() -> None:
    play = a_hall("16:20")
    play.open("3")
    assert numbers_given_out(play) == 3


def test_without_a_counter_or_a_believed_clock_nobody_is_sent_away() -> None:
    play = a_hall("16:00")
    numbers_given_out(play)
    play.do(PauseCounter("1"))
    assert not isinstance(decide(play.hall, LAND, play.now), Refusal), "the wait is unknown"
    play.at(TUESDAY, "16:59")
    assert play.no(LAND) == "too_late", "but a visit of twenty minutes does not fit into one"
    play.at(date(2022, 3, 6), "23:00", trusted=False)
    assert not isinstance(decide(play.hall, LAND, play.now), Refusal)


@pytest.mark.parametrize(
    ("clock", "minutes"),
    [
        ("06:00", 480),
        ("07:30", 480),
        ("11:00", 270),
        ("12:00", 240),
        ("16:59", 1),
        ("17:00", 0),
        ("20:00", 0),
    ],
)
def test_open_time_is_counted_without_the_lunch(clock: str, minutes: int) -> None:
    hall = small_hall()
    assert open_seconds_left(hall, hall.services["land"], local(TUESDAY, clock)) == minutes * 60


def test_an_agency_that_is_no_more_has_closed_services() -> None:
    play = HallInPlay()
    agencies = play.hall.catalogue.agencies
    gone = replace(agencies["tnmt"], valid=Valid(last_day=date(2022, 2, 28)))
    play.change(agencies={**agencies, "tnmt": gone})
    assert play.no(LAND) == "service_closed"
    assert play.take("notary") == "B001"


def test_an_agency_that_begins_tomorrow_is_told_with_its_first_day() -> None:
    play = HallInPlay()
    agencies = play.hall.catalogue.agencies
    new = replace(agencies["tnmt"], valid=Valid(first_day=date(2022, 3, 2)))
    play.change(agencies={**agencies, "tnmt": new})
    refusal = decide(play.hall, LAND, play.now)
    assert isinstance(refusal, Refusal)
    assert "Thứ Tư, 02/03/2022 lúc 07:30" in refusal.text.vi


def test_a_counter_opens_only_on_its_days() -> None:
    play = HallInPlay()
    counters = play.hall.catalogue.counters
    play.change(counters={**counters, "1": replace(counters["1"], valid=Valid(first_day=date(2022, 3, 2)))})
    assert play.no(OpenCounter("1")) == "counter_not_in_use"
    play.at(date(2022, 3, 2), "08:00")
    play.open("1")
