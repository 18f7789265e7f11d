"""Every format tells the same report: text and page for people, CSV, JSON and spreadsheet for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openpyxl import Workbook, load_workbook

from hall_controller.domain.catalogue import Text
from hall_controller.reports.formats import as_csv, as_html, as_json, as_text, as_xlsx, spelled
from hall_controller.reports.kinds import MEDIA_TYPES, REPORTS, WHOLE, Format
from hall_controller.reports.rendering import rendered
from hall_controller.reports.table import Check, Column, Figure, Report, Table
from tests.hall_controller.domain.small_hall import TUESDAY, small_hall
from tests.hall_controller.reports.played_days import MADE_AT, made, of_day

TABLE = Table(
    "agencies",
    Text("Cơ quan", "Agencies"),
    (
        Column("agency", Text("Mã", "Id"), "id"),
        Column("name", Text("Tên", "Name")),
        Column("visits", Text("Lượt", "Visits"), "count"),
        Column("share", Text("Tỷ lệ", "Share"), "share"),
        Column("since", Text("Từ", "Since"), "day"),
        Column("low", Text("Ít", "Few"), "yes"),
    ),
    (
        ("sct", Text("Sở Công Thương", "Trade"), 5473, 0.1528, date(2021, 11, 1), True),
        ("odd", Text('=1+1 <b>"&', "Odd"), None, None, None, False),
    ),
    (Text("Ghi chú", "Note"),),
    last_is_sum=True,
)
REPORT = Report(
    Text("Trung tâm", "The hall"),
    date(2021, 11, 1),
    date(2022, 4, 15),
    MADE_AT,
    (Text("Cẩn thận <", "Careful <"),),
    {
        "received": Figure(Text("Tổng tiếp nhận", "Received"), 35809),
        "in_person": Figure(Text("Trực tiếp", "In person"), 22000),
        "per_day": Figure(Text("Bình quân một ngày", "Per day"), 267.2313, "number"),
        "share_online": Figure(Text("Tỷ lệ trực tuyến", "Share online"), 0.33363, "share"),
        "in_person_per_weekday": Figure(Text("Một ngày thường", "Per weekday"), None, "number"),
        "days_open": Figure(Text("Ngày mở cửa", "Days open"), 131),
        "wait_p90": Figure(Text("Chờ", "Wait"), 18, "minutes"),
        "response": Figure(Text("Trả lời", "Response"), 0.239, "share"),
    },
    (
        Check(Text("Đúng", "Right"), 1, 1, right=True, why=Text("", "")),
        Check(Text("Trả kết quả", "Returns"), 228, 154, right=False, why=Text("140 + 14", "140 + 14")),
    ),
    (TABLE, replace(TABLE, id="long", detail=True), replace(TABLE, id="empty", rows=())),
)


def book(report: Report = REPORT) -> Workbook:
    return load_workbook(io.BytesIO(as_xlsx.page(report)))


@pytest.mark.parametrize("format_", get_args(Format))
def test_every_format_has_a_media_type_and_is_written(format_: Format) -> None:
    assert format_ in MEDIA_TYPES
    assert len(rendered(REPORT, format_)) > 400


def test_numbers_are_written_as_in_viet_nam() -> None:
    number = spelled.number
    assert number(35809, "count", 0) == "35.809"
    assert number(267.2313, "number", 1) == "267,2"
    assert number(0.00073, "share", 3) == "0,073 %"
    assert number(1234567.25, "hours", 1) == "1.234.567,2"
    assert [spelled.plain(value) for value in (228.0, 267.2, 1862.0, 0.008)] == [
        "228",
        "267,2",
        "1.862",
        "0,008",
    ]


def test_what_is_not_known_is_no_zero() -> None:
    assert spelled.cell(None, TABLE.columns[2]) == spelled.UNKNOWN
    assert spelled.figure(REPORT.figures["in_person_per_weekday"]) == spelled.UNKNOWN
    assert spelled.figure(REPORT.figures["wait_p90"]) == "18 phút", "no head of a column says what it is"
    assert spelled.cell(0, TABLE.columns[2]) == "0"


def test_text_tells_warnings_and_contradictions_before_any_figure() -> None:
    page = as_text.page(REPORT)
    assert page.index("Cẩn thận") < page.index("228, nhưng tính được 154") < page.index("35.809")
    assert "MÂU THUẪN (1)" in page
    assert "1 phép đối chiếu khớp" in page


def test_text_is_vietnamese_first_and_aligned() -> None:
    page = as_text.page(REPORT)
    assert page.index("CƠ QUAN\n") < page.index("Agencies\n")
    lines = page.splitlines()
    head = next(line for line in lines if line.startswith("Tên"))
    row = next(line for line in lines if line.startswith("Sở Công Thương"))
    assert row.index("5.473") + len("5.473") == head.index("Lượt") + len("Lượt"), (
        "numbers end below their heads"
    )
    assert "sct" not in page, "ids are for programs"


def test_text_leaves_out_long_and_empty_tables() -> None:
    assert as_text.page(REPORT).count("CƠ QUAN\n") == 1


def sections(page: str) -> dict[str, list[list[str]]]:
    rows = list(csv.reader(io.StringIO(page.removeprefix("\ufeff"))))
    found: dict[str, list[list[str]]] = {}
    name = ""
    for row in rows:
        if row and row[0].startswith("# "):
            name = row[0].removeprefix("# ").partition(":")[0]
            found[name] = []
        elif row:
            found[name].append(row)
    return found


def test_csv_has_a_section_for_each_table_with_values_for_programs() -> None:
    found = sections(as_csv.page(REPORT))
    assert set(found) == {"report", "figures", "checks", "agencies", "long", "empty"}
    assert found["agencies"][0] == ["agency", "name", "visits", "share", "since", "low"]
    assert found["agencies"][1] == ["sct", "Sở Công Thương", "5473", "0.1528", "2021-11-01", "yes"]
    assert found["agencies"][2][2:] == ["", "", "", "no"]
    assert found["empty"] == [found["agencies"][0]]
    assert ["per_day", "267.2313", "Bình quân một ngày"] in found["figures"]
    assert found["checks"][2] == ["Trả kết quả", "228", "154", "no", "140 + 14"]


def test_csv_is_read_right_by_a_spreadsheet() -> None:
    assert rendered(REPORT, "csv").startswith(b"\xef\xbb\xbf")


def test_json_keeps_its_promise() -> None:
    Draft202012Validator.check_schema(as_json.SCHEMA)
    validator = Draft202012Validator(as_json.SCHEMA, format_checker=FormatChecker())
    for report in (REPORT, made(of_day(TUESDAY), catalogue=small_hall()), made()):
        whole = json.loads(as_json.page(report))
        validator.validate(whole)


def test_json_has_values_by_name() -> None:
    whole = as_json.whole(REPORT)
    assert whole["figures"]["per_day"] == 267.2313
    assert whole["tables"]["agencies"]["rows"][0] == {
        "agency": "sct",
        "name": {"vi": "Sở Công Thương", "en": "Trade"},
        "visits": 5473,
        "share": 0.1528,
        "since": "2021-11-01",
        "low": True,
    }
    assert whole["checks"][1]["right"] is False


def test_every_table_can_be_asked_for_by_name() -> None:
    report = made(of_day(TUESDAY), catalogue=small_hall())
    assert {table.id for table in report.tables} | {WHOLE} == {*REPORTS}
    for table in report.tables:
        ids = [column.id for column in table.columns]
        assert len(set(ids)) == len(ids), table.id
        assert all(len(row) == len(ids) for row in table.rows), table.id


def test_the_spreadsheet_has_a_sheet_for_each_table_with_a_frozen_head() -> None:
    found = book()
    assert found.sheetnames == ["report", "figures", "checks", "agencies", "long", "empty"]
    for name in found.sheetnames[1:]:
        assert found[name].freeze_panes == "A2", name
        assert found[name]["A1"].font.bold


def test_numbers_in_the_spreadsheet_are_numbers() -> None:
    sheet = book()["agencies"]
    assert [cell.value for cell in sheet[2]][2:] == [5473, 0.1528, datetime(2021, 11, 1), "có"]  # noqa: DTZ001 - a sheet's days have no zone
    assert [cell.number_format for cell in sheet[2]][2:5] == ["#,##0", "0.0%", "dd/mm/yyyy"]
    assert sheet["C3"].value is None, "what is not known is empty"
    assert sheet.cell(5, 1).value == "Ghi chú"


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    cell = book()["agencies"]["B3"]
    assert cell.data_type == "s"
    assert cell.value.endswith('=1+1 <b>"&')


def test_the_figures_are_a_sheet_too() -> None:
    sheet = book()["figures"]
    values = {row[0].value: row[2] for row in sheet.iter_rows(min_row=2)}
    assert values["received"].value == 35809
    assert values["share_online"].number_format == "0.0%"
    assert values["in_person_per_weekday"].value is None


class Page(HTMLParser):
    """The tags of a page, and whether they close."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, Any]]:
        return [attributes for name, attributes in self.tags if name == tag]


