"""The day so far over HTTP, for managers and technicians alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree as ET

import pytest
from starlette.responses import StreamingResponse

from hall_controller.domain.commands import IssueSlip
from hall_controller.messages import Text
from hall_controller.staff.roles import Role
from hall_controller.web.skeletons import Skeletons
from hall_controller.web.today_routes import TodayRoutes
from hall_controller.web.whole import BEAT_S
from tests.hall_controller.web.half_a_day import half_a_day, morning
from tests.hall_controller.web.hall_on_the_web import Printer, WebHall, refusal


async def told(hall: WebHall) -> dict[str, Any]:
    async with hall.signed_in("manager") as manager:
        answer = await manager.get("/api/today")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_a_morning_is_told_with_the_names_and_the_state_of_now(tmp_path: Path) -> None:
    issued = sum(fact.type == "ticket.issued" for fact in morning())
    served = sum(fact.type == "ticket.completed" for fact in morning())
    async with half_a_day(tmp_path, Printer()) as hall:
        body = await told(hall)
        await hall.take("ly-lich-tu-phap")
        later = await told(hall)
    assert (body["day"], body["local"][11:16], body["training"]) == ("2022-03-01", "10:30", True)
    whole, fields = body["hall"], {field["queue"]: field for field in body["fields"]}
    assert (whole["queue"], whole["name"]["vi"]) == (None, "Cả trung tâm")
    assert whole["issued"] == issued
    assert whole["served"] <= served
    assert whole["served"] == sum(field["served"] for field in fields.values())
    assert whole["waiting"] == sum(field["waiting"] for field in fields.values())
    assert fields["dat-dai"]["name"] == {"vi": "Đất đai", "en": "Land"}
    assert fields["dat-dai"]["wait_p90_min"] > 30, "the crowded field"
    assert fields["dat-dai"]["oldest_wait_min"] > 0
    assert len(body["counters"]) == 28
    assert sum(counter["served"] for counter in body["counters"]) >= whole["served"]
    assert all(counter["load"] is None or 0 <= counter["load"] <= 1 for counter in body["counters"])
    assert {stage["stage"] for stage in body["stages"]} == {"submit", "collect", "guidance"}
    assert later["hall"]["issued"] == issued + 1
    assert later["hall"]["waiting"] == whole["waiting"] + 1


async def test_no_ticket_no_officer_and_no_single_score_leaves(tmp_path: Path) -> None:
    async with half_a_day(tmp_path, Printer()) as hall:
        text = json.dumps(await told(hall))
        officers = set(hall.controller.hall.catalogue.officers)
        tickets = {number for letter in hall.controller.hall.tickets.values() for number in letter}
    assert not [word for word in [*officers, *tickets] if f'"{word}"' in text]
    for stage in json.loads(text)["stages"]:
        assert stage["released"] % 5 == 0
        assert (stage["satisfied"] is None) == (stage["released"] == 0)


async def test_the_plot_is_a_picture_of_the_waits(tmp_path: Path) -> None:
    async with half_a_day(tmp_path, Printer()) as hall, hall.signed_in("manager") as manager:
        labels = []
        for query in ("", "?queue=dat-dai", "?queue=dat-dai&language=en"):
            answer = await manager.get(f"/api/today/waits{query}")
            assert answer.headers["content-type"] == "image/svg+xml"
            picture = ET.fromstring(answer.text)  # noqa: S314 - our own answer
            assert picture.tag.endswith("svg")
            assert "script" not in answer.text
            labels.append(picture.get("aria-label"))
        assert labels[0] == "Cả trung tâm: Thời gian chờ theo nửa giờ lấy số"
        assert labels[2] == "Land: Waits by half hour of arrival"
        assert refusal(await manager.get("/api/today/waits?queue=nowhere"))[0] == 404


@pytest.mark.parametrize("path", ["/manager", "/api/today", "/api/today/stream", "/api/today/waits"])
async def test_only_managers_and_technicians_see_it(hall: WebHall, path: str) -> None:
    assert (await hall.http.get(path)).status_code == 401
    roles: tuple[Role, ...] = ("officer", "guide")
    for role in roles:
        async with hall.signed_in(role, counter="1" if role == "officer" else None) as somebody:
            assert refusal(await somebody.get(path)) == (403, "wrong_role")


async def heard(hall: WebHall) -> AsyncIterator[dict[str, Any]]:
    """What the page is told."""
    routes = TodayRoutes(hall.controller, hall.app.state.stream, Skeletons(hall.controller), hall.devices)
    response = cast("StreamingResponse", await routes.listen())
    async for event in response.body_iterator:
        for line in cast("bytes", event).decode().splitlines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


async def test_the_stream_tells_whole_days_and_between_them_the_time(hall: WebHall) -> None:
    told = heard(hall)
    assert (await anext(told))["hall"]["issued"] == 0
    await hall.take()
    beat = await asyncio.wait_for(anext(told), 10 * BEAT_S)
    assert set(beat) == {"time", "local", "unavailable_since"}
    event = beat
    while "hall" not in event:
        event = await asyncio.wait_for(anext(told), 10 * BEAT_S)
    assert (event["hall"]["issued"], event["hall"]["waiting"]) == (1, 1)


async def test_slips_and_trouble_are_told(hall: WebHall) -> None:
    await hall.controller.submit(IssueSlip("business"))
    hall.health.raise_alert("paper", "warning", Text(vi="Sắp hết giấy.", en="The paper is low."))
    body = await told(hall)
    assert body["slips"] == 1
    hall.disk.full = True
    await hall.http.post("/api/counters/1/open")
    assert [(alert["code"], alert["severity"]) for alert in body["alerts"]] == [("paper", "warning")]
    assert (await told(hall))["unavailable_since"] is not None
