"""What Prometheus is told: every happening is counted once, under names that hold no visitor and no officer."""

from __future__ import annotations

import re

import pytest

from tests.hall_controller.web.busy_hall import busy, families, measured
from tests.hall_controller.web.hall_on_the_web import WebHall


async def test_every_happening_of_a_busy_hall_is_counted(hall: WebHall) -> None:
    await busy(hall)
    told = await measured(hall)
    assert told["hall_tickets_issued_total", "land"] == 3
    assert told["hall_slips_total", "business"] == 1
    assert told["hall_calls_total", "1"] == 3
    assert told["hall_served_total", "1"] == 1
    assert told["hall_missed_total", "1"] == 1
    assert told["hall_ratings_total", "submit"] == 1
    assert told["hall_refusals_total", "counter_closed"] == 1
    for outcome in ("printed", "failed", "unknown"):
        assert told["hall_papers_total", outcome, "printer-1"] == 1
    assert told["hall_wait_seconds_count", "land"] == 2
    assert told["hall_wait_seconds_bucket", "900.0", "land"] == 2
    assert told["hall_facts_total", "ticket.called"] == 2


async def test_the_state_of_now_is_told_with_its_devices_and_alerts(hall: WebHall) -> None:
    await busy(hall)
    told = await measured(hall)
    assert told["hall_waiting", "land"] == 1
    assert 0 <= told["hall_oldest_wait_seconds", "land"] < 60
    assert told["hall_oldest_wait_seconds", "notary"] == 0
    assert told["hall_queue_open", "land"] == 1
    assert (told["hall_counters", "open"], told["hall_counters", "closed"]) == (1, 3)
    assert told["hall_device", "pad-1", "lost", "call-pad"] == 1
    assert told["hall_device", "pad-1", "ready", "call-pad"] == 0
    assert told["hall_device_since_seconds", "pad-1"] == pytest.approx(
        hall.controller.clock.now().at.timestamp(), abs=60
    )
    assert told["hall_alert", "broker-away", "critical"] == 1
    assert told["hall_info", "test"] == 1
    assert told["process_resident_memory_bytes",] > 0
    hall.health.end_alert("broker-away")
    assert ("hall_alert", "broker-away", "critical") not in await measured(hall)


async def test_every_write_and_every_answer_is_timed(hall: WebHall) -> None:
    await busy(hall)
    await hall.http.get("/api/counters/../../etc/passwd")
    await hall.client("203.0.113.9").get("/kiosk")
    told = await measured(hall)
    commits = told["hall_journal_write_seconds_count",]
    assert 0 < commits <= hall.controller.rev
    assert told["hall_journal_write_seconds_sum",] > 0
    assert told["hall_http_answer_seconds_count", "POST", "/api/tickets", "2xx"] == 3
    assert told["hall_http_answer_seconds_count", "POST", "/api/counters/{counter}/{key}", "4xx"] == 1
    assert told["hall_http_answer_seconds_count", "GET", "other", "4xx"] == 2, (
        "made-up addresses are one route"
    )


async def test_no_ticket_no_code_and_no_person_is_in_the_metrics(hall: WebHall) -> None:
    given = await hall.take()
    await busy(hall)
    text = (await hall.http.get("/metrics")).text
    assert given["number"] not in text
    assert given["code"] not in text
    assert "lan" not in re.findall(r'"([^"]*)"', text)


@pytest.mark.parametrize("part", ["name", "documentation"])
async def test_every_metric_of_the_hall_says_what_it_is(hall: WebHall, part: str) -> None:
    await busy(hall)
    for family in await families(hall):
        assert getattr(family, part), family
        assert family.name.startswith(("hall_", "process_"))
