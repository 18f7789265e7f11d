"""The pages for signing in and for the first technician of a new hall.

A page shows who may be asked for; whether a secret is right only the API says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from hall_controller.staff.roles import ROLE_NAMES, ROLES
from hall_controller.web.access import ACCESS, SIGN_IN_HELPS, Table
from hall_controller.web.replies import HTTP_TEXTS
from hall_controller.web.who import Anybody

if TYPE_CHECKING:
    from hall_controller.controller import Controller
    from hall_controller.staff.roles import Role
    from hall_controller.web.auth import Auth
    from hall_controller.web.skeletons import Skeletons

OF_THIS_HALL: Final = re.compile(r"/(?![/\\\\])[ -~]*")
"""With two slashes it would be another one's address."""
TABLE: Final = Table()
TOLD: Final = SIGN_IN_HELPS - {"sign_in_needed"}
"""Why one who has signed in must sign in again; to the others the page says enough."""


def home(role: Role) -> str:
    """Where a role goes on after signing in: its own page, which has its name; an officer has the counter's."""
    return f"/{role}" if ("GET", f"/{role}") in ACCESS else "/"


class SignInPages:
    """The routes /sign-in and /set-up."""

    def __init__(self, controller: Controller, auth: Auth, skeletons: Skeletons) -> None:
        self._controller = controller
        self._auth = auth
        self._page = skeletons.page

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        router.add_api_route("/sign-in", self.sign_in)
        router.add_api_route("/set-up", self.set_up)
        return router

    async def sign_in(
        self,
        who: Anybody,
        counter: str = "",
        on: Annotated[str, Query(alias="next", max_length=200)] = "",
        why: str = "",
    ) -> HTMLResponse:
        """The PIN pad for officers, a password for the others; `next` is where to go on afterwards."""
        if not self._auth.register.has_technician():
            return self._page("set_up.html", done=False)
        hall = self._controller.hall
        on = on if OF_THIS_HALL.fullmatch(on) else ""
        needed, names = TABLE.find("GET", on.split("?")[0]) or (None, {})
        staff_only = needed is not None and bool(needed.roles) and "officer" not in needed.roles
        return self._page(
            "sign_in.html",
            who=who,
            role=ROLE_NAMES[who.role] if who else None,
            kind="staff" if staff_only else "officer",
            counter=counter or names.get("counter", ""),
            counters=list(hall.catalogue.counters.values()),
            names={counter.id: counter.name for counter in hall.catalogue.counters.values()},
            officers=[entry for entry in self._auth.register.people() if entry.role == "officer"],
            on_duty={id_: hall.officer_on_duty(id_) for id_ in hall.catalogue.counters},
            next=on,
            home=f"/counter/{who.counter}" if who and who.counter else home(who.role) if who else "/",
            homes={role: home(role) for role in ROLES},
            why=HTTP_TEXTS[why] if why in TOLD else None,
        )

    async def set_up(self) -> HTMLResponse:
        """Where the first technician is entered."""
        return self._page("set_up.html", done=self._auth.register.has_technician())
