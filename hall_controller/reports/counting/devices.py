"""Devices of a day: for how much of the opening hours each was ready, away, or nobody could know.

Open is the hall while any queue gives out numbers. Unknown is a device while the controller was off, from the last
fact before its start, and until it was first told how the device is. Never here: why it was away.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from hall_controller.domain import facts as f
from hall_controller.reports.counting.seeing import Seeing
from hall_controller.reports.day_summary import Device, Happening, Outage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, tzinfo

    from hall_controller.domain.facts import Fact

_MILLISECOND: Final = timedelta(milliseconds=1)
_DAY: Final = timedelta(days=1)
_EVER: Final = datetime.min.replace(tzinfo=UTC)
READY: Final = "ready"
UNKNOWN: Final = "unknown"
GONE: Final = "gone"
"""The device is not the hall's any more, or not yet."""


class _Stretch(NamedTuple):
    state: str
    begins: datetime
    ends: datetime


class _Course:
    """The states of one device or printer, in their order."""

    def __init__(self, since: datetime, state: str) -> None:
        self._turns = [(since, state)]

    def turn(self, at: datetime, state: str) -> None:
        """It is so from then on; no earlier than what is known already."""
        since, before = self._turns[-1]
        if state != before:
            self._turns.append((max(at, since), state))

    def stretches(self, end: datetime) -> Iterator[_Stretch]:
        ends = [since for since, _ in self._turns[1:]] + [end]
        for (since, state), until in zip(self._turns, ends, strict=True):
            yield _Stretch(state, since, until)


class Devices(Seeing):
    """Follows every device while the facts of one day go by."""

    def __init__(self, timezone: tzinfo) -> None:
        self._timezone = timezone
        self._midnight = datetime.max.replace(tzinfo=UTC)
        self._devices: dict[str, _Course] = {}
        self._printers: dict[str, _Course] = {}
        self._told = False
        """Whether the day has had a list of all devices."""
        self._started: datetime | None = None
        """When the controller started, until it has told how the devices are."""
        self._last: datetime | None = None
        self._open: set[str] = set()
        self._opened: datetime | None = None
        self._hours: list[tuple[datetime, datetime]] = []
        self.devices: Counter[Device] = Counter()
        self.outages: Counter[Outage] = Counter()
        self.happenings: Counter[Happening] = Counter()

        self.ways = {
            f.ControllerStarted: lambda fact: self._start(fact.at),
            f.DevicesWatched: self._list,
            f.DeviceStateChanged: self._changed,
            f.PrinterStateChanged: self._printer,
            f.QueueOpened: self._queue_opened,
            f.QueueClosed: self._queue_closed,
        }

    def begin(self, day: date) -> None:
        """The business day; without it every fact is of the day."""
        self._midnight = datetime.combine(day + _DAY, time.min, self._timezone).astimezone(UTC)

    def see(self, fact: Fact) -> None:
        super().see(fact)
        self.went_on(fact.at)

    def went_on(self, at: datetime) -> None:
        """Something was written then: the controller was on."""
        if self._of_the_day(at):
            self._last = at

    def end(self) -> None:
        """Count all of it, when the day has no more facts; a hall that nobody closed counts until its last one."""
        if self._last is None:
            return
        self._close(self._last)
        for device, course in self._devices.items():
            self._count(device, course.stretches(self._last))
        for printer, course in self._printers.items():
            away_ms = sum(self._open_ms(part) for part in course.stretches(self._last) if _away(part))
            if away_ms:
                self.happenings[Happening("printer_away_ms", printer)] += away_ms

    def _of_the_day(self, at: datetime) -> bool:
        """A controller that was off over night writes the end of the day on the next morning."""
        return at < self._midnight

    def _changed(self, fact: f.DeviceStateChanged) -> None:
        self._devices.setdefault(fact.device, _Course(fact.since, GONE)).turn(fact.since, fact.state)

    def _printer(self, fact: f.PrinterStateChanged) -> None:
        if fact.state != READY:
            self.happenings[Happening(f"printer_{fact.state}", fact.printer)] += 1
        self._printers.setdefault(fact.printer, _Course(_EVER, READY)).turn(fact.at, fact.state)

    def _queue_opened(self, fact: f.QueueOpened) -> None:
        self._opened = self._opened or fact.at
        self._open.add(fact.queue)

    def _queue_closed(self, fact: f.QueueClosed) -> None:
        self._open.discard(fact.queue)
        if not self._open:
            self._close(fact.at)

    def _start(self, at: datetime) -> None:
        for course in (*self._devices.values(), *self._printers.values()):
            course.turn(self._last or at, UNKNOWN)
        for course in self._printers.values():
            course.turn(at, READY)
        self._started = at

    def _list(self, fact: f.DevicesWatched) -> None:
        since, self._started = self._started or fact.at, None
        before = GONE if self._told else UNKNOWN
        states = {READY: fact.ready, "lost": fact.lost, "faulty": fact.faulty, UNKNOWN: fact.unknown}
        listed = {device: state for state, devices in states.items() for device in devices}
        for device, state in listed.items():
            self._devices.setdefault(device, _Course(_EVER, before)).turn(since, state)
        for device in self._devices.keys() - listed.keys():
            self._devices[device].turn(fact.at, GONE)
        self._told = True

    def _close(self, at: datetime) -> None:
        if self._opened is not None and self._last is not None:
            until = at if self._of_the_day(at) else self._last
            self._hours.append((self._opened, max(until, self._opened)))
        self._opened = None

    def _count(self, device: str, parts: Iterable[_Stretch]) -> None:
        away_ms = 0
        for part in parts:
            open_ms = self._open_ms(part)
            if not _away(part):
                self._outage(device, away_ms)
                away_ms = 0
            if part.state == GONE or not open_ms:
                continue
            self.devices[Device(device, "watched_ms")] += open_ms
            if part.state != READY:
                self.devices[Device(device, f"{part.state}_ms")] += open_ms
            if _away(part):
                away_ms += open_ms
        self._outage(device, away_ms)

    def _outage(self, device: str, away_ms: int) -> None:
        if away_ms:
            self.outages[Outage(device, round(away_ms / 1000))] += 1

    def _open_ms(self, part: _Stretch) -> int:
        shared = (min(part.ends, closes) - max(part.begins, opens) for opens, closes in self._hours)
        return sum(max(0, length // _MILLISECOND) for length in shared)


def _away(part: _Stretch) -> bool:
    return part.state not in {READY, UNKNOWN, GONE}
