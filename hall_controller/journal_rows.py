"""What one row of the journal holds, and how each row is chained to the one before it.

Pure: rows in, records out. Nothing here opens a file. The chain, for whoever checks a journal with other tools:
hash = SHA-256(hash of the row before, or 32 zero bytes; then the UTF-8 of the compact JSON array
[seq, at, time_trusted, type, data, cause] with the columns as they are stored).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple

from hall_controller.domain import codec
from hall_controller.domain.facts import Fact
from hall_controller.errors import JournalBroken


class Entry(NamedTuple):
    """A fact to write down, and what it answers: "request:…" or "device/boot/seq"; None when nobody asked."""

    fact: Fact
    cause: str | None = None


class Record(NamedTuple):
    """A fact that was written down, with its number in the journal (from 1, without gaps)."""

    seq: int
    fact: Fact
    cause: str | None


# The columns as they are stored: seq, at (milliseconds since 1970 UTC), time_trusted (0 or 1), type, data, cause, hash.
Row = tuple[int, int, int, str, str, str | None, bytes]


class Head(NamedTuple):
    """The end of a chain: the last row's number and hash."""

    seq: int
    hash: bytes


class Flaw(NamedTuple):
    """The first row that is wrong, and why."""

    seq: int
    why: str


ORIGIN: Final = Head(0, bytes(32))
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def chained(entries: Iterable[Entry], head: Head) -> list[Row]:
    """The rows that continue the chain after `head`; times are kept to the millisecond."""
    rows: list[Row] = []
    seq, link = head
    for fact, cause in entries:
        seq += 1
        at = (fact.at - _BEGINNING) // _MILLISECOND
        columns = (seq, at, int(fact.time_trusted), fact.type, codec.encode(fact), cause)
        link = _hash(link, columns)
        rows.append((*columns, link))
    return rows


def records(rows: Iterable[Row]) -> Iterator[Record]:
    """The facts again; raises JournalBroken for a fact that this version cannot read."""
    for seq, at, time_trusted, kind, data, cause, _ in rows:
        moment = _BEGINNING + at * _MILLISECOND
        try:
            fact = codec.decode(kind, data, moment, time_trusted=bool(time_trusted))
        except (ValueError, TypeError, KeyError) as error:
            raise JournalBroken(f"Row {seq} of the journal cannot be read: {error}.") from error
        yield Record(seq, fact, cause)


def facts(rows: Sequence[Row]) -> list[Fact]:
    """The facts alone, all at once, which is quicker; raises JournalBroken for the first that cannot be read."""
    values = codec.values_of([row[4] for row in rows])
    if values is not None:
        with suppress(ValueError, TypeError, KeyError):
            return [
                codec.revived(kind, stored, _BEGINNING + at * _MILLISECOND, time_trusted=bool(trusted))
                for (_, at, trusted, kind, *_), stored in zip(rows, values, strict=True)
            ]
    return [record.fact for record in records(rows)]


def follow(rows: Iterable[Row], head: Head) -> tuple[Head, Flaw | None]:
    """Check the rows after `head`; the last good end of the chain, and the first flaw if there is one."""
    seq, link = head
    for row in rows:
        if row[0] != seq + 1:
            return Head(seq, link), Flaw(seq + 1, "the row is missing")
        try:
            right = _hash(link, row[:6]) == row[6]
        except TypeError:  # damage can make any column a blob
            right = False
        if not right:
            return Head(seq, link), Flaw(row[0], "the row was changed, or the one before it")
        seq, link = row[0], row[6]
    return Head(seq, link), None


def _hash(previous: bytes, columns: tuple[int, int, int, str, str, str | None]) -> bytes:
    return sha256(previous + _canonical(columns).encode()).digest()
