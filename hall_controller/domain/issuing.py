"""Giving out a number: for what, when not, and which number it is.

A number is given out once a day and never skipped, but after a restore; whom it is given to is nobody's business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hall_controller.domain.codes import ticket_code
from hall_controller.domain.dispenser import besides, too_quick
from hall_controller.domain.estimate import expected_wait
from hall_controller.domain.facts import NumbersSkipped, TicketIssued
from hall_controller.domain.forecast import too_late
from hall_controller.domain.opening import is_open, next_opening
from hall_controller.domain.order import place_of_newcomer
from hall_controller.domain.refusals import Refusal, closed_until, refuse

if TYPE_CHECKING:
    from hall_controller.domain.catalogue import Service
    from hall_controller.domain.commands import IssueTicket, Now, SkipNumbers
    from hall_controller.domain.facts import Fact
    from hall_controller.domain.hall import Hall

LAST_NUMBER: Final = 999


def issue(hall: Hall, command: IssueTicket, now: Now) -> tuple[Fact, ...] | Refusal:
    """The next number of the service's queue, or why there is none."""
    service = hall.catalogue.services.get(command.service)
    if service is None:
        return refuse("unknown_service")
    no = _not_offered(hall, service, command, now) or too_quick(hall, command, now)
    if no:
        return no
    queue, day = hall.catalogue.queues[service.queue], hall.day
    number = hall.queue(queue.id).last_number + 1
    if number > LAST_NUMBER or day is None:
        return refuse("numbers_exhausted")
    ahead = place_of_newcomer(hall, queue.id, command.priority)
    wait = expected_wait(hall, queue.id, ahead)
    wait_s = wait.likely_s if wait else None
    late = too_late(hall, service, now, wait)
    if late:
        return late
    ticket = f"{queue.letter}{number:03}"
    issued = TicketIssued(
        *now,
        ticket=ticket,
        queue=queue.id,
        service=service.id,
        purpose=command.purpose,
        code=ticket_code(hall.catalogue.code_key, hall.catalogue.hall, day, ticket),
        language=command.language,
        priority=command.priority,
        source=command.source,
        ahead=ahead,
        estimated_wait_s=wait_s,
        paper=command.paper,
        agency=service.agency,
        dossiers=command.dossiers,
        person=command.person,
        wait_low_s=wait.low_s if wait else None,
        wait_high_s=wait.high_s if wait else None,
    )
    return (issued, *besides(hall, issued, now))


def skip(hall: Hall, command: SkipNumbers, now: Now) -> tuple[NumbersSkipped, ...]:
    """Go on behind the numbers that may be out on paper; those of another day do not matter."""
    if command.day != hall.day:
        return ()
    return tuple(
        NumbersSkipped(*now, queue=queue, last_number=min(last_number, LAST_NUMBER))
        for queue, last_number in command.highest.items()
        if queue in hall.catalogue.queues and last_number > hall.queue(queue).last_number
    )


def _not_offered(hall: Hall, service: Service, command: IssueTicket, now: Now) -> Refusal | None:
    """Why this service gives no number for this wish at this hour."""
    if command.purpose not in service.purposes:
        return refuse("unknown_purpose")
    if command.priority is not None and command.priority not in hall.catalogue.priorities:
        return refuse("unknown_priority")
    if service.online_only:
        return refuse("online_only")
    if now.trusted and not is_open(hall.catalogue, service, now.at):
        return closed_until(next_opening(hall.catalogue, service, now.at))
    return None
