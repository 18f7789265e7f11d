"""A disk that can lose its power: what was not synced survives in part, torn, out of order, or not at all.

The model only; SQLite is tied to it in power_cut_vfs. It follows what a Linux file system promises and no more: a write
lies in memory until its file is synced; a sector of 512 bytes is written whole or not; sectors reach the disk in any
order; a new or deleted name is durable only when its directory is synced.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

SECTOR_BYTES: Final = 512


class PowerCut(Exception):
    """The power went off during this call."""


@dataclass(eq=False)
class Inode:
    """A file: what programs see, what is safely on the disk, and the writes in between."""

    seen: bytearray = field(default_factory=bytearray)
    safe: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes] | int] = field(default_factory=list)  # (offset, bytes), or a new length
    is_log: bool = False

    def write(self, offset: int, content: bytes) -> None:
        _put(self.seen, offset, content)
        self.pending.append((offset, content))

    def truncate(self, length: int) -> None:
        del self.seen[length:]
        self.pending.append(length)

    def sync(self) -> None:
        for change in self.pending:
            if isinstance(change, int):
                del self.safe[change:]
            else:
                _put(self.safe, *change)
        self.pending.clear()

    def survivor(self, chance: random.Random) -> bytearray:
        """What the disk holds when the power comes back: each sector as it was at some moment since the last sync."""
        kept = bytearray(self.safe)
        keep_all, keep_none = chance.random() < 0.15, chance.random() < 0.15
        writes: dict[int, list[tuple[int, bytes]]] = defaultdict(list)
        for change in self.pending:
            if isinstance(change, int):
                self._settle(kept, writes, chance, keep_all=keep_all, keep_none=keep_none)
                if keep_all or (not keep_none and chance.random() < 0.5):
                    del kept[change:]
            else:
                for sector, piece in _sectors(*change):
                    writes[sector].append(piece)
        self._settle(kept, writes, chance, keep_all=keep_all, keep_none=keep_none)
        return kept

    @staticmethod
    def _settle(
        kept: bytearray,
        writes: dict[int, list[tuple[int, bytes]]],
        chance: random.Random,
        *,
        keep_all: bool,
        keep_none: bool,
    ) -> None:
        for pieces in writes.values():
            many = len(pieces) if keep_all else 0 if keep_none else chance.randint(0, len(pieces))
            for piece in pieces[:many]:
                _put(kept, *piece)
        writes.clear()


class Disk:
    """Names and files; the power goes off in the `cut_at`-th call that changes something."""

    def __init__(self, chance: random.Random, cut_at: int) -> None:
        self.seen: dict[str, Inode] = {}
        self.safe: dict[str, Inode] = {}
        self.powered = True
        self.calls = 0
        self._chance = chance
        self._cut_at = cut_at

    def create(self, name: str, *, is_log: bool) -> Inode:
        if name not in self.seen:
            self._count()
            if self.powered:
                self.seen[name] = Inode(is_log=is_log)
        return self.seen.get(name) or Inode()

    def delete(self, name: str, *, and_sync: bool) -> None:
        self._count()
        if self.powered:
            self.seen.pop(name, None)
            if and_sync:
                self._sync_names()

    def write(self, inode: Inode, offset: int, content: bytes) -> None:
        if not self.powered:
            return
        inode.write(offset, content)  # the write in which the power goes may be on the disk too
        self._count()

    def truncate(self, inode: Inode, length: int) -> None:
        if self.powered:
            inode.truncate(length)
            self._count()

    def sync(self, inode: Inode) -> None:
        """Sync a file; a log's first sync does its directory too, as SQLite's own unix VFS does."""
        if not self.powered:
            return
        self._count()
        inode.sync()
        if inode.is_log:
            self._sync_names()

    def after_the_cut(self, cut_at: int) -> Disk:
        """The same disk when the power is back."""
        again = Disk(self._chance, cut_at)
        copies: dict[int, Inode] = {}
        for name in sorted(self.seen.keys() | self.safe.keys()):
            inode = self._chance.choice([self.seen.get(name), self.safe.get(name)])
            if inode is not None:
                if id(inode) not in copies:
                    content = inode.survivor(self._chance)
                    copies[id(inode)] = Inode(bytearray(content), content, is_log=inode.is_log)
                again.seen[name] = again.safe[name] = copies[id(inode)]
        return again

    def _sync_names(self) -> None:
        self.safe = dict(self.seen)

    def _count(self) -> None:
        self.calls += 1
        if self.calls == self._cut_at:
            self.powered = False
            raise PowerCut


def _put(content: bytearray, offset: int, piece: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(piece)] = piece


def _sectors(offset: int, content: bytes) -> list[tuple[int, tuple[int, bytes]]]:
    pieces = []
    at = 0
    while at < len(content):
        sector = (offset + at) // SECTOR_BYTES
        end = min(len(content), (sector + 1) * SECTOR_BYTES - offset)
        pieces.append((sector, (offset + at, bytes(content[at:end]))))
        at = end
    return pieces
