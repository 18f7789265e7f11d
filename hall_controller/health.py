"""What is alive, late or broken, and since when; no input or output.

A problem is a sentence with what to do. An alert is raised once, told until it is over, and then taken back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from hall_controller.messages import Alert, alert_code

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hall_controller.messages import Text


class Health:
    """The state of every device by its id, and the alerts that hold now; `now` is the hall's clock."""

    def __init__(self, devices: list[str], now: Callable[[], datetime]) -> None:
        self.devices: dict[str, str] = dict.fromkeys(devices, "init")
        self.since: dict[str, datetime] = dict.fromkeys(devices, now())
        self.alerts: dict[str, Alert] = {}
        self.malformed = 0
        self.on_alert: list[Callable[[str, Alert | None], None]] = []
        self.hall_time = now

    def add(self, device: str) -> None:
        """The device is the hall's from now on; what it said before as a stranger does not count."""
        self.devices.setdefault(device, "ready")
        self.since.setdefault(device, self.hall_time())

    def remove(self, device: str) -> None:
        """The device is not the hall's any more, and nothing is wrong with what is not there."""
        self.devices.pop(device, None)
        self.since.pop(device, None)
        for kind in ("device", "faulty", "malformed", "retained", "paper"):
            self.end_alert(alert_code(kind, device))

    def device_is(self, device: str, state: str) -> None:
        """A device told its state, or its last will did."""
        if self.devices.get(device) != state:
            self.devices[device] = state
            self.since[device] = self.hall_time()

    def counts(self) -> dict[str, int]:
        """How many devices are in each state."""
        states = list(self.devices.values())
        return {state: states.count(state) for state in sorted(set(states))}

    def raise_alert(self, code: str, severity: Literal["info", "warning", "critical"], text: Text) -> None:
        """Something must be mended; told once, however often it is raised."""
        if code not in self.alerts:
            self.alerts[code] = Alert(severity=severity, code=code, text=text, since=self.hall_time())
            self._tell(code)

    def end_alert(self, code: str) -> None:
        """It has been mended."""
        if self.alerts.pop(code, None) is not None:
            self._tell(code)

    def _tell(self, code: str) -> None:
        for tell in self.on_alert:
            tell(code, self.alerts.get(code))
