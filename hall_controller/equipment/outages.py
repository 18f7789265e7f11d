"""Tells the journal which devices the hall has, and which of them were lost or faulty and are ready again.

A device is away when it has not been steadily ready for a while, so one that comes and goes is a single outage of two
facts. After a start nothing is told until every device had time to speak: a restart is nobody's outage. Never here:
how a device is (`verdict`), or what a report makes of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from hall_controller.domain.facts import DayOpened
from hall_controller.domain.watching import DeviceChange, DeviceCommand, RecordDeviceStates, WatchDevices

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from hall_controller.controller import Controller, Told
    from hall_controller.domain.watching import DeviceCondition
    from hall_controller.equipment.roster import Care
    from hall_controller.equipment.verdict import State, Verdict

SETTLED_S: Final = 60.0
"""After the power comes back, displays and pads need so long to start as well."""
AWAY_S: Final = 30.0
"""A page that is loaded again, or a cable that was pulled and put back, is no outage."""
STEADY_S: Final = 60.0
"""So long a device must be ready without a break before it counts as mended."""
SILENT_S: Final = 600.0
"""While the hall is open the journal is never silent for longer: the end of a run is known as exactly as that."""
CONDITIONS: Final[dict[State, DeviceCondition]] = {
    "ready": "ready",
    "late": "ready",
    "lost": "lost",
    "faulty": "faulty",
    "init": "unknown",
}
"""A device that is late still works."""


@dataclass(slots=True)
class _Course:
    """How one device did: an episode begins when it goes, and is over when it was ready for long enough."""

    told: DeviceCondition | None = None
    """What the journal holds; None for a device that it does not know yet."""
    was_ready: bool = False
    ready: tuple[datetime, float] | None = None
    """Since when it has been ready without a break, on the hall's clock and in monotonic seconds."""
    away: tuple[datetime, float] | None = None
    state: DeviceCondition = "unknown"
    """Of the episode, as it was when last seen away."""
    cause: str = ""

    def see(self, verdict: Verdict, at: datetime, now_s: float) -> None:
        """How it is now; what is not known changes nothing."""
        match CONDITIONS[verdict.state]:
            case "unknown":
                pass
            case "ready":
                self.was_ready = True
                self.ready = self.ready or (at, now_s)
                if now_s - self.ready[1] >= STEADY_S:
                    self.away = None
            case away:
                self.ready = None
                self.away = self.away or (at, now_s)
                self.state, self.cause = away, verdict.cause or ""

    def condition(self, now_s: float) -> DeviceCondition:
        """What may be said of it."""
        if self.away is not None and self.told in {"lost", "faulty"}:
            return self.told
        lasts = self.away is not None and now_s - self.away[1] >= AWAY_S
        if self.ready is None and self.away is not None and (lasts or not self.was_ready):
            return self.state
        return "ready" if self.was_ready else "unknown"

    def change(self, device: str, at: datetime, now_s: float) -> DeviceChange | None:
        """What the journal does not know yet."""
        condition = self.condition(now_s)
        if condition in {self.told, "unknown"}:
            return None
        began = self.ready if condition == "ready" else self.away
        since = min(began[0], at) if began else at
        return DeviceChange(device, condition, since, "" if condition == "ready" else self.cause)


class Outages:
    """Looks at the devices every second; `clock_s` is monotonic."""

    def __init__(self, controller: Controller, clock_s: Callable[[], float]) -> None:
        self._controller = controller
        self._clock_s = clock_s
        self._began_s = self._wrote_s = clock_s()
        self._courses: dict[str, _Course] = {}
        self._listed: frozenset[str] = frozenset()
        self._all_due = True
        self._writing = False
        controller.on_commit.append(self._committed)

    def look(self, devices: Mapping[str, Care]) -> None:
        """See how they are, and tell the journal what it must know; at most one command is on its way."""
        at, now_s = self._controller.clock.now().at, self._clock_s()
        self._courses = {id_: self._courses.get(id_) or _Course() for id_ in devices}
        for id_, care in devices.items():
            self._courses[id_].see(care.verdict, at, now_s)
        if self._writing or self._controller.unavailable_since or now_s - self._began_s < SETTLED_S:
            return
        if self._all_due or self._listed != self._courses.keys() or self._silent(now_s):
            states = {id_: one.told or one.condition(now_s) for id_, one in self._courses.items()}
            # what has changed by now follows as a change, which knows when it began
            self._all_due, self._listed = False, frozenset(states)
            self._write(WatchDevices(states), states)
            return
        found = (course.change(id_, at, now_s) for id_, course in self._courses.items())
        changes = tuple(change for change in found if change is not None)
        if changes:
            self._write(RecordDeviceStates(changes), {change.device: change.state for change in changes})

    def _silent(self, now_s: float) -> bool:
        hall = self._controller.hall
        return now_s - self._wrote_s >= SILENT_S and any(line.open for line in hall.queues.values())

    def _write(self, command: DeviceCommand, states: Mapping[str, DeviceCondition]) -> None:
        self._writing = True

        def written(answer: asyncio.Future[Any]) -> None:
            self._writing = False
            if answer.cancelled() or answer.exception() is not None:
                self._all_due = True
                return
            for id_, state in states.items():
                if id_ in self._courses:
                    self._courses[id_].told = state

        self._controller.submit(command).add_done_callback(written)

    def _committed(self, told: Told) -> None:
        self._wrote_s = self._clock_s()
        if any(isinstance(record.fact, DayOpened) for record in told.records):
            self._all_due = True
