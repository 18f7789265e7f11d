"""A visitor whose result came home looks at the ticket of days ago, and rates the visit once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hall_controller.domain.catalogue import Rating
from tests.hall_controller.web.hall_on_the_web import (
    HALF_PAST_EIGHT,
    OUTSIDE,
    WebHall,
    catalogue,
    refusal,
    web_hall,
)


async def visited(folder: Path, *, rated: bool = False, served: bool = True) -> str:
    """The code of a ticket of Tuesday, the first of March."""
    async with web_hall(folder) as hall:
        code: str = (await hall.take(purpose="collect"))["code"]
        if served:
            await hall.press("1", "open")
            await hall.press("1", "next")
            await hall.press("1", "complete")
        if rated:
            await hall.http.post(f"/api/tickets/{code}/rating", json={"score": 4})
    return code


@asynccontextmanager
async def days_later(folder: Path, days: int, **rating: int) -> AsyncIterator[WebHall]:
    """So long after; no hall is closed for longer than 45 days, so it was open in between."""
    offered = catalogue(rating=replace(Rating(), **rating))
    for between in range(40, days, 40):
        async with web_hall(folder, offered, start=HALF_PAST_EIGHT + timedelta(days=between)):
            pass
    async with web_hall(folder, offered, start=HALF_PAST_EIGHT + timedelta(days=days)) as hall:
        yield hall


async def test_a_ticket_of_days_ago_tells_its_day_and_that_it_can_be_rated(tmp_path: Path) -> None:
    code = await visited(tmp_path)
    async with days_later(tmp_path, 3) as hall, hall.client(OUTSIDE) as telephone:
        await hall.take()
        answer = await telephone.get(f"/api/tickets/{code.lower()}")
        assert answer.status_code == 200
        seen = answer.json()
        told = {
            key: seen[key] for key in ("number", "day", "earlier", "purpose", "stage", "state", "can_rate")
        }
        assert told == {
            "number": "A001",
            "day": "2022-03-01",
            "earlier": True,
            "purpose": "collect",
            "stage": "collect",
            "state": "completed",
            "can_rate": True,
        }
        assert seen["purpose_name"] == {"vi": "Nhận kết quả", "en": "Collect a result"}
        assert seen["text"]["vi"] == "Lượt phục vụ ngày 01/03/2022: mời quý khách đánh giá"
        assert (seen["counter"], seen["rating_levels"]) == ("1", 5)
        assert (await telephone.get(f"/t/{code}")).status_code == 200


async def test_it_is_rated_once_and_the_same_request_gets_the_first_answer(tmp_path: Path) -> None:
    code = await visited(tmp_path)
    async with days_later(tmp_path, 3) as hall:
        ways = {"score": 2, "reasons": ["slow"], "request_id": "press-1"}
        first = await hall.http.post(f"/api/tickets/{code}/rating", json=ways)
        again = await hall.http.post(f"/api/tickets/{code}/rating", json=ways)
        assert (
            (first.status_code, first.json())
            == (again.status_code, again.json())
            == (200, {"ticket": "A001"})
        )
        second = await hall.http.post(f"/api/tickets/{code}/rating", json={"score": 5})
        assert refusal(second) == (409, "already_rated")
        seen = (await hall.http.get(f"/api/tickets/{code}")).json()
        assert (seen["rated"], seen["can_rate"]) == (True, False)
        assert "cảm ơn" in seen["text"]["vi"]
        ratings = [record.fact for record in hall.disk.read() if record.fact.type == "ticket.rated"]
        assert [(getattr(fact, "stage", ""), f"{getattr(fact, 'day', '')}") for fact in ratings] == [
            ("collect", "2022-03-01")
        ]
    async with days_later(tmp_path, 4) as hall:
        assert refusal(await hall.http.post(f"/api/tickets/{code}/rating", json={"score": 5})) == (
            409,
            "already_rated",
        )


async def test_who_rated_on_the_day_itself_is_told_so(tmp_path: Path) -> None:
    code = await visited(tmp_path, rated=True)
    async with days_later(tmp_path, 1) as hall:
        assert (await hall.http.get(f"/api/tickets/{code}")).json()["rated"] is True
        answer = await hall.http.post(f"/api/tickets/{code}/rating", json={"score": 5})
        assert refusal(answer) == (409, "already_rated")


async def test_who_was_not_served_has_nothing_to_rate(tmp_path: Path) -> None:
    code = await visited(tmp_path, served=False)
    async with days_later(tmp_path, 1) as hall:
        seen = (await hall.http.get(f"/api/tickets/{code}")).json()
        assert (seen["state"], seen["can_rate"]) == ("voided", False)
        assert "no longer valid" in seen["text"]["en"]
        answer = await hall.http.post(f"/api/tickets/{code}/rating", json={"score": 5})
        assert refusal(answer) == (409, "nothing_to_rate")


@pytest.mark.parametrize(("days", "later_days"), [(31, 30), (1, 0), (300, 30)])
async def test_after_the_days_that_the_hall_allows_it_is_too_late(
    tmp_path: Path, days: int, later_days: int
) -> None:
    code = await visited(tmp_path)
    async with days_later(tmp_path, days, later_days=later_days) as hall:
        seen = (await hall.http.get(f"/api/tickets/{code}")).json()
        assert (seen["day"], seen["can_rate"], seen["rated"]) == ("2022-03-01", False, False)
        assert "quá hạn" in seen["text"]["vi"]
        answer = await hall.http.post(f"/api/tickets/{code}/rating", json={"score": 5})
        assert refusal(answer) == (409, "too_late_to_rate")


async def test_after_a_year_the_code_is_known_no_more(tmp_path: Path) -> None:
    code = await visited(tmp_path)
    async with days_later(tmp_path, 400) as hall:
        assert refusal(await hall.http.get(f"/api/tickets/{code}")) == (404, "unknown_ticket")


async def test_a_day_that_the_journal_does_not_hold_any_more_is_refused_in_a_sentence(tmp_path: Path) -> None:
    code = await visited(tmp_path)
    for folder, days, expected in (("a", 3, (404, "unknown_ticket")), ("b", 40, (409, "too_late_to_rate"))):
        async with days_later(tmp_path / folder, days) as hall:
            assert refusal(await hall.http.get(f"/api/tickets/{code}")) == expected
            rating = await hall.http.post(f"/api/tickets/{code}/rating", json={"score": 5})
            assert refusal(rating) == expected


async def test_todays_ticket_tells_its_day_and_when_it_can_be_rated(hall: WebHall) -> None:
    code = (await hall.take())["code"]
    seen = (await hall.http.get(f"/api/tickets/{code}")).json()
    assert (seen["day"], seen["earlier"], seen["can_rate"]) == ("2022-03-01", False, False)
    for key in ("open", "next", "complete"):
        await hall.press("1", key)
    assert (await hall.http.get(f"/api/tickets/{code}")).json()["can_rate"] is True
