"""Officers whose scores chance cannot explain, told from the whole hall's: an exact binomial test.

A question to be asked and no verdict: a patient officer and one who presses the pad look alike here. The rules flag
single presses (`domain.flags`); only many together show this.
"""

from __future__ import annotations

from math import exp, fsum, inf, lgamma, log
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

RARE: Final = 0.01
"""Of a hundred halls in which all officers are alike, one is asked for nothing."""


class Count(NamedTuple):
    """Ratings of an officer, and how many of them were satisfied."""

    satisfied: int
    of: int


class Odd(NamedTuple):
    """An officer whose share lies too far from the hall's, and how rare that would be by chance."""

    officer: str
    ratings: Count
    hall: float
    p_value: float


def binomial_p(count: int, of: int, share: float) -> float:
    """How rare a count so far from `share` is by chance, both ways: twice the smaller exact tail, at most 1.

    >>> round(binomial_p(10, 10, 0.5), 6)
    0.001953
    """
    lower = fsum(_probability(n, of, share) for n in range(count + 1))
    upper = fsum(_probability(n, of, share) for n in range(count, of + 1))
    return min(1.0, 2 * min(lower, upper))


def implausible(officers: Mapping[str, Count], rare: float = RARE) -> list[Odd]:
    """Officers too far from the hall as a whole, rarest first; the more officers are looked at, the rarer it must be.

    The hall's share includes the officer's own ratings, which can only make an officer look less odd; the p-values are
    told as they are, and held against `rare` divided by the number of officers (Bonferroni).
    """
    rated = {officer: count for officer, count in officers.items() if count.of}
    of = sum(count.of for count in rated.values())
    if not of:
        return []
    share = sum(count.satisfied for count in rated.values()) / of
    odd = [
        Odd(officer, count, share, binomial_p(count.satisfied, count.of, share))
        for officer, count in rated.items()
    ]
    return sorted((one for one in odd if one.p_value < rare / len(rated)), key=lambda one: one.p_value)


def _probability(count: int, of: int, share: float) -> float:
    """Of exactly `count`; by logarithms, so that thousands of ratings do not overflow."""
    ways = lgamma(of + 1) - lgamma(count + 1) - lgamma(of - count + 1)
    return exp(ways + _times(count, share) + _times(of - count, 1 - share))


def _times(count: int, share: float) -> float:
    if count == 0:
        return 0.0
    return count * log(share) if share > 0 else -inf
