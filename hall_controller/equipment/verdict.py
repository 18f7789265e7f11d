"""Ready, late, lost or faulty: what follows from all that was heard of the devices; pure.

    said by itself, its driver or its last will · signs of life · boards shown · its gateway -> state, why, what to do

A device behind a lost one is lost for that reason and for no other: whoever mends the cause mends all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from hall_controller.equipment import sentences
from hall_controller.equipment.seen import Told
from hall_controller.messages import alert_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hall_controller.equipment.seen import Equipment, Key, Seen
    from hall_controller.messages import Alert, Text

State = Literal["init", "ready", "late", "lost", "faulty"]
"""init: not heard yet, and it is too early to say more."""
STATES: Final[tuple[State, ...]] = ("ready", "late", "lost", "faulty", "init")
PATIENCE_S: Final = 30.0
"""So long after the start, or after the broker came back, nobody expects a device to have spoken."""
LATE_AFTER: Final = 2.0
LOST_AFTER: Final = 4.0
"""Times the interval at which a device gives a sign of life."""
PAGE_INTERVAL_S: Final = 1.0
PAGE_GONE_S: Final = 10.0
"""A page that is loaded again, or whose controller was started again, is back by then."""
BROKER: Final = "broker"
"""The cause of all that is lost while there is no broker."""


class Verdict(NamedTuple):
    """How a device is; `cause` is the device, the line or the broker that must be mended, when it is not this one."""

    state: State
    why: Text | None = None
    todo: Text | None = None
    cause: str | None = None


READY: Final = Verdict("ready")


class Known(NamedTuple):
    """All that was heard, at the monotonic time `now_s`."""

    devices: Mapping[str, Equipment]
    seen: Mapping[str, Seen]
    said: Mapping[str, str]
    """The last state of each by its own word, its driver's or its last will's."""
    alerts: Mapping[str, Alert]
    """Those that hold: drivers tell in them what is wrong."""
    told: Told
    began_s: float
    """When the controller, or the present connection to the broker, began."""
    connected: bool
    now_s: float


def verdicts(known: Known) -> dict[str, Verdict]:
    """How every device is."""
    found: dict[str, Verdict] = {}
    for device in known.devices.values():
        _judge(device, known, found, frozenset())
    return found


def _judge(device: Equipment, known: Known, found: dict[str, Verdict], asking: frozenset[str]) -> Verdict:
    """Gateways first; a circle of them is no gateway."""
    if device.id not in found:
        gateway = known.devices.get(device.gateway or "")
        through = None
        if gateway is not None and gateway.id not in asking:
            through = _judge(gateway, known, found, asking | {device.id})
        found[device.id] = _verdict(device, gateway if through else None, through, known)
    return found[device.id]


def _verdict(device: Equipment, gateway: Equipment | None, through: Verdict | None, known: Known) -> Verdict:
    if gateway is not None and through is not None and through.state == "lost":
        cause = through.cause or gateway.id
        return Verdict("lost", sentences.behind_gateway(gateway.id), sentences.mend_gateway(cause), cause)
    if device.by_mqtt and not known.connected:
        return Verdict("lost", sentences.BROKER_AWAY, sentences.MEND_THE_BROKER, BROKER)
    if gateway is not None and device.id in known.seen[gateway.id].surfaces:
        return _surface(device, known.seen[gateway.id].surfaces[device.id])
    for look in (_page, _told, _heard, _surfaces, _overdue, _behind):
        verdict = look(device, known.seen[device.id], known)
        if verdict is not None:
            return verdict
    return READY


def _surface(device: Equipment, said: str) -> Verdict:
    """A panel that a display machine speaks for."""
    if said == "ok":
        return READY
    if said == "starting":
        return Verdict("init")
    return Verdict("lost", sentences.surfaces({device.id: said}), sentences.TODO[device.type])


def _page(device: Equipment, seen: Seen, known: Known) -> Verdict | None:
    if not device.is_page or seen.sign_s is None:
        return None
    silent_s = known.now_s - seen.sign_s
    if silent_s > PAGE_GONE_S:
        return Verdict("lost", sentences.PAGE_CLOSED, sentences.TODO["kiosk"])
    if silent_s > LATE_AFTER * PAGE_INTERVAL_S:
        return Verdict("late", sentences.overdue(silent_s, PAGE_INTERVAL_S), sentences.TODO["kiosk"])
    return READY


def _told(device: Equipment, _seen: Seen, known: Known) -> Verdict | None:
    """What the device, its driver or its last will says; the driver's alert knows more."""
    todo = sentences.TODO[device.type]
    match known.said[device.id]:
        case "faulty":
            return Verdict("faulty", _alert(device, known, "faulty", "device"), todo)
        case "lost" if device.by_mqtt:
            return Verdict("lost", sentences.GONE, todo)
        case "lost":
            why = _alert(device, known, "device", "faulty") or sentences.LINE_AWAY
            return Verdict("lost", why, todo, _shared_line(device, known))
        case "disconnected":
            return Verdict("lost", sentences.SWITCHED_OFF, sentences.SWITCH_ON)
        case _:
            return None


