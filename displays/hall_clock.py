"""What time it is in the hall, and since when the hall has not been heard.

Pure: every method is told the display machine's own time. In training the hall's clock runs elsewhere
(`hall run --clock`), and this machine follows it from the times written in the messages; otherwise its own is right.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from hall_controller.messages import ControllerState

ALIVE: Final = frozenset({"ready", "degraded"})
"""The controller's states in which its boards may be believed."""


class HallClock:
    """The hall's time as this machine can know it.

    A message says a time that is not later than the hall's now, so the greatest `said - own` heard is the best estimate
    of the difference (the least delay wins, as in NTP's clock filter, RFC 5905 section 10). A message that the broker
    kept for us may be hours old: it can only raise the estimate, while the controller's own live word sets it.
    """

    def __init__(self) -> None:
        self.training = False
        self._ahead: timedelta | None = None

    def now(self, own: datetime) -> datetime:
        """The hall's time when this machine's clock says `own`."""
        return own + self._ahead if self.training and self._ahead is not None else own

    def heard_controller(self, state: ControllerState, own: datetime, *, live: bool) -> None:
        """Follow the controller's word about its clock; `live` is false for a message kept by the broker."""
        changed = state.training != self.training
        self.training = state.training
        if (live and state.state in ALIVE) or changed:
            self._ahead = state.time - own
        else:
            self.heard_time(state.time, own)

    def heard_time(self, said: datetime, own: datetime) -> None:
        """Learn from a time in any board: it cannot lie in the hall's future."""
        ahead = said - own
        self._ahead = ahead if self._ahead is None else max(self._ahead, ahead)


class Silence:
    """Since when nobody answers for the boards: no broker, or a broker without a living controller."""

    def __init__(self, now: datetime) -> None:
        self.connected = False
        self._alive = False
        self.since: datetime | None = now

    def connect(self) -> None:
        """The broker answers; what it says of the controller comes next."""
        self.connected = True
        self._alive = False

    def disconnect(self, now: datetime) -> None:
        """The broker is away."""
        self.connected = False
        self._judge(now)

    def controller(self, state: ControllerState | None, now: datetime) -> None:
        """The controller says how it is, or its last will does."""
        self._alive = state is not None and state.state in ALIVE
        self._judge(now)

    def _judge(self, now: datetime) -> None:
        if self.connected and self._alive:
            self.since = None
        elif self.since is None:
            self.since = now

    def told_since(self, now: datetime, grace_s: float) -> datetime | None:
        """Since when to tell people; None while it is shorter than `grace_s`, which a restart of the broker takes."""
        if self.since is None or now - self.since < timedelta(seconds=grace_s):
            return None
        return self.since
