"""Chance that can be had again: streams of random numbers by name, and the few distributions that a hall needs.

A stream is seeded by its name, so that what changes on one day, or at one counter, shifts nothing elsewhere.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Thing = TypeVar("Thing")


class Chance(random.Random):
    """One stream of random numbers."""

    def __init__(self, *name: object) -> None:
        """The stream with that name, such as `Chance(1, date(2022, 3, 1), "arrivals")`."""
        super().__init__("/".join(str(part) for part in name))

    def happens(self, share: float) -> bool:
        return self.random() < share

    def between_ms(self, least_and_most: tuple[float, float], unit_s: float = 1.0) -> int:
        """A time between two, as likely as any other, in milliseconds."""
        return round(self.uniform(*least_and_most) * unit_s * 1000)

    def one_of(self, weights: Mapping[Thing, float]) -> Thing:
        """One key, by its weight; each alike when all weights are zero."""
        return self.some_of(weights, 1)[0]

    def some_of(self, weights: Mapping[Thing, float], count: int) -> Sequence[Thing]:
        """So many keys by their weights, the same one more than once perhaps."""
        things = list(weights)
        total = sum(weights.values())
        return self.choices(things, [weights[thing] for thing in things] if total > 0 else None, k=count)

    def poisson(self, mean: float) -> int:
        """How often something happens that happens `mean` times on average: exponential gaps within one unit."""
        if mean <= 0:
            return 0
        count, reached = 0, self.expovariate(1.0)
        while reached < mean:
            count += 1
            reached += self.expovariate(1.0)
        return count
