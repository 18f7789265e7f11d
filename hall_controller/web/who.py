"""Who asks, for routes that need to know: `async def export(self, who: OnDuty) -> Response`.

The guard has looked at the session before a route is asked; whether that person may is said in `access`.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from hall_controller.staff.roles import Person


def _anybody(request: Request) -> Person | None:
    person: Person | None = request.state.person
    return person


def _on_duty(request: Request) -> Person:
    """Only for routes whose line in `access` names roles."""
    person: Person = request.state.person
    return person


Anybody = Annotated[Person | None, Depends(_anybody)]
"""Who has signed in, if anybody."""
OnDuty = Annotated[Person, Depends(_on_duty)]
"""Who has signed in, on a route that needs a role."""
