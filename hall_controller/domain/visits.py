"""A visit at a counter: whether the counter can receive anybody, how the visit ends, and to whom it is put down.

Facts about one visitor in front of one counter. Whose turn it is stands in `order`, how visitors are called in `calls`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hall_controller.domain import facts as f
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.domain.windows import invitation

if TYPE_CHECKING:
    from hall_controller.domain.commands import Now
    from hall_controller.domain.hall import Hall


def end_visit(hall: Hall, counter: str, now: Now, key: str) -> tuple[f.Fact, ...]:
    """The visitor at the counter, if there is one, has been served and may rate; `key` says what ended the visit."""
    ticket = hall.desk(counter).ticket
    if ticket is None:
        return ()
    officer = hall.officer_on_duty(counter)
    completed = f.TicketCompleted(*now, ticket, counter, officer, key, *agencies(hall, counter))
    return (completed, *invitation(hall, counter, ticket, now))


def agencies(hall: Hall, counter: str) -> tuple[str, str]:
    """The agency that the counter serves today and the one that staffs it, for the evidence of ten years."""
    assignment = hall.catalogue.assignment(counter, hall.day) if hall.day else None
    return (assignment.agency, assignment.staffing) if assignment else ("", "")


def not_serving(hall: Hall, counter: str) -> Refusal | None:
    """Why the counter cannot call anybody now."""
    desk = hall.desk(counter)
    if desk.status != "open":
        return refuse(f"counter_{desk.status}")
    if hall.catalogue.sign_in_required and desk.officer is None:
        return refuse("sign_in_required")
    return None
