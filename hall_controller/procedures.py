"""The list of procedures that holds now: read at the start and whenever its file changes, checked, then taken.

A list with a mistake is not taken: the one before it stays, and an alert says what is wrong. How a file is read stands
in `catalogue_file`; what a visitor sees of the list is not decided here.
"""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from hall_controller.catalogue_difference import difference
from hall_controller.catalogue_file import read
from hall_controller.domain.commands import RecordCatalogue
from hall_controller.errors import ConfigError, JournalUnavailable
from hall_controller.messages import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hall_controller.catalogue_file import Procedure
    from hall_controller.controller import Controller
    from hall_controller.health import Health
    from hall_controller.settings import Config

log = structlog.get_logger()

LOOK_EVERY_S: Final = 5.0
WRONG: Final = "catalogue"
STALE: Final = "catalogue-stale"


@dataclass(frozen=True, slots=True)
class ProcedureList:
    """A list that was read without a mistake, and the fingerprint of its file."""

    procedures: tuple[Procedure, ...]
    sha256: str

    @property
    def newest(self) -> Procedure | None:
        """The line with the newest decision."""
        return max(self.procedures, key=lambda procedure: procedure.decided, default=None)

    def stale(self, today: date, after_days: int) -> bool:
        """Whether the newest decision is older than a list may be; 0 days: it never is."""
        newest = self.newest
        too_old = newest is None or today - newest.decided > timedelta(days=after_days)
        return after_days > 0 and too_old


def load(path: Path, config: Config | None) -> ProcedureList:
    """Read and check a list, against the hall's settings when they are given; raises ConfigError with every mistake."""
    procedures = tuple(read(path, config))
    return ProcedureList(procedures, hashlib.sha256(path.read_bytes()).hexdigest())


def describe(config: Config, today: date) -> str | None:
    """What the list of a hall holds, for `hall check`; None when the hall has none. Raises ConfigError."""
    if not config.catalogue.file:
        return None
    found = load(Path(config.catalogue.file), config)
    return sentence(found, today, config.catalogue.stale_after_days)


def sentence(found: ProcedureList, today: date, stale_after_days: int) -> str:
    """How many procedures of how many fields, and by which decision."""
    services = len({procedure.service for procedure in found.procedures})
    newest = found.newest
    by = f", newest decision {newest.decision} of {newest.decided}" if newest else ""
    old = " This list is stale: ask for the one in force." if found.stale(today, stale_after_days) else ""
    return f"{len(found.procedures)} procedures of {services} services{by}.{old}"


class Procedures:
    """Follows the file of the list; `current` is the last good one, None before there was any."""

    def __init__(self, config: Config, controller: Controller, health: Health) -> None:
        self.current: ProcedureList | None = None
        self.on_change: list[Callable[[ProcedureList], None]] = []
        self._path = Path(config.catalogue.file) if config.catalogue.file else None
        self._config = config
        self._controller = controller
        self._health = health
        self._seen: tuple[int, int] | None = None

    @property
    def stale(self) -> bool:
        """Whether the list that holds is older than a list may be, on the business day of the hall."""
        today, after_days = self._controller.hall.day, self._config.catalogue.stale_after_days
        return self.current is not None and today is not None and self.current.stale(today, after_days)

    async def run(self) -> None:
        """Look at the file every few seconds, until cancelled."""
        while self._path is not None:
            await self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Take the file in when it has changed since the last look, and see whether the list has grown stale."""
        if self._path is None:
            return
        try:
            status = self._path.stat()
            mark = (status.st_mtime_ns, status.st_size)
        except OSError:
            mark = (0, 0)
        if mark != self._seen and await self._read(self._path):
            self._seen = mark
        if self.current is not None and self.stale:
            after_days = self._config.catalogue.stale_after_days
            self._health.raise_alert(STALE, "warning", _stale(self.current, after_days))
        else:
            self._health.end_alert(STALE)

    async def _read(self, path: Path) -> bool:
        """Whether the outcome is in the journal; if not, the next look tries again."""
        try:
            found = await asyncio.to_thread(load, path, self._config)
        except ConfigError as error:
            return await self._refuse(error.mistakes)
        except OSError as error:
            return await self._refuse([f"{path}: cannot be read ({error.strerror}); look at its folder"])
        return await self._take(found)

    async def _take(self, found: ProcedureList) -> bool:
        self._health.end_alert(WRONG)
        before = self.current
        if before is not None and before.sha256 == found.sha256:
            return True
        change = difference(before.procedures if before else (), found.procedures)
        newest = found.newest
        taken = RecordCatalogue(
            found.sha256,
            len(found.procedures),
            newest.decision if newest else "",
            newest.decided if newest else None,
            len(change.added),
            len(change.removed),
            len(change.changed),
        )
        if not await self._written(taken):
            return False
        self.current = found
        log.info("The list of procedures has been taken.", rows=taken.rows, change=change.sentence)
        for tell in self.on_change:
            tell(found)
        return True

    async def _refuse(self, mistakes: list[str]) -> bool:
        self._health.end_alert(WRONG)
        self._health.raise_alert(WRONG, "warning", _wrong(mistakes))
        return await self._written(RecordCatalogue("", 0, taken=False, reason=mistakes[0]))

    async def _written(self, command: RecordCatalogue) -> bool:
        try:
            await self._controller.submit(command)
        except JournalUnavailable:
            return False
        return True


def _wrong(mistakes: list[str]) -> Text:
    more = len(mistakes) - 1
    vi = f" (và {more} lỗi nữa)" if more else ""
    en = f" (and {more} more mistakes)" if more else ""
    return Text(
        vi=f"Danh mục thủ tục mới có lỗi nên chưa dùng: {mistakes[0]}{vi}",
        en=f"The list of procedures was not taken: {mistakes[0]}{en}",
    )


def _stale(found: ProcedureList, after_days: int) -> Text:
    newest = found.newest
    day = f"{newest.decided:%d/%m/%Y}" if newest else "?"
    return Text(
        vi=f"Danh mục thủ tục đã cũ hơn {after_days} ngày (quyết định mới nhất {day}): hãy cập nhật.",
        en=f"The list of procedures is more than {after_days} days old (newest decision {day}): replace it.",
    )
