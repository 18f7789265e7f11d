"""Recorded days beside their replays, as they were and changed: what was measured, what is expected, how sure it is.

With the very times that were recorded, the replay of the days as they were must come to what was measured; whether it
does is part of the answer. With drawn times it comes to what such days bring; an interval holds nine of ten replays.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING, Final, NamedTuple

from hall_controller.errors import HallError
from hall_controller.reports import waiting_line
from hall_controller.simulation.shifts import hours
from hall_controller.whatif.measures import MINUTE_MS, NAMES, Waits, means_of, nearest_rank
from hall_controller.whatif.replay import Record, record, replay, visitors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.whatif.change import Change
    from hall_controller.whatif.recorded import RecordedDay

HOUR_MS: Final = 60 * MINUTE_MS
CLOSE_SHARE: Final = 0.2
CLOSE_MIN: Final = 2.0
"""A replay that is off by less than one of these comes to what was measured."""


class Span(NamedTuple):
    """A value with what nine of ten replays came to."""

    middle: float
    low: float
    high: float


class Replayed(NamedTuple):
    """One seed: the figures as the days were and changed, and the mean waits of the half hours."""

    before: dict[str, float]
    after: dict[str, float]
    means_before: dict[int, float]
    means_after: dict[int, float]


class Formula(NamedTuple):
    """A hall in a steady state, by Erlang C; the wait is None where the line only grows."""

    counters: int
    load: float
    mean_wait_min: float | None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the days, the hall as it was and changed, both without what does not matter to the queues."""

    before: Catalogue
    after: Catalogue
    change: Change
    days: tuple[RecordedDay, ...]
    seeds: int

    @property
    def halls(self) -> tuple[Catalogue, Catalogue]:
        return self.before, self.after


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it."""

    question: Question
    visitors: int
    gave_up: int
    per_hour: float
    service_min: float
    measured: dict[str, float]
    own: dict[str, float]
    """Replayed as they were, each visitor with the very time that was recorded."""
    before: dict[str, Span]
    after: dict[str, Span]
    gained: dict[str, Span]
    """Before less after, of the same seed."""
    means_measured: dict[int, float]
    means_before: dict[int, float]
    means_after: dict[int, float]
    formula_before: Formula
    formula_after: Formula

    @property
    def calibrated(self) -> bool:
        """Whether the replay with the recorded times comes to what was measured: median, nine in ten, and mean."""
        return all(_near(self.measured[name], self.own[name]) for name in ("p50", "p90", "mean"))

    @property
    def usual(self) -> bool:
        """Whether the mean wait that was measured is one that the replays with drawn times come to as well."""
        span = self.before["mean"]
        return span.low <= self.measured["mean"] <= span.high


def seeded(question: Question, known: Record, seed: int) -> Replayed:
    """One replay of all days, before and after; the same seed gives the same again."""
    before, after = Waits(), Waits()
    queues = question.change.queues
    for day in question.days:
        before.add(replay(known, day, (question.before, question.before), seed), question.before, queues)
        after.add(replay(known, day, question.halls, seed), question.after, queues)
    return Replayed(before.figures(), after.figures(), before.means(), after.means())


def answer(question: Question, known: Record, results: Sequence[Replayed]) -> Answer:
    """What the replays came to; raises HallError when there was nobody to replay."""
    measured, own, queues = Waits(), Waits(), question.change.queues
    for day in question.days:
        measured.add(day, question.before, queues)
        own.add(replay(known, day, (question.before, question.before), None), question.before, queues)
    come = [v for day in question.days for v in visitors(day, question.before)]
    gave_up = sum(v.gave_up and v.queue in queues for day in question.days for v in day.visitors.values())
    per_hour = len(come) * HOUR_MS / _open_ms(question)
    service_min = fmean(known.pool.all) / MINUTE_MS
    return Answer(
        question,
        len(measured.all),
        gave_up,
        per_hour,
        service_min,
        measured.figures(),
        own.figures(),
        _spans(results, lambda one, name: one.before[name]),
        _spans(results, lambda one, name: one.after[name]),
        _spans(results, lambda one, name: one.before[name] - one.after[name]),
        measured.means(),
        means_of(one.means_before for one in results),
        means_of(one.means_after for one in results),
        _formula(per_hour, service_min, len(question.before.counters)),
        _formula(per_hour, service_min, len(question.after.counters)),
    )


def prepared(question: Question) -> Record:
    """What the replays draw from; raises HallError when the days hold too little."""
    known = record(question.days, question.before)
    if not known.pool.all:
        queues = ", ".join(question.change.queues)
        raise HallError(f"nobody was served for {queues} on these days: name other days or another queue")
    return known


def _near(told: float, replayed: float) -> bool:
    return abs(told - replayed) <= max(CLOSE_MIN, CLOSE_SHARE * told)


def _spans(results: Sequence[Replayed], value: Callable[[Replayed, str], float]) -> dict[str, Span]:
    found = {}
    for name in NAMES:
        values = sorted(value(one, name) for one in results)
        found[name] = Span(median(values), nearest_rank(values, 0.05), nearest_rank(values, 0.95))
    return found


def _formula(per_hour: float, service_min: float, counters: int) -> Formula:
    load = waiting_line.load(per_hour, service_min, counters)
    return Formula(counters, load, waiting_line.mean_wait_min(per_hour, service_min, counters))


def _open_ms(question: Question) -> int:
    """How long the queues were open on days with visitors."""
    queues = tuple(question.before.queues)
    spans = (span for day in question.days for span in hours(question.before, day.day, queues))
    return sum(end_ms - start_ms for start_ms, end_ms in spans) or 1
