"""What an officer is told of the own counter: who is there, who waits, who is next, who was set aside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hall_controller.boards import counter_display
from hall_controller.domain.catalogue import Calls
from hall_controller.domain.commands import (
    CallNext,
    Hold,
    Miss,
    OpenCounter,
    Ring,
    SignIn,
    Transfer,
)
from hall_controller.web.counter_bodies import CounterSeen
from hall_controller.web.counter_seen import FIRST_FEW, counter_seen
from tests.hall_controller.domain.small_hall import HallInPlay
from tests.hall_controller.web.hall_on_the_web import PURPOSES


@pytest.fixture
def play() -> HallInPlay:
    hall = HallInPlay()
    hall.change(purposes=PURPOSES)
    hall.open("1", "3")
    return hall


def seen(play: HallInPlay, counter: str = "1") -> CounterSeen:
    told = counter_seen(play.hall, counter, counter_display(play.hall, counter, 7), play.now)
    return CounterSeen.model_validate_json(told.model_dump_json())


def test_the_visitor_is_told_with_what_was_asked_for_and_how_long_it_took(play: HallInPlay) -> None:
    play.take("land", "elderly")
    play.wait(minutes=12)
    play.next("1")
    visitor = seen(play).visitor
    assert visitor is not None
    assert (visitor.number, visitor.waited_s, visitor.since) == ("A001", 720, play.now.at)
    assert (visitor.purpose.vi, visitor.service.vi) == ("Nộp hồ sơ", "land")
    assert visitor.priority
    assert visitor.priority.vi == "Người cao tuổi"
    assert visitor.sent_from is None


def test_the_first_few_of_each_queue_stand_in_the_order_of_calling(play: HallInPlay) -> None:
    for _ in range(7):
        play.take("land")
    play.take("land", "disabled")
    play.take("notary")
    land, notary = seen(play).lines
    assert [one.number for one in land.first] == ["A008", "A001", "A002", "A003", "A004"]
    assert (land.waiting, len(land.first)) == (8, FIRST_FEW)
    assert [one.number for one in notary.first] == ["B001"]
    assert seen(play).next == "A008"


def test_nobody_waiting_is_told_as_nobody(play: HallInPlay) -> None:
    told = seen(play)
    assert (told.visitor, told.next, told.sent, told.aside) == (None, None, [], [])
    assert [line.waiting for line in told.lines] == [0, 0]


def test_held_before_missed_and_the_last_one_first(play: HallInPlay) -> None:
    for _ in range(4):
        play.take()
    for leave in (Hold("1"), Miss("1"), Hold("1"), Miss("1")):
        play.next("1")
        play.do(leave)
        play.wait(minutes=1)
    assert [(one.number, one.state) for one in seen(play).aside] == [
        ("A003", "held"),
        ("A001", "held"),
        ("A004", "missed"),
        ("A002", "missed"),
    ]
    assert seen(play, "3").aside == [], "who was missed at another counter is none of ours"


def test_who_is_sent_on_arrives_with_the_note_of_where_and_why(play: HallInPlay) -> None:
    play.take()
    play.next("1")
    play.do(Transfer("1", "3", "thiếu bản sao"))
    (sent,) = seen(play, "3").sent
    assert (sent.number, sent.sent_from, sent.sent_why) == ("A001", "1", "thiếu bản sao")
    assert seen(play, "3").next == "A001"
    play.do(CallNext("3"))
    visitor = seen(play, "3").visitor
    assert visitor is not None
    assert (visitor.sent_from, visitor.sent_why) == ("1", "thiếu bản sao")


def test_who_is_sent_on_to_a_queue_keeps_the_note_there(play: HallInPlay) -> None:
    play.take()
    play.next("1")
    play.do(Transfer("1", "notary", "công chứng trước"))
    (waiting,) = seen(play).lines[1].first
    assert (waiting.number, waiting.sent_from, waiting.sent_why) == ("A001", "1", "công chứng trước")


def test_the_bell_says_whom_it_asks(play: HallInPlay) -> None:
    assert seen(play).bell_since is None
    play.do(Ring("1"))
    told = seen(play)
    assert told.bell_since == play.now.at
    assert told.bell_asks.vi == "lan, tnmt"
    assert seen(play, "3").bell_asks.vi == "cán bộ phòng chuyên môn"


def test_who_sits_there_how_many_were_served_and_what_the_hall_allows(play: HallInPlay) -> None:
    play.take()
    play.do(SignIn("1", "hoa"))
    play.serve("1", 60)
    told = seen(play)
    assert (told.officer, told.served, told.cherry_pick, told.sign_in_required) == ("hoa", 1, False, False)
    play.change(calls=replace(Calls(), cherry_pick=True), sign_in_required=True)
    told = seen(play)
    assert (told.cherry_pick, told.sign_in_required) == (True, True)


def test_a_closed_counter_is_told_too(play: HallInPlay) -> None:
    told = seen(play, "2")
    assert (told.display.state, told.officer, told.local[:16]) == ("closed", None, "2022-03-01T08:00")
    play.do(OpenCounter("2"))
    assert seen(play, "2").display.state == "open"
