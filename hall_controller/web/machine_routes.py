"""What machines ask the controller: alive, ready, how busy, and the contract with devices.

Numbers carry no ticket and no person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fastapi import APIRouter
from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.responses import Response

from hall_controller.domain import facts as f
from hall_controller.equipment.verdict import STATES
from hall_controller.web.bodies import Alive
from hall_controller.web.replies import answered, documented, no, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.metrics_core import Metric

    from hall_controller.controller import Controller, Told
    from hall_controller.equipment.devices import Devices


YAML: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "AsyncAPI 3.0", "content": {"application/yaml": {}}}
}


class MachineRoutes:
    """The routes /livez, /readyz, /metrics and /asyncapi.yaml."""

    def __init__(self, controller: Controller, asyncapi: str, devices: Devices | None = None) -> None:
        self._controller = controller
        self._asyncapi = asyncapi
        self._metrics = Metrics(controller, devices)

    def router(self) -> APIRouter:
        router = APIRouter(tags=["machines"])
        router.add_api_route("/livez", self.livez, response_model=Alive, summary="Does the process answer")
        router.add_api_route(
            "/readyz",
            self.readyz,
            response_model=Alive,
            responses=documented(503),
            summary="Does the hall take presses",
        )
        router.add_api_route(
            "/metrics",
            self.metrics,
            response_class=_PlainText,
            responses=documented(),
            summary="Prometheus metrics",
        )
        router.add_api_route(
            "/asyncapi.yaml",
            self.asyncapi,
            response_class=Response,
            responses={**documented(), **YAML},
            summary="The contract with devices",
        )
        return router

    async def livez(self) -> Response:
        return answered(Alive(status="alive"))

    async def readyz(self) -> Response:
        """Not ready while the journal cannot be written, or before a day is open."""
        if self._controller.unavailable_since is not None:
            return refused(no("journal_unavailable"))
        if self._controller.hall.day is None:
            return refused(no("not_ready"))
        return answered(Alive(status="ready"))

    async def metrics(self) -> Response:
        return _PlainText(self._metrics.text())

    async def asyncapi(self) -> Response:
        """Topics and payloads on MQTT."""
        return Response(self._asyncapi, media_type="application/yaml")


class _PlainText(Response):
    media_type = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts what is committed, and reads the rest when it is asked."""

    def __init__(self, controller: Controller, devices: Devices | None) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self._facts = Counter("hall_facts", "Facts written down", ["type"], registry=self._registry)
        self._issued = Counter("hall_tickets_issued", "Numbers given out", ["queue"], registry=self._registry)
        self._calls = Counter(
            "hall_calls", "Visitors called, recalls included", ["counter"], registry=self._registry
        )
        self._refusals = Counter(
            "hall_refusals", "Presses and requests that the rules refused", ["code"], registry=self._registry
        )
        self._registry.register(State(controller))
        if devices is not None:
            self._registry.register(Equipment(devices))
        controller.on_commit.append(self._count)

    def text(self) -> bytes:
        return generate_latest(self._registry)

    def _count(self, told: Told) -> None:
        for record in told.records:
            self._facts.labels(record.fact.type).inc()
            match record.fact:
                case f.TicketIssued(queue=queue):
                    self._issued.labels(queue).inc()
                case f.TicketCalled(counter=counter) | f.TicketRecalled(counter=counter):
                    self._calls.labels(counter).inc()
                case f.PressRefused(code=code):
                    self._refusals.labels(code).inc()
                case _:
                    pass


class State(Collector):
    """The state of the hall as gauges; queues are left out as long as nothing is known about them."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller

    def collect(self) -> Iterator[Metric]:
        controller, hall = self._controller, self._controller.hall
        yield _gauge(
            "hall_journal_unavailable",
            "1 while the journal cannot be written",
            controller.unavailable_since is not None,
        )
        yield _gauge("hall_outbox", "Commands that wait to be decided", controller.outbox)
        yield _gauge("hall_journal_rev", "Number of the last fact in the journal", controller.rev)
        if controller.journal_ms is not None:
            yield _gauge(
                "hall_journal_milliseconds", "Time of one durable write, smoothed", controller.journal_ms
            )
        if hall.day is None:
            return
        waiting = GaugeMetricFamily("hall_waiting", "Numbers that wait", labels=["queue"])
        for queue in hall.catalogue.queues:
            waiting.add_metric([queue], len(hall.queue(queue).waiting))
        yield waiting
        counters = GaugeMetricFamily("hall_counters", "Counters by status", labels=["status"])
        for status in ("open", "paused", "closed"):
            counters.add_metric(
                [status], sum(hall.desk(id_).status == status for id_ in hall.catalogue.counters)
            )
        yield counters


class Equipment(Collector):
    """Each device of the hall: 1 for the state in which it is, and since when."""

    def __init__(self, devices: Devices) -> None:
        self._devices = devices

    def collect(self) -> Iterator[Metric]:
        names = ["device", "type", "state"]
        states = GaugeMetricFamily("hall_device", "1 for the state in which a device is", labels=names)
        since = GaugeMetricFamily(
            "hall_device_since_seconds", "When that state began, in seconds since 1970", labels=["device"]
        )
        for id_, care in self._devices.roster.look().items():
            for state in STATES:
                states.add_metric([id_, care.device.type, state], float(care.verdict.state == state))
            since.add_metric([id_], care.since.timestamp())
        yield states
        yield since
        alerts = GaugeMetricFamily("hall_alert", "1 for each alert that holds", labels=["code", "severity"])
        for alert in self._devices.alerts():
            alerts.add_metric([alert.code, alert.severity], 1)
        yield alerts


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, what, value=value)
