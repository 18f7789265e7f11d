"""The stand-in: a printer that is a file; what is printed is added to its end, and nothing is ever answered.

Belongs here: what differs from a real ESC/POS printer. `escpos_picture.py` shows the file as paper.
"""

from __future__ import annotations

from dataclasses import dataclass

from hall_controller.devices.printers import escpos


@dataclass(frozen=True, slots=True)
class Driver(escpos.Driver):
    """The bytes of a real ESC/POS printer, for a line `file:///path`.

    >>> Driver(width_mm=80).answers_status
    False
    """

    answers_status: bool = False
    reports_when_done: bool = False
