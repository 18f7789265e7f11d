"""What is to be different: one more counter, other hours, another work profile, counters that pool their queues.

Each change makes another catalogue, of which the rules know nothing special. Raises HallError, with what there is, when
a change names something that the hall does not have.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time
from typing import TYPE_CHECKING, Final

from hall_controller.domain.catalogue import ALWAYS, Counter, Dispenser, Targets, WorkStep
from hall_controller.domain.opening import OpeningRule, Session
from hall_controller.errors import HallError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from hall_controller.domain.catalogue import Catalogue, Service

EXTRA: Final = "them"
"""Counters that are added are called them-1, them-2, … (Vietnamese: more)."""
_CONDITIONS: Final = {
    "first_when_oldest_waits_min": "first_after_s",
    "only_when_oldest_waits_min": "only_after_s",
    "only_when_waiting": "only_when_waiting",
}
_HOURS: Final = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants to try, as typed; nothing typed is no change."""

    queues: tuple[str, ...]
    """The queues that it is about."""
    counters: int = 0
    """So many more counters for them, or fewer."""
    opening: str = ""
    """Hours of all their fields on the days on which they are open, such as 07:00-11:30,13:30-17:00."""
    profiles: tuple[str, ...] = ()
    """Work profiles as COUNTER=QUEUE+QUEUE>QUEUE: first the one line, then the other.

    A step's conditions follow its queues by the names that they have in hall.toml: y-te,first_when_oldest_waits_min=20.
    """
    pooled: bool = False
    """Every counter of these queues calls from all of them."""


def queues_named(catalogue: Catalogue, names: Iterable[str]) -> tuple[str, ...]:
    """The queues of that name, and those of agencies of that name."""
    found: dict[str, None] = {}
    for name in names:
        of_agency = [s.queue for s in catalogue.services.values() if s.agency == name and not s.online_only]
        queues = [name] if name in catalogue.queues else of_agency
        if not queues:
            raise HallError(
                f"--queue {name}: there is no such queue or agency; there are {_listed(catalogue.queues)}"
            )
        found.update(dict.fromkeys(queues))
    return tuple(found)


def changed(catalogue: Catalogue, change: Change) -> Catalogue:
    """The hall with the change."""
    steps: tuple[Callable[[Catalogue, Change], Catalogue], ...] = (_pooled, _profiled, _counted, _opened)
    for step in steps:
        catalogue = step(catalogue, change)
    return catalogue


def part(before: Catalogue, after: Catalogue, queues: Sequence[str]) -> tuple[Catalogue, Catalogue]:
    """Both halls without what has nothing to do with these queues: they share no counter with them, however far."""
    found = set(queues)
    steps = [c.queues for hall in (before, after) for c in hall.counters.values()]
    while more := [one for one in steps if found & set(one) and not set(one) <= found]:
        found.update(queue for one in more for queue in one)
    return _only(before, found), _only(after, found)


def _only(catalogue: Catalogue, queues: set[str]) -> Catalogue:
    """Limits and alarms are left out too: who is in the record got a number, and officers are nobody in particular."""
    return replace(
        catalogue,
        queues={id_: queue for id_, queue in catalogue.queues.items() if id_ in queues},
        services={id_: s for id_, s in catalogue.services.items() if s.queue in queues and not s.online_only},
        counters={id_: c for id_, c in catalogue.counters.items() if set(c.queues) <= queues},
        assignments=(),
        rating_pads=frozenset(),
        dispenser=Dispenser(),
        targets=Targets(),
        sign_in_required=False,
    )


def _pooled(catalogue: Catalogue, change: Change) -> Catalogue:
    if not change.pooled:
        return catalogue
    if len(change.queues) < 2:  # noqa: PLR2004 - one line alone cannot be pooled
        raise HallError("--pooled needs two queues or more: name them with --queue A --queue B")

    def pool(counter: Counter) -> Counter:
        if not set(counter.queues) & set(change.queues):
            return counter
        queues = (*change.queues, *(queue for queue in counter.queues if queue not in change.queues))
        others = tuple(WorkStep((queue,)) for queue in queues[len(change.queues) :])
        return replace(counter, queues=queues, profile=(WorkStep(change.queues), *others))

    return _with_counters(catalogue, [pool(counter) for counter in catalogue.counters.values()])


