"""A file of imported counts is taken whole or not at all, and every mistake in it is told at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hall_controller.domain.catalogue import Catalogue
from hall_controller.errors import ConfigError
from hall_controller.imports_file import read
from hall_controller.reports.figures import NAMES
from hall_controller.reports.imports import COUNTS, Imported, within
from tests.hall_controller.domain.small_hall import small_hall
from tests.hall_controller.settings_files import FIRMWARE_CONFIG, reference_hall

HEADER = "first_day,last_day,on,agency,service,figure,count,name\n"
EXAMPLE = FIRMWARE_CONFIG / "imports.example.csv"


def lines(folder: Path, text: str, catalogue: Catalogue | None = None) -> tuple[Imported, ...]:
    path = folder / "imports.csv"
    path.write_text(text, encoding="utf-8")
    return read(path, catalogue or small_hall(), NAMES)


def mistakes(folder: Path, rows: str) -> list[str]:
    with pytest.raises(ConfigError) as told:
        lines(folder, HEADER + rows)
    return told.value.mistakes


def test_a_line_a_day_is_all_that_a_hall_needs(tmp_path: Path) -> None:
    found = lines(
        tmp_path,
        "first_day;agency;figure;count\n2022-03-01;tnmt;online;37\n02/03/2022;tnmt;online;41\n",
    )
    assert [(one.first_day, one.last_day, one.count) for one in found] == [
        (date(2022, 3, 1), date(2022, 3, 1), Decimal(37)),
        (date(2022, 3, 2), date(2022, 3, 2), Decimal(41)),
    ]


def test_every_cell_is_read(tmp_path: Path) -> None:
    text = HEADER + "2022-03-01,2022-03-31,saturdays,tp,notary,late,3,\n"
    assert lines(tmp_path, text) == (
        Imported(2, date(2022, 3, 1), date(2022, 3, 31), "saturdays", "tp", "notary", "late", Decimal(3)),
    )


def test_remarks_and_empty_lines_count_as_lines_and_say_nothing(tmp_path: Path) -> None:
    (found,) = lines(tmp_path, f"# remark\n\n{HEADER}# another\n2022-03-01,,,,,post,1,\n")
    assert found.line == 5


@pytest.mark.parametrize("figure", COUNTS)
def test_every_figure_that_adds_up_can_be_imported(tmp_path: Path, figure: str) -> None:
    (found,) = lines(tmp_path, f"first_day,figure,count\n2022-03-01,{figure},0\n")
    assert (found.figure, found.count) == (figure, Decimal(0))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2022-13-01,,,,,online,1,", "line 2, first_day: is '2022-13-01', but must be a day such as"),
        (",,,,,online,1,", "line 2, first_day: is '', but must be a day"),
        ("2022-03-02,2022-03-01,,,,online,1,", "line 2, last_day: is 2022-03-01, which is before first_day"),
        ("2022-03-01,,sundays,,,online,1,", "line 2, on: is 'sundays', but must be weekdays, saturdays or empty"),
        ("2022-03-01,,,tnmx,,online,1,",
         "line 2, agency: is 'tnmx', which the hall does not have; did you mean 'tnmt'?"),
        ("2022-03-01,,,tnmt,lend,online,1,",
         "line 2, service: is 'lend', which the hall does not have; did you mean 'land'?"),
        ("2022-03-01,,,tnmt,notary,online,1,",
         "line 2, service: is 'notary', which is of 'tp': correct one of the two"),
        ("2022-03-01,,,,land,online,1,", "line 2, agency: is empty, but the service is 'land': name the agency too"),
        ("2022-03-01,,,,,onlin,1,", "line 2, figure: is 'onlin', which is no figure; did you mean 'online'?"),
        ("2022-03-01,,,,,turnips,1,", "line 2, figure: is 'turnips', which is no figure; write one of online, post"),
        ("2022-03-01,,,,,online,1.5,", "line 2, count: is '1.5', but must be a whole number without dots"),
        ("2022-03-01,,,,,online,-1,", "line 2, count: is '-1', but must be a whole number"),
        ("2022-03-01,,,,,online,,", "line 2, count: is '', but must be a whole number"),
        ("2022-03-01,,,,,online,NaN,", "line 2, count: is 'NaN', but must be a whole number"),
        ("2022-03-01,,,,,printed,many,online",
         "line 2, count: is 'many', but must be a number such as 35809 or 267.2"),
        ("2022-03-01,,,,,printed,1,", "line 2, name: is empty: say what the printed belongs to"),
        ("2022-03-01,,,,,part,1,", "line 2, name: is empty: say what the part belongs to"),
        ("2022-03-01,,,,,late_dossier,1,one", "line 2, last_day: must be the day of settlement"),
        ("2022-03-01,,,,,printed,1,onlin",
         "line 2, name: is 'onlin', which is no figure and has no parts; did you mean"),
        ("2022-03-01,,,,,printed,1,zzzzzz",
         "line 2, name: is 'zzzzzz', which is no figure and has no parts; add its parts"),
        ("2022-03-01,online", "line 2: has 2 cells, but there are 8 columns"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_line_column_value_and_what_to_do(tmp_path: Path, row: str, told: str) -> None:
    (sentence,) = mistakes(tmp_path, row + "\n")
    assert sentence.startswith(f"imports.csv {told}")


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = mistakes(tmp_path, "x,,,,,online,y,\n2022-03-01,,,mars,,online,1,\n2022-03-01,,,,,online,1,\n")
    assert [sentence.split(":")[0] for sentence in found] == [
        "imports.csv line 2, first_day",
        "imports.csv line 2, count",
        "imports.csv line 3, agency",
    ]


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [
        ("2022-03-01,,,,,online,1,", "2022-03-01,,,,,online,2,", True),
        ("2022-03-01,2022-03-31,,,,online,1,", "2022-03-09,,,,,online,2,", True),
        ("2022-03-01,2022-03-31,saturdays,,,online,1,", "2022-03-01,2022-03-31,weekdays,,,online,2,", False),
        ("2022-03-01,2022-03-31,saturdays,,,online,1,", "2022-03-01,2022-03-31,,,,online,2,", True),
        ("2022-03-01,,,tnmt,,online,1,", "2022-03-01,,,tp,,online,2,", False),
        ("2022-03-01,,,tnmt,,online,1,", "2022-03-01,,,tnmt,,post,2,", False),
        ("2022-03-01,2022-03-09,,,,online,1,", "2022-03-10,,,,,online,2,", False),
        ("2022-03-01,,,,,printed,1,online", "2022-03-01,,,,,printed,2,post", False),
        ("2022-03-01,,,,,printed,1,online", "2022-03-01,,,,,printed,2,online", True),
        ("2022-03-01,2022-03-31,,,,printed,1,online", "2022-03-01,,,,,printed,2,online", False),
        ("2022-03-01,,,,,part,1,both", "2022-03-01,,,,,part,2,both", False),
    ],
)
def test_lines_that_count_a_day_twice_are_told(
    tmp_path: Path, first: str, second: str, *, twice: bool
) -> None:
    text = f"{first}\n{second}\n"
    if twice:
        (sentence,) = mistakes(tmp_path, text)
        assert sentence.startswith("imports.csv line 3")
        assert "line 2" in sentence
    else:
        assert len(lines(tmp_path, HEADER + text)) == 2


def test_a_long_stretch_is_compared_with_every_later_line(tmp_path: Path) -> None:
    rows = "2022-01-01,2022-12-31,,,,online,1,\n2022-02-01,,,,,online,1,\n2022-03-01,,,,,online,1,\n"
    assert len(mistakes(tmp_path, rows)) == 2


def test_a_missing_column_or_file_is_told_with_the_example(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 1: the first line must name the columns; figure missing"):
        lines(tmp_path, "first_day,count\n")
    with pytest.raises(ConfigError, match="there is an example of every list in firmware_config"):
        read(tmp_path / "nowhere.csv", None, NAMES)
    (tmp_path / "latin.csv").write_bytes("first_day,figure,count\n2022-03-01,online,é".encode("latin-1"))
    with pytest.raises(ConfigError, match="save the list as CSV UTF-8"):
        read(tmp_path / "latin.csv", None, NAMES)


def test_without_a_hall_any_agency_will_do(tmp_path: Path) -> None:
    path = tmp_path / "imports.csv"
    path.write_text(HEADER + "2022-03-01,,,mars,canals,online,1,\n", encoding="utf-8")
    (found,) = read(path, None, NAMES)
    assert found.agency == "mars"


def test_the_example_is_the_published_report() -> None:
    found = within(read(EXAMPLE, reference_hall(), NAMES), date(2021, 11, 1), date(2022, 4, 15))
    sums = {figure: found.total(figure) for figure in COUNTS}
    assert sums == {
        "online": 11_947,
        "post": 1_862,
        "early": 22_666,
        "on_time": 12_843,
        "late": 3,
        "open": 2_540,
        "home_delivery": 21_019,
        "moved": 6_325,
    }
    assert (found.total("online", "saturdays"), found.total("post", "saturdays")) == (63, 12)
    assert found.left_out == ()
