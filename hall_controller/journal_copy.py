"""Copy a journal, also one that is being written, so that the copy is whole or is not there.

One file in, one file out. Which copies to keep and when to go back to one is backup's task.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from hall_controller import journal_file
from hall_controller.errors import JournalBroken, JournalUnavailable
from hall_controller.journal_check import Verdict, verify


def copy(path: Path, target: Path) -> Verdict:
    """Copy, verify, then name it; `target` is one file, without a WAL beside it.

    Raises JournalUnavailable (nothing to read, no room to write) or JournalBroken (the copy does not verify).
    """
    if not path.exists():
        raise JournalUnavailable(f"There is no journal at {path}: check the name.")
    partial = target.with_name(f"{target.name}.partial")
    try:
        with journal_file.telling(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            partial.unlink(missing_ok=True)
            _copy_pages(path, partial)
        verdict = verify(partial)
        if not verdict.good:
            raise JournalBroken(f"No backup was made of {path}: {verdict.sentence}")
        with journal_file.telling(target):
            name_durably(partial, target)
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return verdict


def name_durably(file: Path, name: Path) -> None:
    """Give a written file its name in one step; after a power cut it is there whole, or not at all."""
    with file.open("r+b") as written:
        os.fsync(written.fileno())
    file.replace(name)
    folder = os.open(name.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _copy_pages(path: Path, partial: Path) -> None:
    with closing(journal_file.connect_to_read(path)) as source, closing(sqlite3.connect(partial)) as copied:
        source.backup(copied)
        copied.execute("PRAGMA journal_mode = DELETE").fetchall()
