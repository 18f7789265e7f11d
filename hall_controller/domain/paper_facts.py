"""What became of the paper of a ticket, and how the printer is; a part of `facts`.

A printer is no board: what it did is written down, because it cannot be asked again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from hall_controller.domain.happened import Happened


@dataclass(frozen=True, slots=True)
class TicketPrinted(Happened):
    """The paper of a ticket came out."""

    type: ClassVar[str] = "ticket.printed"
    ticket: str
    printer: str


@dataclass(frozen=True, slots=True)
class PrintFailed(Happened):
    """No paper came out; the number stands all the same."""

    type: ClassVar[str] = "ticket.print_failed"
    ticket: str
    printer: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class PrintUnknown(Happened):
    """The line broke in the middle of a ticket: there may be paper or not, and nothing is repeated by itself."""

    type: ClassVar[str] = "ticket.print_unknown"
    ticket: str
    printer: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReprintRequested(Happened):
    """A marked reprint of the same number was asked for."""

    type: ClassVar[str] = "ticket.reprint_requested"
    ticket: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class PrinterStateChanged(Happened):
    """The printer of the tickets prints again, or does not: `ready`, `paper_out`, `not_ready`."""

    type: ClassVar[str] = "printer.state_changed"
    printer: str
    state: str


@dataclass(frozen=True, slots=True)
class PaperChanged(Happened):
    """Somebody at the guidance desk said that the printer has new paper, before it was asked whether it prints."""

    type: ClassVar[str] = "printer.paper_changed"
    person: str
