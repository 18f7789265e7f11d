"""A visitor who gets the result at home rates days later, once, with the code on the ticket."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain.commands import Miss, Now, Rate, RateEarlierTicket, RateTicket, VoidTicket
from hall_controller.domain.earlier import EarlierVisit, day_of_code, earlier_visit
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, local

WEDNESDAY, FRIDAY = date(2022, 3, 2), date(2022, 3, 4)


def visited_on_tuesday(*, until: date = FRIDAY) -> tuple[HallInPlay, str]:
    """A hall days later, and the code of A001, which was served at counter 1 on Tuesday."""
    play = HallInPlay()
    play.open("1")
    code = play.issue().code
    play.serve("1", 60)
    play.at(until, "08:00")
    return play, code


def visit(play: HallInPlay, ticket: str = "A001", day: date = TUESDAY) -> EarlierVisit:
    found = earlier_visit(day, ticket, play.facts)
    assert found is not None
    return found


def the_visit(day: date, counter: str, officer: str, *, completed: bool = False) -> EarlierVisit:
    """The visit of A001 as it began at eight."""
    at = local(day, "08:00")
    return EarlierVisit(
        day, "A001", "submit", counter, officer, completed, queue="land", service="land", issued_at=at
    )


def test_the_code_tells_the_day() -> None:
    play, code = visited_on_tuesday()
    assert day_of_code(play.hall.catalogue, code, FRIDAY) == TUESDAY
    assert day_of_code(play.hall.catalogue, f"{code[:4]}-{code[4:].lower()}", TUESDAY) == TUESDAY
    assert day_of_code(play.hall.catalogue, code, TUESDAY + timedelta(days=30)) == TUESDAY
    assert day_of_code(play.hall.catalogue, code, TUESDAY + timedelta(days=366)) == TUESDAY
    assert day_of_code(play.hall.catalogue, code, TUESDAY + timedelta(days=367)) is None
    assert day_of_code(play.hall.catalogue, code, TUESDAY - timedelta(days=1)) is None


@pytest.mark.parametrize("typed", ["", "A001", "A00200000000", "đất đai", "A001" + "0" * 8])
def test_what_is_no_code_has_no_day(typed: str) -> None:
    play, _ = visited_on_tuesday()
    assert day_of_code(play.hall.catalogue, typed, FRIDAY) is None


def test_a_visit_of_an_earlier_day_is_rated_for_its_own_stage_counter_and_officer() -> None:
    play, code = visited_on_tuesday()
    assert visit(play) == the_visit(TUESDAY, "1", "lan", completed=True)
    (rated,) = play.do(RateEarlierTicket(visit(play), code, 2, ("slow",)))
    assert rated == f.TicketRated(
        *play.now, "A001", 2, 5, "submit", "1", "lan", reasons=("slow",), day=TUESDAY
    )


def test_it_is_rated_once_whatever_the_journal_knew_when_it_was_asked() -> None:
    play, code = visited_on_tuesday()
    asked_before = visit(play)
    play.do(RateEarlierTicket(asked_before, code, 2))
    assert play.no(RateEarlierTicket(asked_before, code, 5)) == "already_rated"
    play.at(FRIDAY + timedelta(days=3), "08:00")
    assert visit(play).rated
    assert play.no(RateEarlierTicket(visit(play), code, 5)) == "already_rated"


def test_who_rated_on_the_pad_that_day_does_not_rate_again() -> None:
    play = HallInPlay()
    play.open("1")
    code = play.issue().code
    play.serve("1", 60)
    play.do(Rate("1", 4, play.now.at))
    play.at(FRIDAY, "08:00")
    assert play.no(RateEarlierTicket(visit(play), code, 2)) == "already_rated"


def test_the_same_number_of_another_day_is_another_visit() -> None:
    play, code = visited_on_tuesday()
    play.open("1")
    play.take()
    play.serve("1", 60)
    play.do(RateTicket("A001", 5))
    assert not visit(play).rated
    play.do(RateEarlierTicket(visit(play), code, 1))
    assert earlier_visit(FRIDAY, "A001", play.facts[:-2]) == the_visit(FRIDAY, "1", "lan", completed=True)


def test_a_forged_code_or_one_of_today_rates_nothing() -> None:
    play, code = visited_on_tuesday()
    assert play.no(RateEarlierTicket(visit(play), "A00100000000", 5)) == "unknown_ticket"
    today = play.issue()
    forged = EarlierVisit(FRIDAY, "A001", "submit", completed=True)
    assert play.no(RateEarlierTicket(forged, today.code, 5)) == "unknown_ticket"
    assert play.no(RateEarlierTicket(visit(play), code, 6)) == "score_out_of_range"


def test_after_thirty_days_it_is_too_late() -> None:
    play, code = visited_on_tuesday(until=TUESDAY + timedelta(days=31))
    assert play.no(RateEarlierTicket(visit(play), code, 5)) == "too_late_to_rate"


def test_who_was_never_served_has_nothing_to_rate() -> None:
    play = HallInPlay()
    play.open("1")
    codes = {issued.ticket: issued.code for issued in (play.issue(), play.issue(), play.issue())}
    play.next("1")
    play.do(Miss("1"))
    play.do(VoidTicket("A002", "left"))
    play.next("1")
    play.wait(minutes=1)
    play.at(FRIDAY, "08:00")
    for ticket in ("A001", "A002"):
        assert play.no(RateEarlierTicket(visit(play, ticket), codes[ticket], 5)) == "nothing_to_rate"
    assert earlier_visit(TUESDAY, "A009", play.facts) is None
    play.do(RateEarlierTicket(visit(play, "A003"), codes["A003"], 5))


def test_a_visit_that_went_on_is_put_down_to_who_ended_it() -> None:
    play = HallInPlay()
    play.open("1", "3")
    play.take()
    play.serve("1", 60)
    facts = [*play.facts, f.TicketResumed(*play.now, "A001", "3", "minh")]
    assert earlier_visit(TUESDAY, "A001", facts) == the_visit(TUESDAY, "1", "minh")
    facts.append(f.TicketCompleted(*play.now, "A001", "3", "minh"))
    assert earlier_visit(TUESDAY, "A001", facts) == the_visit(TUESDAY, "3", "minh", completed=True)


def test_on_a_day_that_was_corrected_numbers_given_out_before_and_after_can_be_rated() -> None:
    play = HallInPlay()
    play.now = Now(play.now.at, trusted=False)
    play.open("1")
    codes = [play.issue().code]
    play.serve("1", 60)
    waiting = play.issue()
    play.at(WEDNESDAY, "08:05")
    assert play.hall.ticket(waiting.ticket) is not None, "the day was corrected, nobody lost a number"
    play.serve("1", 60)
    codes += [waiting.code, play.issue().code]
    play.serve("1", 60)
    play.at(FRIDAY, "08:00")
    days = [day_of_code(play.hall.catalogue, code, FRIDAY) for code in codes]
    assert days == [TUESDAY, TUESDAY, WEDNESDAY]
    for day, code in zip(days, codes, strict=True):
        assert day is not None
        (rated,) = play.do(RateEarlierTicket(visit(play, code[:4], day), code, 3))
        assert isinstance(rated, f.TicketRated)
        assert rated.day == day
        assert visit(play, code[:4], day).rated
