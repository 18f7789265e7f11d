"""The imported list of dossiers that holds now: read at the start and whenever its file changes, checked, then taken.

A list with a mistake is not taken: the one before it stays, and an alert says what is wrong. How a file is read stands
in `dossier_file`. Nothing of it goes into the journal: it is another system's truth, and only shown.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import structlog

from hall_controller.dossier_file import read
from hall_controller.errors import ConfigError
from hall_controller.messages import Text

if TYPE_CHECKING:
    from hall_controller.dossier_file import DossierList
    from hall_controller.health import Health
    from hall_controller.settings import Config

log = structlog.get_logger()

LOOK_EVERY_S: Final = 5.0
WRONG: Final = "dossiers"
STALE: Final = "dossiers-stale"
HOUR_S: Final = 3600


def describe(config: Config) -> str | None:
    """What the list of a hall holds, for `hall check`; None when the hall has none. Raises ConfigError."""
    if not config.kiosk.dossiers:
        return None
    found = read(Path(config.kiosk.dossiers), {service.id for service in config.service})
    return f"{found.number} dossiers, imported {(time.time() - found.imported_s) / HOUR_S:.0f} hours ago."


class Dossiers:
    """Follows the file of the list; `current` is the last good one, None before there was any."""

    def __init__(self, config: Config, health: Health) -> None:
        self.current: DossierList | None = None
        self.kept = bool(config.kiosk.dossiers)
        """Whether this hall has such a list at all."""
        self._path = Path(config.kiosk.dossiers)
        self._stale_after_s = config.kiosk.dossiers_stale_after_h * HOUR_S
        self._services = frozenset(service.id for service in config.service)
        self._health = health
        self._seen: tuple[int, int] | None = None

    @property
    def stale(self) -> bool:
        """Whether the list was imported longer ago than the hall allows; its age is told by the file."""
        if self.current is None or not self._stale_after_s:
            return False
        return time.time() - self.current.imported_s > self._stale_after_s

    async def run(self) -> None:
        """Look at the file every few seconds, until cancelled."""
        while self.kept:
            await self.look()
            await asyncio.sleep(LOOK_EVERY_S)

    async def look(self) -> None:
        """Take the file in when it has changed since the last look, and see whether it has grown stale."""
        try:
            status = self._path.stat()
            mark = (status.st_mtime_ns, status.st_size)
        except OSError:
            mark = (0, 0)
        if mark != self._seen:
            self._seen = mark
            await self._take()
        if self.stale:
            self._health.raise_alert(STALE, "warning", _STALE)
        else:
            self._health.end_alert(STALE)

    async def _take(self) -> None:
        self._health.end_alert(WRONG)
        try:
            self.current = await asyncio.to_thread(read, self._path, self._services)
        except ConfigError as error:
            self._health.raise_alert(WRONG, "warning", _wrong(error.mistakes))
        else:
            log.info("The list of dossiers has been taken.", rows=self.current.number)


_STALE: Final = Text(
    vi="Danh sách hồ sơ đã cũ: hãy nhập danh sách mới để tra cứu đúng.",
    en="The list of dossiers is old: import a new one, so that look-ups tell the truth.",
)


def _wrong(mistakes: list[str]) -> Text:
    more = len(mistakes) - 1
    vi = f" (và {more} lỗi nữa)" if more else ""
    en = f" (and {more} more mistakes)" if more else ""
    return Text(
        vi=f"Danh sách hồ sơ mới có lỗi nên chưa dùng: {mistakes[0]}{vi}",
        en=f"The list of dossiers was not taken: {mistakes[0]}{en}",
    )
