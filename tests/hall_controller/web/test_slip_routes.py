"""Slips over HTTP: the portal's address in place of a number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import httpx

from tests.hall_controller.web.hall_on_the_web import Printer, WebHall, catalogue, refusal, web_hall

PORTAL = "https://dangkykinhdoanh.gov.vn"


async def slip(hall: WebHall, **wish: object) -> httpx.Response:
    return await hall.http.post("/api/slips", json={"service": "business"} | wish)


async def test_a_visitor_is_told_the_portal_and_gets_it_on_paper(tmp_path: Path) -> None:
    services = catalogue().services
    online = replace(services["business"], portal=PORTAL)
    offered = catalogue(services={**services, "business": online})
    printer = Printer()
    async with web_hall(tmp_path, offered, printing=printer) as hall:
        first = await slip(hall, request_id="wish-1", kiosk="kiosk-1")
        again = await slip(hall, request_id="wish-1", kiosk="kiosk-1")
        assert first.status_code == 201
        assert first.json() == {"slip": "slip-1", "service": "business", "portal": PORTAL, "printed": True}
        assert again.json() == first.json()
        assert printer.asked == ["slip-1", "slip-1"]


async def test_what_is_received_at_a_counter_has_no_slip(hall: WebHall) -> None:
    assert refusal(await slip(hall, service="land")) == (409, "not_online_only")
    assert refusal(await slip(hall, service="nowhere")) == (404, "unknown_service")
    assert refusal(await slip(hall, language="French!"))[0] == 422


async def test_a_ticket_may_carry_several_dossiers(hall: WebHall) -> None:
    await hall.take(dossiers=4)
    wrong = await hall.http.post("/api/tickets", json={"service": "land", "purpose": "submit", "dossiers": 0})
    assert refusal(wrong)[0] == 422
    issued = [record.fact for record in hall.disk.read() if record.fact.type == "ticket.issued"]
    assert [getattr(fact, "dossiers", None) for fact in issued] == [4]
