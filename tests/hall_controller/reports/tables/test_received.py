"""Who came and through which channel, by agency, field, Saturday and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hall_controller.domain.catalogue import Text
from hall_controller.domain.commands import IssueSlip
from hall_controller.reports.imports import Imported, Imports
from hall_controller.reports.table import Cell, Report
from tests.hall_controller.domain.small_hall import TUESDAY, small_hall
from tests.hall_controller.reports.played_days import made, of_day, played, summary

SATURDAY = date(2022, 3, 5)


def told(figure: str, count: int, agency: str = "", service: str = "") -> Imported:
    return Imported(1, TUESDAY, TUESDAY, "", agency, service, figure, Decimal(count))


def by_id(report: Report, table: str) -> dict[Cell, tuple[Cell, ...]]:
    return {row[0]: row[1:] for row in report.table(table).rows}


def test_agencies_that_nobody_visited_are_there_with_none() -> None:
    rows = by_id(made(of_day(TUESDAY), catalogue=small_hall()), "agencies")
    assert rows["tnmt"] == (Text("tnmt", "tnmt"), 3, None, None, 3, 1.0)
    assert rows["tp"][1] == 0
    assert set(rows) == {"tnmt", "tp", "bd", "khdt", ""}


def test_what_was_told_of_no_agency_has_a_row_of_its_own() -> None:
    imports = Imports((told("online", 5, "tp"), told("online", 4), told("post", 1)), given=True)
    table = made(of_day(TUESDAY), imports=imports, catalogue=small_hall()).table("agencies")
    assert [str(cell) for cell in table.column("agency")[-2:]] == ["", ""]
    assert table.rows[-2][2:6] == (None, 4, 1, 5)
    assert table.rows[-1][2:6] == (3, 9, 1, 13)
    assert table.last_is_sum


def test_agencies_stand_in_the_order_of_what_they_received() -> None:
    imports = Imports((told("online", 50, "tp"), told("online", 4, "bd")), given=True)
    table = made(of_day(TUESDAY), imports=imports, catalogue=small_hall()).table("agencies")
    assert table.column("agency")[:3] == ["tp", "bd", "tnmt"]


def test_an_agency_of_the_imports_alone_is_not_lost() -> None:
    imports = Imports((told("post", 2, "old"),), given=True)
    assert by_id(made(of_day(TUESDAY), imports=imports), "agencies")["old"][1:5] == (0, None, 2, 2)


def test_fields_tell_what_visitors_came_for() -> None:
    rows = by_id(made(of_day(TUESDAY, 2), catalogue=small_hall()), "fields")
    assert rows["land"][2:8] == (2, 2, 2, 0, 6, None)
    assert rows["notary"][6] == 0
    assert rows[""][6] == 6


def test_slips_to_the_portal_are_told_apart_from_visits() -> None:
    play = played(lambda p: p.do(IssueSlip("business")), lambda p: p.do(IssueSlip("business")))
    imports = Imports((told("online", 7, "khdt", "business"),), given=True)
    rows = by_id(made(summary(play.facts), imports=imports, catalogue=small_hall()), "fields")
    assert rows["business"][6:9] == (0, 7, 2)


def test_another_purpose_is_not_lost() -> None:
    day = of_day(TUESDAY)
    ticket = next(key for key in day.tickets if key.what == "issued")
    day.tickets[ticket._replace(purpose="complaint")] = 2
    rows = by_id(made(day), "fields")
    assert rows["land"][5:7] == (2, 5)


def test_saturdays_tell_agencies_that_were_open_for_nobody() -> None:
    hall = small_hall()
    services = {"land": hall.services["guidance"], "notary": hall.services["notary"]}
    services["land"] = replace(services["land"], id="land", agency="tnmt")
    services["guidance"] = hall.services["guidance"]
    report = made(
        of_day(SATURDAY), last_day=SATURDAY + timedelta(1), catalogue=replace(hall, services=services)
    )
    rows = by_id(report, "saturdays")
    assert rows["tnmt"][1:] == (1, 3, 3.0)
    assert rows["bd"][1:] == (1, 0, 0.0)
    assert "tp" not in rows, "its notary is closed on Saturdays"


def test_days_without_visitors_and_days_that_the_journal_lacks_are_told() -> None:
    weekdays = replace(small_hall(), services={"land": small_hall().services["land"]})
    report = made(of_day(TUESDAY), last_day=TUESDAY + timedelta(1), catalogue=weekdays)
    assert report.table("days").rows == (
        (TUESDAY, False, True, True, 3),
        (TUESDAY + timedelta(1), False, True, False, 0),
    )
    assert report.table("days").detail
