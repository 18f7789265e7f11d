"""The list of procedures over HTTP: what a visitor may look for, what to bring, and where it is received.

Reading only. A visitor types without diacritics, so letters are compared without them; every word typed must begin a
word of the procedure, its field or its agency, or its code.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from hall_controller.messages import Identifier, Text
from hall_controller.web.bodies import CounterNamed, ProcedureOffered, ProceduresOffered
from hall_controller.web.declaring import declare
from hall_controller.web.replies import answered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hall_controller.catalogue_file import Procedure
    from hall_controller.controller import Controller
    from hall_controller.domain import catalogue as c
    from hall_controller.procedures import ProcedureList, Procedures

LONGEST_QUESTION: Final = 100
MOST_AT_ONCE: Final = 100
AT_ONCE: Final = 20
AROUND_WORDS: Final = ",.;:()"
NOT_MARKS: Final = str.maketrans("đĐ", "dd")
"""The one letter of the Vietnamese alphabet that is not a letter with marks on it."""


def plain(text: str) -> str:
    """The text as it is typed without diacritics, in small letters.

    >>> plain("Cấp đổi GIẤY phép")
    'cap doi giay phep'
    """
    letters = unicodedata.normalize("NFD", text.translate(NOT_MARKS))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()


class ProcedureRoutes:
    """The route /api/procedures; a hall without a list answers with an empty one."""

    def __init__(self, controller: Controller, procedures: Procedures | None) -> None:
        self._controller = controller
        self._procedures = procedures
        self._indexed: tuple[str, tuple[tuple[Procedure, str], ...]] = ("", ())

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api", tags=["hall"])
        declare(
            router,
            "GET /procedures",
            self.find,
            ProceduresOffered,
            (422,),
            "Look for a procedure: what to bring, fee, time limit, counters",
        )
        return router

    async def find(
        self,
        q: Annotated[str, Query(max_length=LONGEST_QUESTION)] = "",
        service: Identifier | None = None,
        agency: Identifier | None = None,
        offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST_AT_ONCE)] = AT_ONCE,
    ) -> Response:
        """Those that hold today, in the order of the list; `q` without regard to diacritics and capitals."""
        current = self._procedures.current if self._procedures else None
        newest = current.newest if current else None
        found = list(self._found(current, q, service, agency)) if current else []
        body = ProceduresOffered.model_construct(
            version=current.sha256[:12] if current else None,
            decision=newest.decision if newest else None,
            decided=newest.decided if newest else None,
            stale=self._procedures is not None and self._procedures.stale,
            total=len(found),
            procedures=[self._offered(*each) for each in found[offset : offset + limit]],
        )
        return answered(body)

    def _found(
        self, current: ProcedureList, q: str, service: str | None, agency: str | None
    ) -> Iterator[tuple[Procedure, c.Service]]:
        """The procedures that are asked for, each with its field of work."""
        catalogue = self._controller.hall.catalogue
        today = self._controller.clock.now().at.astimezone(catalogue.timezone).date()
        words = [f" {word.strip(AROUND_WORDS)}" for word in plain(q).split()]
        for procedure, text in self._index(current):
            field = catalogue.services.get(procedure.service)
            if (
                field is not None
                and procedure.valid.on(today)
                and field.valid.on(today)
                and service in {None, procedure.service}
                and agency in {None, procedure.agency}
                and all(word in text for word in words)
            ):
                yield procedure, field

    def _index(self, current: ProcedureList) -> tuple[tuple[Procedure, str], ...]:
        """Each procedure with all that it can be found by, made once for each list."""
        version, index = self._indexed
        if version != current.sha256:
            index = tuple((procedure, self._found_by(procedure)) for procedure in current.procedures)
            self._indexed = current.sha256, index
        return index

    def _found_by(self, procedure: Procedure) -> str:
        catalogue = self._controller.hall.catalogue
        names = [procedure.name, procedure.code]
        for known in (
            catalogue.services.get(procedure.service),
            catalogue.agencies.get(procedure.agency),
        ):
            names += [known.name.vi, known.name.en] if known else []
        words = "".join(letter if letter.isalnum() else " " for letter in plain(" ".join(names)))
        return f" {words} {plain(procedure.code)}"

    def _offered(self, procedure: Procedure, field: c.Service) -> ProcedureOffered:
        catalogue = self._controller.hall.catalogue
        today = self._controller.clock.now().at.astimezone(catalogue.timezone).date()
        agency = catalogue.agencies.get(procedure.agency)
        online_only = procedure.online_only or field.online_only
        return ProcedureOffered.model_construct(
            code=procedure.code,
            name=procedure.name,
            agency=procedure.agency,
            agency_name=_text(agency.name) if agency else None,
            service=procedure.service,
            service_name=_text(field.name),
            queue=field.queue,
            purposes=list(field.purposes),
            level=procedure.level,
            online_only=online_only,
            portal=field.portal,
            bring=procedure.bring,
            fee_vnd=procedure.fee_vnd,
            time_limit_days=procedure.time_limit_days,
            counters=[
                CounterNamed.model_construct(id=counter.id, name=counter.name)
                for counter in catalogue.counters.values()
                if not online_only and field.queue in counter.queues and counter.valid.on(today)
            ],
            decision=procedure.decision,
            decided=procedure.decided,
        )


def _text(text: c.Text) -> Text:
    return Text(vi=text.vi, en=text.en)
