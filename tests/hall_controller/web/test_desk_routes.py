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
from tests.hall_controller.web.hall_on_the_web import WebHall, catalogue, refusal, web_hall


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
