"""When a service is open: weekdays, sessions, dates of validity, closed days and swapped days; pure.

Opening is a rule of the service and not of the hall. All times here are the hall's own local times.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import ALWAYS, Valid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hall_controller.domain.catalogue import Catalogue, Service

LOOK_AHEAD_DAYS: Final = 60


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch of a day: open from `start` until just before `end`."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class OpeningRule:
    """On these weekdays (Monday is 0), between these days, open in these sessions."""

    weekdays: frozenset[int]
    sessions: tuple[Session, ...]
    valid: Valid = ALWAYS


def sessions(catalogue: Catalogue, service: Service, day: date) -> tuple[Session, ...]:
    """The sessions of a service on a day, in order; none when it is closed all day."""
    agency = catalogue.agencies.get(service.agency)
    if day in catalogue.closed_days or not service.valid.on(day) or (agency and not agency.valid.on(day)):
        return ()
    weekday = catalogue.extra_days.get(day, day.weekday())
    open_on_day = {
        session
        for rule in service.opening
        if weekday in rule.weekdays and rule.valid.on(day)
        for session in rule.sessions
    }
    return tuple(sorted(open_on_day, key=lambda session: session.start))


def is_open(catalogue: Catalogue, service: Service, at: datetime) -> bool:
    """Whether the service is open at that moment (any timezone)."""
    local = at.astimezone(catalogue.timezone)
    return any(s.start <= local.time() < s.end for s in sessions(catalogue, service, local.date()))


def next_opening(catalogue: Catalogue, service: Service, at: datetime) -> datetime | None:
    """The first moment after `at` at which a session begins, within 60 days; None when there is none."""
    local = at.astimezone(catalogue.timezone)
    return next((moment for moment in _beginnings(catalogue, service, local) if moment > local), None)


def _beginnings(catalogue: Catalogue, service: Service, local: datetime) -> Iterator[datetime]:
    for ahead in range(LOOK_AHEAD_DAYS + 1):
        day = local.date() + timedelta(days=ahead)
        for session in sessions(catalogue, service, day):
            yield datetime.combine(day, session.start, tzinfo=local.tzinfo)


def closed_all_through(catalogue: Catalogue, begin: datetime, end: datetime) -> bool:
    """Whether nobody can come for a service of the hall at any moment from `begin` to `end`."""
    return not any(
        is_open(catalogue, service, begin)
        or ((opens := next_opening(catalogue, service, begin)) is not None and opens <= end)
        for service in catalogue.services.values()
        if not service.online_only
    )


def queue_is_open(catalogue: Catalogue, queue: str, at: datetime) -> bool:
    """Whether any service of the queue is open at that moment."""
    return any(is_open(catalogue, service, at) for service in _ticketed(catalogue, queue))


def queue_next_opening(catalogue: Catalogue, queue: str, at: datetime) -> datetime | None:
    """The first moment at which a service of the queue opens again."""
    moments = (next_opening(catalogue, service, at) for service in _ticketed(catalogue, queue))
    return min((moment for moment in moments if moment is not None), default=None)


def _ticketed(catalogue: Catalogue, queue: str) -> Iterator[Service]:
    return (s for s in catalogue.services.values() if s.queue == queue and not s.online_only)
