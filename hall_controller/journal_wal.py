"""The write-ahead log beside the journal, after a bad end: made sure of, and checked for what SQLite skips in silence.

Reads SQLite's documented WAL format (https://www.sqlite.org/fileformat2.html#the_write_ahead_log); writes nothing but
the bytes that are there already.
"""

from __future__ import annotations

import os
import struct
import sys
from array import array
from functools import cache
from operator import mul
from pathlib import Path
from typing import Final

_HEADER: Final = struct.Struct(">8I")  # magic, version, page size, checkpoint, two salts, two checksums
_FRAME: Final = struct.Struct(">6I")  # page, pages after a commit or 0, two salts, two checksums
_LITTLE: Final = 0x377F0682
_BIG: Final = 0x377F0683
_SUMMED_OF_HEADER: Final = 24  # bytes before its own checksums
_SUMMED_OF_FRAME: Final = 8

Sums = tuple[int, int]


def settle(path: Path) -> None:
    """Write the WAL's bytes over themselves and wait for the disk, before anything is built on them.

    After a failed fsync the page cache may hold, and calls clean, what the disk never took. A process that starts
    then reads those pages back as committed; facts written after them would be lost with them at the next power cut.
    """
    wal = beside(path)
    if not wal.exists():
        return
    with wal.open("r+b") as file:
        content = file.read()
        file.seek(0)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def is_damaged(path: Path) -> bool:
    """Whether the log of a journal that nobody writes lost facts in a way that no power cut explains.

    SQLite ends the log at the first frame whose checksum is wrong, as it must: a power cut tears the last commit. But
    a commit is begun only when the one before it has been synced. So where a frame continues a complete commit at or
    behind the first wrong frame, acknowledged facts were damaged; and so were they where the log's own header is
    wrong, which is synced before any frame is written.
    """
    wal = beside(path)
    content = wal.read_bytes() if wal.exists() else b""
    if len(content) <= _HEADER.size:
        return False
    magic, _, page_bytes, _, *salts, sum_1, sum_2 = _HEADER.unpack_from(content)
    little = magic == _LITTLE
    header_sums = _sums(content[:_SUMMED_OF_HEADER], (0, 0), little=little)
    if magic not in {_LITTLE, _BIG} or header_sums != (sum_1, sum_2):
        return True
    sums, good, committed = (sum_1, sum_2), True, False
    frame_bytes = _FRAME.size + page_bytes
    for start in range(_HEADER.size, len(content) - frame_bytes + 1, frame_bytes):
        _, pages, *frame_salts, sum_1, sum_2 = _FRAME.unpack_from(content, start)
        if frame_salts != salts:
            return False
        if good or committed:
            covered = (
                content[start : start + _SUMMED_OF_FRAME] + content[start + _FRAME.size : start + frame_bytes]
            )
            continues = _sums(covered, sums, little=little) == (sum_1, sum_2)
            if continues and not good:
                return True
            good = good and continues
        sums, committed = (sum_1, sum_2), pages > 0
    return False


def beside(path: Path) -> Path:
    """Where the journal's log is."""
    return Path(f"{path}-wal")


def _sums(content: bytes, seed: Sums, *, little: bool) -> Sums:
    """Continue SQLite's two running sums over pairs of words.

    first += even + second; second += odd + first; which is linear, so each word counts with a weight of its own.
    """
    words = array("I", content)
    if little != (sys.byteorder == "little"):
        words.byteswap()
    of_first, of_second, of_seed = _weights(len(words))
    first = sum(map(mul, words, of_first)) + of_seed[0] * seed[0] + of_seed[1] * seed[1]
    second = sum(map(mul, words, of_second)) + of_seed[1] * seed[0] + (of_seed[0] + of_seed[1]) * seed[1]
    return first & 0xFFFFFFFF, second & 0xFFFFFFFF


@cache
def _weights(words: int) -> tuple[list[int], list[int], Sums]:
    """How often each word ends in the first and in the second sum, and the two seeds in the first, modulo 2**32.

    One step maps (first, second) to (first + second, first + 2 * second), whose n-th power is
    ((a, b), (b, a + b)) with consecutive Fibonacci numbers a, b.
    """
    of_first: list[int] = []
    of_second: list[int] = []
    a, b = 1, 0
    for _ in range(words // 2):
        # The later word of the pair enters (0, 1), the earlier one (1, 1).
        of_first += [b, (a + b) & 0xFFFFFFFF]
        of_second += [(a + b) & 0xFFFFFFFF, (a + 2 * b) & 0xFFFFFFFF]
        a, b = (a + b) & 0xFFFFFFFF, (a + 2 * b) & 0xFFFFFFFF
    return of_first[::-1], of_second[::-1], (a, b)
