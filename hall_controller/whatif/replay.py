"""A recorded day played again through the real rules: the same arrivals, times at the counter drawn from the record.

Before and after a change the same visitor draws the same time, so that what differs is the change. People who came
while the field would be closed come when it opens next on that day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import fmean
from typing import TYPE_CHECKING, Final

from hall_controller.simulation.chance import Chance
from hall_controller.simulation.day import Day
from hall_controller.simulation.habits import Habits, Officers
from hall_controller.simulation.shifts import hours
from hall_controller.simulation.virtual_hall import VirtualHall
from hall_controller.simulation.visits import Visit
from hall_controller.whatif.presence import overtime_ms, shifts
from hall_controller.whatif.recorded import RecordedDay, Visitor, recorded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hall_controller.domain.catalogue import Catalogue

ENOUGH: Final = 30
"""Recorded times of a field and purpose; with fewer, those of the field, and with fewer, of all fields together."""
USUAL_MISS_MS: Final = 90_000
USUAL_NOTICE_MS: Final = 4_000


@dataclass(slots=True)
class Pool:
    """Times that visitors kept a counter, in milliseconds."""

    by_purpose: defaultdict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    by_service: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    all: list[int] = field(default_factory=list)

    def add(self, visitor: Visitor) -> None:
        turn_ms = visitor.part_ms
        if turn_ms:
            self.by_purpose[visitor.service, visitor.purpose].append(turn_ms)
            self.by_service[visitor.service].append(turn_ms)
            self.all.append(turn_ms)

    def draw(self, service: str, purpose: str, chance: Chance) -> int:
        """One of them, each as likely."""
        for times in (self.by_purpose[service, purpose], self.by_service[service]):
            if len(times) >= ENOUGH:
                return chance.choice(times)
        return chance.choice(self.all)


@dataclass(frozen=True, slots=True)
class Record:
    """All that is known of the recorded days, for as many replays as one likes."""

    days: tuple[RecordedDay, ...]
    pool: Pool
    habits: Habits
    overtime_ms: int


def record(days: Sequence[RecordedDay], before: Catalogue) -> Record:
    """What the replays draw from; only visitors of the queues of that hall count."""
    pool = Pool()
    for day in days:
        for visitor in visitors(day, before):
            pool.add(visitor)
    misses_ms = [ms for day in days for ms in day.misses_ms]
    notices_ms = [ms for day in days for ms in day.notices_ms]
    calls = max(1, before.calls.calls_before_miss)
    miss_s = (fmean(misses_ms) if misses_ms else USUAL_MISS_MS) / 1000 / calls
    notice_s = (fmean(notices_ms) if notices_ms else USUAL_NOTICE_MS) / 1000
    officers = Officers(
        notice_s=(notice_s, notice_s),
        help_s=(notice_s, notice_s),
        between_s=(0.0, 0.0),  # is part of the time at the counter
        complete_key=1.0,
        recall_after_s=(miss_s, miss_s),
        calls=calls,
    )
    return Record(tuple(days), pool, Habits(officers=officers), overtime_ms(days, before))


def visitors(day: RecordedDay, hall: Catalogue) -> list[Visitor]:
    """The visitors of the day who are replayed: of the hall's queues, but for those who gave up before any call."""
    return [
        v
        for v in day.visitors.values()
        if v.queue in hall.queues and v.service in hall.services and not v.gave_up
    ]


def replay(
    known: Record, day: RecordedDay, halls: tuple[Catalogue, Catalogue], seed: int | None
) -> RecordedDay:
    """The day in the second hall of the two, as it would have been recorded.

    Without a seed each visitor needs the time that was recorded, which shows whether the replay is like the day.
    """
    before, after = halls
    virtual = VirtualHall(after)
    come = []
    for place, visitor in enumerate(visitors(day, before)):
        at_ms = _when_open(day, visitor, after)
        if at_ms is not None:
            drawn_ms = known.pool.draw(
                visitor.service, visitor.purpose, Chance(seed, day.day, "visitor", place)
            )
            own_ms = visitor.part_ms if seed is None else None
            come.append(_visit(visitor, after, at_ms, own_ms or drawn_ms))
    come.sort(key=lambda visit: visit.at_ms)
    there = shifts(day, before, after, known.overtime_ms)
    Day(virtual, known.habits, day.day).play(come, there, seed or 0)
    again = recorded(virtual.facts, after.timezone)
    return again or RecordedDay(day.day)


def _visit(visitor: Visitor, after: Catalogue, at_ms: int, serve_ms: int) -> Visit:
    destinations = after.queues.keys() | after.counters.keys()
    return Visit(
        at_ms=at_ms,
        service=visitor.service,
        purpose=visitor.purpose,
        language=visitor.language,
        priority=visitor.priority if visitor.priority in after.priorities else None,
        serve_ms=serve_ms,
        walk_ms=0,
        comes_at_call=1 if visitor.came else 0,
        back_after_ms=visitor.back_ms,
        waits_again=visitor.waited_again,
        hold_ms=visitor.hold_ms,
        sent_to=visitor.sent_to if visitor.sent_to in destinations else None,
        score=None,
        rate_after_ms=0,
        paper="printed",
        paper_ms=0,
    )


def _when_open(day: RecordedDay, visitor: Visitor, after: Catalogue) -> int | None:
    """When the visitor gets a number; None when the field does not open again on that day."""
    for start_ms, end_ms in hours(after, day.day, (visitor.queue,)):
        if visitor.at_ms < end_ms:
            return max(visitor.at_ms, start_ms)
    return None
