"""How long people waited on a day or on many: median, nine in ten, mean, shares over the targets, called by closing.

From the number to the first call. Who was not called any more counts with the time until the last session ended, so
that a hall which sends people home does not look quick.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import ceil
from statistics import fmean
from typing import TYPE_CHECKING, Final

from hall_controller.simulation.shifts import hours
from hall_controller.whatif.replay import visitors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from hall_controller.domain.catalogue import Catalogue
    from hall_controller.whatif.recorded import RecordedDay

MINUTE_MS: Final = 60_000
HALF_HOUR_MS: Final = 30 * MINUTE_MS
NAMES: Final = ("p50", "p90", "mean", "over_15", "over_30", "by_closing")


@dataclass(slots=True)
class Waits:
    """Waits in minutes, by the half hour in which the number was given out."""

    by_half_hour: defaultdict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    by_closing: int = 0
    """Called before the last session ended."""
    never_called: int = 0

    def add(self, day: RecordedDay, hall: Catalogue, queues: Collection[str]) -> None:
        """Take in the visitors of these queues."""
        closing_ms = {
            queue: max((end for _, end in hours(hall, day.day, (queue,))), default=0) for queue in queues
        }
        for visitor in visitors(day, hall):
            if visitor.queue not in queues:
                continue
            closes_ms = closing_ms[visitor.queue]
            called_ms = visitor.called_ms
            self.never_called += called_ms is None
            self.by_closing += called_ms is not None and called_ms <= closes_ms
            until_ms = max(closes_ms, visitor.at_ms) if called_ms is None else called_ms
            half = visitor.at_ms // HALF_HOUR_MS
            self.by_half_hour[half].append((until_ms - visitor.at_ms) / MINUTE_MS)

    @property
    def all(self) -> list[float]:
        """Every wait, the shortest first."""
        return sorted(wait for waits in self.by_half_hour.values() for wait in waits)

    def figures(self) -> dict[str, float]:
        """The measures by name, minutes and shares; raises HallError-free zeros of nobody."""
        waits = self.all
        if not waits:
            return dict.fromkeys(NAMES, 0.0)
        count = len(waits)
        values = (
            nearest_rank(waits, 0.5),
            nearest_rank(waits, 0.9),
            fmean(waits),
            sum(wait > 15 for wait in waits) / count,  # noqa: PLR2004 - the target of 2025
            sum(wait > 30 for wait in waits) / count,  # noqa: PLR2004 - the target of 2022
            self.by_closing / count,
        )
        return dict(zip(NAMES, values, strict=True))

    def means(self) -> dict[int, float]:
        """The mean wait of each half hour."""
        return {half: fmean(waits) for half, waits in sorted(self.by_half_hour.items())}


def nearest_rank(values: list[float], share: float) -> float:
    """The least of the sorted values within which that share lies.

    >>> nearest_rank([1, 2, 3, 4], 0.5), nearest_rank([1, 2, 3, 4], 0.9)
    (2, 4)
    """
    return values[max(0, ceil(share * len(values)) - 1)]


def means_of(many: Iterable[Mapping[int, float]]) -> dict[int, float]:
    """The mean of each half hour over several replays."""
    found: defaultdict[int, list[float]] = defaultdict(list)
    for means in many:
        for half, mean in means.items():
            found[half].append(mean)
    return {half: fmean(values) for half, values in sorted(found.items())}
