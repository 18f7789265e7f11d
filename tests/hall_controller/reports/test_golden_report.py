"""The report of the reference period says what the centre published, and finds the slips that it printed.

The journal is a simulated one that meets the published counts in person; all else is imported.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import pytest

from hall_controller.domain.catalogue import Catalogue
from hall_controller.reports.day_summary import DaySummary
from hall_controller.reports.formats import as_csv, as_html, as_json, as_text
from hall_controller.reports.imports import Imports
from hall_controller.reports.making import report
from hall_controller.reports.period import added_up
from hall_controller.reports.table import Cell, Report
from tests.hall_controller.conftest import FIRST_DAY, LAST_DAY
from tests.hall_controller.reports.played_days import MADE_AT

pytestmark = pytest.mark.timeout(300)

LOW_VOLUME: Final = {  # total, in person, online, post
    "thue": (0, 0, 0, 0),
    "sct": (5473, 59, 5414, 0),
    "tttt": (68, 12, 56, 0),
    "vhttdl": (86, 20, 66, 0),
    "gddt": (131, 59, 68, 4),
    "ngv": (5, 0, 5, 0),
    "tc": (390, 3, 387, 0),
    "khcn": (34, 8, 18, 8),
    "kcn": (69, 0, 69, 0),
}


def rows(report_: Report, table: str, *columns: str) -> dict[Cell, tuple[Cell, ...]]:
    """The chosen cells of each row, by the row's first cell."""
    found = report_.table(table)
    chosen = zip(*(found.column(name) for name in columns), strict=True)
    return dict(zip((row[0] for row in found.rows), chosen, strict=True))


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        ("days_listed", "134"),
        ("saturdays_open", "18"),
        ("days_open", "131"),
        ("weekdays_open", "113"),
        ("received", "35809"),
        ("in_person", "22000"),
        ("online", "11947"),
        ("post", "1862"),
        ("per_day", "267.2"),
        ("in_person_per_weekday", "192.9"),
        ("in_person_per_saturday", "11.1"),
        ("saturday_received", "275"),
        ("saturday_agencies", "3"),
        ("settled", "35512"),
        ("to_settle", "38052"),
        ("post_total", "29206"),
        ("ratings", "5251"),
        ("low_volume_received", "6256"),
        ("low_volume_in_person", "161"),
        ("low_volume_online", "6083"),
        ("low_volume_post", "12"),
    ],
)
def test_a_figure_is_the_published_one(golden_report: Report, figure: str, printed: str) -> None:
    value = golden_report.figures[figure].value
    assert value is not None
    digits = len(printed.partition(".")[2])
    assert f"{value:.{digits}f}" == printed


@pytest.mark.parametrize(
    ("figure", "per_cent"),
    [
        ("share_online", "33.4"),
        ("share_post", "5.2"),
        ("share_early", "63.826"),
        ("share_on_time", "36.165"),
        ("share_late", "0.008"),
        ("response", "23.9"),
        ("satisfied", "100"),
        ("not_satisfied_upper", "0.073"),
    ],
)
def test_a_share_is_the_published_one(golden_report: Report, figure: str, per_cent: str) -> None:
    value = golden_report.figures[figure].value
    assert value is not None
    digits = len(per_cent.partition(".")[2])
    assert f"{100 * value:.{digits}f}" == per_cent


def test_the_slips_of_the_printed_report_are_found_and_nothing_else(golden_report: Report) -> None:
    found = {(check.told, check.found) for check in golden_report.contradictions}
    assert found == {
        (228, 154),  # Saturday returns, 140 + 14
        (201, 156),  # online services in use
        (38, 39),  # days late
        (18, 16),
        (2, 3),  # of three late dossiers two were told
    }
    assert len(golden_report.checks) > 25


def test_days_late_are_39_and_16(golden_report: Report) -> None:
    assert golden_report.table("late_dossiers").column("days_late") == [39, 16]


def test_agencies_with_few_visitors_are_the_nine_of_the_footnote(golden_report: Report) -> None:
    table = rows(golden_report, "low_volume", "total", "in_person", "online", "post")
    assert table.pop("") == (6256, 161, 6083, 12)
    assert table == LOW_VOLUME


def test_low_volume_is_said_for_each_channel(golden_report: Report) -> None:
    low_online = rows(golden_report, "low_volume", "low_online")
    assert {agency for agency, (low,) in low_online.items() if low is False} == {"sct", "tc"}


def test_agencies_that_nobody_visits_have_only_days_without_visitors(golden_report: Report) -> None:
    days = rows(golden_report, "low_volume", "days_open", "days_without")
    assert days["thue"] == days["ngv"] == days["kcn"] == (113, 113)
    opened, without = days["gddt"]
    assert opened == 131, "on Saturday mornings too"
    assert isinstance(without, int)
    assert 131 - 59 <= without < 131


