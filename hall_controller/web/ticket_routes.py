"""Numbers over HTTP: taking one, looking after it, rating the visit with its code.

The journal first, then the paper, then the answer; the paper never twice for one number.
"""

from __future__ import annotations

import hmac
import math
from datetime import timedelta
from typing import TYPE_CHECKING, Final, Protocol

from fastapi import APIRouter
from starlette.responses import Response

from hall_controller.domain.codes import read_code
from hall_controller.domain.commands import IssueTicket, RateEarlierTicket, RateTicket, ReleaseTicket
from hall_controller.domain.earlier import day_of_code
from hall_controller.domain.facts import TicketGuarded
from hall_controller.domain.refusals import Refusal, refuse
from hall_controller.web.bodies import Rated, TicketGiven, TicketRating, TicketSeen, TicketWish
from hall_controller.web.declaring import declare
from hall_controller.web.replies import answered, refused
from hall_controller.web.ticket_seen import STATE_TEXTS, seen, seen_earlier

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from hall_controller.controller import Controller
    from hall_controller.domain.commands import Command
    from hall_controller.domain.earlier import EarlierVisit
    from hall_controller.domain.hall import Ticket

WEB: Final = "web"
"""The source of a number that no kiosk of the hall asked for."""

VISITS_KEPT: Final = 256
"""Visits of earlier days, of which the journal is not asked again on the same day."""


class Papers(Protocol):
    """Whatever puts numbers on paper, as soon as they are written down."""

    @property
    def ready(self) -> bool | None:
        """Whether paper would come out now; None when that is not known."""
        ...

    async def printed(self, ticket: str) -> bool | None:
        """Whether the paper of a number came out, within 3 s; None when none was to be printed lately."""
        ...

    async def look(self) -> bool | None:
        """Whether tickets come out now; somebody has just seen to the printer. None when there is none."""
        ...


