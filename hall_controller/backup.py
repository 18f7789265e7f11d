"""Backups of the journal: made while the hall is open, named by how far they reach, the oldest thrown away.

Files only. The way back to one of them is restore's task.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from hall_controller.errors import JournalError
from hall_controller.journal_check import verify
from hall_controller.journal_copy import copy, name_durably
from hall_controller.restored import epoch_to_use

FOLDER: Final = "backups"
"""Beside the journal."""
KEPT: Final = 14
_NAME: Final = re.compile(r"journal-e(\d+)-s(\d+)\.sqlite")


def backup(journal: Path, folder: Path, *, keep: int = KEPT) -> Path:
    """Add a verified copy to the folder and throw the oldest away; raises JournalUnavailable or JournalBroken.

    Its name tells how far it reaches, so that the newest is known without a clock: journal-e0001-s0000024000.sqlite
    is epoch 1, 24,000 facts.
    """
    epoch = epoch_to_use(journal)
    arriving = folder / "arriving.sqlite"
    verdict = copy(journal, arriving)
    made = folder / f"journal-e{epoch:04}-s{verdict.head.seq:010}.sqlite"
    name_durably(arriving, made)
    for old in backups(folder)[keep:]:
        old.unlink(missing_ok=True)
    return made


def backups(folder: Path) -> list[Path]:
    """All backups in the folder, the newest first."""
    found = [(name, file) for file in folder.glob("journal-*.sqlite") if (name := _NAME.fullmatch(file.name))]
    found.sort(key=lambda pair: (int(pair[0][1]), int(pair[0][2])), reverse=True)
    return [file for _, file in found]


def newest_verified(folder: Path) -> Path | None:
    """The newest backup whose chain is right; None when there is none."""
    return next((file for file in backups(folder) if _is_good(file)), None)


def _is_good(file: Path) -> bool:
    try:
        return verify(file).good
    except JournalError:
        return False
