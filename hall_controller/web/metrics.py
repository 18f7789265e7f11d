"""What Prometheus is told of the hall: counters of what is committed, and the state at the moment of asking.

    a commit -> Metrics counts        GET /metrics -> State looks at the hall and at its devices

Names and labels are relied on by dashboards: add, never rename. Labels are queues, counters, devices, codes and routes;
never a ticket, an officer or a score.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from hall_controller.domain import facts as f
from hall_controller.equipment.verdict import STATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.metrics_core import Metric

    from hall_controller.controller import Controller, Told
    from hall_controller.domain.commands import Now
    from hall_controller.domain.hall import Hall
    from hall_controller.equipment.devices import Devices

WAITS_S: Final = (60, 300, 600, 900, 1800, 2700, 3600, 5400)
"""15 and 30 minutes, the national targets, are borders: shares over them are exact."""
WRITES_S: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2)
ANSWERS_S: Final = (0.005, 0.02, 0.05, 0.1, 0.3, 1, 5)


class Metrics:
    """Counts what is committed, and reads the rest when it is asked."""

    def __init__(self, controller: Controller, devices: Devices | None, version: str) -> None:
        all_ = self._registry = CollectorRegistry(auto_describe=False)
        self._facts = Counter("hall_facts", "Facts written down", ["type"], registry=all_)
        self._issued = Counter("hall_tickets_issued", "Numbers given out", ["queue"], registry=all_)
        self._slips = Counter("hall_slips", "Slips given in place of numbers", ["service"], registry=all_)
        self._calls = Counter("hall_calls", "Visitors called, recalls included", ["counter"], registry=all_)
        self._served = Counter("hall_served", "Visits completed", ["counter"], registry=all_)
        self._missed = Counter("hall_missed", "Called visitors who did not come", ["counter"], registry=all_)
        self._refusals = Counter(
            "hall_refusals", "Presses and requests that the rules refused", ["code"], registry=all_
        )
        self._rated = Counter("hall_ratings", "Ratings given, whatever they say", ["stage"], registry=all_)
        self._papers = Counter("hall_papers", "Tickets printed or not", ["printer", "outcome"], registry=all_)
        self._waits = Histogram(
            "hall_wait_seconds", "Wait until the call", ["queue"], buckets=WAITS_S, registry=all_
        )
        self._writes = Histogram(
            "hall_journal_write_seconds",
            "A durable write of the journal, its fsync included",
            buckets=WRITES_S,
            registry=all_,
        )
        self._answers = Histogram(
            "hall_http_answer_seconds",
            "From a request until its answer begins",
            ["method", "route", "status"],
            buckets=ANSWERS_S,
            registry=all_,
        )
        Gauge("hall_info", "1; the label tells the version", ["version"], registry=all_).labels(version).set(
            1
        )
        ProcessCollector(registry=all_)
        all_.register(State(controller))
        if devices is not None:
            all_.register(Equipment(devices))
        controller.on_commit.append(self._count)

    def text(self) -> bytes:
        return generate_latest(self._registry)

    def answered(self, method: str, route: str, status: int, took_s: float) -> None:
        """A request of that route was answered."""
        self._answers.labels(method, route, f"{status // 100}xx").observe(took_s)

    def _count(self, told: Told) -> None:
        self._writes.observe(told.written_ms / 1000)
        for record in told.records:
            self._facts.labels(record.fact.type).inc()
            self._count_fact(record.fact)

    def _count_fact(self, fact: f.Fact) -> None:  # noqa: C901, PLR0912 - one case a fact
        match fact:
            case f.TicketIssued(queue=queue):
                self._issued.labels(queue).inc()
            case f.SlipIssued(service=service):
                self._slips.labels(service).inc()
            case f.TicketCalled(counter=counter):
                self._calls.labels(counter).inc()
                if fact.waited_s is not None:
                    self._waits.labels(fact.queue).observe(fact.waited_s)
            case f.TicketRecalled(counter=counter):
                self._calls.labels(counter).inc()
            case f.TicketCompleted(counter=counter):
                self._served.labels(counter).inc()
            case f.TicketMissed(counter=counter):
                self._missed.labels(counter).inc()
            case f.PressRefused(code=code):
                self._refusals.labels(code).inc()
            case f.TicketRated(stage=stage):
                self._rated.labels(stage).inc()
            case f.TicketPrinted(printer=printer):
                self._papers.labels(printer, "printed").inc()
            case f.PrintFailed(printer=printer):
                self._papers.labels(printer, "failed").inc()
            case f.PrintUnknown(printer=printer):
                self._papers.labels(printer, "unknown").inc()
            case _:
                pass


class State(Collector):
    """The state of the hall as gauges; queues are left out as long as nothing is known about them."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller

    def collect(self) -> Iterator[Metric]:
        controller = self._controller
        away = controller.unavailable_since is not None
        yield _gauge("hall_journal_unavailable", "1 while the journal cannot be written", away)
        yield _gauge("hall_outbox", "Commands that wait to be decided", controller.outbox)
        yield _gauge("hall_journal_rev", "Number of the last fact in the journal", controller.rev)
        if controller.journal_ms is not None:
            yield _gauge(
                "hall_journal_milliseconds", "Time of one durable write, smoothed", controller.journal_ms
            )
        now = controller.clock.now()
        yield _gauge("hall_time_trusted", "1 while the hall's clock can be believed", now.trusted)
        if controller.hall.day is not None:
            yield from _queues(controller.hall, now)
            yield _counters(controller.hall)


def _queues(hall: Hall, now: Now) -> Iterator[Metric]:
    waiting = GaugeMetricFamily("hall_waiting", "Numbers that wait", labels=["queue"])
    oldest = GaugeMetricFamily("hall_oldest_wait_seconds", "The longest wait of now", labels=["queue"])
    opened = GaugeMetricFamily("hall_queue_open", "1 while numbers are given out", labels=["queue"])
    for queue in hall.catalogue.queues:
        line = hall.queue(queue)
        tickets = [ticket for number in line.waiting if (ticket := hall.ticket(number))]
        since = min((ticket.waits_since for ticket in tickets), default=now.at)
        waiting.add_metric([queue], len(line.waiting))
        oldest.add_metric([queue], max(0.0, (now.at - since).total_seconds()))
        opened.add_metric([queue], line.open)
    yield from (waiting, oldest, opened)


def _counters(hall: Hall) -> Metric:
    counters = GaugeMetricFamily("hall_counters", "Counters by status", labels=["status"])
    for status in ("open", "paused", "closed"):
        counters.add_metric([status], sum(hall.desk(id_).status == status for id_ in hall.catalogue.counters))
    return counters


class Equipment(Collector):
    """Each device of the hall: 1 for the state in which it is, and since when; and the alerts that hold."""

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
        alerts = GaugeMetricFamily("hall_alert", "1 for each alert that holds", labels=["code", "severity"])
        for alert in self._devices.alerts():
            alerts.add_metric([alert.code, alert.severity], 1)
        yield from (states, since, alerts)


def _gauge(name: str, what: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, what, value=value)
