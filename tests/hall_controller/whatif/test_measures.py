"""Waits are measured exactly, and a hall that sends people home does not look quick."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hall_controller.whatif.measures import NAMES, Waits, means_of
from hall_controller.whatif.recorded import RecordedDay, Visitor
from tests.hall_controller.domain.small_hall import TUESDAY, small_hall

EIGHT_MS = 8 * 3_600_000
MINUTE_MS = 60_000
NINE_AT_NIGHT = 21 * 60


def waits(*minutes: float | None, queue: str = "land") -> Waits:
    """Visitors who came at eight and were called so many minutes later; None: never."""
    visitors = {
        f"A{n:03}": Visitor(
            EIGHT_MS,
            queue,
            queue,
            "submit",
            called_ms=None if wait is None else EIGHT_MS + round(wait * MINUTE_MS),
        )
        for n, wait in enumerate(minutes)
    }
    found = Waits()
    found.add(RecordedDay(TUESDAY, visitors), small_hall(), ("land",))
    return found


def test_ten_waits_have_their_median_their_nine_in_ten_and_their_shares() -> None:
    figures = waits(*range(10, 20)).figures()
    assert figures["p50"] == 14
    assert figures["p90"] == 18
    assert figures["mean"] == 14.5
    assert figures["over_15"] == 0.4
    assert figures["over_30"] == 0
    assert figures["by_closing"] == 1


def test_exactly_fifteen_minutes_are_not_over_fifteen() -> None:
    assert waits(15, 15.01).figures()["over_15"] == 0.5


def test_who_is_never_called_waits_until_the_hall_closes() -> None:
    found = waits(0, None)
    assert found.never_called == 1
    assert found.figures()["mean"] == 9 * 60 / 2  # from eight until five in the afternoon
    assert found.figures()["by_closing"] == 0.5


def test_who_is_called_after_closing_was_not_called_by_closing() -> None:
    assert waits(9 * 60, 9 * 60 + 1).figures()["by_closing"] == 0.5


def test_other_queues_and_those_who_gave_up_do_not_count() -> None:
    assert waits(5, queue="notary").all == []
    gone = replace(Visitor(EIGHT_MS, "land", "land", "submit"), gave_up=True)
    found = Waits()
    found.add(RecordedDay(TUESDAY, {"A001": gone}), small_hall(), ("land",))
    assert found.figures() == dict.fromkeys(NAMES, 0.0)


def test_means_are_told_by_the_half_hour_of_arrival() -> None:
    found = waits(10, 20)
    assert found.means() == {16: 15}
    assert means_of([{16: 15.0, 17: 3.0}, {16: 5.0}]) == {16: pytest.approx(10), 17: 3.0}
