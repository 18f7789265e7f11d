"""SQLite on the disk of power_cut_disk, and apsw's connection dressed as the standard library's.

apsw brings its own SQLite and lets Python play the file system. Such a file system has no shared memory, so the
connection takes locking_mode = EXCLUSIVE: SQLite then keeps the log's index in its own memory; what it writes and
syncs, and in which order, is the same.
"""

# ruff: noqa: N802, ARG002 - the names and signatures are SQLite's

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Final, cast

import apsw

from hall_controller.journal_file import Connect
from tests.hall_controller.power_cut_disk import Disk, Inode, PowerCut

_NUMBERS: Final = count()
_LOGS: Final = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, inode: Inode) -> None:  # no file beneath: super() would open one
        self._disk = disk
        self._inode = inode

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._inode.seen[offset : offset + amount])

    def xWrite(self, data: Any, offset: int) -> None:  # noqa: ANN401 - any buffer
        self._disk.write(self._inode, offset, bytes(data))

    def xTruncate(self, newsize: int) -> None:
        self._disk.truncate(self._inode, newsize)

    def xSync(self, flags: int) -> None:
        self._disk.sync(self._inode)

    def xFileSize(self) -> int:
        return len(self._inode.seen)

    def xLock(self, level: int) -> None:
        """Nobody else is there."""

    def xUnlock(self, level: int) -> None:
        """Nobody else is there."""

    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, ptr: int) -> bool:
        return False

    def xDeviceCharacteristics(self) -> int:
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE  # as SQLite's unix VFS believes

    def xSectorSize(self) -> int:
        return 4096

    def xClose(self) -> None:
        """Nothing is held open."""


class _FileSystem(apsw.VFS):
    def __init__(self, name: str, disk: Disk) -> None:
        super().__init__(name, base="")
        self._disk = disk

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: ANN401 - text, URI or None
        flags[1] = flags[0]
        if name is None:
            return cast("apsw.VFSFile", _File(self._disk, Inode()))
        file = str(name.filename() if isinstance(name, apsw.URIFilename) else name)
        inode = self._disk.create(file, is_log=bool(flags[0] & _LOGS))
        return cast("apsw.VFSFile", _File(self._disk, inode))

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001 - apsw's signature
        if filename not in self._disk.seen:
            raise apsw.IOError
        self._disk.delete(filename, and_sync=syncdir)

    def xAccess(self, pathname: str, flags: int) -> bool:
        return pathname in self._disk.seen

    def xFullPathname(self, name: str) -> str:
        return name


class _Connection:
    """The part of sqlite3.Connection that the journal uses."""

    def __init__(self, path: Path, disk: Disk, *, synchronous: str) -> None:
        name = f"power-cut-{next(_NUMBERS)}"
        self._vfs = _FileSystem(name, disk)
        self._synchronous = synchronous
        with _standard_errors():
            self._connection = apsw.Connection(str(path), vfs=name)
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, sql: str, values: tuple[Any, ...] = ()) -> apsw.Cursor:
        with _standard_errors():
            return self._connection.execute(
                sql.replace("synchronous = FULL", f"synchronous = {self._synchronous}"), values
            )

    def executemany(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        with _standard_errors():
            self._connection.executemany(sql, rows)

    def close(self) -> None:
        with suppress(PowerCut, apsw.Error):
            self._connection.close(force=True)
        self._vfs.unregister()


def connecting_to(disk: Disk, *, synchronous: str = "FULL") -> Connect:
    """What Journal.open connects with, so that its file is on that disk."""

    def connect(path: Path) -> sqlite3.Connection:
        return cast("sqlite3.Connection", _Connection(path, disk, synchronous=synchronous))

    return connect


@contextmanager
def _standard_errors() -> Iterator[None]:
    try:
        yield
    except apsw.Error as error:
        said = sqlite3.OperationalError(str(error))
        said.sqlite_errorcode = getattr(error, "result", sqlite3.SQLITE_ERROR)
        raise said from error
