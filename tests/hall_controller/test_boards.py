"""What the boards of the hall show, and when a board is told again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hall_controller.boards import CALLS, HALL, Boards, Key, counter_display, hall_board, queue_state
from hall_controller.domain.commands import (
    Complete,
    Hold,
    PauseCounter,
    Recall,
    RecordPrinter,
    StartController,
)
from hall_controller.messages import Board, CallsBoard, CounterDisplay, HallBoard, Text
from tests.hall_controller.domain.small_hall import HallInPlay


def told(boards: Boards, play: HallInPlay) -> dict[Key, Board]:
    """The boards that changed, numbered by how much has happened."""
    return dict(boards.update(play.hall, len(play.facts)))


def display(play: HallInPlay, counter: str = "1") -> CounterDisplay:
    return counter_display(play.hall, counter, len(play.facts))


def test_a_counter_goes_through_its_states_in_words_too() -> None:
    play = HallInPlay()
    shown = [display(play)]
    play.take()
    play.open("1")
    shown.append(display(play))
    play.next("1")
    shown.append(display(play))
    play.wait(seconds=31)
    shown.append(display(play))
    play.do(PauseCounter("1"))
    shown.append(display(play))
    assert [(board.state, board.ticket, board.text.vi) for board in shown] == [
        ("closed", None, "Quầy đóng"),
        ("open", None, "Quý khách vui lòng chờ"),
        ("calling", "A001", "Mời số A001 đến Quầy 1"),
        ("serving", "A001", "Đang phục vụ số A001"),
        ("paused", None, "Quầy tạm dừng"),
    ]
    assert all(board.text.en for board in shown)


def test_a_recalled_visitor_is_shown_with_the_second_call() -> None:
    play = HallInPlay()
    play.take()
    play.open("1")
    play.next("1")
    play.do(Recall("1"))
    assert (display(play).state, display(play).call) == ("calling", 2)


def test_a_stand_in_is_named_with_those_it_stands_in_for() -> None:
    play = HallInPlay(day=date(2022, 3, 2))
    assert display(play, "2").notice == Text(vi="bd tiếp nhận thay tp", en="bd for tp")
    assert display(play, "1").notice is None


def test_the_hall_board_shows_each_ticket_once_the_newest_first() -> None:
    play, boards = HallInPlay(), Boards()
    for _ in range(14):
        play.take()
    play.open("1")
    for _ in range(14):
        play.next("1")
    play.do(Recall("1"))
    calls = told(boards, play)[CALLS]
    assert isinstance(calls, CallsBoard)
    assert [call.ticket for call in calls.calls] == [f"A{n:03}" for n in range(14, 2, -1)]
    assert [call.call for call in calls.calls[:2]] == [2, 1]
    assert calls.calls[0].name == "1"


def test_the_first_time_every_board_is_told() -> None:
    play, boards = HallInPlay(), Boards()
    counters, queues = play.hall.catalogue.counters, play.hall.catalogue.queues
    expected = {*(("counter", c) for c in counters), *(("queue", q) for q in queues), CALLS, HALL}
    assert set(told(boards, play)) == expected == set(boards.shown)


def test_only_what_changed_is_told_again_and_the_panel_first() -> None:
    play, boards = HallInPlay(), Boards()
    play.open("1")
    play.take()
    told(boards, play)
    assert told(boards, play) == {}, "nothing happened"
    play.next("1")
    assert list(told(boards, play)) == [("counter", "1"), CALLS, ("queue", "land")]
    play.take()
    assert list(told(boards, play)) == [("queue", "land")]


def test_what_other_settings_do_not_name_any_more_has_no_board() -> None:
    play, boards = HallInPlay(), Boards()
    play.open("1")
    play.take()
    told(boards, play)
    queues = {id_: queue for id_, queue in play.hall.catalogue.queues.items() if id_ != "land"}
    counters = {id_: counter for id_, counter in play.hall.catalogue.counters.items() if id_ != "1"}
    play.hall = replace(play.hall, catalogue=replace(play.hall.catalogue, queues=queues, counters=counters))
    boards = Boards()
    told(boards, play)
    play.open("2")
    assert set(told(boards, play)).isdisjoint({("queue", "land"), ("counter", "1")})


def test_a_board_that_is_not_told_keeps_its_number() -> None:
    play, boards = HallInPlay(), Boards()
    told(boards, play)
    before = boards.shown["counter", "2"]
    play.open("1")
    play.take()
    told(boards, play)
    assert boards.shown["counter", "2"] is before
    assert boards.shown["counter", "1"].rev > before.rev


def test_what_is_shown_is_always_what_the_hall_says() -> None:
    """However the boards were told, one by one, they end as if told all at once."""
    play, boards = HallInPlay(), Boards()
    steps: list[Callable[[], object]] = [
        lambda: play.open("1", "3"),
        lambda: play.take("notary"),
        lambda: play.next("1"),
        lambda: play.do(Hold("1")),
        lambda: play.serve("1", 90) if play.take() else None,
        lambda: play.wait(hours=5),
        lambda: play.do(PauseCounter("3")),
        lambda: play.wait(days=1),
    ]
    for step in steps:
        step()
        told(boards, play)
        fresh = Boards()
        told(fresh, play)
        for key, board in fresh.shown.items():
            assert boards.shown[key].model_copy(update={"rev": board.rev}) == board, key


def test_after_a_restore_every_board_is_told_with_the_new_epoch() -> None:
    play, boards = HallInPlay(), Boards()
    told(boards, play)
    play.do(StartController("1.0", epoch=2))
    again = told(boards, play)
    assert set(again) == set(boards.shown)
    assert {board.epoch for board in again.values()} == {2}


def test_a_wait_is_told_only_when_it_is_known() -> None:
    play = HallInPlay()
    play.open("1")
    for _ in range(7):
        play.take()
    assert queue_state(play.hall, "land", 1).estimated_wait_s is None
    for _ in range(5):
        play.next("1")
        play.wait(seconds=600)
        play.do(Complete("1"))
    state = queue_state(play.hall, "land", 1)
    assert (state.waiting, state.estimated_wait_s) == (2, 1200)


def test_a_closed_hall_says_when_it_opens_again_and_training_is_told() -> None:
    play = HallInPlay(clock="18:00")
    board = hall_board(play.hall, 1)
    assert board.open, "the guidance queue is open day and night"
    assert not queue_state(play.hall, "land", 1).open
    opening = queue_state(play.hall, "land", 1).next_opening
    assert opening is not None
    assert f"{opening:%d/%m %H:%M}" == "02/03 07:30"
    play.do(StartController("1.0", training=True))
    assert hall_board(play.hall, 1).training


def test_while_no_tickets_come_out_the_hall_board_says_where_to_take_a_number() -> None:
    play, boards = HallInPlay(), Boards()
    told(boards, play)
    play.do(RecordPrinter("printer-1", "paper_out"))
    board = told(boards, play)[HALL]
    assert isinstance(board, HallBoard)
    assert board.rev == len(play.facts), "a board changes only by a fact"
    assert board.notices[0].vi == "Máy in hết giấy, mời quý khách lấy số tại bàn hướng dẫn"
    play.do(RecordPrinter("printer-1", "not_ready"))
    assert "out of order" in hall_board(play.hall, 1).notices[0].en
    play.do(RecordPrinter("printer-1", "ready"))
    assert hall_board(play.hall, 1).notices == [
        Text(vi=notice.vi, en=notice.en) for notice in play.hall.catalogue.notices
    ]


def test_what_was_known_of_a_printer_ends_with_the_day_and_with_a_new_start() -> None:
    play = HallInPlay()
    play.do(RecordPrinter("printer-1", "paper_out"))
    play.do(StartController("1.0"))
    assert play.hall.printers == {}, "it is asked again, and may be another printer"
    play.do(RecordPrinter("printer-1", "paper_out"))
    play.wait(hours=24)
    assert play.hall.printers == {}
