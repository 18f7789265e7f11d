"""What machines ask: alive, ready, how busy."""

from __future__ import annotations

from tests.hall_controller.web.busy_hall import measured
from tests.hall_controller.web.hall_on_the_web import WebHall, refusal


async def test_a_working_hall_is_alive_and_ready(hall: WebHall) -> None:
    assert (await hall.http.get("/livez")).json() == {"status": "alive"}
    assert (await hall.http.get("/readyz")).json() == {"status": "ready"}


async def test_metrics_tell_a_journal_that_cannot_be_written(hall: WebHall) -> None:
    await hall.take()
    hall.disk.full = True
    await hall.http.post("/api/counters/1/open")
    samples = await measured(hall)
    assert samples["hall_journal_unavailable",] == 1
    assert samples["hall_waiting", "land"] == 1


async def test_the_contract_with_devices_is_served(hall: WebHall) -> None:
    answer = await hall.http.get("/asyncapi.yaml")
    assert answer.text == "asyncapi: 3.0.0\n"
    assert answer.headers["content-type"].startswith("application/yaml")


async def test_the_documentation_lists_every_route_and_body(hall: WebHall) -> None:
    described = (await hall.http.get("/openapi.json")).json()
    page = (await hall.http.get("/docs")).text
    for path, methods in described["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page
    for name in ("TicketWish", "Pressed", "Whole", "Refused"):
        assert f'id="{name}"' in page
    assert "HTTPValidationError" not in described["components"]["schemas"], "a refusal has one shape"


async def test_what_is_nowhere_is_told_in_the_one_shape(hall: WebHall) -> None:
    assert refusal(await hall.http.get("/nowhere")) == (404, "not_found")
    assert refusal(await hall.http.get("/static/nowhere.js")) == (404, "not_found")
    assert refusal(await hall.http.delete("/api/tickets")) == (405, "method_not_allowed")
