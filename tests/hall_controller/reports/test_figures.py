"""Every figure that people know a report by, worked out of small numbers that fit in a head."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from hall_controller.domain.catalogue import Agency, Text
from hall_controller.reports.figures import NAMES, figures, low_volume
from hall_controller.reports.imports import Imported, Imports, Which
from hall_controller.reports.table import Figure
from tests.hall_controller.domain.small_hall import TUESDAY, small_hall
from tests.hall_controller.reports.played_days import of_day, period

SATURDAY = date(2022, 3, 5)
SUNDAY = date(2022, 3, 6)


def told(figure: str, count: int, on: Which = "", agency: str = "") -> Imported:
    return Imported(1, TUESDAY, SUNDAY, on, agency, "", figure, Decimal(count))


def week(*lines: Imported) -> dict[str, Figure]:
    """Two days of three visitors, one of them a Saturday of six."""
    days = period(of_day(TUESDAY), of_day(SATURDAY, 2), last_day=SUNDAY)
    return figures(days, Imports(lines, given=bool(lines)))


def test_every_figure_has_its_name_once_and_two_titles() -> None:
    found = week()
    assert tuple(found) == NAMES
    assert len(set(NAMES)) == len(NAMES)
    assert all(figure.title.vi and figure.title.en for figure in found.values())


def test_what_was_not_imported_is_unknown() -> None:
    found = week()
    for name in ("online", "post", "received", "per_day", "share_online", "settled", "late", "post_total"):
        assert found[name].value is None, name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("in_person", 9),
        ("days_open", 2),
        ("weekdays_open", 1),
        ("saturdays_open", 1),
        ("in_person_per_weekday", 3),
        ("in_person_per_saturday", 6),
        ("saturday_in_person", 6),
        ("saturday_agencies", 1),
        ("no_shows", 3),
        ("ratings", 3),
        ("satisfied", 1),
        ("wait_p50", 10),
    ],
)
def test_what_the_journal_measures_needs_no_import(name: str, value: float) -> None:
    found = week()[name].value
    assert found == pytest.approx(value, abs=5 if name == "wait_p50" else 1e-9)


def test_channels_add_up_to_what_was_received() -> None:
    found = week(told("online", 8), told("post", 3))
    assert found["received"].value == 20
    assert found["share_online"].value == 0.4
    assert found["share_post"].value == 0.15


def test_a_channel_that_nobody_told_makes_the_sum_unknown() -> None:
    assert week(told("online", 8))["received"].value is None


def test_per_day_is_by_the_listed_days_and_not_by_the_open_ones() -> None:
    """As the centres count: Mondays to Saturdays without holidays, whether anybody came or not."""
    hall = replace(small_hall(), closed_days=frozenset({date(2022, 3, 2)}))
    days = period(of_day(TUESDAY), last_day=SUNDAY, catalogue=hall)
    found = figures(days, Imports((told("online", 4), told("post", 1)), given=True))
    assert found["days_listed"].value == 4
    assert found["per_day"].value == 2


def test_saturdays_by_channel() -> None:
    found = week(
        told("online", 5, "weekdays"),
        told("online", 2, "saturdays"),
        told("post", 3, "weekdays"),
        told("post", 1, "saturdays"),
    )
    assert [found[f"saturday_{what}"].value for what in ("in_person", "online", "post", "received")] == [
        6,
        2,
        1,
        9,
    ]


def test_settlement_and_post_add_up() -> None:
    counts = {"early": 60, "on_time": 38, "late": 2, "open": 11, "moved": 5, "post": 4, "home_delivery": 3}
    found = week(*(told(figure, count) for figure, count in counts.items()))
    assert found["settled"].value == 100
    assert found["to_settle"].value == 111
    assert [found[f"share_{how}"].value for how in ("early", "on_time", "late")] == [0.6, 0.38, 0.02]
    assert found["post_total"].value == 12


def test_nobody_dissatisfied_has_an_upper_bound_above_zero() -> None:
    upper = week()["not_satisfied_upper"].value
    assert upper is not None
    assert upper > 0.5, "three answers exclude very little"


def test_nobody_asked_means_nothing_known() -> None:
    found = figures(period(), Imports())
    for name in ("satisfied", "not_satisfied_upper", "response", "wait_p50", "wait_p90", "share_over_15"):
        assert found[name].value is None, name
    assert found["in_person"].value == 0


def test_few_visitors_means_fewer_than_open_days() -> None:
    hall = small_hall()
    agencies = {**hall.agencies, "new": Agency("new", Text("mới", "new"))}
    friday = TUESDAY + timedelta(days=3)
    days = period(of_day(TUESDAY), last_day=friday, catalogue=replace(hall, agencies=agencies))
    assert len(days.open_days()) == 4
    assert low_volume(days) == ["tp", "bd", "khdt", "new", "tnmt"]
    busy = period(*(of_day(TUESDAY + timedelta(n)) for n in range(4)), last_day=friday, catalogue=hall)
    assert low_volume(busy) == ["tp", "bd", "khdt"]


def test_few_visitors_in_all_channels_are_summed_by_channel() -> None:
    days = period(of_day(TUESDAY), last_day=TUESDAY, catalogue=small_hall())
    lines = (told("online", 9, agency="tp"), told("online", 50, agency="tnmt"), told("post", 2, agency="bd"))
    found = figures(days, Imports(lines, given=True))
    of = [found[f"low_volume_{what}"].value for what in ("in_person", "online", "post", "received")]
    assert of == [0, 9, 2, 11], "tnmt had three visitors on one day and is not low"
