"""Numbers over HTTP: taking one, looking after it, rating with its code."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hall_controller.domain.catalogue import Dispenser
from tests.hall_controller.web.hall_on_the_web import LAND, Printer, WebHall, catalogue, refusal, web_hall

SUNDAY = datetime(2022, 3, 6, 2, 0, tzinfo=UTC)


async def test_a_visitor_gets_a_number_and_is_told_how_many_are_ahead(hall: WebHall) -> None:
    first, second = await hall.take(), await hall.take(language="en", priority=None)
    assert (first["number"], first["queue"], first["ahead"]) == ("A001", "land", 0)
    assert (second["number"], second["ahead"], second["estimated_wait_s"]) == ("A002", 1, None)
    assert second["code"].startswith("A002")
    assert second["url"] == f"https://hall.example/t/{second['code']}"


async def test_the_same_request_gets_the_same_number(hall: WebHall) -> None:
    first = await hall.take(request_id="wish-1")
    again = await hall.take(request_id="wish-1")
    assert again == first
    assert (await hall.state())["queues"]["land"]["waiting"] == 1
    assert (await hall.take(request_id="wish-2"))["number"] == "A002"


async def test_the_same_request_twice_at_once_is_one_number(hall: WebHall) -> None:
    given = await asyncio.gather(*(hall.take(request_id="impatient") for _ in range(5)))
    assert {ticket["number"] for ticket in given} == {"A001"}


async def test_kiosks_at_once_never_give_the_same_number(hall: WebHall) -> None:
    given = await asyncio.gather(*(hall.take() for _ in range(60)))
    assert sorted(ticket["number"] for ticket in given) == [f"A{n:03}" for n in range(1, 61)]
    assert len({ticket["code"] for ticket in given}) == 60


async def test_a_request_is_remembered_after_a_restart(tmp_path: Path) -> None:
    async with web_hall(tmp_path) as hall:
        before = await hall.take(request_id="wish-1")
    async with web_hall(tmp_path) as hall:
        assert await hall.take(request_id="wish-1") == before
        assert (await hall.take())["number"] == "A002"


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({"service": "fishing", "purpose": "submit"}, (404, "unknown_service")),
        ({"service": "land", "purpose": "sing"}, (409, "unknown_purpose")),
        ({"service": "land", "purpose": "submit", "priority": "rich"}, (404, "unknown_priority")),
        ({"service": "business", "purpose": "submit"}, (409, "online_only")),
        ({"service": "Đất đai", "purpose": "submit"}, (422, "malformed")),
        ({"purpose": "submit"}, (422, "malformed")),
        ({"service": "land", "purpose": "submit", "request_id": ""}, (422, "malformed")),
        ({"service": "land", "purpose": "submit", "print": "perhaps"}, (422, "malformed")),
        (["land"], (422, "malformed")),
        (None, (422, "malformed")),
    ],
)
async def test_a_wrong_wish_gets_one_sentence_and_no_number(
    hall: WebHall, wish: object, expected: tuple[int, str]
) -> None:
    assert refusal(await hall.http.post("/api/tickets", json=wish)) == expected
    assert (await hall.take())["number"] == "A001"


async def test_a_malformed_wish_is_told_where_it_is_wrong(hall: WebHall) -> None:
    answer = await hall.http.post("/api/tickets", json={"service": "land"})
    assert "body.purpose" in answer.json()["text"]["en"]
    answer = await hall.http.post(
        "/api/tickets", content=b'{"service"', headers={"content-type": "application/json"}
    )
    assert refusal(answer) == (422, "malformed")
    answer = await hall.http.post("/api/tickets", content=b"service=land")
    assert "Content-Type: application/json" in answer.json()["text"]["en"]


async def test_a_closed_field_says_when_it_opens_again(tmp_path: Path) -> None:
    async with web_hall(tmp_path, start=SUNDAY) as hall:
        answer = await hall.http.post("/api/tickets", json=LAND)
        assert refusal(answer) == (409, "service_closed")
        assert "Thứ Hai, 07/03/2022 lúc 07:30" in answer.json()["text"]["vi"]


async def test_a_hammered_kiosk_is_told_how_long_to_wait_and_another_is_not(tmp_path: Path) -> None:
    async with web_hall(tmp_path, catalogue(dispenser=Dispenser(gap_s=3.0))) as hall:
        await hall.take(kiosk="kiosk-1")
        hammered = [await hall.http.post("/api/tickets", json=LAND | {"kiosk": "kiosk-1"}) for _ in range(5)]
        assert {refusal(answer) for answer in hammered} == {(429, "too_fast")}
        assert {answer.headers["retry-after"] for answer in hammered} == {"3"}
        assert (await hall.take(kiosk="kiosk-2"))["number"] == "A002"


async def test_a_kiosk_that_nobody_knows_shares_the_limit_of_the_web(tmp_path: Path) -> None:
    async with web_hall(tmp_path, catalogue(dispenser=Dispenser(per_minute=2))) as hall:
        await hall.take(kiosk="made-up-1")
        await hall.take(kiosk="made-up-2")
        answer = await hall.http.post("/api/tickets", json=LAND | {"kiosk": "made-up-3"})
        assert refusal(answer) == (429, "too_many")
        assert 55 <= int(answer.headers["retry-after"]) <= 60


async def test_a_full_disk_gives_no_number_and_says_so_and_the_hall_goes_on_when_it_can(
    hall: WebHall,
) -> None:
    await hall.take()
    hall.disk.full = True
    answers = await asyncio.gather(*(hall.http.post("/api/tickets", json=LAND) for _ in range(4)))
    assert {refusal(answer) for answer in answers} == {(503, "journal_unavailable")}
    assert answers[0].headers["retry-after"] == "2"
    hall.disk.full = False
    assert (await hall.take())["number"] == "A002"


async def test_the_visitor_is_told_whether_there_is_paper(tmp_path: Path) -> None:
    printer = Printer()
    async with web_hall(tmp_path, printing=printer) as hall:
        assert (await hall.take())["printed"] is True
        printer.paper = False
        assert (await hall.take())["printed"] is False
    assert printer.asked == ["A001", "A002"]


async def test_in_guard_mode_the_visitor_is_sent_to_the_guidance_desk_first(tmp_path: Path) -> None:
    async with web_hall(tmp_path, catalogue(dispenser=Dispenser(guard=True))) as hall:
        given = await hall.take(request_id="wish-1")
        assert given["guarded"] is True
        assert "bàn hướng dẫn trước" in given["text"]["vi"]
        assert "guidance desk first" in given["text"]["en"]
        assert (await hall.at_the_desk("A001/release")).status_code == 200
        assert await hall.take(request_id="wish-1") == given, "the first answer, again"
        assert (await hall.at_the_desk("guard", on=False)).status_code == 200
        free = await hall.take()
        assert (free["guarded"], free["text"]["en"]) == (False, "Please wait to be called")


async def test_without_a_printer_nothing_claims_to_be_printed(hall: WebHall) -> None:
    assert (await hall.take())["printed"] is False


async def test_a_visitor_follows_the_ticket_from_waiting_to_rated(hall: WebHall) -> None:
    await hall.take()
    code = (await hall.take())["code"]

    async def seen() -> tuple[str, int | None, str | None]:
        ticket = (await hall.http.get(f"/api/tickets/{code}")).json()
        return ticket["state"], ticket["ahead"], ticket["counter_name"]

    assert await seen() == ("waiting", 1, None)
    await hall.press("1", "open")
    await hall.press("1", "next")
    assert await seen() == ("waiting", 0, None)
    await hall.press("1", "next")
    assert await seen() == ("calling", None, "1")
    assert refusal(await hall.http.post(f"/api/tickets/{code}/rating", json={"score": 4})) == (
        409,
        "nothing_to_rate",
    )
    await hall.press("1", "complete")
    rated = await hall.http.post(f"/api/tickets/{code}/rating", json={"score": 4, "reasons": ["polite"]})
    assert (rated.status_code, rated.json()) == (200, {"ticket": "A002"})
    again = await hall.http.post(f"/api/tickets/{code}/rating", json={"score": 1})
    assert refusal(again) == (409, "already_rated")
    assert (await hall.http.get(f"/api/tickets/{code}")).json()["rated"] is True


async def test_a_code_may_be_typed_as_people_type(hall: WebHall) -> None:
    code = (await hall.take())["code"]
    typed = f"{code[:4]}-{code[4:8]} {code[8:]}".lower()
    assert (await hall.http.get(f"/api/tickets/{typed}")).json()["number"] == "A001"


@pytest.mark.parametrize("forged", ["A001", "A00100000000", "A002", "xyz", "ệ", "A001%00AAAAAAAA", "%ff%fe"])
async def test_a_forged_code_shows_no_ticket(hall: WebHall, forged: str) -> None:
    await hall.take()
    assert refusal(await hall.http.get(f"/api/tickets/{forged}")) == (404, "unknown_ticket")
    answer = await hall.http.post(f"/api/tickets/{forged}/rating", json={"score": 5})
    assert refusal(answer) == (404, "unknown_ticket")


@pytest.mark.parametrize("score", [0, 6, True, "5", 2.5, None])
async def test_a_score_is_a_whole_number_from_one_to_five(hall: WebHall, score: object) -> None:
    code = (await hall.take())["code"]
    assert refusal(await hall.http.post(f"/api/tickets/{code}/rating", json={"score": score})) == (
        422,
        "malformed",
    )
