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
from hall_controller.domain.commands import IssueTicket, RateTicket
from hall_controller.domain.estimate import expected_wait
from hall_controller.domain.facts import TicketGuarded
from hall_controller.domain.order import place
from hall_controller.domain.refusals import refuse
from hall_controller.messages import Text
from hall_controller.web.bodies import Rated, TicketGiven, TicketRating, TicketSeen, TicketWish
from hall_controller.web.replies import answered, documented, refused

if TYPE_CHECKING:
    from collections.abc import Collection

    from hall_controller.controller import Controller
    from hall_controller.domain.hall import Ticket, TicketState

WEB: Final = "web"
"""The source of a number that no kiosk of the hall asked for."""

STATE_TEXTS: Final[dict[TicketState, Text]] = {
    "waiting": Text(vi="Quý khách vui lòng chờ", en="Please wait to be called"),
    "unreleased": Text(
        vi="Mời quý khách đến bàn hướng dẫn trước để được xếp hàng",
        en="Please go to the guidance desk first, which puts you in line",
    ),
    "calling": Text(vi="Mời quý khách đến quầy", en="Please go to the counter"),
    "serving": Text(vi="Quý khách đang được phục vụ", en="You are being served"),
    "held": Text(vi="Số của quý khách được giữ lại ở quầy", en="Your number is kept at the counter"),
    "missed": Text(
        vi="Quý khách đã lỡ lượt gọi, mời đến bàn hướng dẫn",
        en="You missed your call; please see the guidance desk",
    ),
    "completed": Text(vi="Lượt phục vụ đã xong, cảm ơn quý khách", en="Your visit has ended, thank you"),
    "transferred_to_counter": Text(
        vi="Quý khách được chuyển đến quầy khác, vui lòng chờ gọi",
        en="You were sent on; please wait to be called",
    ),
    "voided": Text(vi="Số này không còn hiệu lực", en="This number is no longer valid"),
}


class Papers(Protocol):
    """Whatever puts numbers on paper, as soon as they are written down."""

    @property
    def ready(self) -> bool | None:
        """Whether paper would come out now; None when that is not known."""
        ...

    async def printed(self, ticket: str) -> bool | None:
        """Whether the paper of a number came out, within 3 s; None when none was to be printed lately."""
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

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/tickets", tags=["tickets"])
        router.add_api_route(
            "",
            self.take,
            methods=["POST"],
            status_code=201,
            response_model=TicketGiven,
            responses=documented(404, 409, 413, 422, 429, 503),
            summary="Take a number",
        )
        router.add_api_route(
            "/{code}",
            self.look,
            methods=["GET"],
            response_model=TicketSeen,
            responses=documented(404, 422),
            summary="Where a ticket stands, by the code on it",
        )
        router.add_api_route(
            "/{code}/rating",
            self.rate,
            methods=["POST"],
            response_model=Rated,
            responses=documented(404, 409, 413, 422, 503),
            summary="Rate a visit with the code on its ticket",
        )
        return router

    async def take(self, wish: TicketWish) -> Response:
        """The number is in the journal before this answers; the same `request_id` again gets the same number."""
        source = wish.kiosk if wish.kiosk in self._kiosks else WEB
        command = IssueTicket(
            wish.service, wish.purpose, wish.language, wish.priority, source or WEB, wish.print, wish.dossiers
        )
        answer = await self._controller.submit(command, wish.request_id and f"request:{wish.request_id}")
        issued = answer.issued
        if issued is None:
            refusal = answer.refusal or refuse("malformed")
            return refused(refusal, self._retry_after_s(refusal.code, command.source))
        guarded = any(isinstance(fact, TicketGuarded) for fact in answer.facts)
        wait = expected_wait(self._controller.hall, issued.queue, issued.ahead)
        given = TicketGiven.model_construct(
            number=issued.ticket,
            code=issued.code,
            queue=issued.queue,
            ahead=issued.ahead,
            estimated_wait_s=issued.estimated_wait_s,
            wait_low_s=wait.low_s if wait else None,
            wait_high_s=wait.high_s if wait else None,
            printed=await self._printed(issued.ticket),
            url=f"{self._public_url}/t/{issued.code}" if self._public_url else None,
            guarded=guarded,
            text=STATE_TEXTS["unreleased" if guarded else "waiting"],
        )
        return answered(given, 201)

    async def look(self, code: str) -> Response:
        """How many are ahead, the expected wait, and the counter when called; blanks and dashes do not matter."""
        ticket = self._ticket(code)
        return refused(refuse("unknown_ticket")) if ticket is None else answered(self._seen(ticket))

    async def rate(self, code: str, rating: TicketRating) -> Response:
        """Counts once for each visit, after it has ended."""
        ticket = self._ticket(code)
        if ticket is None:
            return refused(refuse("unknown_ticket"))
        command = RateTicket(ticket.number, rating.score, tuple(rating.reasons))
        cause = rating.request_id and f"rating:{ticket.number}:{rating.request_id}"
        answer = await self._controller.submit(command, cause)
        if answer.refusal is not None:
            return refused(answer.refusal)
        return answered(Rated(ticket=ticket.number))

    def _ticket(self, typed: str) -> Ticket | None:
        """The ticket whose whole code was typed; None also for a right number with a wrong signature."""
        number, code = read_code(typed)
        ticket = self._controller.hall.ticket(number)
        if ticket is None or not hmac.compare_digest(ticket.code.encode(), code.encode("utf-8", "replace")):
            return None
        return ticket

    def _seen(self, ticket: Ticket) -> TicketSeen:
        hall = self._controller.hall
        ahead = place(hall, ticket) if ticket.state == "waiting" else None
        wait = None if ahead is None else expected_wait(hall, ticket.queue, ahead)
        counter = hall.catalogue.counters.get(ticket.counter or "")
        return TicketSeen.model_construct(
            number=ticket.number,
            queue=ticket.queue,
            service=ticket.service,
            purpose=ticket.purpose,
            state=ticket.state,
            ahead=ahead,
            estimated_wait_s=wait.likely_s if wait else None,
            wait_low_s=wait.low_s if wait else None,
            wait_high_s=wait.high_s if wait else None,
            counter=counter.id if counter else None,
            counter_name=counter.name if counter else None,
            issued_at=ticket.issued_at,
            rated=ticket.rated,
            paper=ticket.paper,
            text=STATE_TEXTS[ticket.state],
        )

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
