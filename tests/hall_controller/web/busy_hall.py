"""A hall in which everything that a metric counts has happened, and /metrics read as Prometheus reads it.

Belongs here: the happenings. Never here: what a test expects of them.
"""

from __future__ import annotations

from typing import Literal

from prometheus_client.metrics_core import Metric
from prometheus_client.parser import text_string_to_metric_families

from hall_controller.domain.commands import RecordPrint
from hall_controller.messages import Text
from tests.hall_controller.web.hall_on_the_web import WebHall

OUTCOMES: tuple[Literal["printed", "failed", "unknown"], ...] = ("printed", "failed", "unknown")


async def busy(hall: WebHall) -> None:
    """Somebody is served and rates, somebody does not come, somebody waits; machines have trouble."""
    for outcome in OUTCOMES:
        number = (await hall.take())["number"]
        await hall.controller.submit(RecordPrint(number, "printer-1", outcome))
    await hall.http.post("/api/slips", json={"service": "business"})
    await hall.http.post("/api/counters/2/next", json={"request_id": "too-early"})
    await hall.press("1", "open")
    for key in ("next", "recall", "complete"):
        await hall.press("1", key)
    await hall.http.post("/api/counters/1/ratings", json={"score": 5})
    for key in ("next", "miss"):
        await hall.press("1", key)
    hall.health.device_is("pad-1", "lost")
    hall.health.device_is("printer-1", "ready")
    hall.health.raise_alert("broker-away", "critical", Text(vi="Mất kết nối.", en="The broker is away."))


async def families(hall: WebHall) -> list[Metric]:
    """What /metrics tells."""
    answer = await hall.http.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    return list(text_string_to_metric_families(answer.text))


async def measured(hall: WebHall) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels in the order of their names."""
    return {
        (sample.name, *(sample.labels[label] for label in sorted(sample.labels))): sample.value
        for family in await families(hall)
        for sample in family.samples
    }
