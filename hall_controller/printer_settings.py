"""What the drivers of printers say about their settings in hall.toml.

Belongs here: asking them. Never here: what a setting means (that is the driver's), opening a line. A driver brings
fonts and pictures with it, which the controller's memory has no room for; so a process of its own is asked, and only
where there is something to ask about.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from hall_controller.mistakes import Mistake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hall_controller.settings import Device

LONGEST_ANSWER_S: Final = 20.0
"""A loaded Raspberry Pi takes two seconds to start Python."""
CHECK: Final = '{"job": "check"}\n'


def worker(device: Device, width_mm: int) -> Mapping[str, Any]:
    """What the print worker of a device is told: its model, its line, and the model's own settings."""
    return {"model": device.model, "line": device.line, "width_mm": width_mm, **device.settings}


def mistakes(devices: Sequence[Device], width_mm: int) -> list[Mistake]:
    """All of them; a printer without settings of its own on a line without speed has none."""
    return [
        Mistake(
            ("device", index, "line" if wrong.startswith(device.line) else "settings"), f"is wrong: {wrong}"
        )
        for index, device in enumerate(devices)
        if device.type == "printer" and (device.settings or device.line.startswith("serial:"))
        if (wrong := _said(worker(device, width_mm)))
    ]


def _said(settings: Mapping[str, Any]) -> str:
    """What the driver says; nothing when all is well, or when it cannot be asked now: printing will tell then."""
    command = [sys.executable, "-m", "hall_controller.devices.print_worker", json.dumps(settings)]
    try:
        done = subprocess.run(  # noqa: S603 - our own worker, no shell
            command, input=CHECK, capture_output=True, text=True, timeout=LONGEST_ANSWER_S, check=True
        )
        return str(json.loads(done.stdout)["mistake"])
    except (OSError, subprocess.SubprocessError, ValueError, KeyError):
        return ""
