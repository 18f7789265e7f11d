"""Slips in place of numbers: a field that is done only online has a portal, and nobody waits for it.

Given out at any hour, because the portal never closes. Numbers stand in `issuing`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hall_controller.domain.offer_facts import SlipIssued
from hall_controller.domain.refusals import Refusal, refuse

if TYPE_CHECKING:
    from hall_controller.domain.commands import IssueSlip, Now
    from hall_controller.domain.hall import Hall


def issue_slip(hall: Hall, command: IssueSlip, now: Now) -> tuple[SlipIssued, ...] | Refusal:
    """The slip of a field that is online only, or why there is none."""
    service = hall.catalogue.services.get(command.service)
    if service is None or (hall.day is not None and not service.valid.on(hall.day)):
        return refuse("unknown_service")
    if not service.online_only:
        return refuse("not_online_only")
    issued = SlipIssued(
        *now,
        slip=f"slip-{hall.slips + 1}",
        service=service.id,
        portal=service.portal,
        language=command.language,
        source=command.source,
        paper=command.paper,
        agency=service.agency,
    )
    return (issued,)