class TicketRoutes:
    """The routes under /api/tickets."""

    def __init__(
        self,
        controller: Controller,
        printing: Papers | None,
        *,
        kiosks: Collection[str],
        public_url: str,
    ) -> None:
        self._controller = controller
        self._printing = printing
        self._kiosks = frozenset(kiosks)
        self._public_url = public_url.rstrip("/")
        self._visits: dict[tuple[date, date, str], EarlierVisit] = {}

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/tickets", tags=["tickets"])
        declare(router, "POST ", self.take, TicketGiven, (404, 409, 413, 422, 429, 503), "Take a number", 201)
        declare(
            router,
            "GET /{code}",
            self.look,
            TicketSeen,
            (404, 409, 422, 503),
            "Where a ticket stands, by the code on it",
        )
        declare(
            router,
            "POST /{code}/rating",
            self.rate,
            Rated,
            (404, 409, 413, 422, 503),
            "Rate a visit with the code on its ticket",
        )
        return router

    async def take(self, wish: TicketWish) -> Response:
        """The number is in the journal before this answers; the same `request_id` again gets the same number."""
        source = wish.kiosk if wish.kiosk in self._kiosks else WEB
        return await self.give(wish, source or WEB, wish.request_id and f"request:{wish.request_id}")

    async def give(self, wish: TicketWish, source: str, cause: str | None, by: str = "") -> Response:
        """A number for a wish that came from `source`; who gives it `by` hand lets it wait, also in guard mode."""
        command = IssueTicket(
            wish.service,
            wish.purpose,
            wish.language,
            wish.priority,
            source,
            wish.print,
            wish.dossiers,
            by,
        )
        answer = await self._controller.submit(command, cause)
        issued = answer.issued
        if issued is None:
            refusal = answer.refusal or refuse("malformed")
            return refused(refusal, self._retry_after_s(refusal.code, command.source))
        guarded = any(isinstance(fact, TicketGuarded) for fact in answer.facts)
        if guarded and by:
            await self._controller.submit(ReleaseTicket(issued.ticket, by), cause and f"{cause}:release")
            guarded = False
        given = TicketGiven.model_construct(
            number=issued.ticket,
            code=issued.code,
            queue=issued.queue,
            ahead=issued.ahead,
            estimated_wait_s=issued.estimated_wait_s,
            wait_low_s=issued.wait_low_s,
            wait_high_s=issued.wait_high_s,
            printed=await self._printed(issued.ticket),
            url=f"{self._public_url}/t/{issued.code}" if self._public_url else None,
            guarded=guarded,
            text=STATE_TEXTS["unreleased" if guarded else "waiting"],
        )
        return answered(given, 201)

    async def look(self, code: str) -> Response:
        """How many are ahead, the expected wait, and the counter when called; blanks and dashes do not matter.

        Of an earlier day: whether the visit can still be rated.
        """
        ticket = self._ticket(code)
        if ticket is not None:
            return answered(seen(self._controller.hall, ticket))
        visit = await self._earlier(code)
        if isinstance(visit, Refusal):
            return refused(visit)
        return answered(seen_earlier(self._controller.hall, visit))

    async def rate(self, code: str, rating: TicketRating) -> Response:
        """Counts once for each visit, after it has ended, and also on later days; the setting says how many."""
        ticket, reasons = self._ticket(code), tuple(rating.reasons)
        if ticket is not None:
            day, number = self._controller.hall.day, ticket.number
            command: Command = RateTicket(number, rating.score, reasons)
        else:
            visit = await self._earlier(code)
            if isinstance(visit, Refusal):
                return refused(visit)
            day, number = visit.day, visit.ticket
            command = RateEarlierTicket(visit, read_code(code)[1], rating.score, reasons)
        cause = rating.request_id and f"rating:{day}:{number}:{rating.request_id}"
        answer = await self._controller.submit(command, cause)
        if answer.refusal is not None:
            return refused(answer.refusal)
        return answered(Rated(ticket=number))

    def _ticket(self, typed: str) -> Ticket | None:
        """The ticket whose whole code was typed; None also for a right number with a wrong signature."""
        number, code = read_code(typed)
        ticket = self._controller.hall.ticket(number)
        if ticket is None or not hmac.compare_digest(ticket.code.encode(), code.encode("utf-8", "replace")):
            return None
        return ticket

    async def _earlier(self, typed: str) -> EarlierVisit | Refusal:
        """The visit of an earlier day whose whole code was typed, or why it is told no more."""
        hall = self._controller.hall
        number, code = read_code(typed)
        day = day_of_code(hall.catalogue, code, hall.day) if hall.day else None
        if day is None or hall.day is None or day >= hall.day:
            return refuse("unknown_ticket")
        asked = (hall.day, day, number)
        if asked not in self._visits:
            visit = await self._controller.visit_of(day, number)
            if visit is None:
                older = (hall.day - day).days > hall.catalogue.rating.later_days
                return refuse("too_late_to_rate" if older else "unknown_ticket")
            if len(self._visits) >= VISITS_KEPT:
                self._visits.clear()
            self._visits[asked] = visit
        return self._visits[asked]

    async def _printed(self, number: str) -> bool:
        """Whether there is paper for this number."""
        came_out = await self._printing.printed(number) if self._printing else None
        if came_out is not None:
            return came_out
        ticket = self._controller.hall.ticket(number)
        return ticket is not None and ticket.paper == "printed"

    def _retry_after_s(self, code: str, source: str) -> int | None:
        """Whole seconds until the dispenser gives this source a number again."""
        limits, now = self._controller.hall.catalogue.dispenser, self._controller.clock.now().at
        lately = [at for asked_by, at in self._controller.hall.lately if asked_by == source]
        match code:
            case "too_fast":
                wait_s = limits.gap_s - (now - lately[-1]).total_seconds() if lately else limits.gap_s
            case "too_many":
                leaving = lately[-limits.per_minute :][:1]
                wait_s = (leaving[0] + timedelta(minutes=1) - now).total_seconds() if leaving else 60
            case _:
                return None
        return max(1, math.ceil(wait_s))