def _profiled(catalogue: Catalogue, change: Change) -> Catalogue:
    counters = dict(catalogue.counters)
    for typed in change.profiles:
        id_, equals, steps = typed.partition("=")
        if not equals or id_ not in counters:
            raise HallError(
                f"--profile {typed}: write COUNTER=QUEUE+QUEUE>QUEUE; counters are {_listed(counters)}"
            )
        profile = tuple(_step(step, typed) for step in steps.split(">"))
        queues = tuple(dict.fromkeys(queue for step in profile for queue in step.queues))
        wrong = [queue for queue in queues if queue not in catalogue.queues]
        if wrong:
            raise HallError(f"--profile {typed}: no queue {wrong[0]}; there are {_listed(catalogue.queues)}")
        counters[id_] = replace(counters[id_], queues=queues, profile=profile)
    return replace(catalogue, counters=counters)


def _step(step: str, typed: str) -> WorkStep:
    """One step of a work profile: its queues, and the conditions under which they are called from."""
    queues, *conditions = step.split(",")
    found = WorkStep(tuple(queues.split("+")))
    for condition in conditions:
        name, _, number = condition.strip().partition("=")
        if name not in _CONDITIONS or not number.isdecimal() or not int(number):
            raise HallError(
                f"--profile {typed}: {condition.strip()}: write a condition as NAME=NUMBER with a whole number from 1; "
                f"the names are {_listed(_CONDITIONS)}"
            )
        value = int(number) * 60.0 if name.endswith("_min") else int(number)
        found = replace(found, **{_CONDITIONS[name]: value})  # type: ignore[arg-type]  # seconds or persons, as the field
    return found


def _counted(catalogue: Catalogue, change: Change) -> Catalogue:
    """More counters call from the queues as one line; of fewer the last ones in the settings go."""
    if change.counters >= 0:
        more = [
            Counter(f"{EXTRA}-{n}", f"thêm {n}", change.queues, valid=ALWAYS)
            for n in range(1, change.counters + 1)
        ]
        return _with_counters(catalogue, [*catalogue.counters.values(), *more])
    there = [c.id for c in catalogue.counters.values() if set(c.queues) & set(change.queues)]
    if -change.counters >= len(there):
        raise HallError(
            f"--counters {change.counters}: {len(there)} counters call from there, and one must stay"
        )
    gone = there[change.counters :]
    return _with_counters(catalogue, [c for c in catalogue.counters.values() if c.id not in gone])


def _opened(catalogue: Catalogue, change: Change) -> Catalogue:
    if not change.opening:
        return catalogue
    sessions = _sessions(change.opening)

    def other(service: Service) -> Service:
        if service.queue not in change.queues:
            return service
        return replace(
            service,
            opening=tuple(OpeningRule(rule.weekdays, sessions, rule.valid) for rule in service.opening),
        )

    services = {id_: other(service) for id_, service in catalogue.services.items()}
    return replace(catalogue, services=services)


def _sessions(typed: str) -> tuple[Session, ...]:
    sentence = (
        f"--opening {typed}: write hours as 07:00-11:30,13:30-17:00, each ending before the next begins"
    )
    found: list[Session] = []
    for stretch in typed.split(","):
        match = _HOURS.fullmatch(stretch.strip())
        try:
            start, end = (time.fromisoformat(clock) for clock in match.groups()) if match else (time.max,) * 2
        except ValueError:
            raise HallError(sentence) from None
        session = Session(start, end)
        if session.end <= session.start or (found and session.start < found[-1].end):
            raise HallError(sentence)
        found.append(session)
    return tuple(found)


def _with_counters(catalogue: Catalogue, counters: Iterable[Counter]) -> Catalogue:
    return replace(catalogue, counters={counter.id: counter for counter in counters})


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(ids)
