"""Counts that no queue controller sees, as somebody else told them: by channel, by settlement, and what was printed.

Shapes and sums. How a file of them is read, and what is wrong with it, stands in `imports_file`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from datetime import date

COUNTS: Final = ("online", "post", "early", "on_time", "late", "open", "home_delivery", "moved")
"""Figures that add up over days and agencies."""
PART, PRINTED, LATE_DOSSIER = "part", "printed", "late_dossier"
OTHERS: Final = (PART, PRINTED, LATE_DOSSIER)
Which = Literal["", "weekdays", "saturdays"]


@dataclass(frozen=True, slots=True)
class Imported:
    """One line: so many of `figure` on the days from `first_day` to `last_day`, both included.

    A late dossier was due on `first_day` and settled on `last_day`; its count is the days late as they were printed.
    """

    line: int
    first_day: date
    last_day: date
    on: Which
    agency: str
    service: str
    figure: str
    count: Decimal
    name: str = ""


@dataclass(frozen=True, slots=True)
class Imports:
    """The lines that lie within a period, and those that reach beyond it and therefore cannot be counted."""

    lines: tuple[Imported, ...] = ()
    left_out: tuple[Imported, ...] = ()
    given: bool = False
    """Whether anything was imported at all; without it a count is unknown and not zero."""

    def total(self, figure: str, on: Which = "", agency: str | None = None) -> int | None:
        """The sum of a figure, of an agency ("" is what was told of none) or of all; None when nobody told it."""
        if not any(line.figure == figure for line in self.lines):
            return None
        return sum(
            int(line.count)
            for line in self.lines
            if line.figure == figure
            and on in ("", line.on, _day_kind(line))
            and agency in (None, line.agency)
        )

    def by_service(self, figure: str) -> Counter[tuple[str, str]]:
        """The sums of a figure by agency and service; "" is what was told of none."""
        found: Counter[tuple[str, str]] = Counter()
        for line in self.of(figure):
            found[line.agency, line.service] += int(line.count)
        return found

    def of(self, figure: str) -> list[Imported]:
        return [line for line in self.lines if line.figure == figure]


def within(lines: tuple[Imported, ...], first_day: date, last_day: date) -> Imports:
    """What counts for a period; a printed number counts for its own period only, a late dossier when it was settled."""
    inside, beyond = [], []
    for line in lines:
        if line.figure == LATE_DOSSIER:
            if first_day <= line.last_day <= last_day:
                inside.append(line)
        elif first_day <= line.first_day and line.last_day <= last_day:
            if line.figure != PRINTED or (line.first_day, line.last_day) == (first_day, last_day):
                inside.append(line)
        elif line.first_day <= last_day and line.last_day >= first_day:
            beyond.append(line)
    return Imports(tuple(inside), tuple(beyond), given=True)


def _day_kind(line: Imported) -> Which:
    """A line of a single day says by itself which kind of day that was."""
    if line.on or line.first_day != line.last_day:
        return line.on
    return "saturdays" if line.first_day.weekday() == 5 else "weekdays"  # noqa: PLR2004 - Saturday
