"""The backups of the running hall, as its technician handles them: list, make, fetch, bring one, restore one.

Belongs here: files and the order of steps. Never here: how a journal is copied or checked (a process of its own does).
"""

from __future__ import annotations

import asyncio
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from hall_controller import own_process
from hall_controller.backup import backups
from hall_controller.errors import HallError, JournalUnavailable
from hall_controller.safekeeping import restoring

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

PROCESS: Final = "safekeeping.copying_process"
UPLOADED: Final = "uploaded.sqlite"
UNTIL_ANSWERED_S: Final = 0.2
SPARE_BYTES: Final = 64 * 2**20
"""What an upload must leave free for the hall itself."""


class Kept(NamedTuple):
    """A backup: its file's name, its size, and when it was made by the machine's clock."""

    name: str
    size: int
    made: str


class Backups:
    """The backups in the folder beside the journal."""

    def __init__(self, journal: Path, folder: Path, begin_again: Callable[[], None]) -> None:
        self.journal = journal
        self.folder = folder
        self._begin_again = begin_again

    def kept(self) -> list[Kept]:
        """The newest first; the one that was brought here last."""
        files = [*(backups(self.folder) if self.folder.is_dir() else []), self.folder / UPLOADED]
        return [_kept(file) for file in files if file.exists()]

    def file(self, name: str) -> Path | None:
        """The backup of that name."""
        return next((self.folder / one.name for one in self.kept() if one.name == name), None)

    async def make(self) -> str:
        """Another one; its name. Raises HallError."""
        told = await own_process.ask(PROCESS, {"journal": str(self.journal), "to": str(self.folder)})
        if "error" in told:
            raise HallError(told["error"])
        return str(told["name"])

    async def bring(self, parts: AsyncIterator[bytes], size: int) -> dict[str, object]:
        """Keep a file that somebody brings, and tell what it is; nothing of it stays when that fails.

        Raises JournalUnavailable or OSError when there is no room for it, HallError when it is not a good backup.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self.folder).free < size + SPARE_BYTES:
            raise JournalUnavailable("The card has no room for this file.")
        arriving = self.folder / f"{UPLOADED}.arriving"
        try:
            with arriving.open("wb") as file:
                async for part in parts:
                    await asyncio.to_thread(file.write, part)
            told = await own_process.ask(PROCESS, {"check": str(arriving)})
            if "error" in told or not told["good"]:
                raise HallError(told.get("error") or told["sentence"])
            arriving.replace(self.folder / UPLOADED)
        finally:
            for end in ("", "-wal", "-shm"):
                arriving.with_name(arriving.name + end).unlink(missing_ok=True)
        return told

    async def check(self, name: str) -> dict[str, object]:
        """What is in a backup; raises HallError when it is damaged."""
        file = self.file(name)
        told = await own_process.ask(PROCESS, {"check": str(file)})
        if "error" in told or not told["good"]:
            raise HallError(told.get("error") or told["sentence"])
        return told

    async def restore(self, name: str, person: str) -> None:
        """The hall begins again in a moment, with that backup and all later facts that continue it."""
        await self.check(name)
        await asyncio.to_thread(restoring.wish, self.journal.parent, self.folder / name, person)
        asyncio.get_running_loop().call_later(UNTIL_ANSWERED_S, self._begin_again)


def _kept(file: Path) -> Kept:
    status = file.stat()
    made = datetime.fromtimestamp(status.st_mtime, UTC).isoformat(timespec="seconds")
    return Kept(file.name, status.st_size, made.replace("+00:00", "Z"))
