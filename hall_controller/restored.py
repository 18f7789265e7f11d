"""What a restore left to know: the epoch from then on, and which numbers of the day may be out of the journal's sight.

A small file beside the journal, `journal.sqlite.restored`, written before the restored journal takes its place. Reading
and writing that file only; restoring is restore's task.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from hall_controller import journal_cut, journal_file
from hall_controller.errors import JournalBroken
from hall_controller.journal_copy import name_durably


@dataclass(frozen=True, slots=True)
class Restored:
    """The outcome of a restore.

    `highest` is the highest number known to be given out on the last day, by queue: from the restored journal and from
    what could be read of the one set aside. When `complete`, every fact that was ever safe is in the restored journal
    and replaying it is enough. When not, more numbers may be out there on paper than anybody knows, also in queues that
    are not named; `day` is then None, for the day of the next start, unless the old journal surely tells of a later day
    than the restored one.
    """

    epoch: int
    day: date | None = None
    highest: dict[str, int] = field(default_factory=dict)
    complete: bool = True
    carried: int = 0
    backup: str | None = None
    set_aside: str | None = None

    @property
    def sentence(self) -> str:
        """What happened, for a person."""
        source = self.backup or "what could be read of it"
        kept = f"; the old file is kept as {self.set_aside}" if self.set_aside else ""
        lost = (
            "nothing was lost" if self.complete else "facts were lost: numbers of this day are skipped ahead"
        )
        return f"The journal was restored from {source} and {self.carried} later facts{kept}: {lost}."


def last_restore(path: Path) -> Restored | None:
    """What the last restore of this journal left to know; None when it was never restored. Raises JournalBroken."""
    note = _note(path)
    if not note.exists():
        return None
    try:
        stored = json.loads(note.read_text(encoding="utf-8"))
        day = stored.pop("day")
        return Restored(day=date.fromisoformat(day) if day else None, **stored)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise JournalBroken(f"{note} is damaged: run `hall restore` again, which writes it anew.") from error


def epoch_to_use(path: Path) -> int:
    """The epoch of the next start: the journal's last, or the one that a restore since then has set; 1 at first."""
    restored = last_restore(path)
    return max(journal_epoch(path), restored.epoch if restored else 1)


def journal_epoch(path: Path) -> int:
    """The greatest epoch that the journal itself tells of; 1 when it tells of none or cannot be read."""
    if not path.exists():
        return 1
    try:
        with closing(journal_file.connect_to_read(path)) as connection:
            started = connection.execute(
                "SELECT data FROM fact WHERE type = 'controller.started' ORDER BY seq DESC LIMIT 1"
            ).fetchone()
            cut = journal_cut.cut_days(connection)
        before = cut[-1].epoch if cut else 1
        return max(before, int(json.loads(started[0])["epoch"])) if started else before
    except (sqlite3.Error, ValueError, TypeError, KeyError):  # damaged text is a ValueError
        return 1


def write_down(restored: Restored, path: Path) -> None:
    """Make the note durable; raises OSError."""
    note = _note(path)
    text = json.dumps(asdict(restored), ensure_ascii=False, indent=2, default=date.isoformat)
    partial = note.with_name(f"{note.name}.partial")
    partial.write_text(text + "\n", encoding="utf-8")
    name_durably(partial, note)


def _note(path: Path) -> Path:
    return Path(f"{path}.restored")
