"""What the guidance desk is told: only who needs it, in the order in which they came."""

from __future__ import annotations

import pytest

from hall_controller.domain.commands import Miss, RecordPrint, Requeue, Ring, TurnGuard, VoidTicket
from hall_controller.web.desk_bodies import GuideSeen, NumberFound
from hall_controller.web.desk_seen import guide_seen, number_found, number_typed
from tests.hall_controller.domain.small_hall import HallInPlay
from tests.hall_controller.web.hall_on_the_web import PURPOSES


@pytest.fixture
def play() -> HallInPlay:
    hall = HallInPlay()
    hall.change(purposes=PURPOSES)
    return hall


def seen(play: HallInPlay) -> GuideSeen:
    return GuideSeen.model_validate_json(guide_seen(play.hall, "ready", play.now).model_dump_json())


def found(play: HallInPlay, number: str) -> NumberFound:
    told = number_found(play.hall, play.ticket(number), [])
    return NumberFound.model_validate_json(told.model_dump_json())


def test_who_simply_waits_is_counted_and_not_told_one_by_one(play: HallInPlay) -> None:
    play.take()
    waits_since = play.now.at
    play.wait(minutes=3)
    play.take()
    told = seen(play)
    assert (told.unreleased, told.missed, told.unprinted, told.guard) == ([], [], [], False)
    assert [(q.letter, q.waiting, q.oldest) for q in told.queues] == [
        ("A", 2, waits_since),
        ("B", 0, None),
        ("C", 0, None),
    ]


def test_who_is_held_on_guard_stands_in_the_order_of_coming(play: HallInPlay) -> None:
    play.do(TurnGuard(on=True))
    for service in ("notary", "land", "guidance"):
        play.take(service)
    told = seen(play)
    assert told.guard
    assert [one.number for one in told.unreleased] == ["B001", "A001", "C001"]


def test_who_missed_a_call_is_told_with_the_counter_until_the_return(play: HallInPlay) -> None:
    play.open("3")
    for _ in range(2):
        play.take("land", "elderly")
        play.next("3")
        play.do(Miss("3"))
    first, second = seen(play).missed
    assert (first.number, second.number, first.counter) == ("A002", "A001", "3")
    assert first.priority
    assert first.priority.vi == "Người cao tuổi"
    play.do(Requeue("A002"))
    assert [one.number for one in seen(play).missed] == ["A001"]


def test_who_has_no_paper_is_told_as_long_as_the_number_waits(play: HallInPlay) -> None:
    play.open("1")
    for outcome in ("failed", "unknown", "printed"):
        number = play.take()
        play.do(RecordPrint(number, "printer-1", outcome))
    assert [one.number for one in seen(play).unprinted] == ["A001", "A002"]
    play.next("1")
    assert [one.number for one in seen(play).unprinted] == ["A002"]


def test_bells_tell_since_when_they_ring(play: HallInPlay) -> None:
    play.do(Ring("2"))
    assert {bell.counter: bell.since for bell in seen(play).bells if bell.since} == {"2": play.now.at}


def test_a_number_says_what_the_desk_may_do_with_it(play: HallInPlay) -> None:
    play.open("1")
    for _ in range(4):
        play.take()
    assert found(play, "A001").may == ["void", "priority", "reprint"]
    play.next("1")
    assert found(play, "A001").may == []
    play.do(Miss("1"))
    assert found(play, "A001").may == ["requeue", "reprint"]
    play.do(TurnGuard(on=True))
    assert found(play, play.take()).may == ["release", "void", "reprint"]
    play.do(VoidTicket("A002"))
    assert (found(play, "A002").may, found(play, "A002").state) == ([], "voided")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("a12", "A012"),
        (" b7 ", "B007"),
        ("A1000", "A1000"),
        ("", ""),
        ("?", "?"),
        ("Đ5", "Đ005"),
        ("a²", "A²"),
    ],
)
def test_a_number_is_understood_however_it_is_typed(typed: str, number: str) -> None:
    assert number_typed(typed) == number
