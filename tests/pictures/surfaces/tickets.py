"""The printed ticket on paper of 58 and 80 mm, as the printer's own language says it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hall_controller.devices.printers import escpos_picture
from hall_controller.devices.printers.escpos import Driver
from hall_controller.devices.ticket import PAPER_DOTS, TicketPaper
from tests.hall_controller.devices.tickets import longest_ticket, ticket
from tests.pictures.frame import Picture

TITLE: Final = "Printed ticket"

PAPERS: Final[dict[str, tuple[str, TicketPaper]]] = {
    "ordinary": ("A ticket as most are.", ticket()),
    "wait unknown": ("Nothing is promised that is not known.", ticket(estimated_wait_s=None)),
    "nobody ahead": ("The next one to be called.", ticket(ahead=0, estimated_wait_s=None)),
    "reprint": ("The same number once more, marked.", ticket(reprint=True)),
    "training": ("From a lesson, not from the hall.", ticket(training=True)),
    "longest": ("Everything that a ticket can have, all names long.", longest_ticket()),
}


def draw(folder: Path) -> Iterator[Picture]:
    """Every paper in both widths."""
    for state, (about, paper) in PAPERS.items():
        for width_mm in PAPER_DOTS:
            file = folder / f"{state.replace(' ', '-')}-{width_mm}mm.png"
            escpos_picture.save(Driver(width_mm=width_mm).ticket(paper), file, width_mm)
            yield Picture(file, f"{state}, {width_mm} mm", about)
