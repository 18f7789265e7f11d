"""Plots are pictures that any page may show: well-formed, in their frame, without script or style."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall_controller.reports import pictures as drawn
from hall_controller.reports.plots import HEIGHT, MOST_LABELS, WIDTH, Mark, Series, escaped, plot
from tests.hall_controller.domain.small_hall import TUESDAY, small_hall
from tests.hall_controller.reports.played_days import made, of_day

STEADY = settings(derandomize=True, database=None, deadline=None, max_examples=60)
SVG = "{http://www.w3.org/2000/svg}"


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own picture


def bars(picture: ET.Element) -> list[ET.Element]:
    """The bars without the squares of the legend, which stand at the top."""
    return [bar for bar in picture.iter(f"{SVG}rect") if bar.get("y") != "6"]


def test_bars_are_as_high_as_their_values() -> None:
    picture = parsed(plot("Tải", "%", ["1", "2", "3"], [Series("tải", (10.0, 20.0, None))]))
    low, high = (float(bar.get("height", "")) for bar in bars(picture))
    assert high == pytest.approx(2 * low, abs=0.2)


def test_bars_of_several_series_stand_on_each_other() -> None:
    series = [Series("trực tiếp", (10.0,)), Series("trực tuyến", (30.0,))]
    below, above = bars(parsed(plot("Tiếp nhận", "", ["sct"], series)))
    foot = float(above.get("y", "")) + float(above.get("height", ""))
    assert foot == pytest.approx(float(below.get("y", "")), abs=0.2)
    assert below.get("fill") != above.get("fill")


def test_a_line_leaves_out_what_is_not_known() -> None:
    picture = parsed(plot("Chờ", "phút", list("abc"), [Series("p90", (5.0, None, 15.0), line=True)]))
    assert len(list(picture.iter(f"{SVG}circle"))) == 2


def test_a_second_line_is_told_apart_without_colour() -> None:
    series = [Series("p90", (5.0, 9.0), line=True), Series("p50", (1.0, 2.0), line=True)]
    picture = parsed(plot("Chờ", "phút", list("ab"), series))
    thick = [path for path in picture.iter(f"{SVG}path") if path.get("stroke-width") == "2.5"]
    assert [path.get("stroke-dasharray") is None for path in thick] == [True, False]


def test_a_mark_stands_within_the_frame_and_has_its_name() -> None:
    text = plot("Chờ", "phút", ["a"], [Series("p90", (5.0,))], [Mark("30 phút", 30)])
    assert "30 phút" in text
    ys = [float(y) for y in re.findall(r"M52 ([\d.]+)H", text)]
    assert all(0 <= y <= HEIGHT for y in ys)


def test_many_labels_are_thinned_out() -> None:
    labels = [f"{n:02}/11" for n in range(90)]
    picture = parsed(plot("Tuần", "", labels, [Series("khách", (1.0,) * 90)]))
    shown = [one.text for one in picture.iter(f"{SVG}text") if one.text in labels]
    assert 5 <= len(shown) <= MOST_LABELS


def test_a_title_is_read_out_and_cannot_break_the_picture() -> None:
    picture = parsed(plot('<b> & "c"', "", ["<a>"], [Series("x & y", (1.0,))]))
    assert picture.get("aria-label") == '<b> & "c"'
    assert escaped("a & b") == "a &amp; b"


def test_there_is_neither_script_nor_style() -> None:
    text = plot("Tải", "%", ["1"], [Series("tải", (10.0,))])
    assert "style" not in text
    assert "script" not in text
    assert "class=" not in text


@STEADY
@given(st.lists(st.one_of(st.none(), st.floats(0, 1e6)), min_size=1, max_size=40), st.booleans())
def test_whatever_is_plotted_stays_in_the_frame(values: list[float | None], line: bool) -> None:  # noqa: FBT001 - drawn
    picture = parsed(plot("x", "", [str(n) for n in range(len(values))], [Series("x", tuple(values), line)]))
    for bar in bars(picture):
        assert 0 <= float(bar.get("x", "")) <= WIDTH
        assert 0 <= float(bar.get("y", "")) <= HEIGHT
    for dot in picture.iter(f"{SVG}circle"):
        assert 0 <= float(dot.get("cy", "")) <= HEIGHT


def test_a_report_with_visitors_has_its_four_plots() -> None:
    report = made(
        of_day(TUESDAY, 2),
        of_day(TUESDAY + timedelta(1)),
        last_day=TUESDAY + timedelta(6),
        catalogue=small_hall(),
    )
    found = drawn.pictures(report)
    assert [picture.table for picture in found] == [
        "agencies",
        "waits_by_half_hour",
        "waits_by_half_hour",
        "counters",
    ]
    for picture in found:
        parsed(picture.svg)
        assert picture.title.vi in picture.svg


def test_a_report_of_nothing_has_no_plots() -> None:
    assert drawn.pictures(made()) == ()


def test_a_report_of_one_table_has_the_plots_of_that_table() -> None:
    report = made(of_day(TUESDAY), catalogue=small_hall())
    alone = replace(report, tables=(report.table("waits_by_half_hour"),))
    assert len(drawn.pictures(alone)) == 2
    assert drawn.pictures(replace(report, tables=())) == ()


def test_a_week_is_the_mean_of_its_weekdays() -> None:
    """Six visitors on Tuesday and three on Friday are four and a half a day; Saturday is another kind of day."""
    days = (of_day(TUESDAY, 2), of_day(TUESDAY + timedelta(3)), of_day(TUESDAY + timedelta(4), 5))
    report = made(*days, last_day=TUESDAY + timedelta(5))
    weeks = next(picture for picture in drawn.pictures(report) if picture.table == "agencies")
    (bar,) = bars(parsed(weeks.svg))
    axis = HEIGHT - 46 - 34
    assert float(bar.get("height", "")) == pytest.approx(axis * 4.5 / 5, abs=0.5)
