"""A hall's devices, watched on clocks that are set by hand: what is heard, and how they are then.

Belongs here: making a roster and letting time pass. Never here: what a test expects of it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hall_controller.equipment.alerts import DeviceAlerts
from hall_controller.equipment.roster import Roster
from hall_controller.equipment.seen import Equipment
from hall_controller.equipment.verdict import Verdict
from hall_controller.health import Health
from hall_controller.messages import (
    CallsBoard,
    CounterDisplay,
    DeviceInfo,
    DeviceState,
    DeviceStatus,
    Shown,
    Text,
)

NO_SENTENCE = Text(vi="", en="")
PAD = Equipment("pad-1", "call-pad", "mqtt", counter="1")
KIOSK = Equipment("kiosk-1", "kiosk", "web")
PANEL = Equipment("panel-1", "panel", "esp32_max7219", counter="1")
SCREEN = Equipment("screen-1", "screen", "hall-display")
PRINTER = Equipment("printer-1", "printer", "escpos", "tcp://printer")


class Watched:
    """The devices given, at eight in the morning."""

    def __init__(self, *devices: Equipment) -> None:
        self.at = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)
        self.now_s = 1000.0
        self.health = Health([device.id for device in devices], lambda: self.at)
        self.roster = Roster(devices, self.health, lambda: self.now_s)
        self._alerts = DeviceAlerts(self.health)

    def wait(self, seconds: float) -> None:
        """Time passes."""
        self.now_s += seconds
        self.at += timedelta(seconds=seconds)

    def is_(self, device: str, state: str) -> None:
        """A device says its state, or its last will does."""
        self.health.device_is(device, state)
        self.roster.heard(device, DeviceState.model_validate({"state": state, "boot": 7}))

    def introduces(self, device: str, type_: str = "call-pad", **capabilities: object) -> None:
        """A device says what it is."""
        said = {"type": type_, "model": "m", "firmware": "1.2", "capabilities": capabilities}
        self.roster.heard(device, DeviceInfo.model_validate(said))

    def shows(self, device: str, rev: int, **surfaces: str) -> None:
        """A display says what stands on it."""
        shown = Shown(epoch=1, rev=rev)
        self.roster.heard(device, DeviceStatus(shown=shown, surfaces=surfaces))

    def counter_changes(self, rev: int, counter: str = "1") -> None:
        """A counter's display is told under this number."""
        board = CounterDisplay(epoch=1, rev=rev, state="open", since=self.at, text=NO_SENTENCE)
        self.roster.board_told(("counter", counter), board)

    def calls_change(self, rev: int) -> None:
        """The hall board is told under this number."""
        self.roster.board_told(("board", "calls"), CallsBoard(epoch=1, rev=rev, calls=[]))

    def how(self, device: str) -> Verdict:
        """How a device is now."""
        return self.roster.look()[device].verdict

    def alerts(self) -> dict[str, str]:
        """The alerts that hold after a look: code and English sentence."""
        self._alerts.look(self.roster.look())
        return {code: alert.text.en for code, alert in self.health.alerts.items()}
