"""A visitor looks for a procedure by typing a few letters, and learns what to bring and where to go."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hall_controller import config, hall_catalogue
from hall_controller.health import Health
from hall_controller.procedures import Procedures
from hall_controller.web.procedure_routes import plain
from tests.hall_controller.settings_files import EXAMPLE
from tests.hall_controller.web.hall_on_the_web import OUTSIDE, WebHall, application, refusal, web_hall

HALL = config.load(EXAMPLE)
IN_TEN_YEARS = datetime(2032, 3, 1, 1, 30, tzinfo=UTC)
HEADER = "agency,service,code,name,level,online_only,decision,decided,from,to,bring,fee_vnd,time_limit_days"
OVER = "tnmt,dat-dai,X-1,Tách thửa cũ,2,no,01/QĐ,2021-06-15,,2022-02-28,Đơn,,15"
HOLDS = "tnmt,dat-dai,X-2,Tách thửa,2,no,02/QĐ,2022-02-15,2022-03-01,,Đơn; bản đồ,50000,15"


@asynccontextmanager
async def a_hall(
    folder: Path, *rows: str, start: datetime = datetime(2022, 3, 1, 1, 30, tzinfo=UTC)
) -> AsyncIterator[WebHall]:
    """The reference hall, with its own example of a list or one of these lines."""
    settings = HALL.catalogue
    if rows:
        (folder / "list.csv").write_text("\n".join([HEADER, *rows]), "utf-8")
        settings = settings.model_copy(update={"file": str(folder / "list.csv")})
    listed = HALL.model_copy(update={"catalogue": settings})
    async with web_hall(folder, hall_catalogue.catalogue(listed), start=start) as hall:
        procedures = Procedures(listed, hall.controller, Health([], lambda: hall.controller.clock.now().at))
        await procedures.look()
        hall.build = lambda: application(hall.controller, hall.auth, None, procedures)
        yield hall


async def found(hall: WebHall, **asked: str | int) -> dict[str, Any]:
    answer = await hall.http.get("/api/procedures", params=asked)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


@pytest.mark.parametrize(
    ("typed", "is_typed"),
    [
        ("Đổi giấy phép LÁI XE", "doi giay phep lai xe"),
        ("Tra\u0302\u0301n \u0111\u01b0\u01a1\u0300ng", "tran duong"),
    ],
)
def test_letters_are_compared_as_they_are_typed_without_diacritics(typed: str, is_typed: str) -> None:
    assert plain(typed) == is_typed


async def test_a_procedure_tells_what_to_bring_what_it_costs_and_where_to_go(tmp_path: Path) -> None:
    async with a_hall(tmp_path, OVER, HOLDS) as hall:
        page = await found(hall, q="tach thua")
        (procedure,) = page["procedures"]
        counters = procedure.pop("counters")
        assert procedure == {
            "code": "X-2",
            "name": "Tách thửa",
            "agency": "tnmt",
            "agency_name": {
                "vi": "Sở Tài nguyên và Môi trường",
                "en": "Department of Natural Resources and Environment",
            },
            "service": "dat-dai",
            "service_name": {"vi": "Đất đai", "en": "Land"},
            "queue": "dat-dai",
            "purposes": ["submit", "collect", "guidance"],
            "level": 2,
            "online_only": False,
            "portal": "",
            "bring": "Đơn; bản đồ",
            "fee_vnd": 50_000,
            "time_limit_days": 15,
            "decision": "02/QĐ",
            "decided": "2022-02-15",
        }
        receiving = [c.id for c in hall.controller.hall.catalogue.counters.values() if "dat-dai" in c.queues]
        assert [counter["id"] for counter in counters] == receiving
        assert receiving
        assert (page["decision"], page["decided"], page["stale"]) == ("02/QĐ", "2022-02-15", False)


@pytest.mark.parametrize(
    ("asked", "some"),
    [
        ({"q": "lai xe"}, "cap-doi-giay-phep-lai-xe"),
        ({"q": "LÁI  xe,"}, "cap-doi-giay-phep-lai-xe"),
        ({"q": "dat dai"}, "dat-dai"),
        ({"q": "VD-TNMT-01"}, "dat-dai"),
        ({"q": "criminal"}, "ly-lich-tu-phap"),
        ({"service": "cong-chung"}, "cong-chung"),
        ({"agency": "ca"}, None),
    ],
)
async def test_words_of_the_name_the_field_and_the_agency_find_it(
    tmp_path: Path, asked: dict[str, str], some: str | None
) -> None:
    async with a_hall(tmp_path) as hall:
        services = {procedure["service"] for procedure in (await found(hall, **asked))["procedures"]}
        assert services
        assert some is None or services == {some}
        assert (await found(hall, q="xyzzy"))["total"] == 0


async def test_pages_together_are_the_list_in_its_order(tmp_path: Path) -> None:
    async with a_hall(tmp_path) as hall:
        whole = await found(hall, limit=100)
        codes = [procedure["code"] for procedure in whole["procedures"]]
        assert whole["total"] == len(codes) == len(set(codes))
        pages = [await found(hall, limit=7, offset=offset) for offset in range(0, whole["total"], 7)]
        assert [procedure["code"] for page in pages for procedure in page["procedures"]] == codes
        assert {page["version"] for page in pages} == {whole["version"]}
        assert refusal(await hall.http.get("/api/procedures?limit=0")) == (422, "malformed")
        assert refusal(await hall.http.get("/api/procedures?service=Đ"))[0] == 422


async def test_what_is_online_only_names_the_portal_and_no_counter(tmp_path: Path) -> None:
    async with a_hall(tmp_path) as hall:
        page = await found(hall, service="dang-ky-kinh-doanh-truc-tuyen")
        assert page["total"] >= 1
        for procedure in page["procedures"]:
            assert (procedure["online_only"], procedure["counters"]) == (True, [])
            assert procedure["portal"] == "https://dangkykinhdoanh.gov.vn"


async def test_a_list_that_is_too_old_says_so(tmp_path: Path) -> None:
    async with a_hall(tmp_path, HOLDS, start=IN_TEN_YEARS) as hall:
        assert (await found(hall))["stale"] is True


async def test_a_hall_without_a_list_answers_with_an_empty_one(hall: WebHall) -> None:
    assert await found(hall) == {
        "version": None,
        "decision": None,
        "decided": None,
        "stale": False,
        "total": 0,
        "procedures": [],
    }
    async with hall.client(OUTSIDE) as telephone:
        assert refusal(await telephone.get("/api/procedures")) == (403, "not_allowed")
