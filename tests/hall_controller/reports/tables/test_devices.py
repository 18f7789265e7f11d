"""The availability of every device, as a report tells it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from hall_controller.reports.day_summary import DaySummary, Device, Outage
from hall_controller.reports.tables.devices import NAMED
from tests.hall_controller.domain.small_hall import TUESDAY
from tests.hall_controller.reports.played_days import made

if TYPE_CHECKING:
    from hall_controller.reports.table import Table

HOUR_MS = 3_600_000
MINUTE_MS = 60_000


def day(**away_min: int) -> DaySummary:
    """Ten hours with these devices, and each away once for so many minutes; 0 is not at all."""
    summary = DaySummary(TUESDAY)
    for device, minutes in away_min.items():
        summary.devices[Device(device, "watched_ms")] = 10 * HOUR_MS
        if minutes:
            summary.devices[Device(device, "lost_ms")] = minutes * MINUTE_MS
            summary.outages[Outage(device, minutes * 60)] += 1
    return summary


def row(table: Table, device: str) -> dict[str, object]:
    found = next(row for row in table.rows if row[0] == device)
    return dict(zip((column.id for column in table.columns), found, strict=True))


def test_a_device_is_told_with_its_share_number_length_and_longest_outage() -> None:
    summary = day(pad=6)
    summary.devices[Device("pad", "faulty_ms")] = 30 * MINUTE_MS
    summary.outages[Outage("pad", 1800)] += 1
    summary.devices[Device("pad", "unknown_ms")] = 4 * HOUR_MS
    assert row(made(summary).table("devices"), "pad") == {
        "device": "pad",
        "available": pytest.approx(0.9),
        "outages": 2,
        "away_min": 36,
        "mean_min": 18,
        "longest_min": 30,
        "unknown_min": 240,
        "watched_h": 10,
    }


def test_days_add_up() -> None:
    summary = day(pad=6)
    summary.add(day(pad=60))
    told = row(made(summary).table("every_device"), "pad")
    assert (told["outages"], told["away_min"], told["longest_min"], told["watched_h"]) == (2, 66, 60, 20)


def test_the_worst_stand_first_and_those_that_were_never_away_in_one_row() -> None:
    table = made(day(one=5, two=50, three=0, four=0)).table("devices")
    assert [str(name) for name in table.column("device")[:2]] == ["two", "one"]
    *_, (name, available, outages, *_) = table.rows
    assert name == table.rows[-1][0]
    assert "2 thiết bị khác" in str(name)
    assert (available, outages) == (1, 0)


def test_on_paper_stand_so_many_and_in_a_file_all() -> None:
    report = made(day(**{f"pad-{n}": n for n in range(1, 61)}))
    table, every = report.table("devices"), report.table("every_device")
    assert len(table.rows) == NAMED + 1
    assert sum(int(str(count)) for count in table.column("outages")) == 60
    assert max(float(str(longest)) for longest in table.column("longest_min")) == 60
    assert (len(every.rows), every.detail, table.detail) == (60, True, False)


def test_a_period_of_which_nothing_was_told_says_so_and_guesses_nothing() -> None:
    table = made(DaySummary(TUESDAY)).table("devices")
    assert table.rows == ()
    assert any("chưa ghi tình trạng thiết bị" in note.vi for note in table.notes)
    assert not Counter(DaySummary(TUESDAY).devices)


def test_a_device_of_which_nothing_is_known_has_no_share() -> None:
    summary = day(pad=0)
    summary.devices[Device("pad", "unknown_ms")] = 10 * HOUR_MS
    assert row(made(summary).table("every_device"), "pad")["available"] is None
