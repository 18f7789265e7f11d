"""A day's summary is the same after it was written as text, also when later programs count by more."""

from __future__ import annotations

import json
from datetime import date

import pytest

from hall_controller.domain.catalogue import VIETNAM
from hall_controller.reports import cut_summary
from hall_controller.reports.day_summary import COUNTED, DaySummary, Ticket
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
