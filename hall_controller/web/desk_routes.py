"""The guidance desk over HTTP: what it sees, and what it does with numbers, bells, the printer and guard mode.

Numbers, not codes: whoever stands at the desk shows the paper. Nothing here knows what a wish means; the rules do.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, Literal

from fastapi import APIRouter
from starlette.responses import Response

from hall_controller.domain.auditing import RecordPaper
from hall_controller.domain.commands import (
    ClassTicket,
    ReleaseTicket,
    Reprint,
    Requeue,
    Ring,
    TurnGuard,
    VoidTicket,
)
from hall_controller.domain.refusals import refuse
from hall_controller.explain import story
from hall_controller.explain_calls import Names
from hall_controller.web.bodies import Body, TicketGiven, TicketWish
from hall_controller.web.declaring import declare
from hall_controller.web.desk_bodies import (
    Bell,
    DeskDone,
    DeskPress,
    DeskTicket,
    GuardNow,
    GuardWish,
    GuideSeen,
    NumberFound,
    PrinterNow,
    PriorityWish,
)
from hall_controller.web.desk_seen import PRINTER_TEXTS, guide_seen, number_found, number_typed
from hall_controller.web.own_stream import described, streamed
from hall_controller.web.replies import answered, no, refused
from hall_controller.web.who import OnDuty

if TYPE_CHECKING:
    from collections.abc import Callable

    from hall_controller.controller import Controller
    from hall_controller.domain.commands import Command
    from hall_controller.web.desk_bodies import PrinterState
    from hall_controller.web.ticket_routes import Papers, TicketRoutes
    from hall_controller.web.whole import Stream

Wish = Literal["release", "requeue", "void", "reprint"]
DESK: Final = "desk"
"""The source of a number that was given out at the desk."""
NOTHING_BESIDES: Final = DeskPress()


class DeskRoutes:
    """The routes under /api/desk."""

    def __init__(
        self, controller: Controller, stream: Stream, tickets: TicketRoutes, printing: Papers | None
    ) -> None:
        self._controller = controller
        self._stream = stream
        self._tickets = tickets
        self._printing = printing
        self._telling = asyncio.Lock()

    def router(self) -> APIRouter:
        """Those with words of their own before those that begin with a number."""
        router = APIRouter(prefix="/api/desk", tags=["guidance desk"])

        def route(
            method: str, path: str, do: Callable[..., object], gives: type[Body], *may: int, summary: str
        ) -> None:
            declare(router, f"{method} {path}", do, gives, (*may, 503), summary)

        route("GET", "", self.see, GuideSeen, summary="What the guidance desk sees")
        router.add_api_route(
            "/stream",
            self.listen,
            response_class=Response,
            responses=described("all that the guidance desk sees"),
            summary="The same, whenever it changes",
        )
        wrong = (409, 413, 422)
        route("POST", "/guard", self.guard, GuardNow, *wrong, summary="Turn guard mode on or off")
        declare(
            router,
            "POST /tickets",
            self.give,
            TicketGiven,
            (404, 409, 413, 422, 429, 503),
            "Give out a number at the desk",
            201,
        )
        route("POST", "/printer", self.look_at_printer, PrinterNow, 413, summary="The paper was changed")
        route("POST", "/bells/{counter}", self.ring, Bell, 404, *wrong, summary="Ring the bell of a counter")
        route("GET", "/{number}", self.look_up, NumberFound, 404, 422, summary="A number and its story")
        route(
            "POST",
            "/{number}/priority",
            self.give_priority,
            DeskDone,
            404,
            *wrong,
            summary="Give somebody who waits another priority class",
        )
        route(
            "POST",
            "/{number}/{wish}",
            self.do,
            DeskDone,
            404,
            *wrong,
            summary="Release a number, put it back, take it out, or print it once more",
        )
        return router

    async def see(self) -> Response:
        """Who is held, who missed a call, who has no paper, the bells, the queues and the printer."""
        if self._controller.hall.day is None:
            return refused(no("not_ready"))
        return answered(self._seen())

    async def listen(self) -> Response:
        """Told at once and whenever something changes; every second at least the time."""

        def parts() -> tuple[object, ...]:
            hall = self._controller.hall
            return (hall, self._printer())

        return streamed(self._controller, self._stream, parts, self._seen)

    async def guard(self, wish: GuardWish, who: OnDuty) -> Response:
        """From now on, until it is turned again or the day ends."""
        answer = await self._controller.submit(
            TurnGuard(wish.on, who.id), wish.request_id and f"guard:{wish.request_id}"
        )
        return refused(answer.refusal) if answer.refusal else answered(GuardNow(on=wish.on))

    async def give(self, wish: DeskTicket, who: OnDuty) -> Response:
        """As at a kiosk, but it waits at once also in guard mode: the desk has seen who holds it."""
        cause = wish.request_id and f"desk:ticket:{wish.request_id}"
        return await self._tickets.give(TicketWish(**wish.model_dump()), DESK, cause, who.id)

    async def look_at_printer(self, who: OnDuty) -> Response:
        """Asks the printer, within six seconds; what visitors are told about it changes at once."""
        if self._printing is not None:
            await self._controller.submit(RecordPaper(who.id))
            await self._printing.look()
        state = self._printer()
        return answered(PrinterNow(state=state, text=PRINTER_TEXTS[state]))

    async def ring(self, counter: str, who: OnDuty, press: DeskPress | None = None) -> Response:
        """As the key `ring` of the counter."""
        besides, known = press or NOTHING_BESIDES, self._controller.hall.catalogue.counters.get(counter)
        if known is None:
            return refused(refuse("unknown_counter"))
        cause = besides.request_id and f"desk:bell:{counter}:{besides.request_id}"
        answer = await self._controller.submit(Ring(counter, who.id), cause)
        if answer.refusal is not None:
            return refused(answer.refusal)
        since = self._controller.hall.desk(counter).bell_since
        return answered(Bell(counter=counter, name=known.name, since=since))

    async def look_up(self, number: str) -> Response:
        """Where the visit stands, what happened and why; "a12" is A012. Of today, and never the score of a visit."""
        async with self._telling:
            facts = [record.fact for record in await self._controller.today()]
            hall = self._controller.hall
            ticket = hall.ticket(number_typed(number))
            if ticket is None:
                return refused(refuse("unknown_ticket"))
            lines = await asyncio.to_thread(story, facts, ticket.number, Names(hall.catalogue))
        return answered(number_found(hall, ticket, lines))

    async def give_priority(self, number: str, wish: PriorityWish, who: OnDuty) -> Response:
        """The number stays; its place among those of the class is by its age."""
        command = ClassTicket(number_typed(number), wish.priority, who.id)
        return await self._done(command, command.ticket, "priority", wish.request_id)

    async def do(self, number: str, wish: Wish, who: OnDuty, press: DeskPress | None = None) -> Response:
        """Done once: the same `request_id` again gets the first answer."""
        besides, number = press or NOTHING_BESIDES, number_typed(number)
        command = _command(wish, number, besides.reason, who.id)
        return await self._done(command, number, wish, besides.request_id)

    async def _done(self, command: Command, number: str, wish: str, request_id: str | None) -> Response:
        cause = request_id and f"desk:{number}:{wish}:{request_id}"
        answer = await self._controller.submit(command, cause)
        ticket = self._controller.hall.ticket(number)
        if answer.refusal is not None or ticket is None:
            return refused(answer.refusal or refuse("unknown_ticket"))
        return answered(DeskDone(number=number, state=ticket.state, duplicate=answer.duplicate))

    def _printer(self) -> PrinterState:
        """As the hall was told last; a printer that has not spoken yet is taken to be well."""
        if self._printing is None:
            return "none"
        if "paper_out" in self._controller.hall.printers.values():
            return "paper_out"
        well = self._printing.ready is not False and not self._controller.hall.printers
        return "ready" if well else "not_ready"

    def _seen(self) -> GuideSeen:
        outage = self._controller.unavailable_since
        return guide_seen(
            self._controller.hall,
            self._printer(),
            self._controller.clock.now(),
            outage.at if outage else None,
        )


def _command(wish: Wish, number: str, reason: str, by: str) -> Command:
    match wish:
        case "release":
            return ReleaseTicket(number, by)
        case "requeue":
            return Requeue(number, by)
        case "void":
            return VoidTicket(number, reason, by)
        case "reprint":
            return Reprint(number, by)
