"""How long a visitor will probably wait, with an honest range; says nothing rather than guess.

    work ahead = people ahead x mean time at a counter + what others of the same counters want of them first
    wait       = (work ahead + the rest of the visits under way) / counters open for the queue

The times are those that the queue's last numbers really kept a counter; while they are few, those of the days before
fill up, and the range says how much one day may differ from another. Pure; what is measured stands in `measuring`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean, median, pvariance
from typing import TYPE_CHECKING, Final

from hall_controller.domain.measuring import TIMES_REMEMBERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hall_controller.domain.catalogue import Counter
    from hall_controller.domain.hall import Hall
    from hall_controller.domain.state import Carried

FEWEST_SERVICES: Final = 5
OUTLIER: Final = 4.0
"""No visit counts for more than so many times the middle one: one forgotten key must not frighten a whole hall."""
ONE_IN_TEN: Final = 1.2816
"""So many standard deviations from the middle lies what one in ten normal values exceeds."""
UNSEEN: Final = 0.3
"""What no rule can know (pauses, classes, who goes home): a standard deviation, as a share of the wait."""


EARLIER_COUNTS: Final = 0.5
"""A visit of an earlier day counts so much of one of today, until the day has measured enough of its own."""
DAY_TO_DAY: Final = 0.25
"""By so much of the mean one day differs from another: a standard deviation."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds until the call: as likely more as less, and the range that eight of ten visitors fall into."""

    likely_s: int
    low_s: int
    high_s: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What a queue's last visits took of a counter's time, outliers capped: seconds and squared seconds."""

    mean_s: float
    variance: float
    number: float
    earlier: float = 0.0
    """The part of it that was measured on earlier days."""

    @property
    def unknown(self) -> float:
        """How far the true mean may lie from this one, as a variance."""
        return self.variance / self.number + (self.earlier * DAY_TO_DAY * self.mean_s) ** 2


def expected_wait_s(hall: Hall, queue: str, ahead: int) -> int | None:
    """Seconds until a visitor with `ahead` people before them is called; None when nothing reliable is known."""
    wait = expected_wait(hall, queue, ahead)
    return wait.likely_s if wait else None


def expected_wait(hall: Hall, queue: str, ahead: int) -> Wait | None:
    """The wait of a visitor with `ahead` people of the queue before them; None on thin data or with no counter open."""
    own = measured(hall, queue)
    counters = open_for(hall, queue)
    if own is None or not counters:
        return None
    idle = sum(hall.desk(counter.id).ticket is None for counter in counters)
    if ahead < idle and not any(hall.desk(counter.id).waiting for counter in counters):
        return Wait(0, 0, 0)
    others_s, others_variance = _work_of_others(hall, queue, counters, own)
    first_s = 0.0 if idle else (own.mean_s + own.variance / own.mean_s) / 2 if own.mean_s else 0.0
    share = 1 / len(counters)
    mean_s = (ahead * own.mean_s + others_s + first_s) * share
    variance = (ahead * own.variance + others_variance + first_s**2 * (idle == 0) / 3) * share**2
    unknown_mean = (ahead * share) ** 2 * own.unknown
    wide = variance + unknown_mean + (UNSEEN * mean_s) ** 2
    return Wait(
        likely_s=round(_quantile(mean_s, variance, 0.0)),
        low_s=round(_quantile(mean_s, wide, -ONE_IN_TEN)),
        high_s=round(_quantile(mean_s, wide, ONE_IN_TEN)),
    )


def service_time_s(hall: Hall, queue: str) -> float | None:
    """How long a visitor of the queue keeps a counter on average; None on thin data."""
    own = measured(hall, queue)
    return own.mean_s if own else None


def measured(hall: Hall, queue: str) -> Measured | None:
    """What the visits of a queue take: today's, filled up with those of earlier days; None on thin data."""
    before = hall.carried.get(queue)
    today = summary(hall.queue(queue).busy_s, before)
    if before is not None:
        fading = 1 - (today.number / TIMES_REMEMBERED if today else 0)
        weight = min(before.visits, TIMES_REMEMBERED) * EARLIER_COUNTS * fading
        earlier = Measured(before.mean_s, before.variance, weight, earlier=1.0)
        today = mixed(today, earlier) if today else earlier
    return today if today and today.number >= FEWEST_SERVICES else None


def summary(times_s: Sequence[float], before: Carried | None = None) -> Measured | None:
    """Mean and variance with outliers capped; None of nothing. Of few times the days before say what is usual."""
    if not times_s:
        return None
    usual_s = before.mean_s if before and len(times_s) < FEWEST_SERVICES else median(times_s)
    cap_s = OUTLIER * usual_s
    capped = [min(seconds, cap_s) for seconds in times_s] if cap_s else list(times_s)
    return Measured(fmean(capped), pvariance(capped), len(capped))


def mixed(one: Measured, other: Measured) -> Measured:
    """The two together, as if all had been measured at once."""
    number = one.number + other.number
    share = other.number / number
    mean_s = (1 - share) * one.mean_s + share * other.mean_s
    between = (1 - share) * (one.mean_s - mean_s) ** 2 + share * (other.mean_s - mean_s) ** 2
    variance = (1 - share) * one.variance + share * other.variance + between
    return Measured(mean_s, variance, number, (1 - share) * one.earlier + share * other.earlier)


def open_for(hall: Hall, queue: str) -> list[Counter]:
    """The counters that are open now and call from the queue."""
    known = hall.catalogue.counters
    working = (known.get(id_) for id_, desk in hall.desks.items() if desk.status == "open")
    return [counter for counter in working if counter is not None and queue in counter.queues]


def _work_of_others(hall: Hall, queue: str, counters: list[Counter], own: Measured) -> tuple[float, float]:
    """Seconds (and their variance) that these counters owe to those sent to them, and to other queues they share.

    Of another queue's work falls on them the part of its open counters that they are; where the work profile puts it
    behind this queue, nothing.
    """
    sent = sum(len(hall.desk(counter.id).waiting) for counter in counters)
    work_s, variance = sent * own.mean_s, sent * own.variance
    others = {other for counter in counters for other in counter.queues if hall.queue(other).waiting}
    for other in others - {queue}:
        sharing = sum(_not_behind(counter, other, queue) for counter in counters)
        if sharing:
            people = len(hall.queue(other).waiting) * sharing / len(open_for(hall, other))
            theirs = measured(hall, other) or own
            work_s += people * theirs.mean_s
            variance += people * theirs.variance
    return work_s, variance


def _not_behind(counter: Counter, other: str, queue: str) -> bool:
    """Whether the counter calls from the other queue no later than from this one."""
    steps = [step.queues for step in counter.steps]
    place = {name: n for n, queues in reversed(list(enumerate(steps))) for name in queues}
    return other in place and place[other] <= place.get(queue, len(steps))


def _quantile(mean: float, variance: float, deviations: float) -> float:
    """A quantile of the gamma distribution with this mean and variance.

    Wilson and Hilferty, The Distribution of Chi-Square, Proceedings of the National Academy of Sciences 17 (1931).
    """
    if mean <= 0 or variance <= 0:
        return max(mean, 0.0)
    ninth = variance / (9 * mean**2)
    root = max(1 - ninth + deviations * math.sqrt(ninth), 0.0)
    return mean * root * root * root
