"""Signing in and out over HTTP: who gets in, what they hold afterwards, and what is written down about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hall_controller.domain.commands import OpenCounter
from hall_controller.staff.guesses import FREE_FOR_PERSON
from hall_controller.web.auth import COOKIE, REFUSALS_TOLD
from tests.hall_controller.web.hall_on_the_web import WebHall, catalogue, refusal, web_hall
from tests.hall_controller.web.staff_on_the_web import (
    GIANG,
    HOA,
    KIM,
    LAN,
    PASSWORD,
    PIN,
    enter,
    sign_in,
    told,
)


@pytest.fixture
async def staffed(hall: WebHall) -> WebHall:
    enter(hall, HOA, LAN, KIM, GIANG)
    return hall


@pytest.fixture
async def strict(tmp_path: Path) -> AsyncIterator[WebHall]:
    """A hall that requires its officers to sign in."""
    async with web_hall(tmp_path, catalogue(sign_in_required=True)) as hall:
        enter(hall, HOA, LAN, KIM, GIANG)
        yield hall


async def test_an_officer_signs_in_at_a_counter_and_is_known_there(staffed: WebHall) -> None:
    answer = await sign_in(staffed.http, "hoa", PIN, "1")
    assert answer.status_code == 200
    assert answer.json() == {"person": "hoa", "role": "officer", "counter": "1", "set_up_needed": False}
    assert (await staffed.http.get("/api/session")).json()["counter"] == "1"
    assert staffed.controller.hall.desk("1").officer == "hoa"
    assert told(staffed, "officer.signed_in") == [{"counter": "1", "officer": "hoa"}]


async def test_what_an_officer_does_is_attributed_from_then_on(staffed: WebHall) -> None:
    await sign_in(staffed.http, "hoa", PIN, "1")
    await staffed.press("1", "open")
    number = (await staffed.take())["number"]
    await staffed.press("1", "next")
    ticket = staffed.controller.hall.ticket(number)
    assert ticket is not None
    assert ticket.officer == "hoa"


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(staffed: WebHall) -> None:
    answer = await sign_in(staffed.http, "kim", PASSWORD)
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(f"{COOKIE}=")
    assert {"httponly", "samesite=strict", "path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "secure" not in cookie
    assert "max-age" not in cookie
    over_tls = await sign_in(staffed.http, "kim", PASSWORD, **{"x-forwarded-proto": "https"})
    assert "secure" in over_tls.headers["set-cookie"].lower()


async def test_a_technician_signs_in_without_a_counter_and_out_again(staffed: WebHall) -> None:
    assert (await sign_in(staffed.http, "kim", PASSWORD)).json()["role"] == "technician"
    left = await staffed.http.delete("/api/session")
    assert left.json()["person"] is None
    assert 'hall-session=""' in left.headers["set-cookie"]
    assert (await staffed.http.get("/api/session")).json()["person"] is None
    assert told(staffed, "staff.signed_in") == [{"person": "kim", "role": "technician"}]
    assert told(staffed, "staff.signed_out") == [{"person": "kim", "role": "technician"}]


async def test_a_token_is_worth_nothing_after_signing_out(staffed: WebHall) -> None:
    await sign_in(staffed.http, "kim", PASSWORD)
    token = staffed.http.cookies[COOKIE]
    await staffed.http.delete("/api/session")
    staffed.http.cookies.set(COOKIE, token)
    assert (await staffed.http.get("/api/session")).json()["person"] is None


async def test_an_officer_who_signs_out_leaves_the_counter(staffed: WebHall) -> None:
    await sign_in(staffed.http, "hoa", PIN, "1")
    await staffed.http.delete("/api/session")
    assert staffed.controller.hall.desk("1").officer is None
    assert told(staffed, "officer.signed_out") == [{"counter": "1", "officer": "hoa"}]


async def test_signing_out_of_nothing_is_no_mistake(staffed: WebHall) -> None:
    assert (await staffed.http.delete("/api/session")).status_code == 200
    staffed.http.cookies.set(COOKIE, "made-up")
    assert (await staffed.http.delete("/api/session")).status_code == 200


@pytest.mark.parametrize(
    ("person", "secret", "counter", "expected"),
    [
        ("hoa", "4712", "1", (401, "wrong_secret")),
        ("nobody", PIN, "1", (401, "wrong_secret")),
        ("kim", PIN, None, (401, "wrong_secret")),
        ("hoa", PIN, None, (422, "counter_needed")),
        ("hoa", PIN, "99", (404, "unknown_counter")),
        ("lan", PIN, "1", (403, "not_at_this_counter")),
        ("Not An Id", PIN, "1", (422, "malformed")),
        ("hoa", "", "1", (422, "malformed")),
        ("hoa", "1" * 129, "1", (422, "malformed")),
    ],
)
async def test_who_does_not_get_in_is_told_why(
    staffed: WebHall, person: str, secret: str, counter: str | None, expected: tuple[int, str]
) -> None:
    answer = await sign_in(staffed.http, person, secret, counter)
    assert refusal(answer) == expected
    assert "set-cookie" not in answer.headers
    assert staffed.controller.hall.desk("1").officer is None


async def test_an_officer_that_the_settings_do_not_know_cannot_sit_down(staffed: WebHall) -> None:
    enter(staffed, HOA._replace(id="gone-9"))
    assert refusal(await sign_in(staffed.http, "gone-9", PIN, "1")) == (404, "unknown_officer")


async def test_guessing_a_pin_makes_everybody_wait_for_that_person_even_with_the_right_one(
    staffed: WebHall,
) -> None:
    for _ in range(FREE_FOR_PERSON):
        assert refusal(await sign_in(staffed.http, "hoa", "9999", "1")) == (401, "wrong_secret")
    answer = await sign_in(staffed.http, "hoa", PIN, "1")
    assert refusal(answer) == (429, "too_many_guesses")
    assert 1 <= int(answer.headers["retry-after"]) <= 2
    assert (await sign_in(staffed.http, "lan", PIN, "2")).status_code == 200


async def test_a_refused_sign_in_is_written_down_without_what_was_typed(staffed: WebHall) -> None:
    await sign_in(staffed.http, "hoa", "9999", "1")
    await sign_in(staffed.http, "my-password-by-mistake", "9999", "my-counter")
    assert told(staffed, "sign_in.refused") == [
        {"code": "wrong_secret", "person": "hoa", "counter": "1", "untold": 0},
        {"code": "wrong_secret", "person": "", "counter": None, "untold": 0},
    ]
    assert "my-password" not in "".join(repr(record) for record in staffed.disk.read())


async def test_very_many_refusals_are_counted_instead_of_filling_the_card(staffed: WebHall) -> None:
    for _ in range(REFUSALS_TOLD + 7):
        await staffed.auth._refused("wrong_secret", None, None)  # noqa: SLF001 - without hashing 67 times
    assert len(told(staffed, "sign_in.refused")) == REFUSALS_TOLD
    staffed.auth._told.clear()  # noqa: SLF001 - an hour later
    await staffed.auth._refused("wrong_secret", None, None)  # noqa: SLF001
    assert told(staffed, "sign_in.refused")[-1]["untold"] == 7


async def test_nobody_signs_in_while_it_cannot_be_written_down(staffed: WebHall) -> None:
    staffed.disk.full = True
    assert refusal(await sign_in(staffed.http, "hoa", PIN, "1")) == (503, "journal_unavailable")
    assert (await staffed.http.get("/api/session")).json()["person"] is None


async def test_where_sign_in_is_required_keys_are_the_officers_of_that_counter(strict: WebHall) -> None:
    assert refusal(await strict.http.post("/api/counters/1/open")) == (401, "sign_in_needed")
    await sign_in(strict.http, "hoa", PIN, "1")
    assert (await strict.http.post("/api/counters/1/open")).status_code == 200
    assert refusal(await strict.http.post("/api/counters/2/open")) == (403, "other_counter")
    async with strict.client() as other:
        await sign_in(other, "kim", PASSWORD)
        assert refusal(await other.post("/api/counters/1/next")) == (403, "wrong_role")


async def test_who_signs_out_leaves_a_paused_counter_that_no_pad_can_go_on_with(strict: WebHall) -> None:
    await sign_in(strict.http, "hoa", PIN, "1")
    assert (await strict.http.post("/api/counters/1/open")).status_code == 200
    await strict.http.delete("/api/session")
    assert told(strict, "counter.paused") == [{"counter": "1", "reason": "signed_out"}]
    assert (await strict.http.get("/api/hall")).json()["counters"]["1"]["state"] == "paused"
    answer = await strict.controller.submit(OpenCounter("1"))
    assert answer.refusal
    assert answer.refusal.code == "sign_in_required"


async def test_who_takes_over_a_counter_ends_the_session_of_whoever_sat_there(strict: WebHall) -> None:
    await sign_in(strict.http, "hoa", PIN, "2")
    async with strict.client() as other:
        await sign_in(other, "lan", PIN, "2")
        assert refusal(await strict.http.post("/api/counters/2/open")) == (401, "sign_in_needed")
        assert (await other.post("/api/counters/2/open")).status_code == 200
    assert strict.controller.hall.desk("2").officer == "lan"


async def test_a_visitor_rates_without_signing_in(strict: WebHall) -> None:
    answer = await strict.http.post("/api/counters/1/ratings", json={"score": 5})
    assert refusal(answer) == (409, "nothing_to_rate")


async def test_the_first_technician_needs_the_code_from_the_log(hall: WebHall) -> None:
    assert (await hall.http.get("/api/session")).json()["set_up_needed"] is True
    wish = {"code": "AAAA-AAAA", "person": "kim", "secret": PASSWORD}
    assert refusal(await hall.http.post("/api/set-up", json=wish)) == (401, "wrong_code")
    wish["code"] = hall.auth.set_up_code.lower().replace("-", " ")
    assert refusal(await hall.http.post("/api/set-up", json=wish | {"secret": "short"})) == (
        422,
        "weak_secret",
    )
    answer = await hall.http.post("/api/set-up", json=wish)
    assert answer.json() == {"person": "kim", "role": "technician", "counter": None, "set_up_needed": False}
    assert (await hall.http.get("/api/session")).json()["person"] == "kim"
    assert refusal(await hall.http.post("/api/set-up", json=wish)) == (409, "set_up_is_done")
    assert told(hall, "staff.changed") == [
        {"person": "kim", "role": "technician", "change": "added", "by": ""}
    ]
    async with hall.client() as another:
        assert (await sign_in(another, "kim", PASSWORD)).status_code == 200


async def test_the_set_up_code_cannot_be_guessed(hall: WebHall) -> None:
    wish = {"code": "AAAA-AAAA", "person": "kim", "secret": PASSWORD}
    for _ in range(FREE_FOR_PERSON):
        await hall.http.post("/api/set-up", json=wish)
    async with hall.client("192.168.1.77") as elsewhere:
        answer = await elsewhere.post("/api/set-up", json=wish | {"code": hall.auth.set_up_code})
    assert refusal(answer) == (429, "too_many_guesses")
    assert not hall.auth.register.has_technician()


async def test_another_password_ends_every_other_session(staffed: WebHall) -> None:
    await sign_in(staffed.http, "kim", PASSWORD)
    async with staffed.client() as other:
        await sign_in(other, "kim", PASSWORD)
        new = {"old": PASSWORD, "new": "năm từ khác ghép lại"}
        assert refusal(await other.post("/api/password", json=new | {"old": "wrong"})) == (
            401,
            "wrong_secret",
        )
        assert refusal(await other.post("/api/password", json=new | {"new": "short"})) == (422, "weak_secret")
        assert (await other.post("/api/password", json=new)).status_code == 200
        assert (await other.get("/api/session")).json()["person"] == "kim"
    assert (await staffed.http.get("/api/session")).json()["person"] is None
    assert told(staffed, "staff.changed")[-1]["by"] == "kim"


async def test_an_officer_changes_the_pin_and_stays_at_the_counter(staffed: WebHall) -> None:
    await sign_in(staffed.http, "hoa", PIN, "1")
    assert (await staffed.http.post("/api/password", json={"old": PIN, "new": "8074"})).status_code == 200
    assert (await staffed.http.get("/api/session")).json()["counter"] == "1"
    assert (await sign_in(staffed.http, "hoa", "8074", "1")).status_code == 200


async def test_a_cookie_that_is_no_token_is_nobody(staffed: WebHall) -> None:
    for cookie in (
        "hall-session",
        "hall-session=",
        'hall-session="\\',
        "hall-session=\xff",
        "=;=;,",
        "x" * 4000,
    ):
        answer = await staffed.http.get("/api/session", headers={b"cookie": cookie.encode("latin-1")})
        assert answer.json()["person"] is None
