"""Reads dossiers.csv, how far the dossiers of a hall have come, and tells every mistake in it at once.

Code, state and day, never a name: the list is exported from the settlement system, and its receipts carry the codes.
What a visitor is told of a state stands in `domain.dossiers`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from hall_controller.domain.dossiers import STATES, Dossier, plain_code
from hall_controller.errors import ConfigError
from hall_controller.list_file import day, rows
from hall_controller.mistakes import shown, suggestion

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

REQUIRED: Final = ("code", "state", "date")
OPTIONAL: Final = ("service",)
CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9./-]{4,39}")
MOST_TOLD: Final = 50


@dataclass(frozen=True, slots=True)
class DossierList:
    """A list that was read without a mistake, in one piece of memory: tens of thousands of lines must not weigh."""

    lines: bytes
    """`\n` code `;` state `;` day `;` service, for each dossier, with a `\n` at the end."""
    number: int
    sha256: str
    imported_s: float
    """When the file was written, in seconds of the system's clock."""

    def find(self, typed: str) -> Dossier | None:
        """The dossier with that code, however it was typed."""
        code = plain_code(typed)
        if not CODE.fullmatch(code):
            return None
        wanted = f"\n{code};".encode("ascii")
        place = self.lines.find(wanted)
        if place < 0:
            return None
        end = self.lines.index(b"\n", place + 1)
        state, since, service = self.lines[place + len(wanted) : end].decode("ascii").split(";")
        return Dossier(code, state, date.fromisoformat(since), service)


def read(path: Path, services: Collection[str]) -> DossierList:
    """The list; raises ConfigError with a sentence for every mistake, fifty at most."""
    found: list[str] = []
    known: dict[str, int] = {}
    lines = [""]
    for line, row in rows(path, REQUIRED, OPTIONAL, found):
        code = plain_code(row["code"])
        wrong = list(_wrong(code, row, services))
        before = known.setdefault(code, line)
        if before != line and code:
            wrong.append(("code", f"is {shown(code)}, which line {before} has already: keep the newest"))
        found += [f"{path.name} line {line}, {column}: {sentence}" for column, sentence in wrong]
        if not found:
            lines.append(f"{code};{row['state']};{day(row['date'])};{row['service']}")
        elif len(found) > MOST_TOLD:
            break
    if found:
        raise ConfigError(found[:MOST_TOLD])
    lines.append("")
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
    return DossierList("\n".join(lines).encode("ascii"), len(known), fingerprint, path.stat().st_mtime)


def _wrong(code: str, row: Mapping[str, str], services: Collection[str]) -> Iterator[tuple[str, str]]:
    if not CODE.fullmatch(code):
        yield "code", f"is {shown(row['code'])}, but must be 5 to 40 of A-Z, 0-9, point, - and /"
    if row["state"] not in STATES:
        yield "state", f"is {shown(row['state'])}, but must be one of {', '.join(STATES)}"
    try:
        day(row["date"])
    except ValueError as error:
        yield "date", f"is {shown(row['date'])}, but must be {error}"
    if row["service"] and row["service"] not in services:
        near = suggestion(row["service"], services)
        yield "service", f"is {shown(row['service'])}, which hall.toml does not have{near}"
