"""What machines ask: alive, ready, how busy."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from tests.hall_controller.web.hall_on_the_web import WebHall, refusal


async def measured(hall: WebHall) -> dict[tuple[str, str], float]:
    """Every sample of /metrics by its name and its label."""
    answer = await hall.http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        (sample.name, "".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


async def test_a_working_hall_is_alive_and_ready(hall: WebHall) -> None:
    assert (await hall.http.get("/livez")).json() == {"status": "alive"}
    assert (await hall.http.get("/readyz")).json() == {"status": "ready"}


async def test_metrics_count_what_happened_and_hold_no_ticket(hall: WebHall) -> None:
    for _ in range(3):
        await hall.take()
    await hall.press("1", "open")
    await hall.press("1", "next")
    await hall.press("1", "recall")
    refused = await hall.http.post("/api/counters/2/next", json={"request_id": "too-early"})
    assert refusal(refused) == (409, "counter_closed")
    samples = await measured(hall)
    assert samples["hall_tickets_issued_total", "land"] == 3
    assert samples["hall_calls_total", "1"] == 2
    assert samples["hall_waiting", "land"] == 2
    assert samples["hall_waiting", "notary"] == 0
    assert samples["hall_counters", "open"] == 1
    assert samples["hall_refusals_total", "counter_closed"] == 1
    assert samples["hall_facts_total", "ticket.called"] == 1
    assert samples["hall_journal_unavailable", ""] == 0
    assert samples["hall_journal_milliseconds", ""] > 0
    assert "A001" not in (await hall.http.get("/metrics")).text


async def test_metrics_tell_a_journal_that_cannot_be_written(hall: WebHall) -> None:
    await hall.take()
    hall.disk.full = True
    await hall.http.post("/api/counters/1/open")
    samples = await measured(hall)
    assert samples["hall_journal_unavailable", ""] == 1
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
