"""Backups over HTTP: make one, fetch one, bring one, restore one.

A restore is confirmed by typing the hall's id. Parses and answers; the steps stand in `safekeeping.backups`.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import FileResponse, Response

from hall_controller.domain.auditing import RecordExport
from hall_controller.domain.catalogue import Text
from hall_controller.domain.refusals import Refusal
from hall_controller.errors import HallError, JournalUnavailable
from hall_controller.web.bodies import Body
from hall_controller.web.declaring import declare
from hall_controller.web.replies import NO_STORE, answered, documented, no, refused
from hall_controller.web.who import OnDuty

if TYPE_CHECKING:
    from hall_controller.controller import Controller
    from hall_controller.safekeeping.backups import Backups

FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The journal's copy", "content": {"application/vnd.sqlite3": {}}}
}

NOT_MADE: Final = Text(
    "Chưa sao lưu được: xem thẻ nhớ còn chỗ trống và còn ghi được không.",
    "No backup was made: see whether the card has room and can be written.",
)
NO_ROOM: Final = Text(
    "Thẻ nhớ không còn chỗ cho tệp này: hãy xóa bớt bản sao lưu cũ hoặc tệp khác.",
    "The card has no room for this file: delete old backups or other files first.",
)
NOT_GOOD: Final = Text(
    "Tệp này không phải là bản sao lưu nguyên vẹn của trung tâm: hãy chọn tệp khác.",
    "This file is not a whole, undamaged backup of a hall: choose another one.",
)


class BackupSeen(Body):
    """A backup: its name tells epoch and facts."""

    name: str
    size: int
    """Bytes."""
    made: str


class BackupsSeen(Body):
    """All backups, the newest first."""

    backups: list[BackupSeen]


class BackupMade(Body):
    """The name of the new backup."""

    name: str


class BackupBrought(Body):
    """What was brought here: how many facts, and when the last was written down."""

    name: str
    facts: int
    last: str | None


class RestoreWish(Body):
    """Put this backup in the journal's place."""

    backup: Annotated[str, Field(max_length=80)]
    hall: Annotated[str, Field(max_length=40)]
    """The hall's id, typed by whoever means it."""


class RestoreBegun(Body):
    """The hall begins again with it in a moment."""

    backup: str


class BackupRoutes:
    """The routes under /api/backups, and /api/restore."""

    def __init__(self, controller: Controller, backups: Backups) -> None:
        self._controller = controller
        self._backups = backups

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/api", tags=["backups"])
        declare(router, "GET /backups", self.seen, BackupsSeen, (), "All backups")
        declare(router, "POST /backups", self.make, BackupMade, (409,), "Make a backup now")
        router.add_api_route(
            "/backups/uploaded",
            self.bring,
            methods=["POST"],
            response_model=BackupBrought,
            responses=documented(409, 413, 422),
            summary="Bring a backup from elsewhere",
            openapi_extra={"requestBody": {"content": {"application/octet-stream": {}}, "required": True}},
        )
        router.add_api_route(
            "/backups/{backup}",
            self.fetch,
            response_class=Response,
            responses={**documented(404, 422, 503), **FILE},
            summary="Fetch a backup",
        )
        declare(
            router,
            "POST /restore",
            self.restore,
            RestoreBegun,
            (404, 409, 413, 422),
            "Put a backup in the journal's place",
        )
        return router

    async def seen(self) -> Response:
        """Those beside the journal, and the one that was brought."""
        kept = await asyncio.to_thread(self._backups.kept)
        return answered(BackupsSeen(backups=[BackupSeen(**one._asdict()) for one in kept]))

    async def make(self) -> Response:
        """While the hall is open; the copy is checked before it counts."""
        try:
            return answered(BackupMade(name=await self._backups.make()))
        except (HallError, OSError):
            return _impossible(NOT_MADE)

    async def fetch(self, backup: str, who: OnDuty) -> Response:
        """Written down as an export."""
        file = await asyncio.to_thread(self._backups.file, backup)
        if file is None:
            return refused(no("unknown_backup"))
        await self._controller.submit(RecordExport("backup", who.id, file.name))
        return FileResponse(file, headers=NO_STORE, media_type="application/vnd.sqlite3", filename=file.name)

    async def bring(self, request: Request) -> Response:
        """The file itself is the body; it is checked, fact by fact, before it counts."""
        size = int(request.headers.get("content-length", "0"))
        try:
            told = await self._backups.bring(request.stream(), size)
        except (JournalUnavailable, OSError):
            return _impossible(NO_ROOM)
        except HallError:
            return _impossible(NOT_GOOD)
        return answered(BackupBrought.model_validate({"name": "uploaded.sqlite", **told}))

    async def restore(self, wish: RestoreWish, who: OnDuty) -> Response:
        """Later facts that continue the backup are kept, the epoch rises, no number is repeated."""
        if wish.hall != self._controller.hall.catalogue.hall:
            return refused(no("not_confirmed"))
        if await asyncio.to_thread(self._backups.file, wish.backup) is None:
            return refused(no("unknown_backup"))
        try:
            await self._backups.restore(wish.backup, who.id)
        except (HallError, OSError):
            return _impossible(NOT_GOOD)
        return answered(RestoreBegun(backup=wish.backup))


def _impossible(text: Text) -> Response:
    return refused(Refusal("backup_impossible", text))
