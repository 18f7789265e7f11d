"""What a new day takes over from the days before: how long the visits of each queue took.

Otherwise nothing could be told of waiting until five visits are over, each morning anew. A queue's days are folded into
one mean, one deviation and one weight, so what is carried never grows. Pure.
"""

from __future__ import annotations

from datetime import timedelta
from math import sqrt
from typing import TYPE_CHECKING, Final

from hall_controller.domain.estimate import Measured, mixed, summary
from hall_controller.domain.parts import changed
from hall_controller.domain.state import Carried
from hall_controller.domain.wait_facts import ServiceTimesCarried

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hall_controller.domain.commands import Now
    from hall_controller.domain.state import Hall

LESS_EACH_DAY: Final = 0.5
"""A visit of the day before counts half as much as one of today, and so on back."""
FORGOTTEN_AFTER: Final = timedelta(days=30)
"""A queue from which nobody was called for so long is not known any more; a hall is closed for eleven days at most."""


def taken_over(hall: Hall, now: Now) -> Iterator[ServiceTimesCarried]:
    """At the end of a day: what the next one begins with."""
    for queue in hall.catalogue.queues:
        before = hall.carried.get(queue)
        today = summary(hall.queue(queue).busy_s, before)
        if today is not None and hall.day is not None:
            earlier = _weighed(before, LESS_EACH_DAY) if before else None
            both = mixed(today, earlier) if earlier else today
            yield _fact(now, queue, Carried(both.mean_s, both.variance, both.number, hall.day))
        elif before and hall.day and hall.day - before.last_day <= FORGOTTEN_AFTER:
            yield _fact(now, queue, before)


def carried(hall: Hall, fact: ServiceTimesCarried) -> Hall:
    """The new day knows how long visits took."""
    known = Carried(fact.mean_s, fact.deviation_s**2, fact.visits, fact.last_day)
    return changed(hall, carried={**hall.carried, fact.queue: known})


def _weighed(before: Carried, share: float) -> Measured:
    return Measured(before.mean_s, before.variance, before.visits * share)


def _fact(now: Now, queue: str, known: Carried) -> ServiceTimesCarried:
    return ServiceTimesCarried(
        *now,
        queue=queue,
        mean_s=round(known.mean_s, 1),
        deviation_s=round(sqrt(known.variance), 1),
        visits=round(known.visits, 2),
        last_day=known.last_day,
    )
