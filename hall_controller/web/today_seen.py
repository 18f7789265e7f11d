"""Fills what the manager's page is told: the day's figures, with the names and the state that the hall has now.

How anything is counted stands in `reports.today`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from hall_controller.messages import Text
from hall_controller.reports.today import ALL
from hall_controller.web.today_bodies import AlertToday, CounterToday, FieldToday, StageToday, TodaySeen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hall_controller.controller import Controller
    from hall_controller.domain.catalogue import Text as DomainText
    from hall_controller.domain.commands import Now
    from hall_controller.domain.hall import Hall
    from hall_controller.equipment.care import AlertCare
    from hall_controller.reports.today import Today

WHOLE: Final = Text(vi="Cả trung tâm", en="The whole hall")
OTHER: Final = Text(vi="Khác", en="Other")


def today_seen(
    controller: Controller, today: Today, rev: int, alerts: Iterable[AlertCare]
) -> TodaySeen | None:
    """None as long as no day is open."""
    hall, now = controller.hall, controller.clock.now()
    if hall.day is None:
        return None
    of_queue = _by_queue(hall, today)
    fields = [_field(hall, now, today, of_queue, queue) for queue in hall.catalogue.queues]
    return TodaySeen(
        rev=rev,
        day=hall.day,
        time=now.at,
        local=now.at.astimezone(hall.catalogue.timezone).isoformat(timespec="milliseconds"),
        time_trusted=now.trusted,
        unavailable_since=controller.unavailable_since.at if controller.unavailable_since else None,
        training=controller.clock.training,
        slips=today.slips(),
        hall=_whole(today, of_queue, fields),
        fields=[field for field in fields if field.open or field.issued or field.called],
        counters=_counters(hall, now, today),
        stages=_stages(hall, today),
        alerts=[
            AlertToday(severity=alert.severity, code=alert.code, text=alert.text, since=alert.since)
            for alert in alerts
        ],
    )


def name(text: DomainText) -> Text:
    """The name as the contract writes it."""
    return Text(vi=text.vi, en=text.en)


def _by_queue(hall: Hall, today: Today) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for (service, what), count in today.by_service().items():
        known = hall.catalogue.services.get(service)
        found[known.queue if known else "", what] += count
        found[ALL, what] += count if known else 0
    return found


def _field(hall: Hall, now: Now, today: Today, of_queue: Counter[tuple[str, str]], queue: str) -> FieldToday:
    line, waits = hall.queue(queue), today.waits(queue)
    since = [ticket.waits_since for number in line.waiting if (ticket := hall.ticket(number))]
    oldest_s = (now.at - min(since)).total_seconds() if since else None
    return FieldToday(
        queue=queue,
        name=name(hall.catalogue.queues[queue].name),
        open=line.open,
        waiting=len(line.waiting),
        oldest_wait_min=None if oldest_s is None else max(0, int(oldest_s // 60)),
        issued=of_queue[queue, "issued"],
        served=of_queue[queue, "served"],
        missed=of_queue[queue, "no_show"],
        called=waits.called,
        wait_p50_min=waits.p50,
        wait_p90_min=waits.p90,
        share_over_15=waits.over_15,
        share_over_30=waits.over_30,
        late=bool(line.late),
    )


def _whole(today: Today, of_queue: Counter[tuple[str, str]], fields: list[FieldToday]) -> FieldToday:
    waits = today.waits()
    oldest = [field.oldest_wait_min for field in fields if field.oldest_wait_min is not None]
    return FieldToday(
        queue=None,
        name=WHOLE,
        open=any(field.open for field in fields),
        waiting=sum(field.waiting for field in fields),
        oldest_wait_min=max(oldest, default=None),
        issued=of_queue[ALL, "issued"],
        served=of_queue[ALL, "served"],
        missed=of_queue[ALL, "no_show"],
        called=waits.called,
        wait_p50_min=waits.p50,
        wait_p90_min=waits.p90,
        share_over_15=waits.over_15,
        share_over_30=waits.over_30,
        late=any(field.late for field in fields),
    )


def _counters(hall: Hall, now: Now, today: Today) -> list[CounterToday]:
    busy = {
        id_: desk.called_at for id_, desk in hall.desks.items() if desk.ticket and desk.called_at is not None
    }
    work = today.counters(now.at, busy)
    seen = []
    for id_, counter in hall.catalogue.counters.items():
        desk, done = hall.desk(id_), work.get(id_)
        seen.append(
            CounterToday(
                counter=id_,
                name=counter.name,
                state=desk.status,
                since=desk.since,
                serving=desk.ticket is not None,
                served=done.served if done else 0,
                missed=done.missed if done else 0,
                load=done.load if done else None,
            )
        )
    return seen


def _stages(hall: Hall, today: Today) -> list[StageToday]:
    return [
        StageToday(
            stage=id_,
            name=name(hall.catalogue.purposes[id_]) if id_ in hall.catalogue.purposes else OTHER,
            visits=stage.visits,
            answered=stage.answered,
            response=stage.response,
            released=stage.released,
            satisfied=stage.satisfied,
            low=stage.satisfied_95.low if stage.satisfied_95 else None,
            high=stage.satisfied_95.high if stage.satisfied_95 else None,
        )
        for id_, stage in today.stages().items()
    ]
