"""What has happened to the offer: a list of procedures read, slips given out in place of numbers; a part of `facts`.

A slip is no ticket: nobody is called, and reports count it apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from hall_controller.domain.happened import Happened


@dataclass(frozen=True, slots=True)
class SlipIssued(Happened):
    """A visitor of a field that is done only online was told the portal's address; `slip` counts those of the day."""

    type: ClassVar[str] = "slip.issued"
    slip: str
    service: str
    portal: str = ""
    language: str = "vi"
    source: str = ""
    paper: bool = True
    agency: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueLoaded(Happened):
    """A list of procedures was read and taken, or refused for `reason` while the one before it stays."""

    type: ClassVar[str] = "catalogue.loaded"
    sha256: str
    rows: int
    decision: str = ""
    decided: date | None = None
    """The newest decision in the list, and its day."""
    added: int = 0
    removed: int = 0
    changed: int = 0
    taken: bool = True
    reason: str = ""
