"""What the devices page is told: every device, every alert, who waits to be adopted, and where devices stand.

Shapes and filling only. How a device is, is decided by `equipment`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from pydantic import AwareDatetime, BaseModel

from hall_controller.equipment.care import AlertCare, DeviceCare, StrangerCare
from hall_controller.messages import CounterDisplay, CounterStateName, Identifier
from hall_controller.web.adoption_bodies import WindowNow, window_now
from hall_controller.web.counter_seen import local

if TYPE_CHECKING:
    from hall_controller.controller import Controller
    from hall_controller.equipment.devices import Devices


class DevicesNow(BaseModel):
    """Every device of the hall, and every alert that holds."""

    devices: list[DeviceCare]
    alerts: list[AlertCare]
    strangers: list[StrangerCare]
    """Devices that wait for their adoption."""
    counts: dict[str, int]
    """How many are in each state."""


class CounterPlace(BaseModel):
    """A counter at which devices stand, and what they should show there."""

    id: Identifier
    name: str
    state: CounterStateName | None
    """Null before a day is open."""
    ticket: str | None


class DevicesSeen(DevicesNow):
    """All that the devices page shows; without `last_sign`, which is another one every few seconds."""

    counters: list[CounterPlace]
    window: WindowNow | None
    """The window for an adoption, while one is open."""
    time: AwareDatetime
    local: str
    """The same on the hall's own clock."""
    unavailable_since: AwareDatetime | None


def devices_now(devices: Devices) -> DevicesNow:
    """Ready, late, lost or faulty, since when, why, and what to do."""
    known = devices.devices()
    states = [device.state for device in known]
    return DevicesNow(
        devices=known,
        alerts=devices.alerts(),
        strangers=devices.strangers(),
        counts={state: states.count(state) for state in sorted(set(states))},
    )


def devices_seen(controller: Controller, devices: Devices) -> DevicesSeen:
    """The same with the counters, the open window and the time."""
    now, outage = devices_now(devices), controller.unavailable_since
    at = controller.clock.now().at
    return DevicesSeen.model_construct(
        devices=[device.model_copy(update={"last_sign": None}) for device in now.devices],
        alerts=now.alerts,
        strangers=[stranger.model_copy(update={"last_sign": None}) for stranger in now.strangers],
        counts=now.counts,
        counters=_counters(controller),
        window=window_now(devices),
        time=at,
        local=local(controller.hall, at),
        unavailable_since=outage.at if outage else None,
    )


def _counters(controller: Controller) -> list[CounterPlace]:
    return [
        _place(
            id_, counter.name, cast("CounterDisplay | None", controller.boards.shown.get(("counter", id_)))
        )
        for id_, counter in controller.hall.catalogue.counters.items()
    ]


def _place(id_: str, name: str, board: CounterDisplay | None) -> CounterPlace:
    return CounterPlace.model_construct(
        id=id_, name=name, state=board.state if board else None, ticket=board.ticket if board else None
    )
