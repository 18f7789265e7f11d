"""The list of procedures as the technician's page replaces it: checked, compared, the old one kept.

The hall takes it in by itself a few seconds later, as if it had been copied there by hand (`procedures`).
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hall_controller import own_process
from hall_controller.errors import HallError
from hall_controller.journal_copy import name_durably

if TYPE_CHECKING:
    from collections.abc import Sequence

CHECK: Final = "configuration.list_process"
KEPT: Final = "procedures"


class ProcedureFile:
    """The list's file; `kept` is where older lists go."""

    def __init__(self, file: str, settings: Path, overrides: Sequence[str], data: Path) -> None:
        self.file = Path(file) if file else None
        self._settings = settings
        self._overrides = list(overrides)
        self._kept = data / KEPT

    async def check(self, text: str) -> dict[str, Any]:
        """Mistakes, or what it would change; raises HallError."""
        if self.file is None:
            raise HallError("This hall has no list of procedures: name its file in catalogue.file.")
        asked = {
            "settings": str(self._settings),
            "overrides": self._overrides,
            "file": str(self.file),
            "text": text,
        }
        return await own_process.ask(CHECK, asked)

    async def replace(self, text: str) -> dict[str, Any]:
        """Put it in the place of the one before when it has no mistake; raises HallError."""
        told = await self.check(text)
        if not told["mistakes"] and self.file is not None:
            await asyncio.to_thread(self._put, self.file, text)
        return told

    def _put(self, file: Path, text: str) -> None:
        try:
            self._kept.mkdir(parents=True, exist_ok=True)
            if file.exists():
                name = f"{datetime.now(UTC):%Y%m%d-%H%M%S}-{file.name}"
                (self._kept / name).write_bytes(file.read_bytes())
            draft = file.with_name(f".{file.name}.new")
            draft.write_text(text, "utf-8", newline="")
            name_durably(draft, file)
        except OSError as error:
            raise HallError(
                f"{error.filename or file}: {error.strerror}; copy the list there on the machine"
            ) from error
