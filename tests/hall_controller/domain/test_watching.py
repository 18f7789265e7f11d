"""How devices are is written down as it was told, and changes nothing in the hall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hall_controller.domain import facts as f
from hall_controller.domain import watching as w
from hall_controller.domain.codec import decode, encode
from hall_controller.domain.commands import Now
from hall_controller.domain.hall import Hall, evolve
from hall_controller.domain.rules import decide
from tests.hall_controller.domain.small_hall import small_hall

MORNING = Now(datetime(2022, 3, 1, 0, 30, tzinfo=UTC))
EARLIER = MORNING.at - timedelta(seconds=30)

TOLD = [
    (
        w.WatchDevices({"pad-1": "ready", "pad-2": "lost", "kiosk-1": "ready", "screen-1": "unknown"}),
        (f.DevicesWatched(*MORNING, ("pad-1", "kiosk-1"), ("pad-2",), (), ("screen-1",)),),
    ),
    (
        w.RecordDeviceStates(
            (w.DeviceChange("pad-1", "lost", EARLIER, "broker"), w.DeviceChange("pad-2", "ready", EARLIER))
        ),
        (
            f.DeviceStateChanged(*MORNING, "pad-1", "lost", EARLIER, "broker"),
            f.DeviceStateChanged(*MORNING, "pad-2", "ready", EARLIER),
        ),
    ),
]


@pytest.mark.parametrize(("command", "facts"), TOLD, ids=lambda one: type(one).__name__)
def test_how_devices_are_is_written_down_and_the_hall_stays_as_it_was(
    command: w.DeviceCommand, facts: tuple[f.Fact, ...]
) -> None:
    hall = Hall(small_hall())
    assert decide(hall, command, MORNING) == facts
    for fact in facts:
        assert evolve(hall, fact) is hall
        assert decode(fact.type, encode(fact), fact.at, time_trusted=True) == fact
