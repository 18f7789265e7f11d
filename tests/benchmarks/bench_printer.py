"""A whole ticket on a serial printer at 115,200 baud, beside what its bytes alone take on the wire.

Prints a table; judges nothing. From the job to the printer's word that the paper is out, status before and after
included; the far end takes no byte faster than the wire would (tests/hall_controller/devices/paced_printer.py).
"""

from __future__ import annotations

import time
from typing import Final

from hall_controller.devices.print_worker import Printer
from hall_controller.devices.printers.escpos import Driver
from hall_controller.devices.ticket import TicketPaper
from tests.benchmarks.bench_press import at
from tests.hall_controller.devices.paced_printer import BITS_PER_CHARACTER, PacedPrinter
from tests.hall_controller.devices.tickets import longest_ticket, ticket

BAUDRATE: Final = 115_200
TICKETS: Final = 8
WANTED_S: Final = 3.0


def main() -> None:
    """Print the table."""
    print(f"{'seconds':38}{'bytes':>8}{'wire':>8}{'p50':>8}{'most':>8}{'p50/wire':>10}")
    for width_mm in (58, 80):
        for name, paper in (("an ordinary ticket", ticket()), ("the longest ticket", longest_ticket())):
            measured(f"{name}, {width_mm} mm", paper, width_mm)


def measured(name: str, paper: TicketPaper, width_mm: int) -> None:
    """One row: the same ticket several times, the first of which also composes its letters."""
    size = len(Driver(width_mm=width_mm).ticket(paper))
    wire_s = size * BITS_PER_CHARACTER / BAUDRATE
    times_s: list[float] = []
    with PacedPrinter(BAUDRATE) as far:
        line = f"serial://{far.path}?baudrate={BAUDRATE}"
        printer = Printer.of({"model": "escpos", "line": line, "width_mm": width_mm})
        for _ in range(TICKETS):
            began_s = time.monotonic()
            told = printer.print(paper)
            times_s.append(time.monotonic() - began_s)
            if told["outcome"] != "printed":
                print(f"{name}: {told}")
    p50 = at(times_s, 0.5)
    within = sum(each <= WANTED_S for each in times_s)
    print(
        f"{name:38}{size:8}{wire_s:8.2f}{p50:8.2f}{max(times_s):8.2f}{p50 / wire_s:10.2f}"
        f"   {within} of {len(times_s)} within {WANTED_S:g} s"
    )
