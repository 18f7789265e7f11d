"""What is wrong with each device of a hall: one sentence each, from what was seen; pure.

While the controller runs it knows best; else ports and broker are asked. A cause is named once with each device that it
takes with it, so that nobody looks for the same fault twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from hall_controller.doctor.finding import Finding, finding
from hall_controller.equipment.sentences import GONE, NEVER_HEARD, PAGE_CLOSED, SWITCHED_OFF, TODO
from hall_controller.messages import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hall_controller.doctor.broker import Broker
    from hall_controller.doctor.ports import Seen
    from hall_controller.settings import Device

WELL: Final = frozenset({"ready", "init"})
LINES: Final[Mapping[str, tuple[str, str]]] = {
    "absent": ("Không thấy {where} trên máy này.", "{where} is not on this machine."),
    "forbidden": ("Không có quyền dùng {where}.", "{where} may not be used by this user."),
    "silent": ("{where} không trả lời.", "{where} does not answer."),
}
ALLOW: Final = (
    "Cho người dùng hall vào nhóm dialout, gpio, input, lp.",
    "Put the user hall into the groups dialout, gpio, input, lp.",
)


def told_by_controller(devices: Sequence[Mapping[str, Any]]) -> Iterator[Finding]:
    """Of what GET /api/devices says: every device that is not well."""
    for device in devices:
        if device["state"] in WELL:
            continue
        what = device["why"] or {"vi": "Thiết bị có lỗi.", "en": "The device is not well."}
        todo = device["todo"] or {"vi": "Xem thiết bị.", "en": "Look at the device."}
        yield Finding("device", device["id"], Text(**what), Text(**todo))


def looked_at(
    devices: Sequence[Device], lines: Mapping[str, tuple[Seen, str]], broker: Broker
) -> Iterator[Finding]:
    """Without a controller: every device whose line is not there, or that the broker has not heard."""
    for device in devices:
        if device.line != "mqtt:":
            seen, where = lines[device.line]
            if seen != "there":
                vi, en = LINES[seen]
                todo = ALLOW if seen == "forbidden" else (TODO[device.type].vi, TODO[device.type].en)
                yield finding("device", device.id, (vi.format(where=where), en.format(where=where)), todo)
        elif device.type == "kiosk" and device.model == "web":
            yield Finding("device", device.id, PAGE_CLOSED, TODO["kiosk"])
        else:
            said = _by_mqtt(device, broker)
            if said is not None:
                yield said


def _by_mqtt(device: Device, broker: Broker) -> Finding | None:
    todo = TODO[device.type]
    if not broker.reachable:
        what = (
            "Không biết tình trạng vì máy chủ MQTT không trả lời.",
            "Not heard, because the MQTT broker does not answer.",
        )
        return finding("device", device.id, what, (todo.vi, todo.en))
    match broker.states.get(device.id):
        case "ready" | "sleeping" | "init":
            return None
        case "disconnected":
            return Finding("device", device.id, SWITCHED_OFF, todo)
        case "lost":
            return Finding("device", device.id, GONE, todo)
        case _:
            return Finding("device", device.id, NEVER_HEARD, todo)
