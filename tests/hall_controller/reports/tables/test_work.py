"""Counters, officers, stand-ins, bells, numbers, presses and machines as their tables tell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from hall_controller.domain import flags
from hall_controller.domain.catalogue import Assignment, Text
from hall_controller.reports.day_summary import DaySummary, Desk, Given, Happening, Refused, StandIn
from hall_controller.reports.table import Cell, Report
from hall_controller.reports.tables.sources import CODES
from tests.hall_controller.domain.small_hall import TUESDAY, small_hall
from tests.hall_controller.reports.played_days import made, of_day

HOUR_MS = 3_600_000


def desk(counter: str, officer: str, **what: int) -> DaySummary:
    found = DaySummary(TUESDAY)
    for name, count in what.items():
        found.desks[Desk(counter, officer, name)] = count
    return found


def row(report: Report, table: str, id_: str = "") -> dict[str, Cell]:
    found = report.table(table)
    (cells,) = (cells for cells in found.rows if not id_ or cells[0] == id_)
    return dict(zip((column.id for column in found.columns), cells, strict=True))


def test_load_is_the_time_with_a_visitor_of_the_time_open() -> None:
    day = desk(
        "1", "lan", open_ms=8 * HOUR_MS, busy_ms=2 * HOUR_MS, paused_ms=HOUR_MS, calls=12, served=11, pauses=3
    )
    found = row(made(day), "counters", "1")
    assert (found["open_h"], found["busy_h"], found["idle_h"], found["paused_h"]) == (8, 2, 6, 1)
    assert (found["load"], found["minutes_each"]) == (0.25, 10)
    assert (found["calls"], found["served"], found["missed"], found["pauses"]) == (12, 11, 0, 3)


def test_officers_of_one_counter_are_told_apart_and_the_counter_is_their_sum() -> None:
    days = (desk("1", "lan", open_ms=HOUR_MS, calls=2), desk("1", "minh", open_ms=3 * HOUR_MS, calls=5))
    report = made(*days)
    assert row(report, "counters", "1")["calls"] == 7
    assert row(report, "officers", "minh")["open_h"] == 3
    assert row(report, "officers", "lan")["calls"] == 2


def test_an_officer_at_two_counters_is_one_officer() -> None:
    report = made(desk("1", "lan", calls=2), desk("2", "lan", calls=5))
    assert row(report, "officers", "lan")["calls"] == 7


def test_a_counter_that_was_never_open_is_told_with_nothing() -> None:
    report = made(desk("1", "lan", open_ms=HOUR_MS), catalogue=small_hall())
    assert report.table("counters").column("counter") == ["1", "2", "3", "4"]
    found = row(report, "counters", "3")
    assert (found["calls"], found["open_h"], found["load"], found["minutes_each"]) == (0, 0, None, None)


def test_counters_stand_as_the_hall_has_them_and_strangers_last() -> None:
    report = made(desk("9", "", calls=1), desk("4", "", calls=1), catalogue=small_hall())
    assert report.table("counters").column("counter") == ["1", "2", "3", "4", "9"]


def test_officers_are_told_by_their_ids_and_never_a_name() -> None:
    assert [column.id for column in made(of_day(TUESDAY)).table("officers").columns][0:2] == [
        "officer",
        "calls",
    ]


def test_stand_ins_are_told_with_agency_staff_officer_and_decision() -> None:
    day = DaySummary(TUESDAY)
    day.stand_ins[StandIn("1", "tnmt", "bd", "hoa", "01/QĐ")] = 14
    table = made(day, catalogue=small_hall()).table("stand_ins")
    assert table.rows == (("1", Text("tnmt", "tnmt"), Text("bd", "bd"), "hoa", "01/QĐ", 14),)
    assert "hall explain" in table.notes[0].en


def test_bells_tell_how_long_somebody_waited_for_an_officer() -> None:
    day = DaySummary(TUESDAY)
    day.happenings.update(
        {
            Happening("bell_rings", "2"): 3,
            Happening("bells", "2"): 2,
            Happening("bell_response_ms", "2"): 360_000,
        }
    )
    assert made(day).table("bells").rows == (("2", 3, 2, 3.0),)
    unanswered = DaySummary(TUESDAY)
    unanswered.happenings[Happening("bell_rings", "2")] = 1
    assert made(unanswered).table("bells").rows == (("2", 1, 0, None),)


def test_no_shows_and_bursts_stand_beside_the_numbers() -> None:
    day = DaySummary(TUESDAY)
    for hour, issued in ((8, 30), (9, 10)):
        day.given[Given("land", hour, "issued")] = issued
    day.given[Given("land", 8, "no_shows")] = 4
    day.given[Given("land", 8, "bursts")] = 2
    day.given[Given("land", 9, "held")] = 1
    report = made(day, catalogue=small_hall())
    assert row(report, "no_shows", "land") | {"name": ""} == {
        "service": "land",
        "name": "",
        "issued": 40,
        "no_shows": 4,
        "no_show_rate": 0.1,
        "bursts": 2,
        "bursts_per_100": 5.0,
        "held": 1,
        "never_released": 0,
    }
    assert report.table("no_shows_by_hour").column("hour") == [8, 9]


def test_refused_presses_are_told_with_their_reason_most_frequent_first() -> None:
    day = DaySummary(TUESDAY)
    day.refused.update({Refused("Rate", "window_over"): 3, Refused("CallNext", "a_new_code"): 9})
    table = made(day).table("refused_presses")
    assert table.column("code") == ["a_new_code", "window_over"]
    assert table.column("count") == [9, 3]
    reasons = table.column("reason")
    assert reasons[0] == Text("a_new_code", "a_new_code"), "a code of a newer version is told as it stands"
    assert isinstance(reasons[1], Text)
    assert reasons[1].vi != "window_over"


def test_odd_presses_are_counted_by_what_is_odd() -> None:
    day = DaySummary(TUESDAY)
    day.happenings.update({Happening("flags", "streak"): 2, Happening("flags", "a_new_flag"): 5})
    table = made(day).table("flagged_presses")
    assert (table.column("flag"), table.column("count")) == (["a_new_flag", "streak"], [5, 2])
    assert table.column("what")[0] == Text("a_new_flag", "a_new_flag"), (
        "of a newer version, told as it stands"
    )


@pytest.mark.parametrize("flag", ["no_ticket", "during_service", "near_officer_key", "streak"])
def test_every_flag_of_the_rules_has_its_words(flag: str) -> None:
    """The four that `domain.flags` lists."""
    assert f"    {flag} " in str(flags.__doc__)
    day = DaySummary(TUESDAY)
    day.happenings[Happening("flags", flag)] = 1
    (what,) = made(day).table("flagged_presses").column("what")
    assert isinstance(what, Text)
    assert "_" not in what.vi + what.en


def test_printers_are_told_with_what_came_out() -> None:
    day = DaySummary(TUESDAY)
    outcomes = {"printed": 97, "print_failed": 2, "print_unknown": 1}
    day.happenings.update({Happening(what, "printer-1"): count for what, count in outcomes.items()})
    day.happenings[Happening("printer_paper_out", "printer-1")] = 3
    day.happenings[Happening("printer_not_ready", "printer-1")] = 1
    day.happenings[Happening("printer_away_ms", "printer-1")] = 90_000
    report = made(day)
    assert report.table("printers").rows == (("printer-1", 97, 2, 1, 0.97, 3, 1, 1.5),)


def test_the_controllers_starts_and_stops_are_told() -> None:
    day = DaySummary(TUESDAY)
    day.happenings.update(
        {
            Happening("starts", "controller"): 2,
            Happening("journal_unavailable", "journal"): 1,
            Happening("journal_unavailable_ms", "journal"): 90_000,
        }
    )
    assert made(day).table("controller").rows == ((2, 1, 1.5),)


def test_days_without_visitors_support_giving_a_counter_up() -> None:
    hall = small_hall()
    lent = replace(hall, assignments=(Assignment("1", "tnmt", "tnmt", "lan"),))
    report = made(of_day(TUESDAY), last_day=TUESDAY + timedelta(days=3), catalogue=lent)
    found = row(report, "low_volume", "tnmt")
    assert (found["in_person"], found["days_open"], found["days_without"]) == (3, 4, 3)
    assert found["online"] is found["low_online"] is None


@pytest.mark.parametrize("table", ["waits_by_half_hour", "waits_by_queue", "waits"])
def test_waits_tell_how_many_percentiles_and_shares(table: str) -> None:
    found = made(of_day(TUESDAY, 3), catalogue=small_hall()).table(table)
    (called,), (p50,), (p90,), (over_15,), (over_30,) = (
        found.column(name) for name in ("called", "p50", "p90", "over_15", "over_30")
    )
    assert called == 6, "three of nine were not called"
    assert (p50, p90) == (22, 33)
    assert over_15 == pytest.approx(4 / 6)
    assert over_30 == pytest.approx(3 / 6)


def test_a_code_in_place_of_an_officer_is_explained_where_it_stands_and_only_there() -> None:
    stands = DaySummary(TUESDAY)
    stands.stand_ins[StandIn("1", "tnmt", "bd", "#1f2e3d4c", "12/QĐ")] = 2
    report = made(desk("1", "#1f2e3d4c", calls=2), stands)
    for table in ("officers", "stand_ins"):
        assert CODES in report.table(table).notes
    assert row(report, "officers", "#1f2e3d4c")["calls"] == 2
    assert CODES not in report.table("counters").notes
    assert CODES not in made(desk("1", "lan", calls=2)).table("officers").notes
