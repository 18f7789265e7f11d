"""When each counter of a recorded day was open, session by session, and when it would be under other hours.

A counter that exists only in the changed hall is open like the busiest of those that call from the same queues, and
pauses when that one is back.
"""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Final, NamedTuple

from hall_controller.simulation.shifts import Shift, Stretch, hours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hall_controller.domain.catalogue import Catalogue, Counter
    from hall_controller.whatif.recorded import RecordedDay, Span

EARLIEST_MS: Final = 60 * 60_000
"""A counter that opens at most so long before its session opens for it."""
LEFT_EARLY_MS: Final = 5 * 60_000
"""Closed so long before the session's end or earlier: the officer was away for the rest of it."""

Hours = tuple[int, int]
Pause = tuple[int, int]


class Present(NamedTuple):
    """An officer in one session: when the counter opened and was left, pauses as (start, length)."""

    opens_ms: int
    ends_ms: int
    pauses: tuple[Pause, ...]


def overtime_ms(days: Sequence[RecordedDay], catalogue: Catalogue) -> int:
    """How long after the end of a session somebody was still called, at most."""
    longest = 0
    for recorded in days:
        for id_, spans in recorded.spans.items():
            counter = catalogue.counters.get(id_)
            sessions = hours(catalogue, recorded.day, counter.queues) if counter else []
            for (_, end_ms), following in zip_longest(sessions, sessions[1:]):
                until_ms = following[0] if following else 24 * 3_600_000
                calls = [span.last_call_ms for span in spans if span.last_call_ms is not None]
                longest = max([longest, *(ms - end_ms for ms in calls if end_ms < ms < until_ms)])
    return longest


def shifts(recorded: RecordedDay, before: Catalogue, after: Catalogue, overtime: int) -> list[Shift]:
    """The counters of the hall `after` on that day; officers are nobody in particular."""
    found = []
    for counter in after.counters.values():
        if not counter.valid.on(recorded.day):
            continue
        there = _presences(recorded, before, counter)
        if not there and counter.id not in before.counters:
            there = _like_the_busiest(recorded, before, counter)
        wanted = hours(after, recorded.day, counter.queues)
        stretches = tuple(
            Stretch(
                present.opens_ms, present.ends_ms, max(end_ms, present.ends_ms) + overtime, present.pauses
            )
            for (start_ms, end_ms) in wanted
            if (present := _in_session((start_ms, end_ms), there))
        )
        if stretches:
            found.append(Shift(counter.id, None, None, stretches))
    return found


def _presences(recorded: RecordedDay, catalogue: Catalogue, counter: Counter) -> dict[Hours, Present | None]:
    """Of each session of the recorded day; None where nobody sat there."""
    known = catalogue.counters.get(counter.id)
    if known is None:
        return {}
    spans = recorded.spans.get(counter.id, [])
    return {session: _present(session, spans) for session in hours(catalogue, recorded.day, known.queues)}


def _present(session: Hours, spans: Sequence[Span]) -> Present | None:
    start_ms, end_ms = session
    inside = [
        (max(span.opens_ms, start_ms - EARLIEST_MS), span.ends_ms or end_ms)
        for span in spans
        if span.opens_ms < end_ms and (span.ends_ms or end_ms) > start_ms
    ]
    if not inside:
        return None
    pauses = tuple((ended, opened - ended) for (_, ended), (opened, _) in pairwise(inside))
    left_ms = inside[-1][1]
    return Present(inside[0][0], left_ms if left_ms < end_ms - LEFT_EARLY_MS else end_ms, pauses)


def _in_session(session: Hours, there: dict[Hours, Present | None]) -> Present | None:
    """As recorded when the session was the same; else as late as on that day, with the pauses that fall into it."""
    if session in there:
        return there[session]
    start_ms, end_ms = session
    sat = {hours_: one for hours_, one in there.items() if one is not None}
    if not sat:
        return None
    late_ms = sum(max(0, one.opens_ms - begins) for (begins, _), one in sat.items()) // len(sat)
    pauses = tuple(pause for one in sat.values() for pause in one.pauses if start_ms <= pause[0] < end_ms)
    return Present(min(start_ms + late_ms, end_ms), end_ms, pauses)


def _like_the_busiest(
    recorded: RecordedDay, before: Catalogue, counter: Counter
) -> dict[Hours, Present | None]:
    """Presence of the counter that was open longest for the same queues; a pause begins when that one's has ended."""
    best: dict[Hours, Present | None] = {}
    for other in before.counters.values():
        there = _presences(recorded, before, other) if set(other.queues) & set(counter.queues) else {}
        if _open_ms(there) > _open_ms(best):
            best = there
    return {
        session: one and one._replace(pauses=tuple((start + length, length) for start, length in one.pauses))
        for session, one in best.items()
    }


def _open_ms(there: dict[Hours, Present | None]) -> int:
    return sum(
        one.ends_ms - one.opens_ms - sum(length for _, length in one.pauses) for one in there.values() if one
    )
