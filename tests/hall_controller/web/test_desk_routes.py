"""The guidance desk over HTTP: guard mode, numbers released, put back, taken out and printed once more.

Belongs here: that each wish reaches its rule and is answered in the one shape. Never here: the rules themselves.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from hall_controller.domain.catalogue import Dispenser
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall, catalogue, refusal, web_hall

DONE_BY_A_GUIDE = (
    "guard.turned",
    "ticket.issued",
    "ticket.released",
    "ticket.classed",
    "ticket.requeued",
    "ticket.reprint_requested",
    "ticket.voided",
    "bell.rung",
    "printer.paper_changed",
)


async def desk(hall: WebHall, number: str, wish: str, **besides: Any) -> httpx.Response:  # noqa: ANN401 - JSON
    return await hall.at_the_desk(f"{number}/{wish}", **besides)


async def test_in_guard_mode_a_number_waits_until_the_desk_releases_it(hall: WebHall) -> None:
    turned = await hall.at_the_desk("guard", on=True)
    assert (turned.status_code, turned.json()) == (200, {"on": True})
    number = (await hall.take())["number"]
    assert hall.controller.hall.queue("land").waiting == ()
    released = await desk(hall, number, "release")
    assert released.json() == {"number": number, "state": "waiting", "duplicate": False}
    assert hall.controller.hall.queue("land").waiting == (number,)


async def test_a_hall_that_always_guards_can_be_worked_with(tmp_path: Path) -> None:
    guarded = replace(catalogue(), dispenser=Dispenser(guard=True))
    async with web_hall(tmp_path, guarded) as hall:
        number = (await hall.take())["number"]
        assert (await desk(hall, number, "release")).status_code == 200
        assert hall.controller.hall.queue("land").waiting == (number,)


async def test_turning_the_guard_twice_is_told(hall: WebHall) -> None:
    assert refusal(await hall.at_the_desk("guard", on=False)) == (409, "guard_is_off")
    assert refusal(await hall.at_the_desk("guard", on="maybe"))[0] == 422


async def test_a_number_is_printed_once_more_with_the_same_number(hall: WebHall) -> None:
    number = (await hall.take())["number"]
    first = await desk(hall, number.lower(), "reprint", request_id="again-1")
    again = await desk(hall, number, "reprint", request_id="again-1")
    assert (first.json()["number"], first.json()["duplicate"]) == (number, False)
    assert again.json()["duplicate"] is True
    asked = [record for record in hall.disk.read() if record.fact.type == "ticket.reprint_requested"]
    assert len(asked) == 1


async def test_a_number_is_taken_out_with_its_reason(hall: WebHall) -> None:
    number = (await hall.take())["number"]
    assert (await desk(hall, number, "void", reason="left")).json()["state"] == "voided"
    assert refusal(await desk(hall, number, "void")) == (409, "already_ended")
    facts = [record.fact for record in hall.disk.read() if record.fact.type == "ticket.voided"]
    assert [getattr(fact, "reason", "") for fact in facts] == ["left"]


@pytest.mark.parametrize("wish", ["release", "requeue", "void", "reprint"])
async def test_a_number_that_nobody_has_is_404(hall: WebHall, wish: str) -> None:
    assert refusal(await desk(hall, "A404", wish)) == (404, "unknown_ticket")


async def test_only_numbers_that_were_missed_are_put_back(hall: WebHall) -> None:
    number = (await hall.take())["number"]
    assert refusal(await desk(hall, number, "requeue")) == (409, "not_missed")
    assert refusal(await desk(hall, number, "frame"))[0] == 422


async def test_the_desk_gives_out_a_number_that_waits_at_once_also_on_guard(hall: WebHall) -> None:
    await hall.at_the_desk("guard", on=True)
    wish = {"service": "land", "purpose": "submit", "priority": "elderly", "request_id": "d1"}
    given = await hall.at_the_desk("tickets", **wish)
    assert (given.status_code, given.json()["number"], given.json()["guarded"]) == (201, "A001", False)
    again = await hall.at_the_desk("tickets", **wish)
    assert again.json()["number"] == "A001"
    assert hall.controller.hall.queue("land").waiting == ("A001",)
    ticket = hall.controller.hall.ticket("A001")
    assert ticket
    assert (ticket.source, ticket.priority) == ("desk", "elderly")
    assert refusal(await hall.at_the_desk("tickets", service="gone", purpose="submit"))[0] == 404


async def test_a_class_is_given_and_taken_away_at_the_desk(hall: WebHall) -> None:
    for _ in range(2):
        await hall.take()
    done = await desk(hall, "a2", "priority", priority="elderly", request_id="p1")
    assert done.json() == {"number": "A002", "state": "waiting", "duplicate": False}
    assert (await desk(hall, "A002", "priority", priority="elderly", request_id="p1")).json()["duplicate"]
    await hall.press("1", "open")
    assert (await hall.press("1", "next"))["ticket"] == "A002"
    assert refusal(await desk(hall, "A002", "priority", priority=None)) == (409, "not_waiting")
    assert refusal(await desk(hall, "A001", "priority", priority="kings")) == (404, "unknown_priority")
    assert refusal(await desk(hall, "A001", "priority"))[0] == 422


async def test_a_bell_is_rung_from_the_desk(hall: WebHall) -> None:
    rung = await hall.at_the_desk("bells/2")
    assert (rung.json()["counter"], rung.json()["name"]) == ("2", "2")
    assert rung.json()["since"]
    assert refusal(await hall.at_the_desk("bells/2")) == (409, "already_ringing")
    assert refusal(await hall.at_the_desk("bells/99")) == (404, "unknown_counter")


async def test_a_number_is_looked_up_with_its_story_and_never_a_score(hall: WebHall) -> None:
    await hall.take()
    for key in ("open", "next", "complete"):
        await hall.press("1", key)
    await hall.http.post("/api/counters/1/ratings", json={"score": 2})
    async with hall.signed_in("guide") as guide:
        found = (await guide.get("/api/desk/a1")).json()
        assert refusal(await guide.get("/api/desk/A404")) == (404, "unknown_ticket")
        assert refusal(await guide.get("/api/desk/%20")) == (404, "unknown_ticket")
    assert (found["number"], found["state"], found["may"]) == ("A001", "completed", [])
    told = [line["text"]["vi"] for line in found["story"]]
    assert told[0].startswith("Lấy số cho land")
    assert any("Gọi đến Quầy 1" in line for line in told)
    assert any("điểm của một lượt không được nêu" in line for line in told)
    assert all(line["clock"] for line in found["story"])


async def test_the_printer_is_asked_when_its_paper_was_changed(tmp_path: Path) -> None:
    printer = Printer()
    async with web_hall(tmp_path, printing=printer) as hall:
        assert (await hall.at_the_desk("printer")).json()["state"] == "ready"
        printer.paper = False
        told = (await hall.at_the_desk("printer")).json()
        assert told["state"] == "not_ready"
        assert "kiểm tra nguồn điện" in told["text"]["vi"]


async def test_a_hall_without_a_printer_says_so(hall: WebHall) -> None:
    assert (await hall.at_the_desk("printer")).json()["state"] == "none"


async def test_the_desk_sees_all_that_needs_it(hall: WebHall) -> None:
    await hall.at_the_desk("guard", on=True)
    await hall.take()
    async with hall.signed_in("guide") as guide:
        seen = (await guide.get("/api/desk")).json()
    assert seen["guard"] is True
    assert [one["number"] for one in seen["unreleased"]] == ["A001"]


async def test_whatever_is_done_at_the_desk_is_written_down_with_who_did_it(tmp_path: Path) -> None:
    async with web_hall(tmp_path, printing=Printer()) as hall:
        await hall.at_the_desk("guard", on=True)
        await hall.at_the_desk("tickets", service="land", purpose="submit")
        for path, wish in (
            ("A001/priority", {"priority": "elderly"}),
            ("A001/reprint", {}),
            ("bells/2", {}),
            ("printer", {}),
        ):
            assert (await hall.at_the_desk(path, **wish)).status_code == 200, path
        for key in ("open", "next", "miss"):
            await hall.press("1", key)
        for again in ("requeue", "void"):
            assert (await desk(hall, "A001", again)).status_code == 200
        facts = [record.fact for record in hall.disk.read()]
        guide = hall.auth.register.people()[0].id
    done = {fact.type: getattr(fact, "person", None) for fact in facts if fact.type in DONE_BY_A_GUIDE}
    assert done == dict.fromkeys(DONE_BY_A_GUIDE, guide)


async def test_what_the_hall_and_its_visitors_do_by_themselves_has_nobody_beside_it(hall: WebHall) -> None:
    await hall.take()
    await hall.press("1", "ring")
    facts = [record.fact for record in hall.disk.read() if record.fact.type in DONE_BY_A_GUIDE]
    assert [(fact.type, getattr(fact, "person", None)) for fact in facts] == [
        ("ticket.issued", ""),
        ("bell.rung", ""),
    ]
