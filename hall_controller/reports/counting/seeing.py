"""How a counter sees facts: each kind that it cares about in a way of its own, all others not at all.

The kinds stand in a table and not in a `match`, so that it can be asked which rows of a day need not be read. Never
here: what is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hall_controller.domain.facts import Fact

    Ways = Mapping[type[Fact], Callable[[Any], None]]


class Seeing:
    """Counts while the facts of one day go by."""

    ways: Ways
    """What is done with which kind of fact."""

    def see(self, fact: Fact) -> None:
        """Count the fact, if it is one that counts here."""
        way = self.ways.get(type(fact))
        if way is not None:
            way(fact)
