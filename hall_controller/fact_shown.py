"""What of a fact may be shown to people who look after machines: what happened, and nothing that belongs to a person.

No score and no reason of a rating, no code of a ticket, no officer; whoever must know asks a report. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hall_controller.domain import codec
from hall_controller.domain import facts as f

if TYPE_CHECKING:
    from hall_controller.domain.facts import Fact

KEPT_BACK: Final = frozenset({"score", "reasons", "officer", "pressed_at", "replaces", "person", "by"})
CODES: Final = (f.TicketIssued, f.SlipIssued)
"""Whose `code` opens a visitor's ticket; anywhere else a code says why."""


def shown(fact: Fact, *, staff: bool = False) -> dict[str, Any]:
    """The fields of a fact that may be shown; with `staff` also who did what to the hall's machines and settings."""
    hidden = KEPT_BACK - {"person", "by"} if staff else KEPT_BACK
    if isinstance(fact, CODES):
        hidden |= {"code"}
    return {name: value for name, value in codec.data(fact).items() if name not in hidden}
