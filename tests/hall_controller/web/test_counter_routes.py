"""The keys of a counter over HTTP."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from hall_controller.domain.catalogue import Counter, Rating
from tests.hall_controller.web.hall_on_the_web import WebHall, catalogue, refusal, web_hall


async def test_a_counter_opens_calls_and_completes(hall: WebHall) -> None:
    await hall.take()
    opened = await hall.press("1", "open")
    assert (opened["ticket"], opened["display"]["state"]) == (None, "open")
    called = await hall.press("1", "next")
    assert (called["ticket"], called["display"]["state"], called["display"]["call"]) == ("A001", "calling", 1)
    again = await hall.press("1", "recall")
    assert (again["ticket"], again["display"]["call"]) == ("A001", 2)
    done = await hall.press("1", "complete")
    assert (done["ticket"], done["display"]["state"]) == (None, "open")


async def test_a_key_works_without_a_body(hall: WebHall) -> None:
    answer = await hall.http.post("/api/counters/1/open")
    assert answer.status_code == 200
    assert answer.json()["display"]["state"] == "open"


async def test_the_same_press_twice_calls_once(hall: WebHall) -> None:
    await hall.take()
    await hall.take()
    await hall.press("1", "open")
    first = await hall.press("1", "next", request_id="press-7")
    again = await hall.press("1", "next", request_id="press-7")
    assert (first["ticket"], first["duplicate"]) == ("A001", False)
    assert (again["ticket"], again["duplicate"]) == ("A001", True)
    assert (await hall.state())["queues"]["land"]["waiting"] == 1


async def test_two_counters_may_use_the_same_request_id(hall: WebHall) -> None:
    for counter in ("1", "3"):
        pressed = await hall.press(counter, "open", request_id="1")
        assert (pressed["display"]["state"], pressed["duplicate"]) == ("open", False)


async def test_a_visitor_is_held_resumed_missed_and_sent_on(hall: WebHall) -> None:
    await hall.take()
    await hall.press("1", "open")
    await hall.press("1", "next")
    await hall.press("1", "hold")
    assert (await hall.state())["desks"]["1"] == {"held": ["A001"], "sent": []}
    assert (await hall.press("1", "resume"))["ticket"] == "A001"
    await hall.press("1", "miss")
    assert (await hall.press("1", "resume", ticket="A001"))["ticket"] == "A001"
    await hall.press("3", "open")
    await hall.press("1", "transfer", to="3", reason="thiếu giấy tờ")
    assert (await hall.state())["desks"]["3"] == {"held": [], "sent": ["A001"]}


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        ("99/next", {}, (404, "unknown_counter")),
        ("ệ/next", {}, (404, "unknown_counter")),
        ("%2e%2e/next", {}, (404, "unknown_counter")),
        ("1/dance", {}, (422, "malformed")),
        ("1/next", {}, (409, "counter_closed")),
        ("1/close", {}, (409, "already_closed")),
        ("1/transfer", {"to": "NOT AN ID"}, (422, "malformed")),
        ("1/ratings", {"score": 5}, (409, "nothing_to_rate")),
        ("99/ratings", {"score": 5}, (404, "unknown_counter")),
        ("1/ratings", {"score": 9}, (422, "malformed")),
        ("1/ratings", {}, (422, "malformed")),
    ],
)
async def test_a_wrong_press_gets_one_sentence(
    hall: WebHall, path: str, body: dict[str, object], expected: tuple[int, str]
) -> None:
    assert refusal(await hall.http.post(f"/api/counters/{path}", json=body)) == expected
    assert (await hall.press("1", "open"))["display"]["state"] == "open"


async def test_a_rating_counts_for_the_visit_that_just_ended(hall: WebHall) -> None:
    await hall.take()
    await hall.press("1", "open")
    await hall.press("1", "next")
    await hall.press("1", "complete")
    rated = await hall.http.post("/api/counters/1/ratings", json={"score": 5, "request_id": "r1"})
    assert (rated.status_code, rated.json()) == (200, {"ticket": "A001"})
    again = await hall.http.post("/api/counters/1/ratings", json={"score": 5, "request_id": "r1"})
    assert again.json() == {"ticket": "A001"}
    changed = await hall.http.post("/api/counters/1/ratings", json={"score": 1})
    assert changed.json() == {"ticket": "A001"}, "so soon after, a visitor may think better of it"


async def test_a_visit_is_rated_once(tmp_path: Path) -> None:
    async with web_hall(tmp_path, catalogue(rating=Rating(change_s=0))) as hall:
        await hall.take()
        for key in ("open", "next", "complete"):
            await hall.press("1", key)
        await hall.http.post("/api/counters/1/ratings", json={"score": 5})
        other = await hall.http.post("/api/counters/1/ratings", json={"score": 1})
        assert refusal(other) == (409, "already_rated")


async def test_a_hundred_officers_who_call_at_once_get_one_visitor_each(tmp_path: Path) -> None:
    counters = {str(n): Counter(str(n), str(n), ("land", "notary")) for n in range(1, 101)}
    async with web_hall(tmp_path, catalogue(counters=counters)) as hall:
        await asyncio.gather(*(hall.take("land" if n % 2 else "notary") for n in range(80)))
        await asyncio.gather(*(hall.press(counter, "open") for counter in counters))
        answers = await asyncio.gather(
            *(hall.http.post(f"/api/counters/{counter}/next") for counter in counters)
        )
        called = [answer.json()["ticket"] for answer in answers if answer.status_code == 200]
        empty = [refusal(answer) for answer in answers if answer.status_code != 200]
        assert len(called) == len(set(called)) == 80
        assert empty == [(409, "none_waiting")] * 20
        state = await hall.state()
        shown = sorted(display["ticket"] for display in state["counters"].values() if display["ticket"])
        assert shown == sorted(called)


async def test_a_press_that_cannot_be_written_down_did_not_happen(hall: WebHall) -> None:
    await hall.take()
    await hall.press("1", "open")
    hall.disk.full = True
    answer = await hall.http.post("/api/counters/1/next", json={"request_id": "p1"})
    assert refusal(answer) == (503, "journal_unavailable")
    hall.disk.full = False
    pressed = await hall.press("1", "next", request_id="p1")
    assert (pressed["ticket"], pressed["duplicate"]) == ("A001", False)
