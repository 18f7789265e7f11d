"""A wish to restore a backup, kept in a file until the next start, when no controller has the journal open.

    wished on the page -> restore-wanted.json -> the hall begins again -> restored -> fact

The wish is taken away before it is carried out: one that fails is told, and the hall goes on with the journal it had.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final, NamedTuple

from hall_controller.errors import JournalError
from hall_controller.journal_copy import name_durably
from hall_controller.restore import restore
from hall_controller.restored import Restored

NAME: Final = "restore-wanted.json"


class Wish(NamedTuple):
    """Which file, and who wished it."""

    backup: str
    person: str


class Outcome(NamedTuple):
    """What became of a wish."""

    wish: Wish
    restored: Restored | None
    why_not: str = ""


def wish(data: Path, backup: Path, person: str) -> None:
    """At the next start this backup takes the journal's place; raises OSError."""
    partial = data / f"{NAME}.partial"
    partial.write_text(json.dumps(Wish(str(backup), person)._asdict()), "utf-8")
    name_durably(partial, data / NAME)


def carry_out(data: Path, journal: Path) -> Outcome | None:
    """Restore what was wished for; None when nothing was."""
    note = data / NAME
    try:
        wished = Wish(**json.loads(note.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        note.unlink(missing_ok=True)
        return None
    note.unlink()
    try:
        return Outcome(wished, restore(Path(wished.backup), journal))
    except JournalError as error:
        return Outcome(wished, None, str(error))
