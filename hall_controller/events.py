"""Facts told to the outside: as CloudEvents, and calls as sentences to be spoken.

Pure: a durable record and the hall after it in, payloads of the contract out; nothing is left out and nothing added.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from hall_controller.domain import codec
from hall_controller.domain import facts as f
from hall_controller.messages import Announcement, CloudEvent

if TYPE_CHECKING:
    from hall_controller.domain.hall import Hall
    from hall_controller.journal import Record

SPOKEN_WITHIN: Final = timedelta(seconds=20)
"""A call spoken later than this sends a visitor to a counter that has given up on them."""


def announcement(record: Record, hall: Hall) -> Announcement | None:
    """The call to be spoken, when the fact is a call."""
    match record.fact:
        case f.TicketCalled(ticket=ticket, counter=counter) | f.TicketResumed(ticket=ticket, counter=counter):
            call = 1
        case f.TicketRecalled(ticket=ticket, counter=counter, call=call):
            pass
        case _:
            return None
    known = hall.ticket(ticket)
    language = known.language if known else "vi"
    return Announcement(
        id=f"{hall.epoch}-{record.seq}",
        ticket=ticket,
        counter=counter,
        call=call,
        languages=["vi"] if language == "vi" else ["vi", language],
        expires=record.fact.at + SPOKEN_WITHIN,
        name=hall.catalogue.counters[counter].name,
    )


def cloud_event(record: Record, hall: Hall) -> CloudEvent:
    """The fact as a CloudEvents 1.0 event; `data` holds the fact's own fields."""
    fact = record.fact
    data = codec.data(fact)
    return CloudEvent(
        id=f"{hall.epoch}-{record.seq}",
        source=f"/qms/1/{hall.catalogue.hall}",
        type=fact.type,
        time=fact.at,
        sequence=str(record.seq),
        subject=data.get("ticket") or data.get("counter") or data.get("queue"),
        data=data if fact.time_trusted else {**data, "time_trusted": False},
    )
