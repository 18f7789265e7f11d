"""Every device of the hall: remembers what was heard of each, and says how each is now.

    mqtt · journal · boards · kiosk pages -> Seen -> verdicts -> Care: state, since when, why, what to do

Belongs here: what is remembered, and since when a state holds. Never here: what follows (`verdict`), how anything
travels. The clocks are given.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from hall_controller.domain import facts as f
from hall_controller.equipment.seen import Seen, Told
from hall_controller.equipment.verdict import STATES, Known, State, Verdict, verdicts
from hall_controller.messages import IDENTIFIER_PATTERN, DeviceInfo, DeviceState, DeviceStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from hall_controller import controller
    from hall_controller.boards import Key
    from hall_controller.equipment.seen import Equipment
    from hall_controller.health import Health
    from hall_controller.messages import Board, Payload

BROKER_AWAY: Final = "broker-away"
SIGN_EVERY: Final = "sign_every_s"
"""What a device may say in its capabilities: how often it gives a sign of life."""


class Care(NamedTuple):
    """One device, how it is and since when, and what was heard of it."""

    device: Equipment
    verdict: Verdict
    since: datetime
    seen: Seen


class Roster:
    """All devices by their id; `look` says how they are, as often as one likes."""

    def __init__(self, devices: Iterable[Equipment], health: Health, clock_s: Callable[[], float]) -> None:
        self.devices = {device.id: device for device in devices}
        self.strangers: dict[str, Seen] = {}
        """Devices that introduced themselves and are not the hall's: somebody may adopt them."""
        self.on_change: list[Callable[[str], None]] = []
        """Told the id of a device whose state has changed, by whoever looks first."""
        self._health = health
        self._clock_s = clock_s
        self._seen: dict[str, Seen] = {id_: Seen() for id_ in self.devices}
        self._told = Told()
        self._began_s = clock_s()
        self._last: dict[str, tuple[State, datetime]] = {}

    # -- what is heard

    def connected(self) -> None:
        """A connection to the broker begins: whoever lives is heard soon."""
        self._began_s = self._clock_s()

    def heard(self, device: str, said: Payload) -> None:
        """A device said something over MQTT."""
        seen = self._seen.get(device)
        if seen is None:
            seen = self._stranger(device, said)
            if seen is None:
                return
        lives = not (isinstance(said, DeviceState) and said.state in {"lost", "disconnected"})
        if lives:
            self._sign(seen)
        match said:
            case DeviceState():
                seen.boot = said.boot
            case DeviceInfo():
                seen.info = said
                seen.interval_s = _interval_s(said)
            case DeviceStatus():
                seen.shown, seen.surfaces, seen.paper = said.shown, said.surfaces, said.paper
            case _:
                pass

    def page_lives(self, kiosk: str) -> None:
        """The page of a kiosk is being told the hall's state."""
        device = self.devices.get(kiosk)
        if device is not None and device.is_page:
            self._sign(self._seen[kiosk])

    def board_told(self, key: Key, board: Board) -> None:
        """Every display must show it within two seconds."""
        self._told.tell(key, (board.epoch, board.rev), self._clock_s())

    def committed(self, told: controller.Told) -> None:
        """Presses and papers are in the journal."""
        for record in told.records:
            match record.fact:
                case f.TicketPrinted(printer=printer) if printer in self._seen:
                    self._seen[printer].printed_at = record.fact.at
            pressed = self._seen.get((record.cause or "").partition("/")[0])
            if pressed is not None:
                pressed.pressed_at = record.fact.at

    def _sign(self, seen: Seen) -> None:
        seen.sign_s, seen.signed_at = self._clock_s(), self._health.hall_time()

    def _stranger(self, device: str, said: Payload) -> Seen | None:
        """Remember a device that says what it is; forget it when it goes."""
        known = re.fullmatch(IDENTIFIER_PATTERN, device)
        if isinstance(said, DeviceInfo) and known and len(self.strangers) < MOST_STRANGERS:
            return self.strangers.setdefault(device, Seen())
        if isinstance(said, DeviceState) and said.state in {"lost", "disconnected"}:
            self.strangers.pop(device, None)
        return self.strangers.get(device)

    def info(self, device: str) -> DeviceInfo | None:
        """What a device, ours or not, says that it is."""
        seen = self._seen.get(device) or self.strangers.get(device)
        return seen.info if seen else None

    def surfaces(self, device: str) -> Mapping[str, str]:
        """The panels and screens of a display machine."""
        seen = self._seen.get(device)
        return seen.surfaces if seen else {}

    # -- who belongs to the hall

    def add(self, device: Equipment) -> None:
        """The device is the hall's from now on, with what is known of it already."""
        self.devices[device.id] = device
        self._seen[device.id] = self.strangers.pop(device.id, self._seen.get(device.id, Seen()))

    def remove(self, device: str) -> None:
        """The device is not the hall's any more."""
        self.devices.pop(device, None)
        self._seen.pop(device, None)
        self._last.pop(device, None)

    # -- how they are

    def look(self) -> dict[str, Care]:
        """How every device is now, in the order of hall.toml."""
        known = Known(
            self.devices,
            self._seen,
            {id_: self._health.devices.get(id_, "init") for id_ in self.devices},
            self._health.alerts,
            self._told,
            self._began_s,
            connected=BROKER_AWAY not in self._health.alerts,
            now_s=self._clock_s(),
        )
        return {id_: self._care(id_, verdict) for id_, verdict in verdicts(known).items()}

    def counts(self) -> dict[str, int]:
        """How many devices are in each state; states that nobody is in are left out."""
        states = [care.verdict.state for care in self.look().values()]
        return {state: states.count(state) for state in STATES if state in states}

    def _care(self, id_: str, verdict: Verdict) -> Care:
        before, since = self._last.get(id_, (None, None))
        if since is None or before != verdict.state:
            since = self._health.hall_time()
            self._last[id_] = verdict.state, since
            for tell in self.on_change:
                tell(id_)
        return Care(self.devices[id_], verdict, since, self._seen[id_])


MOST_STRANGERS: Final = 100
"""Nobody holds more new devices in hand; a client that invents names costs no memory."""


def _interval_s(info: DeviceInfo) -> float | None:
    said = info.capabilities.get(SIGN_EVERY)
    return float(said) if isinstance(said, int | float) and 0 < said < 86_400 else None  # noqa: PLR2004 - seconds of a day