def golden_shape() -> Report:
    return made(of_day(TUESDAY, 2), catalogue=small_hall())


def test_the_page_is_whole_vietnamese_and_names_its_period() -> None:
    text = as_html.page(golden_shape())
    page = Page(text)
    assert page.open == []
    assert page.of("html") == [{"lang": "vi"}]
    assert "Từ ngày 01/03/2022 đến ngày 01/03/2022" in text
    assert "08:00 ngày 18/04/2022" in text, "the hall's own time"


def test_the_page_keeps_to_what_the_halls_pages_allow() -> None:
    """`default-src 'self'`: no script, no inline style, nothing from elsewhere."""
    text = as_html.page(golden_shape())
    page = Page(text)
    assert page.of("script") == page.of("style") == []
    assert [link["href"] for link in page.of("link")] == ["/static/report.css"]
    assert not [attributes for _, attributes in page.tags if "style" in attributes or "onclick" in attributes]
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)


def test_a_file_brings_its_style_along() -> None:
    page = Page(as_html.page(golden_shape(), "body { color: black; }"))
    assert page.of("link") == []
    assert len(page.of("style")) == 1


def test_the_page_has_a_plot_before_its_table() -> None:
    text = as_html.page(golden_shape())
    assert text.count("<svg") == 4
    assert text.index("Tải của từng quầy") < text.index("<h2>Quầy")


def test_names_are_shown_and_never_run() -> None:
    whole = replace(golden_shape(), tables=(*golden_shape().tables, replace(TABLE, id="names")))
    text = as_html.page(whole)
    assert "=1+1 &lt;b&gt;&#34;&amp;" in text
    assert "<b>" not in text


def test_the_page_tells_contradictions_before_figures_and_marks_them_without_colour() -> None:
    whole = replace(golden_shape(), checks=REPORT.checks)
    text = as_html.page(whole)
    assert text.index("✗ Trả kết quả") < text.index("Số liệu chính")
    assert "1 mâu thuẫn; 1 phép đối chiếu khớp" in text
    assert "tất cả đều khớp" in as_html.page(golden_shape())


def test_one_table_alone_is_a_page_too() -> None:
    whole = golden_shape()
    text = as_html.page(replace(whole, tables=(whole.table("counters"),)))
    assert text.count("<svg") == 1
    assert "Tiếp nhận theo cơ quan" not in text