def _alert(device: Equipment, known: Known, *kinds: str) -> Text | None:
    codes = (alert_code(kind, device.id) for kind in kinds)
    return next((known.alerts[code].text for code in codes if code in known.alerts), None)


def _shared_line(device: Equipment, known: Known) -> str | None:
    """The line, when all that is on it is lost with this device."""
    others = [one for one in known.devices.values() if one.line == device.line and one.id != device.id]
    if others and all(known.said[one.id] == "lost" for one in others):
        return device.line
    return None


def _heard(device: Equipment, seen: Seen, known: Known) -> Verdict | None:
    """A device that nobody has heard yet, or not since there is this broker."""
    unspoken = known.said[device.id] == "init"
    unheard = seen.sign_s is None if device.is_page else unspoken
    if device.by_mqtt and seen.sign_s is not None and seen.sign_s < known.began_s:
        unheard = True
    if not unheard:
        return None
    if known.now_s - known.began_s <= PATIENCE_S:
        return Verdict("init") if unspoken else None
    why = sentences.PAGE_CLOSED if device.is_page else sentences.NEVER_HEARD
    return Verdict("lost", why, sentences.TODO[device.type])


def _surfaces(_device: Equipment, seen: Seen, _known: Known) -> Verdict | None:
    broken = seen.broken_surfaces()
    if not broken:
        return None
    return Verdict("faulty", sentences.surfaces(broken), sentences.TODO["panel"])


def _overdue(_device: Equipment, seen: Seen, known: Known) -> Verdict | None:
    if seen.interval_s is None or seen.sign_s is None:
        return None
    silent_s = known.now_s - seen.sign_s
    if silent_s <= LATE_AFTER * seen.interval_s:
        return None
    state: State = "late" if silent_s <= LOST_AFTER * seen.interval_s else "lost"
    return Verdict(state, sentences.overdue(silent_s, seen.interval_s), sentences.LOOK_AT_THE_LINE)


def _behind(device: Equipment, seen: Seen, known: Known) -> Verdict | None:
    if seen.shown is None:
        return None
    shown = (seen.shown.epoch, seen.shown.rev)
    due = (known.told.due(key, known.now_s) for key in _boards(device, seen))
    if any(number is not None and shown < number for number in due):
        return Verdict("late", sentences.BEHIND, sentences.LOOK_AT_THE_LINE)
    return None


def _boards(device: Equipment, seen: Seen) -> Iterator[Key]:
    """The boards that certainly stand on it."""
    if device.type == "panel" and device.counter is not None:
        yield ("counter", device.counter)
    capabilities = seen.info.capabilities if seen.info else {}
    panels, screens = capabilities.get("panels"), capabilities.get("screens")
    if isinstance(panels, dict):
        for panel in panels.values():
            if isinstance(panel, dict) and isinstance(panel.get("counter"), str):
                yield ("counter", panel["counter"])
    if screens or (device.type == "screen" and not panels):
        yield ("board", "calls")
