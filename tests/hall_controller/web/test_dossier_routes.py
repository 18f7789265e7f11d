"""A dossier is found by the code on its receipt; codes cannot be gone through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hall_controller.web.lookup_limit import GUESS_S, GUESSES, GUESSES_OF_ALL, PER_MINUTE, LookupLimit
from tests.hall_controller.test_dossiers import follow
from tests.hall_controller.web.hall_on_the_web import WebHall, refusal, web_hall

ROWS = "code,state,date,service\nH60/01-0007,ready,2022-02-28,dat-dai\nH60.04-0003,more-papers,2022-02-25,"


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[WebHall]:
    (tmp_path / "dossiers.csv").write_text(ROWS, "utf-8")
    dossiers, _ = follow(tmp_path / "dossiers.csv")
    await dossiers.look()
    async with web_hall(tmp_path, dossiers=dossiers) as open_hall:
        yield open_hall


async def test_a_ready_result_is_told_with_what_to_take_a_number_for(hall: WebHall) -> None:
    seen = (await hall.http.get("/api/dossiers/h60/01-0007")).json()
    assert seen["text"]["vi"] == "Đã có kết quả, mời quý khách nhận"
    assert (seen["state"], seen["since"], seen["purpose"]) == ("ready", "2022-02-28", "collect")
    assert seen["service"] is None, "the small hall has no such field"
    assert not seen["stale"]
    assert (await hall.http.get("/api/catalogue")).json()["dossiers"]


async def test_papers_that_are_missing_are_handed_in(hall: WebHall) -> None:
    assert (await hall.http.get("/api/dossiers/H60.04-0003")).json()["purpose"] == "submit"


async def test_who_guesses_waits_and_others_do_not(hall: WebHall) -> None:
    answers = [await hall.http.get(f"/api/dossiers/H60.04-{n:04}") for n in range(10, 10 + GUESSES)]
    assert {refusal(answer) for answer in answers} == {(404, "unknown_dossier")}
    waits = await hall.http.get("/api/dossiers/H60.04-0003")
    assert refusal(waits) == (429, "too_many_lookups")
    assert 0 < int(waits.headers["retry-after"]) <= GUESS_S
    async with hall.client("192.168.1.77") as other:
        assert (await other.get("/api/dossiers/H60.04-0003")).status_code == 200


async def test_a_hall_without_a_list_sends_to_the_desk(tmp_path: Path) -> None:
    async with web_hall(tmp_path) as hall:
        assert refusal(await hall.http.get("/api/dossiers/H60.04-0003")) == (404, "no_dossiers")
        assert not (await hall.http.get("/api/catalogue")).json()["dossiers"]


async def test_a_dossier_is_looked_up_in_the_hall_only(hall: WebHall) -> None:
    async with hall.client("203.0.113.9") as outside:
        assert refusal(await outside.get("/api/dossiers/H60.04-0003")) == (403, "not_allowed")


def test_a_stack_of_receipts_may_be_scanned_but_not_a_thousand() -> None:
    limit = LookupLimit()
    for n in range(PER_MINUTE):
        assert limit.wait_s("kiosk", float(n)) == 0
        limit.asked("kiosk", float(n), found=True)
    assert limit.wait_s("kiosk", PER_MINUTE) == GUESS_S - PER_MINUTE
    assert limit.wait_s("kiosk", GUESS_S) == 0


def test_guesses_from_many_places_stop_the_look_up_for_a_while() -> None:
    limit = LookupLimit()
    for n in range(GUESSES_OF_ALL):
        limit.asked(f"place {n}", 0.0, found=False)
    assert limit.wait_s("somebody else", 1.0) == GUESS_S - 1
    assert limit.wait_s("somebody else", GUESS_S) == 0
