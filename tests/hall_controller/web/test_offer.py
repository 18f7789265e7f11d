"""What the kiosk offers, and when closed fields open again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hall_controller.domain.catalogue import VIETNAM, Valid
from hall_controller.domain.commands import Now
from hall_controller.web.offer import offer, opens
from tests.hall_controller.domain.small_hall import small_hall
from tests.hall_controller.web.hall_on_the_web import WebHall, catalogue, web_hall

TUESDAY_EVENING = datetime(2022, 3, 1, 18, 0, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("opening", "vi", "en"),
    [
        (datetime(2022, 3, 1, 19, 30, tzinfo=VIETNAM), "Mở lại lúc 19:30", "Opens at 19:30"),
        (datetime(2022, 3, 7, 7, 30, tzinfo=VIETNAM), "Mở lại Thứ Hai lúc 07:30", "Opens on Monday at 07:30"),
        (
            datetime(2022, 3, 8, 7, 30, tzinfo=VIETNAM),
            "Mở lại Thứ Ba, 08/03/2022 lúc 07:30",
            "Opens on Tuesday, 08/03/2022 at 07:30",
        ),
    ],
)
def test_the_next_opening_is_told_so_that_no_day_can_be_mistaken(opening: datetime, vi: str, en: str) -> None:
    assert (opens(opening, TUESDAY_EVENING).vi, opens(opening, TUESDAY_EVENING).en) == (vi, en)


async def test_the_kiosk_learns_all_that_it_shows(hall: WebHall) -> None:
    await hall.take()
    offered = (await hall.http.get("/api/catalogue")).json()
    services = {service["id"]: service for service in offered["services"]}
    assert [purpose["id"] for purpose in offered["purposes"]] == ["submit", "collect", "guidance"]
    assert {agency["id"] for agency in offered["agencies"]} == {"tnmt", "tp", "bd", "khdt"}
    assert (services["land"]["open"], services["land"]["waiting"], services["land"]["opens"]) == (
        True,
        1,
        None,
    )
    assert services["business"]["online_only"] is True
    assert offered["priorities"][0]["basis"] == "NĐ 107/2021"
    assert offered["counters"][1] == {"id": "2", "name": "2", "queues": ["notary"], "transfer_to": "3"}


async def test_a_closed_field_stays_visible_with_its_next_opening(tmp_path: Path) -> None:
    noon = datetime(2022, 3, 1, 5, 0, tzinfo=UTC)
    async with web_hall(tmp_path, start=noon) as hall:
        offered = (await hall.http.get("/api/catalogue")).json()
        land = next(service for service in offered["services"] if service["id"] == "land")
        assert (land["open"], land["next_opening"]) == (False, "2022-03-01T13:00:00+07:00")
        assert land["opens"] == {"vi": "Mở lại lúc 13:00", "en": "Opens at 13:00"}


async def test_a_field_that_is_not_valid_today_is_not_offered(tmp_path: Path) -> None:
    services = dict(small_hall().services)
    services["notary"] = replace(services["notary"], valid=Valid(last_day=date(2021, 12, 31)))
    async with web_hall(tmp_path, catalogue(services=services)) as hall:
        offered = (await hall.http.get("/api/catalogue")).json()
        assert "notary" not in {service["id"] for service in offered["services"]}
        assert "tp" not in {agency["id"] for agency in offered["agencies"]}


async def test_nothing_is_closed_by_a_clock_that_cannot_be_believed(hall: WebHall) -> None:
    at_night = hall.controller.clock.now().at.replace(hour=20)
    for trusted in (True, False):
        offered = offer(hall.controller.hall, Now(at_night, trusted=trusted))
        assert [service.open for service in offered.services if service.id == "land"] == [not trusted]
