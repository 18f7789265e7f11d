"""What the hall screen says in every state of the hall."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from displays.newest import Newest
from displays.screens.view import Place, View, Way, board_calls, counter_calls, view
from displays.screens.wording import date, opening, wait
from hall_controller.messages import Text
from tests.displays.boards import (
    MORNING,
    TOPICS,
    busy_morning,
    calls,
    counter,
    newest,
    queue,
    ready,
    recent,
)

VIET_NAM = timezone(timedelta(hours=7))
NOW = MORNING.astimezone(VIET_NAM)
CALLS = recent(("A012", "5", 2), ("C103", "28", 50), ("B047", "12", 130))


def said(known: Newest, now: datetime = NOW) -> View:
    return view(known, now=now, large=None)


def test_a_call_is_large_and_marked_in_its_row() -> None:
    known = busy_morning(*CALLS)
    page = view(known, now=NOW, large=board_calls(known)[1])
    assert (page.hero.title, page.hero.counter, page.hero.now) == ("C103", "28", True)
    assert [row.now for row in page.rows] == [False, True, False]
    first = page.rows[0]
    assert (first.ticket, first.counter, first.time) == ("A012", "5", "08:05")


def test_after_its_moment_the_newest_call_stays_large_without_the_accent() -> None:
    page = said(busy_morning(*CALLS))
    assert (page.hero.title, page.hero.now) == ("A012", False)
    assert not any(row.now for row in page.rows)


def test_a_call_whose_visitor_has_surely_come_is_no_longer_large() -> None:
    late = said(busy_morning(*CALLS), NOW + timedelta(minutes=4))
    assert (late.hero.kind, late.hero.title) == ("message", "Quý khách vui lòng chờ")
    assert len(late.rows) == 3
    known = busy_morning(*CALLS)
    known.take(TOPICS.display("5"), counter(9, "open").model_dump_json().encode())
    assert said(known).hero.kind == "message"


def test_nobody_waiting_invites_to_take_a_number() -> None:
    page = said(busy_morning(waiting=False))
    assert (page.hero.title, page.hero.english) == ("Mời quý khách lấy số", "Please take a number")
    assert page.queues == ()


def test_a_closed_hall_says_when_it_opens_again() -> None:
    opens = MORNING + timedelta(hours=23)
    page = said(busy_morning(waiting=False, open=False, next_opening=opens))
    assert page.hero.title == "Ngoài giờ làm việc"
    assert page.hero.detail == "Mở cửa lúc 07:05, Thứ Ba, 24/11/2026"
    assert (page.rows, page.queues, page.notice) == ((), (), "")


def test_a_visitor_called_at_closing_time_is_still_shown() -> None:
    page = said(busy_morning(*CALLS, open=False))
    assert page.hero.title == "A012"
    assert page.rows


def test_before_the_first_word_the_screen_promises_nothing() -> None:
    page = said(Newest("example"))
    assert page.hero.title == "Quý khách vui lòng chờ"
    assert (page.hall, page.rows, page.queues) == ("", (), ())


def test_silence_is_told_with_its_beginning_in_both_languages() -> None:
    page = view(busy_morning(*CALLS), now=NOW, large=None, stale_since=NOW)
    assert page.stale.startswith("Mất kết nối từ 08:05")
    assert page.stale_english == "No connection since 08:05, please ask at the guidance desk"
    assert page.rows


def test_the_header_tells_hall_day_and_time() -> None:
    page = said(busy_morning())
    assert page.hall == "Trung tâm Phục vụ hành chính công tỉnh Tuyên Quang"
    assert (page.date, page.time) == ("Thứ Hai, 23/11/2026", "08:05")


def test_the_training_clock_is_told() -> None:
    assert said(busy_morning(training=True)).training
    assert said(newest((TOPICS.controller_state, ready(training=True)))).training
    assert not said(busy_morning()).training


def test_after_hours_who_still_waits_is_told_that_nobody_is_forgotten() -> None:
    page = said(busy_morning(open=False, next_opening=MORNING + timedelta(days=1)))
    assert page.hero.title == "Quý khách vui lòng chờ"
    assert page.hero.detail == "Đã hết giờ lấy số, số đã lấy vẫn được phục vụ"
    assert page.queues


def test_calls_that_wait_for_their_moment_are_marked_in_their_rows() -> None:
    known = busy_morning(*CALLS)
    first, second, third = board_calls(known)
    page = view(known, now=NOW, large=first, fresh=[second])
    assert [row.now for row in page.rows] == [True, True, False]
    assert third.ticket == page.rows[2].ticket


def test_a_way_is_told_for_the_counters_that_have_one() -> None:
    known = busy_morning(*CALLS)
    way = Way("left", "Khu A", "Zone A")
    page = view(known, now=NOW, large=board_calls(known)[0], place=Place({"5": way}))
    assert page.hero.way == way
    assert [row.arrow for row in page.rows] == ["left", None, None]


def test_queues_stand_by_their_letter_with_what_waits() -> None:
    known = newest(
        (TOPICS.queue("b"), queue("B", 12, 700)),
        (TOPICS.queue("a"), queue("A", 0)),
        (TOPICS.queue("x"), queue("", 3)),
    )
    lines = said(known).queues
    assert [(line.letter, line.waiting, line.wait) for line in lines] == [("B", "12", "~15 phút")]


def test_a_field_has_its_name_in_both_languages() -> None:
    named = queue("B", 12).model_copy(update={"name": Text(vi="Đất đai", en="Land")})
    (line,) = said(newest((TOPICS.queue("b"), named))).queues
    assert (line.name, line.english) == ("Đất đai", "Land")


def test_a_closed_queue_without_visitors_is_not_listed() -> None:
    shut = queue("C", 0).model_copy(update={"open": False})
    known = newest((TOPICS.queue("c"), shut), (TOPICS.queue("a"), queue("A", 2)))
    assert [line.letter for line in said(known).queues] == ["A"]


def test_a_burst_longer_than_the_hall_board_is_whole_in_the_counters_displays() -> None:
    boards = [
        (TOPICS.display(str(place)), counter(place, "calling", f"A{place:03}", name=str(place)))
        for place in range(1, 30)
    ]
    known = newest((TOPICS.calls, calls(1)), *boards, (TOPICS.display("40"), counter(1, "serving", "B001")))
    assert len(counter_calls(known)) == 29


def test_equal_words_are_an_equal_view() -> None:
    assert said(busy_morning(*CALLS)) == said(busy_morning(*CALLS), NOW + timedelta(seconds=5))
    assert said(busy_morning(*CALLS)) != said(busy_morning(*CALLS), NOW + timedelta(seconds=15)), (
        "a turn later"
    )
    assert said(busy_morning(*CALLS)) != said(busy_morning(*CALLS), NOW + timedelta(minutes=1))


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (23, "Thứ Hai"),
        (24, "Thứ Ba"),
        (25, "Thứ Tư"),
        (26, "Thứ Năm"),
        (27, "Thứ Sáu"),
        (28, "Thứ Bảy"),
        (29, "Chủ Nhật"),
    ],
)
def test_every_day_of_the_week_has_its_name(day: int, written: str) -> None:
    assert date(datetime(2026, 11, day, tzinfo=VIET_NAM)) == f"{written}, {day}/11/2026"


def test_an_opening_is_told_for_today_for_another_day_and_when_unknown() -> None:
    assert opening(NOW + timedelta(hours=5), NOW) == ("Mở cửa lúc 13:05 hôm nay", "Opens today at 13:05")
    assert opening(NOW + timedelta(days=1), NOW)[1] == "Opens at 08:05 on Tuesday, 24/11/2026"
    assert opening(None, NOW)[0] == "Mời quý khách quay lại vào ngày làm việc"


@pytest.mark.parametrize(
    ("seconds", "told"), [(None, ""), (0, "<5 phút"), (300, "<5 phút"), (301, "~10 phút"), (5400, "~90 phút")]
)
def test_an_expected_wait_is_told_in_steps_of_five_minutes(seconds: int | None, told: str) -> None:
    assert wait(seconds) == told
