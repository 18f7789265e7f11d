"""A day's summary is the same after it was written as text, also when later programs count by more."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hall_controller.domain.catalogue import VIETNAM
from hall_controller.reports import cut_summary
from hall_controller.reports.day_summary import COUNTED, DaySummary, Desk, Score, StandIn, Ticket
from hall_controller.reports.summing import summarise
from tests.hall_controller.domain.small_hall import TUESDAY, HallInPlay


def test_a_day_is_read_as_it_was_written() -> None:
    play = HallInPlay()
    play.open("1")
    for _ in range(3):
        play.take()
        play.serve("1", 300)
    summary = summarise(play.facts, VIETNAM, training=True)
    assert summary is not None
    assert cut_summary.read(cut_summary.written(summary)) == summary
    assert summary.visits == 3


def test_an_empty_day_is_a_day() -> None:
    empty = DaySummary(TUESDAY)
    assert cut_summary.read(cut_summary.written(empty)) == empty


def test_the_text_says_what_each_count_is_by() -> None:
    summary = DaySummary(TUESDAY)
    summary.tickets[Ticket("tnmt", "land", "submit", "issued")] = 5
    said = json.loads(cut_summary.written(summary))
    assert said["day"] == "2022-03-01"
    assert said["counts"]["tickets"] == {
        "by": ["agency", "service", "purpose", "what"],
        "rows": [["tnmt", "land", "submit", "issued", 5]],
    }
    assert set(said["counts"]) == set(COUNTED)


def test_columns_are_found_by_name_whatever_their_order() -> None:
    text = json.dumps(
        {
            "day": "2022-03-01",
            "training": False,
            "counts": {
                "tickets": {"by": ["what", "purpose", "service", "agency"], "rows": [["a", "b", "c", "d", 2]]}
            },
        }
    )
    assert cut_summary.read(text).tickets == {Ticket("d", "c", "b", "a"): 2}


def test_a_summary_of_an_older_program_that_lacks_a_count_is_read() -> None:
    text = json.dumps({"day": "2022-03-01", "training": True, "counts": {}})
    assert cut_summary.read(text) == DaySummary(date(2022, 3, 1), training=True)


@pytest.mark.parametrize("text", ["", "{}", '{"day": "x", "training": false, "counts": {}}'])
def test_text_that_is_no_summary_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        cut_summary.read(text)


def test_the_order_of_counting_stays_because_ties_in_a_report_stand_in_it() -> None:
    summary = DaySummary(TUESDAY)
    for service in ("notary", "land", "guidance"):
        summary.tickets[Ticket("bd", service, "submit", "issued")] = 1
    assert list(cut_summary.read(cut_summary.written(summary)).tickets) == list(summary.tickets)


def test_a_code_stands_for_an_officer_in_every_count_and_the_numbers_stay() -> None:
    summary = DaySummary(TUESDAY)
    summary.desks[Desk("1", "lan", "calls")] = 3
    summary.desks[Desk("1", "minh", "calls")] = 4
    summary.desks[Desk("2", "", "calls")] = 1
    summary.scores[Score("collect", "lan", 5, 4)] = 2
    summary.stand_ins[StandIn("1", "tnmt", "bd", "lan", "12/QĐ")] = 5
    summary.tickets[Ticket("tnmt", "lan", "submit", "issued")] = 6
    coded = cut_summary.read(
        cut_summary.with_codes(
            cut_summary.written(summary), lambda one: {"lan": "#1", "minh": "#2"}.get(one, one)
        )
    )
    assert coded.desks == {
        Desk("1", "#1", "calls"): 3,
        Desk("1", "#2", "calls"): 4,
        Desk("2", "", "calls"): 1,
    }
    assert coded.scores == {Score("collect", "#1", 5, 4): 2}
    assert coded.stand_ins == {StandIn("1", "tnmt", "bd", "#1", "12/QĐ"): 5}
    assert coded.tickets == summary.tickets, "a service may have the name of an officer"


def test_a_text_that_names_nobody_stays_as_it_is_byte_for_byte() -> None:
    text = cut_summary.written(DaySummary(TUESDAY)).replace(",", ", ")
    assert cut_summary.with_codes(text, lambda officer: f"#{officer}") is text


def test_two_officers_under_one_code_are_added() -> None:
    summary = DaySummary(TUESDAY)
    summary.desks[Desk("1", "lan", "calls")] = 3
    summary.desks[Desk("1", "minh", "calls")] = 4
    coded = cut_summary.read(cut_summary.with_codes(cut_summary.written(summary), lambda _: "#1"))
    assert coded.desks == {Desk("1", "#1", "calls"): 7}
