"""Every version that hall.toml has had: its text, when, by whom and why.

    hall.toml               the settings that hold; there is no other truth
    DATA/configuration/     0007.toml and 0007.json: what it has said, never changed afterwards

Files only. A version is there when its .json is: it is written last. What a version means is none of its business.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from hall_controller.errors import HallError
from hall_controller.journal_copy import name_durably

FOLDER: Final = "configuration"
EXAMPLE: Final = ".example.toml"
STARTER: Final = Path(__file__).with_name("starter.toml")
CLOSED: Final = (
    "may not be replaced by the controller: copy it if it is the example, else let the controller write in "
    "its folder as `hall install` does, or change it on the machine and restart the hall"
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version: `person` is empty when the file was changed on the machine, or by the controller itself."""

    number: int
    at: str
    """RFC 3339 UTC, by the clock of the machine."""
    person: str = ""
    reason: str = ""
    took_back: int | None = None
    """The version that did not start and was taken back for this one."""


class Versions:
    """The versions of one hall; `file` is its hall.toml, `data` its folder of data."""

    def __init__(self, file: Path, data: Path) -> None:
        self.file = file.resolve()
        self.folder = data / FOLDER

    def all(self) -> list[Version]:
        """The newest first."""
        notes = sorted(self.folder.glob("[0-9]*.json"), reverse=True) if self.folder.is_dir() else []
        return [Version(**json.loads(note.read_text("utf-8"))) for note in notes]

    @property
    def newest(self) -> Version | None:
        """The one that hall.toml is, unless somebody has just changed the file."""
        return next(iter(self.all()), None)

    def text(self, number: int) -> str | None:
        """What hall.toml said; None for a version that never was."""
        try:
            return self._path(number, "toml").read_text("utf-8")
        except FileNotFoundError:
            return None

    def begin(self) -> bool:
        """Put a hall to begin with into a file that is there and empty; whether it was. Raises OSError."""
        if not self.file.is_file() or self.file.read_bytes().strip():
            return False
        self.file.write_text(STARTER.read_text("utf-8"), "utf-8")
        return True

    def present(self) -> str:
        """What hall.toml says now; raises OSError or UnicodeDecodeError."""
        return self.file.read_bytes().decode("utf-8-sig")

    def take_in(self) -> Version | None:
        """A new version when the file was changed on the machine since the last one; None when it was not."""
        text, newest = self.present(), self.newest
        if newest is not None and self.text(newest.number) == text:
            return None
        return self._add(text, "", "" if newest is None else f"{self.file.name} was changed on the machine")

    def replace(self, text: str, person: str, reason: str, *, took_back: int | None = None) -> Version:
        """Keep the text as the newest version, then make it the hall.toml.

        Raises HallError with a sentence when either cannot be written; hall.toml is then as it was.
        """
        if not self.writable:
            raise HallError(f"{self.file} {CLOSED}")
        try:
            draft = self.file.with_name(f".{self.file.name}.new")
            draft.write_text(text, "utf-8")
            draft.chmod(self.file.stat().st_mode & 0o777)
            version = self._add(text, person, reason, took_back)
            name_durably(draft, self.file)
        except OSError as error:
            raise HallError(f"{error.filename or self.file}: {error.strerror}; look at the disk") from error
        return version

    def _add(self, text: str, person: str, reason: str, took_back: int | None = None) -> Version:
        self.folder.mkdir(parents=True, exist_ok=True)
        newest = self.newest
        number = newest.number + 1 if newest else 1
        at = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        version = Version(number, at, person, reason, took_back)
        self._keep(self._path(number, "toml"), text)
        self._keep(self._path(number, "json"), json.dumps(asdict(version), ensure_ascii=False))
        return version

    def _keep(self, path: Path, text: str) -> None:
        partial = path.with_name(f"{path.name}.partial")
        partial.write_text(text, "utf-8")
        name_durably(partial, path)

    def _path(self, number: int, kind: str) -> Path:
        return self.folder / f"{number:04}.{kind}"

    @property
    def writable(self) -> bool:
        """Whether the controller may put another hall.toml in this one's place; an example is for copying."""
        folder, file = self.file.parent, self.file
        return not file.name.endswith(EXAMPLE) and os.access(folder, os.W_OK) and os.access(file, os.W_OK)
