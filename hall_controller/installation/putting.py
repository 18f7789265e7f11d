"""Puts one file where it belongs so that a kill at any moment leaves either the old one or the new one, whole.

Belongs here: writing, replacing and keeping a copy. Never here: what is in the file.
"""

from __future__ import annotations

import contextlib
import os
from itertools import count
from pathlib import Path
from typing import Literal

from hall_controller.installation.pi_files import PiFile

Outcome = Literal["new", "same", "changed", "kept"]


def put(root: Path, file: PiFile, known: str | None, digest: str) -> tuple[Outcome, Path | None]:
    """Put the file below `root`; what became of it, and where the old one is kept when somebody had changed it.

    `known` is the digest of what we put there last, `digest` that of what is there now ("" for nothing): a file that
    differs from what we put was changed by a technician, and gets a backup beside it.
    """
    target = root / file.path
    if not digest:
        write(target, file.content, file.mode)
        return "new", None
    old = target.read_bytes()
    if old == file.content:
        target.chmod(file.mode)
        return "same", None
    if file.yours:
        return "kept", None
    backup = None if digest == known else _keep(target, old)
    write(target, file.content, file.mode)
    return "changed", backup


def write(path: Path, content: bytes, mode: int) -> None:
    """Write the file whole or not at all, on the disk when this returns; nobody reads more of it than `mode` allows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with open(handle, "wb") as stream:  # noqa: PTH123 - a handle, so that the file is never wider open than `mode`
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.chmod(mode)
    if path.exists():
        _same_owner(path, draft)
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _same_owner(old: Path, draft: Path) -> None:
    """The service that may read the old one may read the new one; without root it is ours anyway."""
    status = old.stat()
    with contextlib.suppress(PermissionError):
        os.chown(draft, status.st_uid, status.st_gid)


def _keep(path: Path, content: bytes) -> Path:
    """A copy beside it under the first number that is free: `hall.acl.bak-1`."""
    for number in count(1):
        backup = path.with_name(f"{path.name}.bak-{number}")
        if not backup.exists():
            write(backup, content, path.stat().st_mode & 0o777)
            return backup
    raise AssertionError
