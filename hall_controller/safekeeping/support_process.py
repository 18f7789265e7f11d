"""Packs what somebody far away needs to help, in a process of its own; JSON on standard input, JSON on standard output.

    {"file": "hall.toml", "data": "…", "out": "….tar.gz", "told": {"health.json": {...}}}  ->  {"members": [...]}

No secret, no name, no score goes in: settings and logs go through `secrets_removed`, facts through `fact_shown`.
"""

from __future__ import annotations

import io
import json
import platform
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from hall_controller.errors import JournalError
from hall_controller.fact_shown import shown
from hall_controller.journal_newest import Wanted, newest
from hall_controller.safekeeping.secrets_removed import without_secrets
from hall_controller.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTS: Final = 2000
LOG_LINES: Final = 5000
LOG_TIMEOUT_S: Final = 10
SECRET_FILES: Final = ("*.secret", "*.key", "secrets.yaml", "*.passwords")


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Write the bundle; the names of what is in it."""
    file, data = Path(asked["file"]), Path(asked["data"])
    known = list(_known_secrets(file, data))
    members = {
        "versions.txt": _versions(data),
        "hall.toml": file.read_text("utf-8", "replace"),
        "facts.jsonl": "".join(_facts(data / "journal.sqlite")),
        "log.txt": _log(),
        **{name: json.dumps(told, ensure_ascii=False, indent=1) for name, told in asked["told"].items()},
    }
    with tarfile.open(asked["out"], "w:gz") as bundle:
        for name, text in members.items():
            content = without_secrets(text, known).encode()
            header = tarfile.TarInfo(f"support/{name}")
            header.size = len(content)
            bundle.addfile(header, io.BytesIO(content))
    return {"members": sorted(members)}


def _versions(data: Path) -> str:
    disk = shutil.disk_usage(data)
    return "\n".join(
        [
            f"hall-controller {VERSION}",
            f"python {platform.python_version()}",
            f"machine {platform.platform()} {platform.machine()}",
            f"disk {disk.free // 2**20} MB free of {disk.total // 2**20} MB",
            *(
                f"{path.name} {path.stat().st_size} bytes"
                for path in sorted(data.iterdir())
                if path.is_file()
            ),
            "",
        ]
    )


def _facts(journal: Path) -> Iterator[str]:
    try:
        for record in reversed(newest(journal, Wanted(), limit=FACTS)):
            line = {
                "seq": record.seq,
                "at": record.fact.at.isoformat(),
                "type": record.fact.type,
                **shown(record.fact),
            }
            yield json.dumps(line, ensure_ascii=False, default=str) + "\n"
    except JournalError as error:
        yield f"{error}\n"


def _log() -> str:
    command = [
        "journalctl",
        "--unit",
        "hall-controller",
        "--lines",
        str(LOG_LINES),
        "--no-pager",
        "--output",
        "short-iso",
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LOG_TIMEOUT_S, check=False)  # noqa: S603 - constants
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"The system's log could not be read: {error}\n"
    return done.stdout or done.stderr


def _known_secrets(file: Path, data: Path) -> Iterator[str]:
    """The words of every file that holds a secret, beside the settings and in the data."""
    named = [tomllib.loads(file.read_text("utf-8")).get("mqtt", {}).get("password_file", "")]
    found = [Path(path) for path in named if path]
    found += [
        path for folder in (file.parent, data) for pattern in SECRET_FILES for path in folder.glob(pattern)
    ]
    for path in found:
        try:
            yield from path.read_text("utf-8").split()
        except (OSError, UnicodeDecodeError):
            continue


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)
