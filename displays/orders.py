"""What a technician asks of this machine: show which one you are, light everything.

Pure. A command is obeyed once, and never after it has expired.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime
from typing import Final, Literal

from pydantic import ValidationError

from hall_controller.messages import LARGEST_PAYLOAD_BYTES, DeviceCommand, DeviceReply

Wanted = Literal["board", "identify", "test"]
ORDER_S: Final = 5.0
"""How long a name or a test picture stays: the technician stands in front of it."""


class Orders:
    """The order under way and the last ones obeyed."""

    def __init__(self) -> None:
        self._wanted: Wanted = "board"
        self._until_s = 0.0
        self._obeyed: deque[str] = deque(maxlen=64)

    def take(self, payload: bytes, *, now: datetime, at_s: float) -> DeviceReply | None:
        """Obey a command; None when it cannot be read. `now` is the hall's time, `at_s` monotonic seconds."""
        if len(payload) > LARGEST_PAYLOAD_BYTES:
            return None
        try:
            command = DeviceCommand.model_validate_json(payload)
        except ValidationError:
            return None
        if command.id in self._obeyed:
            return DeviceReply(id=command.id, result="duplicate")
        if command.expires < now:
            return DeviceReply(id=command.id, result="expired")
        self._obeyed.append(command.id)
        if command.command == "reboot":
            return DeviceReply(
                id=command.id, result="error", data={"reason": "restart the machine's display service"}
            )
        self._wanted = command.command
        self._until_s = at_s + ORDER_S
        return DeviceReply(id=command.id, result="ok")

    def wanted(self, at_s: float) -> Wanted:
        """What the surfaces should show now."""
        return self._wanted if at_s < self._until_s else "board"

    def ends_in_s(self, at_s: float) -> float | None:
        """Seconds until the boards return; None when they are there."""
        return self._until_s - at_s if at_s < self._until_s else None
