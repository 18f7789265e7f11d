"""Days of which the journal holds no rows any more: where the chain was cut, and what stands in the rows' place.

A cut day keeps its first and last number, the chain's hash after its last row, its summary, and a seal over all of
that and the cut day before: seal = SHA-256(seal before, or 32 zero bytes; then the UTF-8 of the compact JSON array
[first, last, hash in hex, day, epoch, training, summary]).

What this proves: the first row that is left continues the hash at the cut, so no row after the cut was changed, and a
cut whose hash or number was forged does not fit them. What it cannot: as the removed rows are gone, nobody can count
them again, so whoever writes anew all seals from a forged summary on is found only where the seal that `hall verify`
prints, or a backup from after the cut, was kept elsewhere. `hall retain` does so itself when officers become codes.

Never here: when days are cut, or what a summary says.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from hashlib import sha256
from typing import Final, NamedTuple

from hall_controller.journal_file import CUT_SINCE
from hall_controller.journal_rows import ORIGIN, Flaw, Head

INSERT: Final = "INSERT INTO cut_day VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class CutDay(NamedTuple):
    """One day without rows: the numbers that they had, the chain's hash after them, and what is left of them."""

    first: int
    last: int
    hash: bytes
    day: str
    """The business day, as 2022-03-01."""
    epoch: int
    """The controller's last epoch when the day ended."""
    training: int
    """1 when the controller ran for training when the day ended."""
    summary: str
    """What reports need (reports.cut_summary)."""
    seal: bytes = b""


def cut_days(connection: sqlite3.Connection) -> list[CutDay]:
    """The cut days, oldest first; none in a journal of the first format."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version < CUT_SINCE:
        return []
    return [CutDay(*row) for row in connection.execute("SELECT * FROM cut_day ORDER BY first")]


def sealed(days: Iterable[CutDay], after: CutDay | None) -> list[CutDay]:
    """The days with their seals, which continue those of the cut day before."""
    seal, found = after.seal if after else ORIGIN.hash, []
    for day in days:
        seal = _seal(seal, day)
        found.append(day._replace(seal=seal))
    return found


def follow(days: Iterable[CutDay]) -> tuple[Head, Flaw | None]:
    """Check that the cut days are whole and sealed; the chain's end after them, and the first flaw if there is one."""
    head, seal = ORIGIN, ORIGIN.hash
    for day in days:
        if day.first != head.seq + 1 or day.last < day.first:
            return head, Flaw(head.seq + 1, "a day that was cut is missing")
        if _seal(seal, day) != day.seal:
            return head, Flaw(day.first, f"the summary in place of {day.day} was changed")
        head, seal = Head(day.last, day.hash), day.seal
    return head, None


def _seal(before: bytes, day: CutDay) -> bytes:
    said = [day.first, day.last, day.hash.hex(), day.day, day.epoch, day.training, day.summary]
    return sha256(before + json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).digest()
