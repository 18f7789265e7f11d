"""The newest facts of a journal, by what they are about, also while a controller is writing to it.

Belongs here: which rows. Never here: what a fact means, or who may see it.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hall_controller import journal_file
from hall_controller.journal_rows import Record, records

if TYPE_CHECKING:
    from pathlib import Path

LOOKED_THROUGH: Final = 200_000
"""Rows, about ten days of a large hall: a question that nothing answers must end."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a fact must be about; None is anything."""

    number: str | None = None
    counter: str | None = None
    kind: str | None = None
    """The beginning of its type: `ticket.` or `ticket.called`."""


def newest(path: Path, wanted: Wanted, *, before: int | None = None, limit: int = 100) -> list[Record]:
    """The last facts before a number, the newest first; raises JournalError."""
    with journal_file.telling(path), closing(journal_file.connect_to_read(path)) as connection:
        last = connection.execute("SELECT coalesce(max(seq), 0) + 1 FROM fact").fetchone()[0]
        end = min(before or last, last)
        rows = connection.execute(
            """SELECT * FROM fact WHERE seq < :end AND seq >= :first
                AND (:number IS NULL OR json_extract(data, '$.ticket') = :number)
                AND (:counter IS NULL OR json_extract(data, '$.counter') = :counter)
                AND (:kind IS NULL OR substr(type, 1, length(:kind)) = :kind)
                ORDER BY seq DESC LIMIT :limit""",
            {
                "end": end,
                "first": end - LOOKED_THROUGH,
                "number": wanted.number,
                "counter": wanted.counter,
                "kind": wanted.kind,
                "limit": limit,
            },
        ).fetchall()
        return list(records(rows))
