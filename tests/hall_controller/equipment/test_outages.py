"""What the journal is told of lost devices: one outage whatever the device does meanwhile, and none for a restart.

The real controller and journal, with clocks that are set by hand.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from hall_controller.clock import Clock
from hall_controller.domain.catalogue import VIETNAM
from hall_controller.domain.commands import Now, Tick
from hall_controller.domain.facts import DeviceStateChanged, DevicesWatched
from hall_controller.equipment.outages import AWAY_S, SETTLED_S, SILENT_S, STEADY_S, Outages
from hall_controller.equipment.seen import Equipment
from hall_controller.equipment.sentences import BROKER_AWAY
from hall_controller.errors import JournalUnavailable
from hall_controller.journal import Journal
from tests.hall_controller.equipment.watched import PAD, SCREEN, Watched
from tests.hall_controller.live_hall import LiveHall


class HandClock(Clock):
    """Shows the time of the watched devices."""

    def __init__(self, devices: Watched) -> None:
        super().__init__(devices.at)
        self._devices = devices

    def now(self) -> Now:
        return Now(self._devices.at)


class WatchedHall(LiveHall):
    """A hall that watches a pad and a screen, from the moment it starts."""

    def __init__(self, folder: Path, *devices: Equipment, **more: object) -> None:
        self.seen = Watched(*(devices or (PAD, SCREEN)))
        super().__init__(folder, clock=HandClock(self.seen), **more)  # type: ignore[arg-type]  # those of LiveHall
        self.health = self.seen.health
        self.outages = Outages(self.controller, lambda: self.seen.now_s)

    async def wait(self, seconds: float) -> None:
        """Time passes, and once a second somebody looks."""
        for _ in range(round(seconds)):
            self.seen.wait(1)
            self.outages.look(self.seen.roster.look())
            if self.controller.busy:
                await self.controller.submit(Tick())

    async def settle(self) -> None:
        """Everybody has come after the start, and the journal knows it."""
        for device in self.seen.roster.devices:
            self.seen.is_(device, "ready")
        await self.wait(SETTLED_S + 2)

    def all_told(self) -> list[DevicesWatched]:
        return [fact for fact in self.facts(DevicesWatched) if isinstance(fact, DevicesWatched)]

    def changes(self) -> list[tuple[str, str]]:
        return [(fact.device, fact.state) for fact in self.changed()]

    def changed(self) -> list[DeviceStateChanged]:
        return [fact for fact in self.facts(DeviceStateChanged) if isinstance(fact, DeviceStateChanged)]


async def test_after_a_start_all_devices_are_told_once_when_they_had_time_to_come(tmp_path: Path) -> None:
    async with WatchedHall(tmp_path) as hall:
        hall.seen.is_("pad-1", "ready")
        await hall.wait(SETTLED_S - 1)
        assert hall.all_told() == []
        await hall.wait(30)
        (told,) = hall.all_told()
        assert (told.ready, told.lost, told.faulty, told.unknown) == (("pad-1",), ("screen-1",), (), ())
        assert hall.changes() == [], "what everybody was told at the start is no change"


async def test_an_outage_is_told_with_its_beginning_and_its_end(tmp_path: Path) -> None:
    async with WatchedHall(tmp_path) as hall:
        await hall.settle()
        went = hall.seen.at
        hall.seen.is_("pad-1", "lost")
        await hall.wait(300)
        back = hall.seen.at
        hall.seen.is_("pad-1", "ready")
        await hall.wait(120)
        assert hall.changes() == [("pad-1", "lost"), ("pad-1", "ready")]
        lost, ready = hall.changed()
        second = timedelta(seconds=1)
        assert (lost.since, ready.since) == (went + second, back + second), "as seen by the next look"
        assert lost.at - lost.since == timedelta(seconds=AWAY_S)
        assert ready.at - ready.since == timedelta(seconds=STEADY_S)


async def test_a_page_that_is_loaded_again_is_no_outage(tmp_path: Path) -> None:
    async with WatchedHall(tmp_path) as hall:
        await hall.settle()
        for _ in range(5):
            hall.seen.is_("pad-1", "lost")
            await hall.wait(AWAY_S - 2)
            hall.seen.is_("pad-1", "ready")
            await hall.wait(STEADY_S + 2)
        assert hall.changes() == []


async def test_a_device_that_comes_and_goes_all_day_is_one_outage_and_two_facts(tmp_path: Path) -> None:
    async with WatchedHall(tmp_path) as hall:
        await hall.settle()
        for _ in range(60):
            hall.seen.is_("pad-1", "lost")
            await hall.wait(20)
            hall.seen.is_("pad-1", "ready")
            await hall.wait(20)
        assert hall.changes() == [("pad-1", "lost")]
        await hall.wait(STEADY_S)
        assert hall.changes() == [("pad-1", "lost"), ("pad-1", "ready")]
        lost, ready = hall.changed()
        assert timedelta(minutes=38) < ready.since - lost.since < timedelta(minutes=41)


async def test_a_restart_of_the_controller_is_nobodys_outage(tmp_path: Path) -> None:
    async with WatchedHall(tmp_path) as hall:
        await hall.settle()
    async with WatchedHall(tmp_path) as hall:
        await hall.settle()
        assert hall.changes() == []
        assert [told.ready for told in hall.all_told()] == [("pad-1", "screen-1")] * 2


async def test_behind_a_lost_broker_the_cause_is_told(tmp_path: Path) -> None:
    pad = Equipment("pad-1", "call-pad", "mqtt", line="mqtt:", counter="1")
    async with WatchedHall(tmp_path, pad) as hall:
        await hall.settle()
        hall.health.raise_alert("broker-away", "critical", BROKER_AWAY)
        await hall.wait(AWAY_S + 2)
        (lost,) = hall.changed()
        assert (lost.state, lost.cause) == ("lost", "broker")


async def test_a_device_that_is_faulty_and_then_lost_is_one_outage(tmp_path: Path) -> None:
    async with WatchedHall(tmp_path) as hall:
        await hall.settle()
        hall.health.device_is("pad-1", "faulty")
        await hall.wait(60)
        hall.seen.is_("pad-1", "lost")
        await hall.wait(60)
        assert hall.changes() == [("pad-1", "faulty")]


async def test_each_day_begins_with_all_devices_and_those_that_are_away(tmp_path: Path) -> None:
    async with WatchedHall(tmp_path) as hall:
        await hall.settle()
        hall.seen.is_("pad-1", "lost")
        await hall.wait(60)
        hall.seen.at = datetime(2022, 3, 2, 0, 0, 1, tzinfo=VIETNAM)
        await hall.controller.submit(Tick())
        await hall.wait(2)
        first, second = hall.all_told()
        assert (first.ready, second.ready, second.lost) == (("pad-1", "screen-1"), ("screen-1",), ("pad-1",))
        assert [fact.device for fact in hall.changed()] == ["pad-1"]


async def test_a_device_that_joins_or_leaves_the_hall_is_told(tmp_path: Path) -> None:
    async with WatchedHall(tmp_path) as hall:
        await hall.settle()
        hall.seen.roster.add(Equipment("spare-1", "call-pad", "mqtt", counter="1"))
        hall.seen.health.add("spare-1")
        hall.seen.roster.remove("pad-1")
        hall.seen.is_("spare-1", "ready")
        await hall.wait(2)
        assert hall.all_told()[-1].ready == ("screen-1", "spare-1")


async def test_while_the_hall_is_open_a_journal_that_is_silent_shows_that_the_controller_ran(
    tmp_path: Path,
) -> None:
    async with WatchedHall(tmp_path) as hall:
        await hall.settle()
        await hall.wait(SILENT_S - 60)
        await hall.take()
        await hall.wait(SILENT_S - 60)
        assert len(hall.all_told()) == 1, "a visitor's number says the same"
        await hall.wait(90)
        assert len(hall.all_told()) == 2


class FullDisk(Journal):
    """A journal that takes nothing while `full`."""

    full = False

    def append(self, entries: object) -> int:
        if self.full:
            raise JournalUnavailable("The disk is full.")
        return super().append(entries)  # type: ignore[arg-type]  # as given


async def test_what_could_not_be_written_is_told_when_there_is_room_again(tmp_path: Path) -> None:
    async with WatchedHall(tmp_path, open_journal=FullDisk.open) as hall:
        await hall.settle()
        hall.seen.is_("pad-1", "lost")
        assert isinstance(hall.journal, FullDisk)
        hall.journal.full = True
        await hall.wait(60)
        with pytest.raises(JournalUnavailable):
            await hall.take()
        hall.journal.full = False
        await hall.take()
        assert hall.changes() == []
        await hall.wait(60)
        assert hall.changes() == [("pad-1", "lost")]
