"""Who may come in, from which page, with how much."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from hall_controller.web.access import IN_THE_HALL as FOR_THE_HALL
from hall_controller.web.guard import HEADERS
from tests.hall_controller.web.hall_on_the_web import LAND, OUTSIDE, WebHall, refusal


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/kiosk",
        "/board",
        "/counter/1",
        "/docs",
        "/openapi.json",
        "/metrics",
        "/api/hall",
        "/api/catalogue",
        "/nowhere",
    ],
)
async def test_pages_and_state_stay_in_the_hall(hall: WebHall, path: str) -> None:
    async with hall.client(OUTSIDE) as outside:
        assert refusal(await outside.get(path)) == (403, "not_allowed")


async def test_nobody_outside_takes_a_number_or_presses_a_key(hall: WebHall) -> None:
    async with hall.client(OUTSIDE) as outside:
        assert refusal(await outside.post("/api/tickets", json=LAND)) == (403, "not_allowed")
        assert refusal(await outside.post("/api/counters/1/open")) == (403, "not_allowed")
        assert refusal(await outside.post("/api/counters/1/ratings", json={"score": 5})) == (
            403,
            "not_allowed",
        )
    assert (await hall.state())["queues"]["land"]["waiting"] == 0


async def test_a_visitor_may_follow_the_own_ticket_from_anywhere(hall: WebHall) -> None:
    code = (await hall.take())["code"]
    async with hall.client(OUTSIDE) as outside:
        assert (await outside.get(f"/api/tickets/{code}")).status_code == 200
        assert (await outside.get(f"/t/{code}")).status_code == 200
        assert (await outside.get("/static/hall.css")).status_code == 200
        assert (await outside.get("/livez")).status_code == 200
        assert refusal(await outside.post(f"/api/tickets/{code}/rating", json={"score": 5})) == (
            409,
            "nothing_to_rate",
        )


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("127.0.0.1", 200),
        ("::1", 200),
        ("::ffff:192.168.1.7", 200),
        ("::ffff:203.0.113.9", 403),
        ("fe80::1%eth0", 403),
        ("nonsense", 403),
    ],
)
async def test_an_address_counts_however_it_is_written(hall: WebHall, address: str, status: int) -> None:
    async with hall.client(address) as somebody:
        assert (await somebody.get("/api/hall")).status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://[broken"},
        {"origin": "http://hall.test:8081"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://hall.test"},
    ],
)
async def test_another_web_site_cannot_press_in_an_officers_browser(
    hall: WebHall, headers: dict[str, str]
) -> None:
    assert refusal(await hall.http.post("/api/counters/1/open", headers=headers)) == (403, "cross_site")
    assert refusal(await hall.http.post("/api/tickets", json=LAND, headers=headers)) == (403, "cross_site")
    assert (await hall.state())["counters"]["1"]["state"] == "closed"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://hall.test", "sec-fetch-site": "same-origin"},
        {"origin": "http://HALL.test"},
        {"sec-fetch-site": "none"},
    ],
)
async def test_our_own_pages_and_programs_may_press(hall: WebHall, headers: dict[str, str]) -> None:
    assert (await hall.http.post("/api/counters/1/open", headers=headers)).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "hall.test.evil.example:8080", "192.168.1.10.evil.example"])
async def test_a_page_whose_name_was_made_to_lead_to_the_hall_cannot_press(hall: WebHall, host: str) -> None:
    same_origin = {"host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"}
    answer = await hall.http.post("/api/counters/1/open", headers=same_origin)
    assert refusal(answer) == (403, "unknown_host")
    assert "http.hosts" in answer.json()["text"]["en"]
    assert (await hall.http.get("/api/hall", headers=same_origin)).status_code == 200
    assert (await hall.state())["counters"]["1"]["state"] == "closed"


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(hall: WebHall) -> None:
    large = b" " * FOR_THE_HALL.largest_bytes + b"{}"
    assert refusal(await hall.http.post("/api/tickets", content=large)) == (413, "too_large")


async def in_pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def test_a_body_of_unknown_length_is_read_only_so_far(hall: WebHall) -> None:
    json = {"content-type": "application/json"}
    small = in_pieces(b'{"service": "land", ', b'"purpose": "submit"}')
    assert (await hall.http.post("/api/tickets", content=small, headers=json)).status_code == 201
    endless = in_pieces(*[b" " * 4096] * 5)
    assert refusal(await hall.http.post("/api/tickets", content=endless, headers=json)) == (413, "too_large")


@pytest.mark.parametrize("path", ["/kiosk", "/api/hall", "/static/hall.css", "/nowhere", "/api/tickets/none"])
async def test_every_answer_carries_the_headers_that_keep_a_page_safe(hall: WebHall, path: str) -> None:
    answer = await hall.http.get(path)
    for name, value in HEADERS:
        assert answer.headers.get_list(name.decode()) == [value.decode()]
