"""What the hall offers at a moment: hall and time in, the kiosk's answers out; pure.

Only what is valid on that day; a closed service stays, with the next time it opens.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal

from hall_controller.domain.dispenser import on_guard
from hall_controller.domain.estimate import expected_wait
from hall_controller.domain.opening import is_open, next_opening
from hall_controller.domain.refusals import WEEKDAYS_EN, WEEKDAYS_VI
from hall_controller.messages import Text
from hall_controller.web.bodies import (
    AgencyOffered,
    CounterOffered,
    Offer,
    PriorityOffered,
    PurposeOffered,
    ServiceOffered,
)

if TYPE_CHECKING:
    from hall_controller.domain import catalogue as c
    from hall_controller.domain.commands import Now
    from hall_controller.domain.hall import Hall

Printer = Literal["none", "ready", "out"]
LANGUAGES: Final = ("vi", "en")
A_WEEK: Final = timedelta(days=6)
"""So long a weekday alone says which day is meant."""


def offer(hall: Hall, now: Now, *, printer: Printer = "none", dossiers: bool = False) -> Offer:
    """Everything that a kiosk shows at that moment; nothing is closed by a clock that cannot be believed."""
    catalogue, local = hall.catalogue, now.at.astimezone(hall.catalogue.timezone)
    today = local.date()
    services = [service for service in catalogue.services.values() if service.valid.on(today)]
    present = {service.agency for service in services}
    wanted = {purpose for service in services for purpose in service.purposes}
    return Offer.model_construct(
        hall=_text(catalogue.name),
        agencies=[
            AgencyOffered.model_construct(id=agency.id, name=_text(agency.name))
            for agency in catalogue.agencies.values()
            if agency.id in present and agency.valid.on(today)
        ],
        purposes=[
            PurposeOffered.model_construct(id=id_, name=_text(name))
            for id_, name in catalogue.purposes.items()
            if id_ in wanted
        ],
        priorities=[
            PriorityOffered.model_construct(id=p.id, name=_text(p.name), basis=p.basis)
            for p in catalogue.priorities.values()
        ],
        services=[_service(hall, service, now) for service in services],
        counters=[
            CounterOffered.model_construct(
                id=counter.id, name=counter.name, queues=list(counter.queues), transfer_to=counter.transfer_to
            )
            for counter in catalogue.counters.values()
            if counter.valid.on(today)
        ],
        rating_levels=catalogue.rating.levels,
        languages=list(LANGUAGES),
        guarded=on_guard(hall),
        printer=printer,
        dossiers=dossiers,
    )


def opens(opening: datetime, now: datetime) -> Text:
    """When something opens again, both in the hall's own time.

    >>> opens(datetime(2022, 3, 2, 7, 30), datetime(2022, 3, 1, 18, 0)).vi
    'Mở lại Thứ Tư lúc 07:30'
    """
    clock = f"{opening:%H:%M}"
    if opening.date() == now.date():
        return Text(vi=f"Mở lại lúc {clock}", en=f"Opens at {clock}")
    vi, en = WEEKDAYS_VI[opening.weekday()], WEEKDAYS_EN[opening.weekday()]
    if opening.date() - now.date() <= A_WEEK:
        return Text(vi=f"Mở lại {vi} lúc {clock}", en=f"Opens on {en} at {clock}")
    day = f"{opening:%d/%m/%Y}"
    return Text(vi=f"Mở lại {vi}, {day} lúc {clock}", en=f"Opens on {en}, {day} at {clock}")


def _service(hall: Hall, service: c.Service, now: Now) -> ServiceOffered:
    catalogue, waiting = hall.catalogue, len(hall.queue(service.queue).waiting)
    is_open_now = not now.trusted or is_open(catalogue, service, now.at)
    opening = None if is_open_now else next_opening(catalogue, service, now.at)
    wait = expected_wait(hall, service.queue, waiting)
    return ServiceOffered.model_construct(
        id=service.id,
        agency=service.agency,
        queue=service.queue,
        name=_text(service.name),
        purposes=list(service.purposes),
        open=is_open_now,
        next_opening=opening,
        opens=opens(opening, now.at.astimezone(catalogue.timezone)) if opening else None,
        online_only=service.online_only,
        portal=service.portal,
        waiting=waiting,
        estimated_wait_s=wait.likely_s if wait else None,
        wait_low_s=wait.low_s if wait else None,
        wait_high_s=wait.high_s if wait else None,
    )


def _text(text: c.Text) -> Text:
    return Text(vi=text.vi, en=text.en)
