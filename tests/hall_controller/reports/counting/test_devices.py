"""For how much of the opening hours each device was ready, away, or unknown, out of the facts of a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from hall_controller.domain.catalogue import VIETNAM
from hall_controller.domain.facts import (
    ControllerStarted,
    CounterClosed,
    DayOpened,
    DeviceStateChanged,
    DevicesWatched,
    Fact,
    PrinterStateChanged,
    QueueClosed,
    QueueOpened,
)
from hall_controller.reports.counting.devices import Devices
from hall_controller.reports.day_summary import Device, Happening, Outage
from tests.hall_controller.domain.small_hall import TUESDAY, local

MINUTE_MS: Final = 60_000


def at(clock: str) -> datetime:
    return local(TUESDAY, clock)


def opens(clock: str, queue: str = "land") -> Fact:
    return QueueOpened(at(clock), True, queue)  # noqa: FBT003 - of every fact


def closes(clock: str, queue: str = "land") -> Fact:
    return QueueClosed(at(clock), True, queue)  # noqa: FBT003 - of every fact


def starts(clock: str) -> Fact:
    return ControllerStarted(at(clock), True, "1.0", 1)  # noqa: FBT003 - of every fact


def all_are(clock: str, *ready: str, lost: tuple[str, ...] = (), unknown: tuple[str, ...] = ()) -> Fact:
    return DevicesWatched(at(clock), time_trusted=True, ready=ready, lost=lost, unknown=unknown)


def is_(clock: str, device: str, state: str, since: str = "") -> Fact:
    return DeviceStateChanged(at(clock), True, device, state, at(since or clock))  # noqa: FBT003 - of every fact


def counted(*facts: Fact) -> Devices:
    """A day on which the hall is open from eight to ten, unless told otherwise."""
    devices = Devices(VIETNAM)
    devices.begin(TUESDAY)
    opened: list[Fact] = [DayOpened(at("00:00"), time_trusted=True, day=TUESDAY)]
    hours = [opens("08:00"), closes("10:00")]
    told_hours = any(isinstance(fact, QueueOpened) for fact in facts)
    for fact in sorted([*opened, *([] if told_hours else hours), *facts], key=lambda fact: fact.at):
        devices.see(fact)
    devices.end()
    return devices


def minutes(devices: Devices, device: str = "pad-1") -> dict[str, float]:
    return {key.what: ms / MINUTE_MS for key, ms in devices.devices.items() if key.device == device}


def lengths(devices: Devices, device: str = "pad-1") -> list[int]:
    return sorted(key.seconds // 60 for key in devices.outages.elements() if key.device == device)


def test_a_device_that_is_always_there_was_watched_while_the_hall_was_open() -> None:
    devices = counted(all_are("00:01", "pad-1"))
    assert minutes(devices) == {"watched_ms": 120}
    assert not devices.outages


def test_an_outage_counts_from_its_beginning_to_its_end_and_not_from_when_it_was_told() -> None:
    devices = counted(
        all_are("00:01", "pad-1", "pad-2"),
        is_("08:31", "pad-1", "lost", since="08:30"),
        is_("08:51", "pad-1", "ready", since="08:50"),
    )
    assert minutes(devices) == {"watched_ms": 120, "lost_ms": 20}
    assert lengths(devices) == [20]
    assert minutes(devices, "pad-2") == {"watched_ms": 120}


def test_of_an_outage_only_the_opening_hours_count_and_at_noon_it_is_still_one() -> None:
    devices = counted(
        opens("08:00"),
        closes("10:00"),
        opens("13:00"),
        closes("14:00"),
        all_are("00:01", "pad-1"),
        is_("09:50", "pad-1", "faulty"),
        is_("13:05", "pad-1", "ready"),
        is_("20:00", "pad-1", "lost"),
    )
    assert minutes(devices) == {"watched_ms": 180, "faulty_ms": 15}
    assert lengths(devices) == [15], "what is lost in the evening is missed by nobody"


def test_the_hall_is_open_while_any_queue_is() -> None:
    devices = counted(
        opens("08:00"),
        opens("09:00", "notary"),
        closes("10:00"),
        closes("11:00", "notary"),
        all_are("07:00", "pad-1"),
    )
    assert minutes(devices) == {"watched_ms": 180}


def test_while_the_controller_is_off_nothing_is_known_and_it_is_no_outage() -> None:
    devices = counted(
        all_are("00:01", "pad-1"),
        is_("08:10", "pad-2", "ready"),
        starts("08:40"),
        all_are("08:41", "pad-1", "pad-2"),
    )
    assert minutes(devices) == {"watched_ms": 120, "unknown_ms": 30}, "from the last fact until the start"
    assert not devices.outages


def test_what_is_told_after_a_start_was_so_since_the_start() -> None:
    devices = counted(all_are("00:01", "pad-1"), starts("08:00"), all_are("08:01", lost=("pad-1",)))
    assert minutes(devices) == {"watched_ms": 120, "lost_ms": 120}


def test_an_outage_that_the_controller_did_not_see_the_end_of_counts_until_it_was_switched_off() -> None:
    devices = counted(
        all_are("00:01", "pad-1"),
        is_("08:10", "pad-1", "lost"),
        is_("08:30", "pad-2", "ready"),
        starts("09:00"),
        all_are("09:01", "pad-1", "pad-2"),
    )
    assert minutes(devices) == {"watched_ms": 120, "lost_ms": 20, "unknown_ms": 30}
    assert lengths(devices) == [20]


def test_before_the_first_list_of_a_day_nothing_is_known() -> None:
    devices = counted(opens("08:00"), closes("10:00"), all_are("08:20", "pad-1", unknown=("pad-2",)))
    assert minutes(devices) == {"watched_ms": 120, "unknown_ms": 20}
    assert minutes(devices, "pad-2") == {"watched_ms": 120, "unknown_ms": 120}


def test_a_device_counts_only_while_it_is_the_halls() -> None:
    devices = counted(all_are("00:01", "pad-1"), all_are("09:00", "spare-1"))
    assert minutes(devices) == {"watched_ms": 60}
    assert minutes(devices, "spare-1") == {"watched_ms": 60}


def test_several_outages_have_each_their_length() -> None:
    facts: list[Fact] = [all_are("00:01", "pad-1")]
    for lost, ready in (("08:05", "08:08"), ("08:30", "08:33"), ("09:00", "09:41")):
        facts += [is_(lost, "pad-1", "lost"), is_(ready, "pad-1", "ready")]
    assert lengths(counted(*facts)) == [3, 3, 41]


def test_a_hall_that_nobody_closed_counts_until_its_last_fact_of_that_day() -> None:
    devices = counted(
        opens("08:00"),
        all_are("00:01", "pad-1"),
        CounterClosed(at("15:00"), time_trusted=True, counter="1"),
        CounterClosed(at("07:30") + timedelta(days=1), time_trusted=True, counter="1"),
    )
    assert minutes(devices) == {"watched_ms": 7 * 60}


def test_a_day_of_which_nothing_was_told_has_no_device() -> None:
    devices = counted()
    assert not devices.devices
    assert not devices.outages


@pytest.mark.parametrize(
    ("state", "what"), [("paper_out", "printer_paper_out"), ("not_ready", "printer_not_ready")]
)
def test_stops_of_the_printer_of_the_tickets_are_counted_with_their_length(state: str, what: str) -> None:
    devices = counted(
        PrinterStateChanged(at("09:00"), True, "printer-1", state),  # noqa: FBT003 - of every fact
        PrinterStateChanged(at("09:12"), True, "printer-1", "ready"),  # noqa: FBT003 - of every fact
    )
    assert devices.happenings == {
        Happening(what, "printer-1"): 1,
        Happening("printer_away_ms", "printer-1"): 12 * MINUTE_MS,
    }


def test_keys_are_those_of_a_kept_day() -> None:
    devices = counted(all_are("00:01", lost=("pad-1",)))
    assert devices.devices == {
        Device("pad-1", "watched_ms"): 7_200_000,
        Device("pad-1", "lost_ms"): 7_200_000,
    }
    assert devices.outages == {Outage("pad-1", 7200): 1}
    assert at("00:00").tzinfo is UTC