def test_agencies_and_fields_add_up_to_everybody(golden_report: Report) -> None:
    agencies = rows(golden_report, "agencies", "in_person", "online", "post", "total")
    assert agencies.pop("") == (22_000, 11_947, 1_862, 35_809)
    assert len(agencies) == 21, "what was told of no agency and the sum share the empty id"
    fields = rows(golden_report, "fields", "in_person")
    assert fields.pop("") == (22_000,)
    assert sum(int(str(count)) for (count,) in fields.values()) == 22_000


def test_on_saturdays_three_of_five_agencies_had_visitors(golden_report: Report) -> None:
    saturdays = rows(golden_report, "saturdays", "days_open", "in_person")
    assert saturdays.pop("") == (18, 200)
    assert set(saturdays) == {"tnmt", "khdt", "ldtbxh", "tp", "gddt"}
    assert {agency for agency, (_, visits) in saturdays.items() if visits} == {"tnmt", "ldtbxh", "tp"}


def test_all_satisfied_is_flagged_and_the_headline_is_missing(golden_report: Report) -> None:
    ratings = rows(golden_report, "ratings", "answered", "satisfied", "implausible")
    assert ratings["submit"] == ratings["all"] == (5251, 5251, True)
    assert ratings["collect"] == (0, 0, False)
    upper = rows(golden_report, "ratings", "not_satisfied_high")["submit"][0]
    assert isinstance(upper, float)
    assert round(100 * upper, 3) == 0.073
    said = " ".join(warning.en for warning in golden_report.warnings)
    assert "5251 of 5251 ratings satisfied (100 %) is no evidence" in said
    assert "No rating at the collect-result stage" in said
    assert "TRAINING DATA" in said


def test_ratings_are_invited_from_all_and_answered_by_some(golden_report: Report) -> None:
    visits, invited, answered = rows(golden_report, "ratings", "visits", "invited", "answered")["all"]
    assert visits == invited
    assert isinstance(visits, int)
    assert isinstance(answered, int)
    assert 5 * answered > visits > 4 * answered


def test_people_wait_too_long_at_the_land_agency(golden_report: Report) -> None:
    waits = rows(golden_report, "waits_by_queue", "p90", "over_30")
    slowest = max(waits, key=lambda queue: int(str(waits[queue][0])))
    assert slowest in ("dat-dai", "giao-dich-bao-dam")
    p90, over_30 = waits["dat-dai"]
    assert isinstance(p90, int)
    assert isinstance(over_30, float)
    assert p90 > 30
    assert over_30 > 0.1


def test_the_post_stood_in_at_the_land_counter(golden_report: Report) -> None:
    table = golden_report.table("stand_ins")
    officer = dict(zip(table.column("officer"), table.column("visits"), strict=True))
    assert int(str(officer["bd-2"])) > 200
    assert table.column("counter")[0] == "1"


def test_every_counter_is_told_with_its_load(golden_report: Report) -> None:
    loads = rows(golden_report, "counters", "load")
    assert list(loads) == [str(n) for n in range(1, 29)]
    shares = {str(counter): share for counter, (share,) in loads.items()}
    assert all(isinstance(share, float) and 0 <= share < 1 for share in shares.values())
    assert max(shares, key=lambda counter: float(str(shares[counter]))) in ("1", "2")


def test_two_halves_of_the_period_add_up_to_the_whole(
    golden_days: list[DaySummary], golden_hall: Catalogue, golden_report: Report
) -> None:
    middle = FIRST_DAY + timedelta(days=80)
    first = report(added_up(FIRST_DAY, middle, golden_hall, golden_days), Imports(), MADE_AT)
    second = report(added_up(middle + timedelta(1), LAST_DAY, golden_hall, golden_days), Imports(), MADE_AT)
    for figure in ("in_person", "days_open", "days_listed", "ratings", "no_shows", "saturday_in_person"):
        halves = [half.figures[figure].value or 0 for half in (first, second)]
        assert sum(halves) == golden_report.figures[figure].value, figure


@pytest.mark.parametrize("page", [as_text.page, as_html.page], ids=["text", "html"])
def test_paper_says_it_as_people_write_it(golden_report: Report, page: object) -> None:
    said = str(page(golden_report))  # type: ignore[operator]  # one of the two
    for words in ("35.809", "267,2", "192,9", "33,4 %", "0,073 %", "6.256", "228", "154"):
        assert words in said, words


def test_programs_get_the_numbers_themselves(golden_report: Report) -> None:
    figures = as_json.whole(golden_report)["figures"]
    assert figures["received"] == 35809
    assert round(figures["per_day"], 1) == 267.2
    sections = as_csv.page(golden_report).split("\n\n")
    (agencies,) = (section for section in sections if section.startswith("# agencies"))
    assert "sct,Sở Công Thương,59,5414,0,5473," in agencies
