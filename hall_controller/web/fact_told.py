"""A fact as the technician's page is told it.

Shapes and filling only; what of a fact may be shown is said in `fact_shown`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hall_controller.fact_shown import shown
from hall_controller.web.bodies import Body

if TYPE_CHECKING:
    from hall_controller.domain.facts import Fact


class FactTold(Body):
    """One fact: its number in the journal, when, its type, what it is about, and what caused it."""

    seq: int
    at: str
    time_trusted: bool
    type: str
    data: dict[str, Any]
    cause: str | None


def told(seq: int, fact: Fact, cause: str | None) -> FactTold:
    """The fact as it is shown."""
    return FactTold(
        seq=seq,
        at=fact.at.isoformat().replace("+00:00", "Z"),
        time_trusted=fact.time_trusted,
        type=fact.type,
        data=shown(fact, staff=True),
        cause=cause,
    )
