"""The list of procedures is read whole, or every mistake in it is told by line and column."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hall_controller import config
from hall_controller.catalogue_difference import difference
from hall_controller.catalogue_file import Procedure, read
from hall_controller.domain.catalogue import ALWAYS, Valid
from hall_controller.errors import ConfigError
from tests.hall_controller.settings_files import EXAMPLE, FIRMWARE_CONFIG

HALL = config.load(EXAMPLE)
LIST = FIRMWARE_CONFIG / "catalogue.example.csv"
HEADER = "agency,service,code,name,level,online_only,decision,decided,from,to,bring,fee_vnd,time_limit_days"
GOOD = "tnmt,dat-dai,X-1,Tách thửa,2,no,01/QĐ,2021-06-15,,,Đơn,,15"


def procedures(tmp_path: Path, *lines: str) -> list[Procedure]:
    path = tmp_path / "catalogue.csv"
    path.write_bytes("\n".join(lines).encode())
    return read(path, HALL)


def mistakes(tmp_path: Path, *lines: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        procedures(tmp_path, *lines)
    return caught.value.mistakes


def test_every_service_of_the_reference_hall_has_procedures_and_named_fields_have_several() -> None:
    listed = Counter(procedure.service for procedure in read(LIST, HALL))
    assert set(listed) == {service.id for service in HALL.service}
    named = [
        service.id for service in HALL.service if service.agency in {"tnmt", "khdt", "ldtbxh", "tp", "gddt"}
    ]
    assert min(listed[service] for service in named) >= 3


def test_the_example_says_that_it_is_one() -> None:
    remarks = [line for line in LIST.read_text("utf-8").splitlines() if line.startswith("#")]
    assert "EXAMPLE" in remarks[0]
    assert all(procedure.decision.startswith("Ví dụ") for procedure in read(LIST, HALL))


def test_the_1427_procedures_of_the_centre_are_read_whole_and_their_changes_are_found(tmp_path: Path) -> None:
    """As many at each level as the report counts; a decision then adds one, takes one away and changes one."""
    services = [service for service in HALL.service if not service.online_only]
    levels = [2] * 444 + [3] * 66 + [4] * 917
    lines = [
        f"{service.agency},{service.id},P-{n},Thủ tục số {n},{level},no,01/QĐ,2021-06-15,,,,,"
        for n, level in enumerate(levels)
        for service in [services[n % len(services)]]
    ]
    before = procedures(tmp_path, HEADER, *lines)
    assert Counter(procedure.level for procedure in before) == {2: 444, 3: 66, 4: 917}
    assert {procedure.service for procedure in before} == {service.id for service in services}
    one = lines[1426].replace("P-1426", "P-1427").replace("01/QĐ", "02/QĐ")
    after = procedures(
        tmp_path, HEADER, *lines[1:700], lines[700].replace("số 700", "số 700a"), *lines[701:], one
    )
    found = difference(before, after)
    assert [procedure.code for procedure in found.added] == ["P-1427"]
    assert [procedure.code for procedure in found.removed] == ["P-0"]
    assert [(old.name, new.name) for old, new in found.changed] == [("Thủ tục số 700", "Thủ tục số 700a")]
    assert len(after) == 1427


def test_a_line_is_a_procedure(tmp_path: Path) -> None:
    (procedure,) = procedures(tmp_path, "# remark", HEADER, "", GOOD)
    assert procedure == Procedure(
        agency="tnmt",
        service="dat-dai",
        code="X-1",
        name="Tách thửa",
        level=2,
        online_only=False,
        decision="01/QĐ",
        decided=date(2021, 6, 15),
        valid=ALWAYS,
        bring="Đơn",
        fee_vnd=None,
        time_limit_days=15,
    )


def test_a_spreadsheet_of_vietnam_is_read(tmp_path: Path) -> None:
    header = "\ufeff" + HEADER.replace(",", ";") + "\r"
    cells = 'tnmt;dat-dai;X-1;"Tách thửa; hợp thửa";2;no;01/QĐ;15/06/2021;01/07/2021;31/12/2022;'
    line = cells + '"Đơn,\r\nbản đồ";50000;\r'
    (procedure,) = procedures(tmp_path, header, line, ";;;;;;;;;;;;\r")
    assert procedure.name == "Tách thửa; hợp thửa"
    assert procedure.bring == "Đơn,\r\nbản đồ"
    assert procedure.decided == date(2021, 6, 15)
    assert procedure.valid == Valid(date(2021, 7, 1), date(2022, 12, 31))
    assert (procedure.fee_vnd, procedure.time_limit_days) == (50_000, None)


def test_columns_that_are_optional_may_be_left_out(tmp_path: Path) -> None:
    (procedure,) = procedures(
        tmp_path,
        "code,name,agency,service,level,online_only,decision,decided",
        "X-1,Tách thửa,tnmt,dat-dai,3,yes,01/QĐ,2021-06-15",
    )
    assert (procedure.level, procedure.online_only, procedure.bring) == (3, True, "")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("tnmt", "tmnt", "agency: is 'tmnt', which hall.toml does not have; did you mean 'tnmt'?"),
        (
            "dat-dai",
            "dat-dia",
            "service: is 'dat-dia', which hall.toml does not have; did you mean 'dat-dai'?",
        ),
        ("tnmt", "tp", "service: is 'dat-dai', which is of 'tnmt': correct one of the two"),
        ("X-1", "", "code: is empty: fill it in"),
        ("Tách thửa", " ", "name: is empty: fill it in"),
        (",2,", ",5,", "level: is '5', but must be 2, 3 or 4"),
        (",no,", ",không,", "online_only: is 'không', but must be yes or no"),
        (
            "2021-06-15",
            "2021-06-31",
            "decided: is '2021-06-31', but must be a day such as 2022-03-01 or 01/03/2022",
        ),
        ("2021-06-15", "", "decided: is '', but must be a day"),
        (
            "2021-06-15,,",
            "2021-06-15,2022-01-01,2021-01-01",
            "to: is 2021-01-01, which is before from (2022-01-01)",
        ),
        ("Đơn,,", "Đơn,50.000,", "fee_vnd: is '50.000', but must be a whole number without dots, or empty"),
        (",15", ",-1", "time_limit_days: is '-1', but must be a whole number"),
        (",15", ",15,more", "has 14 cells, but there are 13 columns: quote text that has a ,"),
        ("Tách", '"Tách', "has 4 cells, but there are 13 columns"),
    ],
)
def test_a_wrong_cell_is_told_with_line_and_column(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    (sentence,) = mistakes(tmp_path, HEADER, GOOD.replace(old, new, 1))
    assert sentence.startswith("catalogue.csv line 2")
    assert told in sentence


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    wrong = GOOD.replace(",2,no,", ",5,maybe,").replace("X-1", "X-2")
    assert len(mistakes(tmp_path, HEADER, GOOD, GOOD, wrong)) == 3


def test_a_code_that_stands_twice_is_told_with_both_lines(tmp_path: Path) -> None:
    (sentence,) = mistakes(tmp_path, HEADER, GOOD, "# remark", GOOD)
    assert sentence.startswith("catalogue.csv line 4, code: is 'X-1', which line 2 has already")


def test_columns_must_be_named_and_known(tmp_path: Path) -> None:
    assert "agency, service missing" in mistakes(tmp_path, HEADER.replace("agency,service", "a,b"), GOOD)[0]
    assert "did you mean 'fee_vnd'?" in mistakes(tmp_path, HEADER.replace("fee_vnd", "fee_vdn"), GOOD)[0]
    assert "agency" in mistakes(tmp_path, "")[0]


def test_a_list_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is an example of every list"):
        read(tmp_path / "absent.csv", HALL)
    (tmp_path / "latin.csv").write_bytes(b"\xe9")
    with pytest.raises(ConfigError, match="save the list as CSV UTF-8"):
        read(tmp_path / "latin.csv", HALL)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_list_ends_in_a_traceback(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "catalogue.csv"
    path.write_bytes(HEADER.encode() + b"\n" + content)
    with suppress(ConfigError):
        assert len(read(path, HALL)) <= content.count(b"\n") + 1
