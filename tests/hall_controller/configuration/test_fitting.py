"""Which settings may not hold yet, because a number that was given out today would lose its way."""

from __future__ import annotations

from typing import Any

import pytest

from hall_controller.configuration.fitting import in_the_way
from hall_controller.domain.commands import CloseCounter, Hold, VoidTicket
from tests.hall_controller.domain.small_hall import HallInPlay


def names(**without: str) -> dict[str, Any]:
    """The hall's names as the check tells them, `without` one of a kind."""
    told = {
        "queues": {"land": "A", "notary": "B", "guidance": "C"},
        "services": ["land", "mortgage", "notary", "guidance", "business"],
        "counters": ["1", "2", "3", "4"],
    }
    return {
        kind: {one: letter for one, letter in all_.items() if one != without.get(kind)}
        if isinstance(all_, dict)
        else [one for one in all_ if one != without.get(kind)]
        for kind, all_ in told.items()
    }


def told(play: HallInPlay, wanted: dict[str, Any]) -> list[str]:
    return [sentence.vi for sentence in in_the_way(play.hall, wanted)]


def test_on_a_day_without_visitors_everything_may_change() -> None:
    assert told(HallInPlay(), {"queues": {}, "services": [], "counters": []}) == []


@pytest.mark.parametrize(
    ("kind", "one", "sentence"),
    [
        ("queues", "land", "Hàng land còn khách: chỉ bỏ được khi không còn ai chờ."),
        ("services", "mortgage", "Lĩnh vực mortgage còn khách: chỉ bỏ được khi không còn ai chờ."),
    ],
)
def test_what_a_visitor_waits_for_stays_until_the_visit_is_over(kind: str, one: str, sentence: str) -> None:
    play = HallInPlay()
    number = play.take("mortgage")
    wanted = names(**{kind: one})
    assert told(play, wanted) == [sentence]
    play.do(VoidTicket(number))
    assert told(play, wanted) == []


def test_a_visitor_who_is_served_or_was_set_aside_is_still_there() -> None:
    play = HallInPlay()
    play.open("1")
    play.take()
    play.next("1")
    assert told(play, names(queues="land")) == ["Hàng land còn khách: chỉ bỏ được khi không còn ai chờ."]
    play.do(Hold("1"))
    assert len(told(play, names(queues="land"))) == 1


def test_an_open_counter_is_closed_before_it_is_removed() -> None:
    play = HallInPlay()
    play.open("2")
    assert told(play, names(counters="2")) == ["Quầy 2 đang mở: hãy đóng quầy rồi mới bỏ."]
    assert told(play, names(counters="3")) == []
    play.do(CloseCounter("2"))
    assert told(play, names(counters="2")) == []


def test_a_letter_is_one_queues_until_tomorrow_even_when_all_its_visits_are_over() -> None:
    play = HallInPlay()
    play.do(VoidTicket(play.take("land")))
    swapped = names() | {"queues": {"land": "B", "notary": "A", "guidance": "C"}}
    assert told(play, swapped) == [
        "Chữ A hôm nay đã dùng cho hàng khác: từ ngày mai mới dùng được cho hàng notary."
    ]
    assert told(play, names()) == []


def test_every_sentence_is_there_in_both_languages() -> None:
    play = HallInPlay()
    play.open("1")
    play.take()
    sentences = list(in_the_way(play.hall, {"queues": {"other": "A"}, "services": [], "counters": []}))
    assert len(sentences) == 4
    assert all(one.vi and one.en and one.vi != one.en for one in sentences)
