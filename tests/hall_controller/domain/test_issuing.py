"""Who gets a number, which one, and who is told no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from hall_controller.domain.catalogue import Dispenser
from hall_controller.domain.commands import IssueTicket, PauseCounter, SkipNumbers
from hall_controller.domain.facts import NumbersSkipped
from hall_controller.domain.opening import OpeningRule, Session
from hall_controller.domain.refusals import Refusal
from hall_controller.domain.rules import decide
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, small_hall

LAND = IssueTicket("land", "submit", source="kiosk")


def test_each_queue_counts_its_own_numbers_from_one() -> None:
    play = HallInPlay()
    assert [play.take(s) for s in ("land", "notary", "land", "guidance")] == ["A001", "B001", "A002", "C001"]


def test_two_services_of_one_queue_share_its_numbers() -> None:
    play = HallInPlay()
    assert [play.take("land"), play.take("mortgage")] == ["A001", "A002"]


def test_what_the_visitor_chose_stays_with_the_number() -> None:
    play = HallInPlay()
    (fact,) = play.do(IssueTicket("mortgage", "collect", "en", "elderly", "kiosk-2"))
    ticket = play.ticket("A001")
    assert (ticket.service, ticket.purpose, ticket.language) == ("mortgage", "collect", "en")
    assert (ticket.priority, ticket.source, ticket.issued_at) == ("elderly", "kiosk-2", fact.at)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (IssueTicket("nowhere", "submit"), "unknown_service"),
        (IssueTicket("land", "sing"), "unknown_purpose"),
        (IssueTicket("land", "submit", priority="mayor"), "unknown_priority"),
        (IssueTicket("land", "submit", priority=""), "unknown_priority"),
        (IssueTicket("business", "submit"), "online_only"),
    ],
)
def test_a_wish_that_the_hall_does_not_know_gets_no_number(command: IssueTicket, code: str) -> None:
    assert HallInPlay().no(command) == code


@pytest.mark.parametrize(
    ("clock", "answer"), [("07:29", "service_closed"), ("07:30", "A001"), ("11:29", "A001")]
)
def test_numbers_are_given_out_from_the_first_minute_of_a_session(clock: str, answer: str) -> None:
    play = HallInPlay(clock=clock)
    assert answer == (play.take() if answer == "A001" else play.no(LAND))


@pytest.mark.parametrize("clock", ["11:30", "12:59", "17:00", "23:59"])
def test_a_closed_service_gives_no_number_while_another_still_does(clock: str) -> None:
    play = HallInPlay(clock=clock)
    assert play.no(LAND) == "service_closed"
    assert play.take("guidance") == "C001"


def test_a_closed_service_says_when_it_opens_again_in_the_halls_own_time() -> None:
    play = HallInPlay(day=date(2022, 3, 4), clock="17:30")
    answer = decide(play.hall, LAND, play.now)
    assert isinstance(answer, Refusal)
    assert answer.text.vi == "Lĩnh vực này hiện chưa làm việc. Mở lại Thứ Hai, 07/03/2022 lúc 07:30."
    assert answer.text.en == "This service is closed now. It opens on Monday, 07/03/2022 at 07:30."


def test_the_number_after_999_is_not_given_out() -> None:
    play = HallInPlay()
    assert [play.take() for _ in range(999)][-1] == "A999"
    assert play.no(LAND) == "numbers_exhausted"
    assert play.take("notary") == "B001"


def test_after_a_restore_numbers_that_may_be_on_paper_are_not_given_out_again() -> None:
    play = HallInPlay()
    play.take(), play.take()
    assert play.do(SkipNumbers(TUESDAY, {"land": 7, "notary": 0, "gone": 3})) == (
        NumbersSkipped(*play.now, "land", 7),
    )
    assert [play.take(), play.take("notary")] == ["A008", "B001"]
    assert play.do(SkipNumbers(TUESDAY, {"land": 5})) == ()
    assert play.do(SkipNumbers(TUESDAY - timedelta(days=1), {"land": 500})) == ()
    assert play.take() == "A009"
    play.do(SkipNumbers(TUESDAY, {"land": 5000}))
    assert play.no(LAND) == "numbers_exhausted"


def test_a_kiosk_waits_for_its_gap_and_another_kiosk_need_not() -> None:
    play = HallInPlay(replace(small_hall(), dispenser=Dispenser(gap_s=3)))
    play.issue(source="kiosk")
    assert play.no(LAND) == "too_fast"
    play.issue(source="kiosk-2")
    play.wait(seconds=2.9)
    assert play.no(LAND) == "too_fast"
    play.wait(seconds=0.1)
    assert play.issue(source="kiosk").ticket == "A003"


def test_a_gap_longer_than_a_minute_holds_beside_a_busy_kiosk() -> None:
    play = HallInPlay(replace(small_hall(), dispenser=Dispenser(gap_s=120)))
    play.issue(source="kiosk")
    play.wait(seconds=90)
    play.issue(source="kiosk-2")
    assert play.no(LAND) == "too_fast"


def test_a_kiosk_gives_no_more_than_its_numbers_in_any_minute() -> None:
    play = HallInPlay(replace(small_hall(), dispenser=Dispenser(per_minute=3)))
    for _ in range(3):
        play.issue(source="kiosk")
        play.wait(seconds=10)
    assert play.no(LAND) == "too_many"
    play.issue(source="kiosk-2")
    play.wait(seconds=29.9)
    assert play.no(LAND) == "too_many"
    play.wait(seconds=0.1)
    assert play.issue(source="kiosk").ticket == "A005"
    assert play.no(LAND) == "too_many"


def test_a_clock_that_jumped_back_does_not_stop_the_kiosk() -> None:
    play = HallInPlay(replace(small_hall(), dispenser=Dispenser(gap_s=30, per_minute=1)), clock="09:00")
    play.issue(source="kiosk")
    play.at(TUESDAY, "08:00")
    assert play.issue(source="kiosk").ticket == "A002"


def test_a_visitor_is_told_how_many_will_be_called_before() -> None:
    play = HallInPlay()
    assert [play.issue().ahead for _ in range(3)] == [0, 1, 2]
    assert play.issue(priority="elderly").ahead == 0
    assert play.issue(priority="disabled").ahead == 0
    assert play.issue(priority="elderly").ahead == 2
    assert play.issue().ahead == 6
    assert play.issue("notary").ahead == 0


def _slow_hall(seconds_each: float, *counters: str) -> HallInPlay:
    """A hall that knows how long a visit lasts, with these counters open, and refuses what comes too late."""
    play = HallInPlay(replace(small_hall(), dispenser=Dispenser(forecast_limit=True)), clock="07:30")
    play.open(*counters)
    for _ in range(5):
        play.take()
    for _ in range(5):
        play.serve(counters[0], seconds_each)
    return play


def test_who_cannot_be_served_before_closing_gets_no_number() -> None:
    play = _slow_hall(600, "1")
    play.at(TUESDAY, "16:30")
    numbers = [play.issue() for _ in range(3)]
    assert [n.estimated_wait_s for n in numbers] == [0, 600, 1200]
    assert play.no(LAND) == "too_late"
    play.open("3")
    assert play.issue().estimated_wait_s == 900


def test_a_wait_that_reaches_past_midnight_is_too_late_as_well() -> None:
    play = _slow_hall(3600, "1")
    play.change(dispenser=Dispenser())
    play.at(TUESDAY, "16:59")
    for _ in range(12):
        play.take()
    play.change(dispenser=Dispenser(forecast_limit=True))
    assert play.no(LAND) == "too_late"


def test_the_last_session_is_the_one_that_ends_last() -> None:
    long_day = (Session(time(7, 30), time(17)), Session(time(13), time(15)))
    hours = (OpeningRule(frozenset(range(5)), long_day),)
    play = HallInPlay(replace(small_hall(hours), dispenser=Dispenser(forecast_limit=True)), clock="16:00")
    assert play.take() == "A001"


def test_nobody_is_refused_for_lateness_while_nothing_reliable_is_known() -> None:
    play = HallInPlay(replace(small_hall(), dispenser=Dispenser(forecast_limit=True)), clock="16:59")
    assert [play.issue().estimated_wait_s for _ in range(50)] == [None] * 50


def test_the_wait_is_known_after_five_visits_and_while_a_counter_is_open() -> None:
    play = HallInPlay()
    play.open("1")
    for _ in range(10):
        play.take()
    for _ in range(4):
        play.serve("1", 120)
    assert play.issue().estimated_wait_s is None
    play.serve("1", 120)
    assert play.issue().estimated_wait_s == 6 * 120
    play.open("3")
    assert play.issue().estimated_wait_s == 7 * 120 / 2
    play.do(PauseCounter("1"))
    play.do(PauseCounter("3"))
    assert play.issue().estimated_wait_s is None


def test_the_wait_follows_the_last_twenty_visits() -> None:
    play = HallInPlay(clock="07:30")
    play.open("1")
    for seconds, visits in ((300, 10), (60, 20)):
        for _ in range(visits):
            play.take()
            play.serve("1", seconds)
    play.take()
    assert play.issue().estimated_wait_s == 60


@pytest.mark.parametrize("clock", ["06:00", "16:00"])
def test_a_visit_during_which_the_clock_jumped_says_nothing_about_waiting(clock: str) -> None:
    play = HallInPlay(clock="08:00")
    play.open("1")
    for _ in range(7):
        play.take()
    for _ in range(5):
        play.serve("1", 60)
    play.next("1")
    play.at(TUESDAY, clock)
    play.next("1")
    assert play.hall.queue("land").service_s == (60,) * 5


def test_while_the_clock_cannot_be_believed_nobody_is_sent_away_because_of_it() -> None:
    play = HallInPlay()
    play.at(TUESDAY, "17:30", trusted=False)
    assert play.take() == "A001"
    assert play.hall.queue("land").open
