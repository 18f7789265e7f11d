"""Percentiles and shares out of counts by whole minutes: exact for what was counted, and small however many there are.

A wait of 15:00 counts as 15 minutes and one of 15:01 as 16, so shares over a whole minute are exact and a percentile is
rounded up to the minute.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def percentile(counts: Mapping[int, int], share: float) -> int | None:
    """The least minute within which that share of all lies (nearest rank); None of nothing.

    >>> percentile({1: 5, 10: 4, 60: 1}, 0.9)
    10
    """
    rank = ceil(share * sum(counts.values()))
    for minute in sorted(counts):
        rank -= counts[minute]
        if rank <= 0 and counts[minute]:
            return minute
    return None


def share_over(counts: Mapping[int, int], minutes: int) -> float | None:
    """The share of those above so many minutes; None of nothing."""
    of = sum(counts.values())
    return sum(count for minute, count in counts.items() if minute > minutes) / of if of else None
