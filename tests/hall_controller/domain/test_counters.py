"""Counters open, pause and close; officers sit down and leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hall_controller.boards import counter_display
from hall_controller.domain import facts as f
from hall_controller.domain.catalogue import Assignment, Officer, Valid
from hall_controller.domain.commands import (
    CallNext,
    CloseCounter,
    OpenCounter,
    PauseCounter,
    Ring,
    SignIn,
    SignOut,
)
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay, small_hall


def test_a_counter_is_closed_until_somebody_opens_it() -> None:
    play = HallInPlay()
    assert play.hall.desk("1").status == "closed"
    assert play.do(OpenCounter("1")) == (f.CounterOpened(*play.now, "1", "lan"),)
    assert (play.hall.desk("1").status, play.hall.desk("1").since) == ("open", play.now.at)


def test_a_pause_ends_with_opening() -> None:
    play = HallInPlay()
    play.open("1")
    assert play.do(PauseCounter("1", "lunch")) == (f.CounterPaused(*play.now, "1", "lunch"),)
    play.open("1")
    assert play.hall.desk("1").status == "open"


def test_what_is_so_already_is_refused() -> None:
    play = HallInPlay()
    assert play.no(CloseCounter("1")) == "already_closed"
    assert play.no(PauseCounter("1")) == "counter_closed"
    play.open("1")
    assert play.no(OpenCounter("1")) == "already_open"
    play.do(PauseCounter("1"))
    assert play.no(PauseCounter("1")) == "already_paused"
    play.do(CloseCounter("1"))
    assert play.no(CloseCounter("1")) == "already_closed"


@pytest.mark.parametrize("command", [PauseCounter("1"), CloseCounter("1")])
def test_an_officer_who_leaves_has_served_who_was_there(command: PauseCounter | CloseCounter) -> None:
    play = HallInPlay()
    play.open("1")
    play.take()
    play.next("1")
    completed, _ = play.do(command)
    key = "pause" if isinstance(command, PauseCounter) else "close"
    assert completed == f.TicketCompleted(*play.now, "A001", "1", "lan", key, "tnmt", "tnmt")


def test_the_officer_on_duty_is_the_one_signed_in_else_the_one_assigned() -> None:
    play = HallInPlay()
    assert play.hall.officer_on_duty("1") == "lan"
    play.do(SignIn("1", "minh"))
    assert play.hall.officer_on_duty("1") == "minh"
    play.do(SignOut("1"))
    assert play.hall.officer_on_duty("1") == "lan"
    assert play.hall.officer_on_duty("4") is None


def test_an_assignment_holds_on_its_days_and_the_newest_wins() -> None:
    play = HallInPlay()
    assert play.hall.officer_on_duty("2") is None
    play.at(date(2022, 3, 2), "08:00")
    assert play.hall.officer_on_duty("2") == "hoa"
    stand_in = Assignment(
        "2", "tnmt", "bd", "minh", Valid(date(2022, 3, 3), date(2022, 3, 4)), "leave", "12/QĐ"
    )
    play.change(assignments=(stand_in, *small_hall().assignments))
    seen = []
    for day in (2, 3, 4, 5):
        play.at(date(2022, 3, day), "08:00")
        seen.append(play.hall.officer_on_duty("2"))
    assert seen == ["hoa", "minh", "minh", "hoa"]


def test_an_officer_has_one_seat() -> None:
    play = HallInPlay()
    play.do(SignIn("1", "minh"))
    assert play.do(SignIn("3", "minh")) == (
        f.OfficerSignedOut(*play.now, "1", "minh"),
        f.OfficerSignedIn(*play.now, "3", "minh"),
    )
    assert (play.hall.desk("1").officer, play.hall.desk("3").officer) == (None, "minh")


def test_an_assigned_officer_who_sits_elsewhere_is_not_on_duty_at_both_counters() -> None:
    play = HallInPlay()
    play.do(SignIn("3", "lan"))
    assert (play.hall.officer_on_duty("1"), play.hall.officer_on_duty("3")) == (None, "lan")


def test_who_sat_there_before_leaves_when_somebody_else_sits_down() -> None:
    play = HallInPlay()
    play.do(SignIn("1", "minh"))
    assert play.do(SignIn("1", "hoa")) == (
        f.OfficerSignedOut(*play.now, "1", "minh"),
        f.OfficerSignedIn(*play.now, "1", "hoa"),
    )
    assert play.do(SignIn("1", "hoa")) == (f.OfficerSignedIn(*play.now, "1", "hoa"),)


def test_only_officers_of_today_sign_in_and_only_who_sits_there_leaves() -> None:
    ended = Officer("old", "tnmt", valid=Valid(last_day=date(2022, 2, 28)))
    play = HallInPlay(replace(small_hall(), officers={**small_hall().officers, "old": ended}))
    assert play.no(SignIn("1", "stranger")) == "unknown_officer"
    assert play.no(SignIn("1", "old")) == "unknown_officer"
    assert play.no(SignOut("1")) == "not_signed_in"
    assert play.no(SignIn("99", "lan")) == "unknown_counter"


def test_a_hall_that_wants_names_opens_no_counter_without_one() -> None:
    play = HallInPlay(replace(small_hall(), sign_in_required=True))
    assert play.no(OpenCounter("1")) == "sign_in_required"
    play.do(SignIn("1", "minh"))
    assert play.do(OpenCounter("1")) == (f.CounterOpened(*play.now, "1", "minh"),)


def test_the_bell_rings_even_at_a_closed_counter() -> None:
    play = HallInPlay()
    assert play.do(Ring("1")) == (f.BellRung(*play.now, "1"),)
    assert play.hall.desk("1").status == "closed"


def test_everybody_has_left_and_everything_is_closed_on_the_next_morning() -> None:
    play = HallInPlay()
    play.do(SignIn("1", "minh"))
    play.open("1", "3")
    play.do(PauseCounter("3"))
    facts = play.at(date(2022, 3, 2), "07:00")
    assert f.OfficerSignedOut(*play.now, "1", "minh") in facts
    assert [fact.counter for fact in facts if isinstance(fact, f.CounterClosed)] == ["1", "3"]
    assert play.hall.desks == {}
    assert play.hall.day is not None
    assert play.hall.day > TUESDAY


def strict_counter() -> HallInPlay:
    """Counter 1 open with the officer minh, in a hall whose officers must sign in; A001 is there."""
    play = HallInPlay()
    play.change(sign_in_required=True)
    play.do(SignIn("1", "minh"))
    play.open("1")
    play.take()
    play.next("1")
    return play


def test_where_officers_must_sign_in_a_counter_pauses_when_its_officer_signs_out() -> None:
    play = strict_counter()
    facts = play.do(SignOut("1"))
    assert facts == (
        f.TicketCompleted(*play.now, "A001", "1", "minh", "pause", "tnmt", "tnmt"),
        f.CounterPaused(*play.now, "1", "signed_out"),
        f.OfficerSignedOut(*play.now, "1", "minh"),
    )
    assert counter_display(play.hall, "1", rev=1).state == "paused"
    play.take()
    assert play.no(CallNext("1")) == "counter_paused"
    assert play.no(OpenCounter("1")) == "sign_in_required"
    play.do(SignIn("1", "hoa"))
    play.open("1")
    assert play.next("1") == "A002"


def test_an_officer_who_sits_down_elsewhere_leaves_a_paused_counter_behind() -> None:
    play = strict_counter()
    facts = play.do(SignIn("3", "minh"))
    assert [type(fact) for fact in facts[1:]] == [f.CounterPaused, f.OfficerSignedOut, f.OfficerSignedIn]
    assert (play.hall.desk("1").status, play.hall.desk("1").officer) == ("paused", None)


def test_a_relief_goes_on_with_the_visitor_who_is_there() -> None:
    play = strict_counter()
    assert play.do(SignIn("1", "hoa")) == (
        f.OfficerSignedOut(*play.now, "1", "minh"),
        f.OfficerSignedIn(*play.now, "1", "hoa"),
    )
    assert (play.hall.desk("1").status, play.hall.desk("1").ticket) == ("open", "A001")


def test_signing_out_of_a_counter_that_does_not_serve_changes_nothing_else() -> None:
    play = strict_counter()
    play.do(PauseCounter("1", "lunch"))
    assert play.do(SignOut("1")) == (f.OfficerSignedOut(*play.now, "1", "minh"),)


def test_where_signing_in_is_optional_the_pad_goes_on_after_a_sign_out() -> None:
    play = strict_counter()
    play.change(sign_in_required=False)
    assert play.do(SignOut("1")) == (f.OfficerSignedOut(*play.now, "1", "minh"),)
    assert play.hall.desk("1").status == "open"
