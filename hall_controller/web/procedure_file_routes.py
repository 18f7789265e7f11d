"""A new list of procedures over HTTP: checked, compared with the one that holds, and put in its place.

Parses and answers; what is wrong with a list is said elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from hall_controller.domain.auditing import RecordConfiguration
from hall_controller.domain.catalogue import Text
from hall_controller.domain.refusals import Refusal
from hall_controller.errors import HallError
from hall_controller.web.bodies import Body
from hall_controller.web.replies import answered, documented, refused
from hall_controller.web.who import OnDuty

if TYPE_CHECKING:
    from hall_controller.configuration.procedure_file import ProcedureFile
    from hall_controller.controller import Controller

LONGEST_LIST: Final = 4_000_000
"""Characters: some ten thousand procedures."""


class ListWish(Body):
    """The text of a CSV file."""

    text: Annotated[str, Field(max_length=LONGEST_LIST)]


class ListChecked(Body):
    """Its mistakes, or what it holds and what it changes."""

    mistakes: list[str]
    mistakes_vi: tuple[str, ...] = ()
    """The same in Vietnamese."""
    sentence: str
    change: str
    change_vi: str = ""
    """The same in Vietnamese."""
    difference: list[str]
    """A line a procedure: + added, - removed, ~ changed."""
    taken: bool = False


class ProcedureFileRoutes:
    """The routes /api/procedures/check and /api/procedures/replace."""

    def __init__(self, controller: Controller, file: ProcedureFile) -> None:
        self._controller = controller
        self._file = file

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api/procedures", tags=["configuration"])
        for path, handler, summary in (
            ("/check", self.check, "The mistakes of a list, and what it would change"),
            ("/replace", self.replace, "Make a list the hall's"),
        ):
            router.add_api_route(
                path,
                handler,
                methods=["POST"],
                response_model=ListChecked,
                responses=documented(409, 413, 422, 503),
                summary=summary,
            )
        return router

    async def check(self, wish: ListWish) -> Response:
        """Nothing is changed."""
        try:
            return answered(_checked(await self._file.check(wish.text), taken=False))
        except HallError as error:
            return _impossible(error)

    async def replace(self, wish: ListWish, who: OnDuty) -> Response:
        """The hall takes it in some seconds later; the list before is kept in the data folder."""
        try:
            told = await self._file.replace(wish.text)
        except HallError as error:
            return _impossible(error)
        taken = not told["mistakes"]
        if taken:
            await self._controller.submit(RecordConfiguration("", who.id, ("catalogue.file",)))
        return answered(_checked(told, taken=taken))


def _checked(told: dict[str, Any], *, taken: bool) -> ListChecked:
    return ListChecked.model_validate(told | {"taken": taken})


def _impossible(error: Exception) -> Response:
    return refused(Refusal("list_impossible", Text("Không dùng được danh mục này.", str(error))))
