"""What stands at the foot of the screen: one text at a time, in both languages, and never for itself."""

from __future__ import annotations

from datetime import timedelta

from displays.newest import Newest
from displays.screens.examples import NOW, STAND_IN, called, desk, hall, known
from displays.screens.notices import KEEP_YOUR_TICKET, notice, turn
from displays.screens.view import board_calls
from hall_controller.messages import Text

ONE, TWO = Text(vi="Một", en="One"), Text(vi="Hai", en="Two")


def told(newest: Newest, texts: tuple[Text, ...] = (), turns: int = 6) -> list[str]:
    """The Vietnamese of each turn."""
    found = [notice(newest, texts, None, number) for number in range(turns)]
    return [text.vi for text in found if text is not None]


def test_the_halls_notices_and_the_screens_own_texts_take_turns() -> None:
    assert told(known(hall(notices=[ONE])), (TWO,), turns=4) == ["Một", "Hai", "Một", "Hai"]


def test_everything_takes_its_turn_in_the_same_moment() -> None:
    begins = NOW.replace(second=0)
    assert [turn(begins + timedelta(seconds=after), 15) - turn(begins, 15) for after in (0, 14, 15, 59)] == [
        0,
        0,
        1,
        3,
    ]


def test_who_stands_in_for_whom_is_told_once_for_all_their_counters_in_both_languages() -> None:
    newest = known(hall(notices=[]), *(desk(number, "open", notice=STAND_IN) for number in (10, 2)))
    text = notice(newest, (), None, 0)
    assert text is not None
    assert text.vi == "Quầy 2, 10: Bưu điện tỉnh tiếp nhận thay Sở Tài nguyên và Môi trường"
    assert text.en.startswith("Counters 2, 10: Provincial Post Office for ")


def test_a_closed_counter_has_nobody_who_stands_in() -> None:
    assert (
        told(known(hall(notices=[]), desk(2, "closed", notice=STAND_IN)), turns=2)
        == [KEEP_YOUR_TICKET.vi] * 2
    )


def test_whoever_is_called_to_a_stand_in_reads_that_as_long_as_the_call_is_large() -> None:
    display = desk(5, "calling", ticket="A012", call=1, notice=STAND_IN)
    newest = known(hall(notices=[ONE, TWO]), called(("A012", "5", 2), ("A011", "3", 30)), display)
    first, second = board_calls(newest)
    assert {text.vi for turn in range(4) if (text := notice(newest, (), first, turn))} == {
        f"Quầy 5: {STAND_IN.vi}"
    }
    other = notice(newest, (), second, 0)
    assert other == ONE, "the other counter has no stand-in"


def test_a_remark_of_the_next_visitor_is_not_told_to_the_last_one() -> None:
    display = desk(5, "calling", ticket="A013", call=1, notice=STAND_IN)
    newest = known(hall(notices=[ONE]), called(("A012", "5", 2)), display)
    assert notice(newest, (), board_calls(newest)[0], 0) == ONE


def test_paused_counters_are_told_together() -> None:
    newest = known(hall(notices=[]), desk(3, "paused"), desk(7, "paused"), desk(8, "open"))
    text = notice(newest, (), None, 0)
    assert text is not None
    assert (text.vi, text.en) == (
        "Quầy 3, 7 tạm dừng, quý khách vui lòng chờ",
        "Counters 3, 7 are paused, please wait",
    )


def test_without_anything_to_tell_visitors_are_asked_to_keep_their_ticket() -> None:
    assert told(known(hall(notices=[])), turns=1) == [KEEP_YOUR_TICKET.vi]
    assert told(Newest("example"), turns=1) == [KEEP_YOUR_TICKET.vi]


def test_a_closed_hall_tells_its_own_notices_and_nothing_of_the_day() -> None:
    assert told(known(hall(notices=[], open=False), desk(3, "paused"))) == []
    assert told(known(hall(notices=[ONE], open=False)), (TWO,), turns=2) == ["Một", "Hai"]
