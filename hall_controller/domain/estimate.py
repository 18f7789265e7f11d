"""How long a visitor will probably wait; says nothing rather than guess.

Mean of the queue's last service times, times the people ahead, divided by the counters open for the queue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hall_controller.domain.hall import Hall

FEWEST_SERVICES: Final = 5


def expected_wait_s(hall: Hall, queue: str, ahead: int) -> int | None:
    """Seconds until a visitor with `ahead` people before them is called; None when nothing reliable is known."""
    measured = hall.queue(queue).service_s
    counters = counters_open_for(hall, queue)
    if len(measured) < FEWEST_SERVICES or not counters:
        return None
    mean_s = sum(measured) / len(measured)
    return round(ahead * mean_s / counters)


def counters_open_for(hall: Hall, queue: str) -> int:
    """How many counters are open now that call from the queue."""
    serving = (c.id for c in hall.catalogue.counters.values() if queue in c.queues)
    return sum(hall.desk(counter).status == "open" for counter in serving)
